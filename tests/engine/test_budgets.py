"""A run is ended when it has used what it may, and warned before."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from sergas.core.agents import AgentTask
from sergas.core.budget import Budget
from sergas.core.chunks import Chunk, Done, Interrupt, Text, ToolArgs, ToolEnd, ToolStart, Usage
from sergas.core.json import Json, as_object
from sergas.core.runs import Run, RunStatus
from sergas.core.stores import Stores
from sergas.core.usage import ModelCall
from tests.examples import NOW_MS, a_run
from tests.working import (
    TestAgent,
    answer_all,
    error_of,
    events_of,
    executor_of,
    leg,
)

CALL = Usage("anthropic", "claude-haiku-4-5", 100, 20)
NEVER_ENDS_S = 3600


async def worked_off(
    stores: Stores, budget: Budget, *agents: TestAgent, asked: Json = None
) -> tuple[Run, list[dict[str, Json]]]:
    options: Json = {} if asked is None else {"budget": asked}
    await stores.runs.add(a_run(input={"messages": [], "options": options}), "script", None)
    run = await leg(stores, executor_of(stores, agents, budget=budget))
    return run, await events_of(stores)


def warnings_in(events: list[dict[str, Json]]) -> list[dict[str, Any]]:
    """Return the warnings of the board, as the last change of them tells."""
    patches: list[Any] = [e["patch"] for e in events if e["type"] == "ACTIVITY_DELTA"]
    changes = [o["value"] for patch in patches for o in patch if o["path"] == "/warnings"]
    return changes[-1] if changes else []


def times_warned(events: list[dict[str, Json]]) -> int:
    patches: list[Any] = [e["patch"] for e in events if e["type"] == "ACTIVITY_DELTA"]
    return sum(o["path"] == "/warnings" for patch in patches for o in patch)


async def spends(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    for _ in range(20):
        yield Text("a")
        yield CALL
    yield Done()


async def calls_tools(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    for number in range(20):
        yield ToolStart(f"t{number}", "tool")
        yield ToolArgs(f"t{number}", "{}")
        yield ToolEnd(f"t{number}")
    yield Done()


async def never_ends(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Text("a")
    await asyncio.sleep(NEVER_ENDS_S)
    yield Done()


@pytest.mark.parametrize(
    ("budget", "limit", "used", "warned_at"),
    [
        (Budget(tokens=1000), "tokens", 1080, 840),
        (Budget(cost_usd=0.001), "costUsd", 0.0012, 0.0008),
        (Budget(tokens=1000, cost_usd=50), "tokens", 1080, 840),
    ],
)
async def test_the_call_that_uses_the_budget_up_is_the_last_one(
    stores: Stores, budget: Budget, limit: str, used: float, warned_at: float
) -> None:
    run, events = await worked_off(stores, budget, TestAgent(spends))

    error = error_of(run)
    assert (run.status, error["code"], error["recoverable"]) == (
        RunStatus.FAILED,
        "budget_exceeded",
        True,
    )
    assert as_object(error["budget"])["used"] == pytest.approx(used)
    (warning,) = warnings_in(events)
    assert (warning["code"], warning["limit"]) == ("budget_warning", limit)
    assert warning["used"] == pytest.approx(warned_at)
    assert times_warned(events) == 1
    last = events[-1]
    assert (last["type"], last["code"]) == ("RUN_ERROR", "budget_exceeded")
    assert as_object(last["metadata"])["budget"] == error["budget"]
    assert "usage" in last


async def test_tool_calls_are_limited_over_all_attempts(stores: Stores) -> None:
    run, events = await worked_off(stores, Budget(tool_calls=3), TestAgent(calls_tools))

    assert error_of(run)["code"] == "budget_exceeded"
    assert [e["type"] for e in events].count("TOOL_CALL_START") == 4
    assert [e["type"] for e in events].count("TOOL_CALL_RESULT") == 4


async def test_a_silent_agent_is_ended_when_the_time_is_over(stores: Stores) -> None:
    async with asyncio.timeout(10):
        run, events = await worked_off(stores, Budget(seconds=0.2), TestAgent(never_ends))

    assert error_of(run)["code"] == "budget_exceeded"
    assert as_object(error_of(run)["budget"])["limit"] == "seconds"
    assert [w["limit"] for w in warnings_in(events)] == ["seconds"]
    assert times_warned(events) == 1


async def test_agents_beside_it_are_stopped_at_once_and_everything_is_closed(
    stores: Stores,
) -> None:
    agents = [TestAgent(spends, "spender"), *(TestAgent(never_ends, f"n{n}") for n in range(3))]

    async with asyncio.timeout(10):
        run, events = await worked_off(stores, Budget(tokens=1000), *agents)

    assert error_of(run)["code"] == "budget_exceeded"
    started = [e["subagentRunId"] for e in events if e["type"] == "SUBAGENT_STARTED"]
    ended = {e["subagentRunId"]: e["code"] for e in events if e["type"] == "SUBAGENT_ERROR"}
    assert ended == dict.fromkeys(started, "budget_exceeded")
    opened = [e["messageId"] for e in events if e["type"] == "TEXT_MESSAGE_START"]
    closed = [e["messageId"] for e in events if e["type"] == "TEXT_MESSAGE_END"]
    assert sorted(map(str, opened)) == sorted(map(str, closed))


async def test_an_optional_agent_does_not_spend_beyond_the_budget_either(stores: Stores) -> None:
    await stores.runs.add(a_run(), "script", None)
    executor = executor_of(stores, [TestAgent(spends)], optional={"odd"}, budget=Budget(tokens=200))

    run = await leg(stores, executor)

    assert error_of(run)["code"] == "budget_exceeded"


async def test_who_uses_exactly_what_it_may_is_not_ended(stores: Stores) -> None:
    run, events = await worked_off(stores, Budget(tokens=20 * 120), TestAgent(spends))

    assert run.status is RunStatus.COMPLETED
    assert len(warnings_in(events)) == 1


async def test_a_request_lowers_the_budget(stores: Stores) -> None:
    budget, asked = Budget(tokens=10_000), {"tokens": 500}

    run, _ = await worked_off(stores, budget, TestAgent(spends), asked=asked)

    assert as_object(error_of(run)["budget"])["allowed"] == 500


async def test_the_board_shows_the_budget(stores: Stores) -> None:
    _, events = await worked_off(stores, Budget(tokens=10_000, seconds=60), TestAgent(spends))

    patches: list[Any] = [e["patch"] for e in events if e["type"] == "ACTIVITY_DELTA"]
    shown = [o["value"] for patch in patches for o in patch if o["path"] == "/budget"]
    assert shown == [{"tokens": 10_000, "seconds": 60}]


async def test_a_model_without_a_price_ends_a_run_with_a_budget_of_money(stores: Stores) -> None:
    async def calls_the_unknown(task: AgentTask) -> AsyncGenerator[Chunk, None]:
        yield Usage("elsewhere", "unpriced", 1, 1)
        yield Done()

    run, _ = await worked_off(stores, Budget(cost_usd=100), TestAgent(calls_the_unknown))

    assert error_of(run)["code"] == "cost_unknown"
    assert "'unpriced' of 'elsewhere'" in str(error_of(run)["message"])


async def test_a_model_without_a_price_is_fine_where_money_is_not_limited(stores: Stores) -> None:
    async def calls_the_unknown(task: AgentTask) -> AsyncGenerator[Chunk, None]:
        yield Usage("elsewhere", "unpriced", 1, 1)
        yield Done()

    run, _ = await worked_off(stores, Budget(tokens=100), TestAgent(calls_the_unknown))

    assert run.status is RunStatus.COMPLETED


async def test_a_run_that_has_used_its_budget_up_does_not_begin_again(stores: Stores) -> None:
    began = list[int]()

    async def notes_its_begin(task: AgentTask) -> AsyncGenerator[Chunk, None]:
        began.append(task.attempt)
        yield Done()

    run = await stores.runs.add(a_run(), "script", None)
    await stores.usage.record(run, [ModelCall("odd", 1, 1, CALL, 200_000, NOW_MS)])

    ended = await leg(
        stores, executor_of(stores, [TestAgent(notes_its_begin)], budget=Budget(tokens=100))
    )

    assert error_of(ended)["code"] == "budget_exceeded"
    assert began == []


async def asks_first(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    for _ in range(4):
        yield CALL
    if not task.answers:
        yield Interrupt("sure", "Are you sure?")
        return
    yield Done()


async def test_a_budget_is_one_for_all_legs_and_warns_once(stores: Stores) -> None:
    budget = Budget(tokens=500)
    await stores.runs.add(a_run(), "script", None)

    first = await leg(stores, executor_of(stores, [TestAgent(asks_first)], budget=budget))
    await answer_all(stores, first)
    second = await leg(stores, executor_of(stores, [TestAgent(asks_first)], budget=budget))

    assert first.status is RunStatus.INTERRUPTED
    assert error_of(second)["code"] == "budget_exceeded"
    assert as_object(error_of(second)["budget"])["used"] == 600
    assert times_warned(await events_of(stores)) == 1


async def test_a_persons_cancel_counts_before_the_budget(stores: Stores) -> None:
    await stores.runs.add(a_run(), "script", None)
    executor = executor_of(stores, [TestAgent(spends)], budget=Budget(tokens=100))
    await stores.control.ask_cancel(a_run().id, "enough")

    run = await leg(stores, executor)

    assert (run.status, run.outcome) == (RunStatus.CANCELLED, {"reason": "enough"})
