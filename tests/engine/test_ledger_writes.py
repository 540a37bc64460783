"""What agents use is written also while they are stopped and while the store has trouble."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sergas.core.agents import AgentTask
from sergas.core.chunks import Chunk, Done, Usage
from sergas.core.ids import RunId
from sergas.core.runs import Run, RunStatus
from sergas.core.stores import Stores
from sergas.core.usage import ModelCall, UsageBy, UsageFilter, UsageRow, UsageStore, UsageSum
from tests.examples import a_run
from tests.working import TestAgent, error_of, events_of, executor_of, leg


@dataclass(frozen=True, slots=True)
class Delayed:
    """A usage store to which something happens before each write."""

    inner: UsageStore
    before: Callable[[], Awaitable[object]]

    async def record(self, run: Run, calls: Sequence[ModelCall]) -> None:
        await self.before()
        await self.inner.record(run, calls)

    async def sums(self, run_ids: Collection[RunId]) -> Sequence[UsageSum]:
        return await self.inner.sums(run_ids)

    async def table(
        self, wanted: UsageFilter, by: UsageBy, *, after: str | None = None, limit: int = 50
    ) -> Sequence[UsageRow]:
        return await self.inner.table(wanted, by, after=after, limit=limit)

    async def delete_orphans(self, before_ms: int, limit: int) -> int:
        return await self.inner.delete_orphans(before_ms, limit)


async def calls_of(stores: Stores) -> int:
    return sum(one.total.calls for one in await stores.usage.sums([a_run().id]))


async def calls_once(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Usage("anthropic", "claude-haiku-4-5", 100, 20)
    yield Done()


async def test_a_run_that_is_stopped_while_its_calls_are_written_has_used_them_all(
    stores: Stores,
) -> None:
    began, may_write = asyncio.Event(), asyncio.Event()

    async def wait() -> None:
        began.set()
        await may_write.wait()

    slow = replace(stores, usage=Delayed(stores.usage, wait))
    executor = executor_of(slow, [TestAgent(calls_once, name) for name in ("a", "b", "c")])
    await stores.runs.add(a_run(), "script", None)
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        working = group.create_task(leg(stores, executor))
        await began.wait()
        executor.active.cancel(a_run().id, "enough")
        await asyncio.sleep(0)
        may_write.set()

    assert working.result().status is RunStatus.CANCELLED
    assert await calls_of(stores) == 3
    patches: list[Any] = [e["patch"] for e in await events_of(stores) if "patch" in e]
    shown = [o["value"]["calls"] for patch in patches for o in patch if o["path"] == "/usage"]
    assert shown[-1] == 3


async def test_a_call_of_a_stopped_agent_is_durable_while_the_run_goes_on(stores: Stores) -> None:
    began, may_write = asyncio.Event(), asyncio.Event()

    async def wait() -> None:
        began.set()
        await may_write.wait()

    async def waits_for_the_write(task: AgentTask) -> AsyncGenerator[Chunk, None]:
        while not await calls_of(stores):
            pass
        yield Done()

    slow = replace(stores, usage=Delayed(stores.usage, wait))
    agents = [TestAgent(calls_once, "stopped"), TestAgent(waits_for_the_write, "other")]
    executor = executor_of(slow, agents, optional={"stopped"})
    await stores.runs.add(a_run(), "script", None)
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        working = group.create_task(leg(stores, executor))
        await began.wait()
        executor.active.cancel_agent(a_run().id, "stopped")
        await asyncio.sleep(0)
        may_write.set()

    assert working.result().outcome == {"skipped": ["stopped"]}


async def test_a_write_that_failed_is_made_again_at_the_end(stores: Stores) -> None:
    failures = iter([RuntimeError("The disk is full.")])

    async def fail_once() -> None:
        for failure in failures:
            raise failure

    await stores.runs.add(a_run(), "script", None)
    broken = replace(stores, usage=Delayed(stores.usage, fail_once))
    run = await leg(stores, executor_of(broken, [TestAgent(calls_once)]))

    assert error_of(run)["code"] == "agent_crashed"
    assert await calls_of(stores) == 1


async def test_calls_that_come_while_one_is_written_are_one_batch(stores: Stores) -> None:
    batches = list[int]()
    may_write = asyncio.Event()

    async def count() -> None:
        batches.append(1)
        await may_write.wait()

    slow = replace(stores, usage=Delayed(stores.usage, count))
    executor = executor_of(slow, [TestAgent(calls_once, f"agent-{n}") for n in range(20)])
    await stores.runs.add(a_run(), "script", None)
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        group.create_task(leg(stores, executor))
        started = 0
        while started < 20:
            steps = await stores.steps.steps(a_run().id)
            started = sum(step.attempt for step in steps)
        may_write.set()

    assert await calls_of(stores) == 20
    assert len(batches) < 20
