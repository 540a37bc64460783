"""How a process of Claude Code ends: when it is stopped, when it breaks, and what then goes on."""

import asyncio
import os
import signal
from contextlib import aclosing
from pathlib import Path

import psutil
import pytest

from sergas.agents.claude import ClaudeRuntime, HallLimits, claude_agents
from sergas.agents.tools.tool import Answer, Tool, ToolContext
from sergas.core.chunks import Done, Interrupt, Progress, Text, ToolStart
from sergas.core.json import JsonObject
from tests.agents.claude.keeping import opened, processes
from tests.agents.tools.mcp.reach import until
from tests.models.fake import FakeModels
from tests.models.turns import Call, Say, Turn, calls, says
from tests.runtimes.houses import House, a_lookup, a_spec, a_task, endpoint_of

pytestmark = pytest.mark.claude

ACME = Call("lookup", {"account": "Acme"})


async def test_closing_an_agent_ends_its_process(models: FakeModels) -> None:
    models.answer(Turn((Say("word " * 4000),), pause_s=0.01))

    async with opened(models, HallLimits(2, 1)) as claude:
        async with aclosing(claude.house.runtime(a_spec()).run(a_task())) as said:
            while not isinstance(await anext(said), Text):
                pass
            assert len(processes()) == 1

        models.wait_for(lambda models: models.calls[0].closed_at is not None)
        await until(lambda: not processes())


async def test_closing_an_agent_that_has_hardly_begun_leaves_nothing(models: FakeModels) -> None:
    async with opened(models, HallLimits(1, 1)) as claude:
        async with aclosing(claude.house.runtime(a_spec()).run(a_task())) as said:
            assert await anext(said) == Progress(None, "Starting Claude Code")

        models.answer(says("Fine."))
        assert (await claude.house.hear(a_spec())).text == "Fine."
    assert processes() == set()


async def test_a_runtime_that_is_left_by_an_error_leaves_no_process(models: FakeModels) -> None:
    models.answer(says("Fine."))
    folders: list[Path] = []

    async def work_and_break() -> None:
        async with opened(models, HallLimits(2, 1)) as claude:
            await claude.house.hear(a_spec())
            folders.extend(Path(psutil.Process(pid).environ()["HOME"]) for pid in processes())
            raise ZeroDivisionError

    with pytest.raises(ExceptionGroup):
        await work_and_break()

    assert processes() == set()
    assert [await asyncio.to_thread(folder.exists) for folder in folders] == [False]


async def test_a_process_that_is_killed_fails_the_attempt_and_the_next_goes_on(
    models: FakeModels,
) -> None:
    async def die(_: JsonObject, __: ToolContext) -> Answer:
        for pid in processes():
            os.kill(pid, signal.SIGKILL)
        await until(lambda: not processes())
        return "done"

    models.answer(calls(Call("die")))
    spec = a_spec(Tool("die", "Ends it.", {"type": "object"}, die))

    async with opened(models, HallLimits(2, 1)) as claude:
        lost = await claude.house.hear(spec)
        models.answer(says("It is done."))
        heard = await claude.house.hear(spec, lost.next_task())

    assert lost.failure is not None
    assert (lost.failure.code, lost.failure.recoverable) == ("claude_process", True)
    assert not lost.failure.is_provider_fault
    assert heard.text == "It is done."
    assert len(models.calls) == 2
    assert "done" in str(models.calls[1].body["messages"][-1])


async def test_programs_that_do_not_start_fail_and_give_their_room_back(models: FakeModels) -> None:
    runtime = ClaudeRuntime(
        endpoint_of(models, "anthropic"),
        HallLimits(1, 1),
        silence_s=10,
        program=Path("/bin/false"),
    )

    async with runtime.opened():
        house = House("anthropic", claude_agents(runtime), models)
        heard = [await house.hear(a_spec()) for _ in range(2)]

    failures = [one.failure for one in heard if one.failure is not None]
    assert [(one.code, one.recoverable) for one in failures] == [("claude_process", True)] * 2


async def test_a_process_that_hangs_is_noticed(models: FakeModels) -> None:
    frozen: list[int] = []

    async def freeze(_: JsonObject, __: ToolContext) -> Answer:
        for pid in processes():
            os.kill(pid, signal.SIGSTOP)
            frozen.append(pid)
        return "done"

    models.answer(calls(Call("freeze")))
    spec = a_spec(Tool("freeze", "Stops it.", {"type": "object"}, freeze))
    runtime = ClaudeRuntime(
        endpoint_of(models, "anthropic"), HallLimits(2, 1), silence_s=10, hung_after_s=2
    )

    async with runtime.opened():
        heard = await House("anthropic", claude_agents(runtime), models).hear(spec)

    assert len(frozen) == 1
    assert heard.failure is not None
    assert "did nothing for 2 s" in str(heard.failure)
    assert processes() == set()


async def test_another_replica_goes_on_after_an_approval(models: FakeModels) -> None:
    models.answer(calls(ACME, text="Looking."))
    made: list[JsonObject] = []
    spec = a_spec(a_lookup("always", made))
    async with opened(models, HallLimits(1, 1)) as first:
        asked = await first.house.hear(spec)
        await until(lambda: not processes())
    (question,) = asked.of(Interrupt)
    yes: JsonObject = {"status": "resolved", "payload": {"approved": True}}

    models.answer(says("Good."))
    async with opened(models, HallLimits(1, 1)) as second:
        heard = await second.house.hear(spec, asked.next_task({question.key: yes}))

    assert [call["account"] for call in made] == ["Acme"]
    assert heard.of(ToolStart) == []
    assert isinstance(heard.chunks[-1], Done)
    assert len(models.calls) == 2
    read = str(models.calls[1].body["messages"])
    assert "Looking." in read
    assert question.key in read


async def test_a_process_makes_no_call_of_its_own(models: FakeModels) -> None:
    models.answer(calls(ACME), says("Good."))

    async with opened(models, HallLimits(2, 1)) as claude:
        await claude.house.hear(a_spec(a_lookup()))

    assert [request.path.partition("?")[0] for request in models.requests] == ["/v1/messages"] * 2
