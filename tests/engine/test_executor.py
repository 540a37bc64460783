"""Working a run off, with agents that do what agents should not."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from sergas.core.agents import AgentTask, RunInput, Work, Workflow
from sergas.core.budget import Budget
from sergas.core.chunks import Chunk, Done, Interrupt, Progress, StatePatch, Text, ToolStart
from sergas.core.errors import AgentFailed, Fenced
from sergas.core.ids import LOCAL_TENANT, ExecutorId, RunId
from sergas.core.runs import RunStatus, Step
from sergas.core.stores import Stores
from sergas.engine.patience import Patience
from tests.examples import NOW_MS, a_run
from tests.working import Says, TestAgent, error_of, events_of, executor_of, leg, worked_off


async def surrogate(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Progress(10, "half \ud83d")
    yield Text("a\ud800b \ud83d\ude00")
    yield Done()


async def test_half_an_emoji_is_replaced_and_the_run_goes_on(stores: Stores) -> None:
    run, events = await worked_off(stores, TestAgent(surrogate))

    assert run.status is RunStatus.COMPLETED
    assert [e["delta"] for e in events if e["type"] == "TEXT_MESSAGE_CONTENT"] == [
        "a\ufffdb \U0001f600"
    ]


async def cancels_itself(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Text("a")
    raise asyncio.CancelledError


async def cancels_its_group(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Text("a")
    raise BaseExceptionGroup("group", [asyncio.CancelledError()])


async def exits(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Text("a")
    raise SystemExit(3)


async def crashes(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield ToolStart("1", "tool")
    raise KeyError("secret")


@pytest.mark.parametrize("says", [cancels_itself, cancels_its_group, exits, crashes])
async def test_an_agent_that_breaks_in_its_own_way_fails_its_run_and_nothing_else(
    stores: Stores, says: Says
) -> None:
    run, events = await worked_off(stores, TestAgent(says))

    assert run.status is RunStatus.FAILED
    assert error_of(run)["code"] == "agent_crashed"
    assert "secret" not in str(error_of(run)["message"])
    assert events[-1]["type"] == "RUN_ERROR"


async def no_chunk(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield "hello"  # pyright: ignore[reportReturnType]


async def no_end(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Text("a")


async def goes_on(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Done()
    yield Text("a")


async def asks_twice(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Interrupt("k", "One?")
    yield Interrupt("k", "Two?")


async def no_json(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Done(object())  # pyright: ignore[reportArgumentType]


async def no_generator(task: AgentTask) -> str:
    return "hello"


def no_stream(task: AgentTask) -> Sequence[Chunk]:
    return [Done()]


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (no_chunk, "something of type str, which is no chunk"),
        (no_end, "the last chunk has to be Done"),
        (goes_on, "went on after its end"),
        (asks_twice, "asked 'k' twice"),
        (no_json, "result of the agent's Done has to be made of dicts with texts as keys"),
        (no_generator, "of type coroutine; it has to be an async function with yield"),
        (no_stream, "of type list; it has to be an async function with yield"),
    ],
)
async def test_an_agent_that_breaks_its_contract_is_told_which(
    stores: Stores, says: Any, words: str
) -> None:
    run, events = await worked_off(stores, TestAgent(says))

    assert (run.status, error_of(run)["code"]) == (RunStatus.FAILED, "agent_contract")
    assert words in str(error_of(run)["message"])
    assert "SUBAGENT_FINISHED" not in [e["type"] for e in events]


async def bad_patch(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield StatePatch(({"op": "replace", "path": "/not/there", "value": 1},))
    yield Done()


async def test_a_patch_that_does_not_apply_fails_the_agent_and_leaves_the_state(
    stores: Stores,
) -> None:
    run, events = await worked_off(stores, TestAgent(bad_patch))

    assert run.status is RunStatus.FAILED
    assert [e for e in events if e["type"] == "STATE_SNAPSHOT"][-1]["snapshot"] == {
        "workflow": {"workflow_progress": 0, "completed_agents": [], "current_agent": ""}
    }


async def hangs(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Text("a")
    await asyncio.Event().wait()


async def dawdles(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    while True:
        yield Text("a")
        await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("says", "patience", "code"),
    [
        (hangs, Patience(idle_s=0.05), "agent_idle"),
        (dawdles, Patience(agent_s=0.1), "agent_timeout"),
        (dawdles, Patience(run_s=0.1), "run_timeout"),
    ],
)
async def test_every_wait_has_an_end(
    stores: Stores, says: Says, patience: Patience, code: str
) -> None:
    run, events = await worked_off(stores, TestAgent(says), patience=patience)

    assert (run.status, error_of(run)["code"]) == (RunStatus.FAILED, code)
    opened = {str(e["subagentRunId"]) for e in events if e["type"] == "SUBAGENT_STARTED"}
    closed = {str(e["subagentRunId"]) for e in events if e["type"] == "SUBAGENT_ERROR"}
    assert opened == closed


async def test_an_execution_that_breaks_ends_its_run(stores: Stores) -> None:
    broken = Workflow("script", "Test", "For tests.", lambda _: [], no_work, optional=broken_choice)
    executor = executor_of(stores, [])
    await stores.runs.add(a_run(), "script", None)

    await replace(executor, workflows={"script": broken}).execute(a_run().id, 0)

    run = await stores.runs.find(LOCAL_TENANT, a_run().id)
    assert (run.status, error_of(run)["code"]) == (RunStatus.FAILED, "internal_error")


def broken_choice(_: RunInput) -> Sequence[str]:
    raise RuntimeError("boom")


async def no_work(_: Work) -> None:
    raise AssertionError("It breaks before.")


async def waits_for_the_other(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Text("a")
    await asyncio.sleep(0.02)
    yield Done("kept")


async def fails(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Text("a")
    raise AgentFailed("no luck")


async def test_any_interleaving_of_two_executors_runs_a_run_once(stores: Stores) -> None:
    calls: list[str] = []

    async def counted(task: AgentTask) -> AsyncGenerator[Chunk, None]:
        calls.append(task.agent)
        yield Done()

    await stores.runs.add(a_run(), "script", None)
    first, second = (executor_of(stores, [TestAgent(counted)]) for _ in range(2))

    async with asyncio.timeout(10):
        await asyncio.gather(first.execute(a_run().id, 0), second.execute(a_run().id, 0))

    assert calls == ["odd"]
    events = await stores.events.read(a_run().id, 0, 1000)
    assert [e.seq for e in events] == list(range(1, len(events) + 1))
    assert sum(b'"RUN_FINISHED"' in e.data for e in events) == 1


async def test_a_frozen_executor_that_wakes_up_writes_nothing_more(stores: Stores) -> None:
    frozen, thawed = asyncio.Event(), asyncio.Event()

    async def slow(task: AgentTask) -> AsyncGenerator[Chunk, None]:
        yield Text(f"attempt {task.attempt}")
        if task.attempt == 1:
            frozen.set()
            await thawed.wait()
            yield Text("too late")
        yield Done()

    await stores.runs.add(a_run(), "script", None)
    other = ExecutorId("other")
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        group.create_task(executor_of(stores, [TestAgent(slow)]).execute(a_run().id, 0))
        await frozen.wait()
        await stored(stores, b"attempt 1")
        (taken,) = await stores.replicas.take_over(other, ())
        await executor_of(stores, [TestAgent(slow)]).execute(a_run().id, taken.epoch)
        thawed.set()

    events = await events_of(stores)
    assert [e["type"] for e in events].count("RUN_FINISHED") == 1
    assert events[-1]["type"] == "RUN_FINISHED"
    assert "too late" not in str(events)
    lost = [e["code"] for e in events if e["type"] == "SUBAGENT_ERROR"]
    assert lost == ["replica_lost"]


async def busy(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    for _ in range(300):
        yield Text("a")
        await asyncio.sleep(0.001)
    yield Done()


async def quick(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Text(f"attempt {task.attempt}")
    yield Done("kept")


async def test_who_has_seen_an_agent_finish_can_rely_on_its_result(stores: Stores) -> None:
    agents = [TestAgent(quick, "quick"), TestAgent(busy, "busy")]
    executor = executor_of(stores, agents)
    await stores.runs.add(a_run(), "script", None)

    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        group.create_task(executor.execute(a_run().id, 0))
        await stored(stores, b"SUBAGENT_FINISHED")
        steps = {step.name: step for step in await stores.steps.steps(a_run().id)}
        executor.active.cancel(a_run().id, "enough")

    assert (steps["quick"].is_done, steps["quick"].result) == (True, "kept")


async def test_an_end_that_was_stored_but_not_told_is_told_by_the_next_executor(
    stores: Stores,
) -> None:
    await stores.runs.add(a_run(), "script", None)
    agents = [TestAgent(quick, "quick"), TestAgent(busy, "busy")]
    first = executor_of(stores, agents)

    async with asyncio.timeout(10):
        await replace(first, steps=CrashAfterDone(stores)).execute(a_run().id, 0)
        run = await stores.runs.find(LOCAL_TENANT, a_run().id)
        await executor_of(stores, agents).execute(a_run().id, run.epoch)

    events = await events_of(stores)
    started = [e["name"] for e in events if e["type"] == "SUBAGENT_STARTED"]
    finished = [e["subagentRunId"] for e in events if e["type"] == "SUBAGENT_FINISHED"]
    assert started.count("quick") == 1
    assert "run-1:quick:1" in finished
    assert events[-1]["outcome"] == {"type": "success"}


class CrashAfterDone:
    """The step store of a process that loses its run right after a result is stored."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def save(self, run_id: RunId, epoch: int, step: Step) -> None:
        await self._stores.steps.save(run_id, epoch, step)
        if step.is_done:
            await self._stores.replicas.take_over(ExecutorId("other"), ())
            raise Fenced(run_id, epoch)

    async def steps(self, run_id: RunId) -> Sequence[Step]:
        return await self._stores.steps.steps(run_id)

    async def copy(self, source: RunId, target: RunId) -> None:
        await self._stores.steps.copy(source, target)


async def stored(stores: Stores, part: bytes) -> None:
    """Wait until an event with these bytes is durable."""
    while not any(part in event.data for event in await stores.events.read(a_run().id, 0, 999)):
        pass


@pytest.mark.parametrize("jump_ms", [-3_600_000, 3_600_000])
async def test_a_clock_that_is_set_in_the_middle_of_a_run_ends_nothing(
    stores: Stores, jump_ms: int
) -> None:
    clock = [NOW_MS]

    async def says(task: AgentTask) -> AsyncGenerator[Chunk, None]:
        yield Text("before, ")
        clock[0] += jump_ms
        yield Text("after")
        yield Done()

    await stores.runs.add(a_run(), "script", None)
    patience, budget = Patience(run_s=60, agent_s=60, idle_s=60), Budget(seconds=7200)
    executor = executor_of(stores, [TestAgent(says)], patience, budget=budget)
    run = await leg(stores, replace(executor, clock=lambda: clock[0]))

    events = await events_of(stores)
    text = "".join(str(e["delta"]) for e in events if e["type"] == "TEXT_MESSAGE_CONTENT")
    assert (run.status, text) == (RunStatus.COMPLETED, "before, after")
