"""What a run's agents use is booked, shown and kept, whatever becomes of them."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from sergas.core.agents import AgentTask
from sergas.core.chunks import Chunk, Done, Interrupt, Memory, Text, Usage
from sergas.core.errors import AgentFailed
from sergas.core.ids import LOCAL_TENANT
from sergas.core.json import Json, as_object
from sergas.core.runs import RunStatus
from sergas.core.stores import Stores
from sergas.core.usage import ModelCall, UsageTotal
from tests.examples import NOW_MS, a_run, claim
from tests.working import (
    Says,
    TestAgent,
    answer_all,
    error_of,
    events_of,
    executor_of,
    leg,
    worked_off,
)

CALL = Usage("anthropic", "claude-haiku-4-5", 100, 20)
COST_USD = 0.0002
NEVER_ENDS_S = 3600


async def used(stores: Stores) -> UsageTotal:
    total = UsageTotal()
    for one in await stores.usage.sums([a_run().id]):
        total = total.plus(one.total)
    return total


def board_of(events: list[dict[str, Json]]) -> dict[str, Any]:
    """Return what the status board shows in the end, from its deltas alone."""
    content: dict[str, Any] = {}
    for event in events:
        if event["type"] == "ACTIVITY_SNAPSHOT":
            content = dict(as_object(event["content"]))
        if event["type"] == "ACTIVITY_DELTA":
            operations: Any = event["patch"]
            for operation in operations:
                *parents, last = operation["path"].split("/")[1:]
                place = content
                for parent in parents:
                    place = place[parent]
                place[last] = operation.get("value")
    return content


async def calls_once(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Text("a")
    yield CALL
    yield Done()


async def fails_at_first(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield CALL
    if task.attempt == 1:
        raise AgentFailed("Not yet.", recoverable=True)
    yield Done()


async def crashes(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield CALL
    raise RuntimeError("boom")


async def breaks_the_contract(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield CALL
    yield Done()
    yield Text("more")


@pytest.mark.parametrize(
    ("says", "calls"),
    [(calls_once, 1), (fails_at_first, 2), (crashes, 1), (breaks_the_contract, 1)],
)
async def test_every_call_counts_however_its_attempt_ends(
    stores: Stores, says: Says, calls: int
) -> None:
    _, events = await worked_off(stores, TestAgent(says))

    (entry,) = list[Any](events[-1]["usage"])  # pyright: ignore[reportArgumentType]
    assert (entry["provider"], entry["model"]) == ("anthropic", "claude-haiku-4-5")
    assert (entry["inputTokens"], entry["outputTokens"]) == (100 * calls, 20 * calls)
    assert (await used(stores)).calls == calls
    assert board_of(events)["usage"]["costUsd"] == pytest.approx(COST_USD * calls)
    assert board_of(events)["agents"]["odd"]["usage"] == board_of(events)["usage"]


async def test_a_call_is_durable_before_the_agent_goes_on(stores: Stores) -> None:
    found = list[int]()

    async def looks(task: AgentTask) -> AsyncGenerator[Chunk, None]:
        for _ in range(3):
            yield CALL
            found.append((await used(stores)).calls)
        yield Done()

    await worked_off(stores, TestAgent(looks))

    assert found == [1, 2, 3]


async def test_a_call_is_durable_before_anybody_sees_it(stores: Stores) -> None:
    async def calls_often(task: AgentTask) -> AsyncGenerator[Chunk, None]:
        for _ in range(30):
            yield CALL
        yield Done()

    await stores.runs.add(a_run(), "script", None)
    executor = executor_of(stores, [TestAgent(calls_often, name) for name in ("a", "b", "c")])
    shown = stored = 0
    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        working = group.create_task(executor.execute(a_run().id, 0))
        while not working.done():
            shown = board_of(await events_of(stores)).get("usage", {}).get("calls", 0)
            stored = (await used(stores)).calls
            assert stored >= shown

    assert (await used(stores)).calls == 90


async def test_what_a_stopped_agent_had_used_by_then_counts(stores: Stores) -> None:
    async def never_ends(task: AgentTask) -> AsyncGenerator[Chunk, None]:
        yield CALL
        await asyncio.sleep(NEVER_ENDS_S)
        yield Done()

    executor = executor_of(stores, [TestAgent(never_ends)], optional={"odd"})
    await stores.runs.add(a_run(), "script", None)

    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        working = group.create_task(leg(stores, executor))
        while not (await used(stores)).calls:
            pass
        executor.active.cancel_agent(a_run().id, "odd")

    assert working.result().status is RunStatus.COMPLETED
    assert "usage" in (await events_of(stores))[-1]


async def test_a_call_that_is_reported_twice_counts_as_it_was_reported_last(
    stores: Stores,
) -> None:
    async def reports_twice(task: AgentTask) -> AsyncGenerator[Chunk, None]:
        yield Usage("anthropic", "claude-haiku-4-5", 100, 1, call_id="msg-1")
        yield Usage("anthropic", "claude-haiku-4-5", 100, 20, call_id="msg-1")
        yield Done()

    _, events = await worked_off(stores, TestAgent(reports_twice))

    total = await used(stores)
    assert (total.calls, total.input_tokens, total.output_tokens) == (1, 100, 20)
    assert board_of(events)["usage"]["totalTokens"] == 120


async def asks_first(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield CALL
    if not task.answers:
        yield Memory(1)
        yield Interrupt("sure", "Are you sure?")
        return
    yield Done()


async def test_the_last_leg_tells_what_all_legs_of_the_run_used(stores: Stores) -> None:
    executor = executor_of(stores, [TestAgent(asks_first)])
    await stores.runs.add(a_run(), "script", None)

    first = await leg(stores, executor)
    await answer_all(stores, first)
    await leg(stores, executor_of(stores, [TestAgent(asks_first)]))

    ends = [e for e in await events_of(stores) if e["type"] == "RUN_FINISHED"]
    usages: list[Any] = [end["usage"] for end in ends]
    assert [usage[0]["inputTokens"] for usage in usages] == [100, 200]
    assert (await used(stores)).calls == 2


async def test_who_takes_a_run_over_goes_on_with_what_it_used(stores: Stores) -> None:
    run = await stores.runs.add(a_run(), "script", None)
    await stores.usage.record(run, [ModelCall("odd", 1, 1, CALL, 200_000, NOW_MS)])

    await leg(stores, executor_of(stores, [TestAgent(calls_once)]))

    events = await events_of(stores)
    usage: Any = events[-1]["usage"]
    assert usage[0]["inputTokens"] == 200
    before_it_works = events[: [e["type"] for e in events].index("SUBAGENT_STARTED")]
    assert board_of(before_it_works)["usage"]["inputTokens"] == 100


async def test_what_an_executor_uses_that_has_lost_the_run_counts_too(stores: Stores) -> None:
    async def loses_the_run(task: AgentTask) -> AsyncGenerator[Chunk, None]:
        yield CALL
        await claim(stores, task.run_id)
        yield CALL
        while True:
            yield Text("a")
            await asyncio.sleep(0)

    await stores.runs.add(a_run(), "script", None)
    with capture_logs() as logs:
        run = await leg(stores, executor_of(stores, [TestAgent(loses_the_run)]))

    assert run.status is RunStatus.RUNNING
    assert [line["event"] for line in logs] == ["run_lost"]
    assert (await used(stores)).calls == 2


async def test_a_run_that_cannot_begin_tells_what_it_used_before(stores: Stores) -> None:
    run = await stores.runs.add(a_run(workflow="gone"), "script", None)
    await stores.usage.record(run, [ModelCall("odd", 1, 1, CALL, 200_000, NOW_MS)])

    ended = await leg(stores, executor_of(stores, []))

    assert error_of(ended)["code"] == "workflow_not_found"
    usage: Any = (await events_of(stores))[-1]["usage"]
    assert usage[0]["outputTokens"] == 20


async def test_a_run_without_models_has_no_usage(stores: Stores) -> None:
    async def plain(task: AgentTask) -> AsyncGenerator[Chunk, None]:
        yield Done()

    _, events = await worked_off(stores, TestAgent(plain))

    assert "usage" not in events[-1]
    assert "usage" not in board_of(events)


async def test_a_report_that_is_none_fails_its_attempt_alone(stores: Stores) -> None:
    async def reports_nonsense(task: AgentTask) -> AsyncGenerator[Chunk, None]:
        yield CALL
        nothing: Any = None
        yield Usage("anthropic", "claude-haiku-4-5", nothing, 1)

    run, events = await worked_off(stores, TestAgent(reports_nonsense))

    assert error_of(run)["code"] == "agent_contract"
    assert (await used(stores)).calls == 1
    assert events[-1]["type"] == "RUN_ERROR"
    assert "usage" in events[-1]


def sample(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0


async def test_tokens_and_cost_are_counted_for_operators(stores: Stores) -> None:
    async def calls_a_counted_model(task: AgentTask) -> AsyncGenerator[Chunk, None]:
        yield Usage("anthropic", "claude-opus-4-5", 100, 20, 5, 60, 30)
        yield Usage("elsewhere", "unpriced", 7, 3)
        yield Done()

    model = {"provider": "anthropic", "model": "claude-opus-4-5"}
    kinds = ("input", "cached_input", "cache_write_input", "output")
    before = [sample("sergas_model_tokens_total", **model, kind=kind) for kind in kinds]

    await worked_off(stores, TestAgent(calls_a_counted_model))

    after = [sample("sergas_model_tokens_total", **model, kind=kind) for kind in kinds]
    assert [b - a for a, b in zip(before, after, strict=True)] == [10, 60, 30, 20]
    assert sample("sergas_model_cost_usd_total", **model) > 0
    unpriced = {"provider": "elsewhere", "model": "unpriced"}
    assert sample("sergas_model_unpriced_tokens_total", **unpriced) >= 10
    run = await stores.runs.find(LOCAL_TENANT, a_run().id)
    assert run.status is RunStatus.COMPLETED
