"""Subagent runs that are nested in an attempt of an agent, in whole runs."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from sergas.core.agents import AgentTask
from sergas.core.chunks import (
    Chunk,
    Done,
    Interrupt,
    Memory,
    Nested,
    SubagentEnd,
    SubagentStart,
    Text,
    ToolEnd,
    ToolResult,
    ToolStart,
    Usage,
)
from sergas.core.errors import AgentFailed
from sergas.core.ids import LOCAL_TENANT
from sergas.core.json import Json, as_object
from sergas.core.runs import RunStatus
from sergas.core.stores import Stores
from sergas.engine.board import activity_id
from sergas.engine.closing import open_attempts
from sergas.engine.fold import fold
from sergas.engine.join import Joiner
from tests.chaos.trial import checks
from tests.examples import a_run
from tests.working import (
    Says,
    TestAgent,
    answer_all,
    events_of,
    executor_of,
    leg,
    waiting_for,
    worked_off,
)

OWN = f"{a_run().id}:odd:1"


def told(events: list[dict[str, Json]], *kinds: str) -> list[tuple[str, str]]:
    return [
        (str(e["type"]), str(e["subagentRunId"]).removeprefix(OWN))
        for e in events
        if e["type"] in kinds
    ]


async def asks_two(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield ToolStart("1", "ask")
    yield ToolEnd("1")
    yield SubagentStart("x", "helper", call_id="1")
    yield SubagentStart("y", "odd")
    yield Nested("x", Text("a"))
    yield Nested("y", ToolStart("1", "find"))
    yield Nested("y", ToolEnd("1"))
    yield Usage("anthropic", "claude-haiku-4-5", 100, 20)
    yield Nested("y", ToolResult("1", "ok", 1.0))
    yield SubagentEnd("y")
    yield SubagentEnd("x", "It broke.", "broken")
    yield ToolResult("1", "It broke.", 2.0, is_error=True)
    yield Done("done")


async def test_nested_subagent_runs_count_to_their_agent_and_are_none_of_the_run(
    stores: Stores,
) -> None:
    run, events = await worked_off(stores, TestAgent(asks_two))

    view = fold(events)
    cards = as_object(view.transcript.activity(activity_id(run.id))["agents"])
    card = as_object(cards["odd"])
    assert run.status is RunStatus.COMPLETED
    assert list(cards) == ["odd"]
    assert (card["status"], card["toolCalls"]) == ("completed", 2)
    assert as_object(card["usage"])["totalTokens"] == 120
    assert [step.name for step in await stores.steps.steps(run.id)] == ["odd"]
    assert checks.finished_agents(events) == ["odd"]
    assert not [*checks.finished_once(events), *checks.closed_scopes(events)]


async def leaves_open(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield SubagentStart("x", "helper")
    yield Nested("x", SubagentStart("x", "deeper"))
    yield Nested("x", Nested("x", ToolStart("1", "find")))
    yield SubagentStart("y", "other")
    yield Nested("y", Text("b"))


async def ends_it(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    async for chunk in leaves_open(task):
        yield chunk
    yield SubagentEnd("x")
    yield SubagentEnd("y")
    yield Done()


async def finishes(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    async for chunk in leaves_open(task):
        yield chunk
    yield Done()


async def fails(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    async for chunk in leaves_open(task):
        yield chunk
    raise AgentFailed("It broke.")


DEEP_FIRST = [("SUBAGENT_ERROR", "/1/1"), ("SUBAGENT_ERROR", "/1"), ("SUBAGENT_ERROR", "/2")]


@pytest.mark.parametrize(
    ("says", "ends"),
    [
        (
            ends_it,
            [
                ("SUBAGENT_ERROR", "/1/1"),
                ("SUBAGENT_FINISHED", "/1"),
                ("SUBAGENT_FINISHED", "/2"),
                ("SUBAGENT_FINISHED", ""),
            ],
        ),
        (finishes, [*DEEP_FIRST, ("SUBAGENT_FINISHED", "")]),
        (fails, [*DEEP_FIRST, ("SUBAGENT_ERROR", "")]),
    ],
)
async def test_what_a_nested_subagent_run_left_open_is_closed_before_it(
    stores: Stores, says: Says, ends: list[tuple[str, str]]
) -> None:
    _, events = await worked_off(stores, TestAgent(says))

    assert told(events, "SUBAGENT_FINISHED", "SUBAGENT_ERROR") == ends
    assert not [*checks.closed_scopes(events), *checks.answered_tools(events)]


async def test_a_cancel_closes_nested_subagent_runs_and_a_late_page_sees_them_open(
    stores: Stores,
) -> None:
    is_deep = asyncio.Event()

    async def hangs(task: AgentTask) -> AsyncGenerator[Chunk, None]:
        async for chunk in leaves_open(task):
            yield chunk
        yield Memory(1)
        # All of it is durable by now.
        is_deep.set()
        await asyncio.Event().wait()

    executor = executor_of(stores, [TestAgent(hangs)])
    await stores.runs.add(a_run(), "script", None)
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        working = group.create_task(executor.execute(a_run().id, 0))
        await is_deep.wait()
        joined = await Joiner(stores.events, stores.runs).join(LOCAL_TENANT, a_run().thread_id)
        executor.active.cancel(a_run().id, "enough")
        await working

    events = await events_of(stores)
    assert joined is not None
    assert told(list(joined.prelude), "SUBAGENT_STARTED") == [
        ("SUBAGENT_STARTED", ""),
        ("SUBAGENT_STARTED", "/1"),
        ("SUBAGENT_STARTED", "/1/1"),
        ("SUBAGENT_STARTED", "/2"),
    ]
    assert told(events, "SUBAGENT_ERROR") == [*DEEP_FIRST, ("SUBAGENT_ERROR", "")]
    assert not [*checks.closed_scopes(events), *checks.answered_tools(events)]
    assert open_attempts(fold(events)) == []


async def waits_nested(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    if task.answers:
        yield ToolResult("1", str(task.answers["may"]["status"]), 1.0)
        yield Text(str(task.answers["when"]["status"]))
        yield Done()
        return
    async for chunk in leaves_open(task):
        yield chunk
    yield Nested("x", Nested("x", ToolEnd("1")))
    yield Nested("x", Nested("x", Interrupt("may", "May I?", call_id="1")))
    yield Interrupt("when", "When?")


async def test_a_nested_subagent_run_that_waits_is_suspended_and_its_call_answered_later(
    stores: Stores,
) -> None:
    executor = executor_of(stores, [TestAgent(waits_nested)])
    await stores.runs.add(a_run(), "script", None)
    asked = await leg(stores, executor)
    first = await events_of(stores)
    await answer_all(stores, asked)
    done = await leg(stores, executor)

    ends = told(first, "SUBAGENT_FINISHED", "SUBAGENT_ERROR")
    assert ends == [
        ("SUBAGENT_FINISHED", "/1/1"),
        ("SUBAGENT_FINISHED", "/1"),
        ("SUBAGENT_ERROR", "/2"),
        ("SUBAGENT_FINISHED", ""),
    ]
    suspended = [e["outcome"] for e in first if e["type"] == "SUBAGENT_FINISHED"]
    may, when = waiting_for(asked)
    of_nested = {"type": "suspended", "interruptIds": [may]}
    assert suspended == [of_nested, of_nested, {"type": "suspended", "interruptIds": [may, when]}]
    assert not checks.closed_scopes(first)
    events = await events_of(stores)
    results = [(e["toolCallId"], e["content"]) for e in events if e["type"] == "TOOL_CALL_RESULT"]
    assert results == [(f"{OWN}/1/1:1", "resolved")]
    assert done.status is RunStatus.COMPLETED
    assert not [*checks.closed_scopes(events), *checks.answered_tools(events)]


async def remembers_then_fails(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield SubagentStart("x", "helper")
    yield Nested("x", Text("kept"))
    yield SubagentEnd("x")
    yield Memory(1)
    yield SubagentStart("x", "helper")
    yield Nested("x", Text("repeated"))
    if task.attempt == 1:
        raise AgentFailed("Not yet.", recoverable=True)
    yield Done()


async def test_what_a_lost_attempt_let_others_say_is_withdrawn_but_for_what_it_remembers(
    stores: Stores,
) -> None:
    _, events = await worked_off(stores, TestAgent(remembers_then_fails))

    said = [m for m in fold(events).transcript.messages() if m["role"] == "assistant"]
    assert [(m["content"], str(m["subagentRunId"]).removeprefix(OWN[:-1])) for m in said] == [
        ("kept", "1/1"),
        ("kept", "2/1"),
        ("repeated", "2/2"),
    ]
