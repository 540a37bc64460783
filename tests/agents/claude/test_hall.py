"""How many processes of Claude Code there are, who waits for one, and who finds one warm."""

import asyncio
from contextlib import aclosing
from dataclasses import replace

import pytest

from sergas.agents.claude import HallLimits
from sergas.core.agents import AgentTask
from sergas.core.chunks import Chunk, Done, Progress, Text
from sergas.core.ids import TenantId, ThreadId
from tests.agents.claude.keeping import opened, processes
from tests.agents.tools.mcp.reach import until
from tests.models.fake import FakeModels
from tests.models.turns import Say, Turn, says
from tests.runtimes.houses import a_spec, a_task

pytestmark = pytest.mark.claude


def progress_in(chunks: list[Chunk]) -> list[str]:
    """Return what an attempt was said to be doing."""
    return [chunk.task for chunk in chunks if isinstance(chunk, Progress)]


async def test_the_next_run_of_a_thread_finds_a_warm_process_that_knows_nothing(
    models: FakeModels,
) -> None:
    models.answer(says("Acme is fine."), says("So is Globex."))

    async with opened(models, HallLimits(2, 1)) as claude:
        await claude.house.hear(a_spec(), a_task("How is Acme?"))
        before = processes()
        heard = await claude.house.hear(a_spec(), a_task("How is Globex?"))

        assert processes() == before
        assert len(before) == 1
    assert heard.text == "So is Globex."
    assert progress_in(heard.chunks) == []
    assert "Acme" not in str(models.calls[1].body)


@pytest.mark.parametrize(
    "other",
    [
        replace(a_task(), thread_id=ThreadId("thread_2")),
        replace(a_task(), tenant=TenantId("tenant_2")),
    ],
)
async def test_a_process_rests_for_its_own_thread_alone(
    models: FakeModels, other: AgentTask
) -> None:
    models.answer(says("Fine."), says("Fine."))

    async with opened(models, HallLimits(2, 1)) as claude:
        await claude.house.hear(a_spec())
        heard = await claude.house.hear(a_spec(), other)

        assert len(processes()) == 2
    assert progress_in(heard.chunks) == ["Starting Claude Code"]


async def test_a_process_rests_for_agents_with_the_same_instructions_alone(
    models: FakeModels,
) -> None:
    models.answer(says("Fine."), says("Fine."))

    async with opened(models, HallLimits(2, 1)) as claude:
        await claude.house.hear(a_spec())
        heard = await claude.house.hear(replace(a_spec(), instructions="You are another."))

    assert progress_in(heard.chunks) == ["Starting Claude Code"]
    assert "You are another." in str(models.calls[1].body["system"])


async def test_who_has_rested_long_enough_is_ended(models: FakeModels) -> None:
    models.answer(says("Fine."))

    async with opened(models, HallLimits(2, 1, rest_s=0.2)) as claude:
        await claude.house.hear(a_spec())
        assert "1 at rest" in claude.runtime.hall.state

        await until(lambda: claude.runtime.hall.state.startswith("0 at work, 0 at rest"))

        assert processes() == set()


async def test_who_rests_makes_room_for_others(models: FakeModels) -> None:
    models.answer(says("Fine."), says("Fine."))

    async with opened(models, HallLimits(1, 1)) as claude:
        await claude.house.hear(a_spec())
        heard = await claude.house.hear(a_spec(), replace(a_task(), thread_id=ThreadId("other")))

        assert len(processes()) == 1
    assert heard.text == "Fine."


async def test_more_agents_than_there_is_room_for_wait_and_say_so(models: FakeModels) -> None:
    models.answer(Turn((Say("word " * 4000),), pause_s=0.01), says("At last."))
    second = replace(a_task(), thread_id=ThreadId("other"))

    async with opened(models, HallLimits(1, 1)) as claude:
        agent = claude.house.runtime(a_spec())
        async with aclosing(agent.run(a_task())) as first, aclosing(agent.run(second)) as waiting:
            while not isinstance(await anext(first), Text):
                pass
            told = await anext(waiting)
            assert "1 wait to start" in claude.runtime.hall.state
            await first.aclose()
            heard = [chunk async for chunk in waiting]

    assert told == Progress(None, "Waiting for room for Claude Code (0 before this one)")
    assert isinstance(heard[-1], Done)


async def test_nobody_rests_in_a_place_that_another_one_waits_for(models: FakeModels) -> None:
    models.answer(Turn((Say("word " * 40),), pause_s=0.01), says("At last."))
    second = replace(a_task(), thread_id=ThreadId("other"))

    async with opened(models, HallLimits(1, 1, rest_s=3600)) as claude:
        agent = claude.house.runtime(a_spec())
        async with (
            asyncio.timeout(15),
            aclosing(agent.run(a_task())) as first,
            aclosing(agent.run(second)) as waiting,
        ):
            while not isinstance(await anext(first), Text):
                pass
            told = await anext(waiting)
            done = [chunk async for chunk in first][-1]
            heard = [chunk async for chunk in waiting]

    assert told == Progress(None, "Waiting for room for Claude Code (0 before this one)")
    assert isinstance(done, Done)
    assert isinstance(heard[-1], Done)


async def test_starts_wait_for_each_other_in_sight(models: FakeModels) -> None:
    models.otherwise = says("Fine.")
    tasks = [replace(a_task(), thread_id=ThreadId(f"thread_{n}")) for n in range(3)]

    async with opened(models, HallLimits(8, 1)) as claude:
        async with asyncio.TaskGroup() as group:
            hearing = [group.create_task(claude.house.hear(a_spec(), task)) for task in tasks]
        heard = [one.result() for one in hearing]

    said = [words for one in heard for words in progress_in(one.chunks)]
    assert [one.text for one in heard] == ["Fine."] * 3
    assert "Waiting to start Claude Code (0 before this one)" in said
    assert "Waiting to start Claude Code (1 before this one)" in said


async def test_nothing_is_left_when_the_runtime_closes(models: FakeModels) -> None:
    models.answer(says("Fine."))

    async with opened(models, HallLimits(2, 1)) as claude:
        await claude.house.hear(a_spec())
        assert processes()

    assert processes() == set()
