"""Following: every event once and in order, however often a reader drops and returns."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sergas.core.compaction import Compacted
from sergas.core.errors import RunNotFound
from sergas.core.ids import LOCAL_TENANT, RunId, TenantId
from sergas.core.runs import Event
from sergas.core.stores import Stores
from sergas.engine.follow import Follower
from sergas.engine.hub import Hub
from sergas.stores.sqlite import open_stores
from tests.examples import NOW_MS, a_run, an_end, claim, some_events


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncGenerator[Stores]:
    async with open_stores(tmp_path) as opened:
        yield opened


async def write_run(
    stores: Stores, hub: Hub, run_id: RunId, batches: list[int], *, forgets: bool = True
) -> None:
    """Write batches of events as an executor would, with the reader running in between."""
    epoch, seq = (await claim(stores, run_id, NOW_MS)).epoch, 0
    for size in batches:
        events = some_events(seq + 1, size)
        await stores.events.append(run_id, epoch, events)
        hub.publish(run_id, events)
        seq += size
        await asyncio.sleep(0)
    end = an_end(seq + 1)
    await stores.control.finish(run_id, epoch, end)
    hub.publish(run_id, [end.last])
    if forgets:
        hub.forget(run_id)


async def read_with_drops(follower: Follower, run_id: RunId, drops: list[int]) -> list[int]:
    """Follow, leaving after as many batches as `drops` says each time; return the seqs seen."""
    seen: list[int] = []
    for stay in [*drops, 10_000]:
        async with aclosing(
            follower.follow(LOCAL_TENANT, run_id, seen[-1] if seen else 0)
        ) as batches:
            async for batch in batches:
                seen += [event.seq for event in batch]
                stay -= 1
                if stay <= 0:
                    break
            else:
                return seen
    return seen


counter = iter(range(1_000_000))


@given(
    batches=st.lists(st.integers(1, 700), min_size=1, max_size=8),
    drops=st.lists(st.integers(1, 3), max_size=6),
)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_a_reader_that_drops_and_returns_gets_every_event_exactly_once(
    stores: Stores, batches: list[int], drops: list[int]
) -> None:
    run_id, hub = RunId(f"run-{next(counter)}"), Hub()
    await stores.runs.add(a_run(run_id, thread_id=f"t-{run_id}"), "script", None)
    follower = Follower(stores.events, stores.runs, hub)

    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        live = group.create_task(read_with_drops(follower, run_id, drops))
        late = group.create_task(read_with_drops(follower, run_id, []))
        group.create_task(write_run(stores, hub, run_id, batches))
    after_the_end = await read_with_drops(follower, run_id, drops)

    whole = list(range(1, sum(batches) + 2))
    assert live.result() == late.result() == after_the_end == whole


async def test_a_hundred_readers_of_a_live_run_read_its_log_once(stores: Stores) -> None:
    await stores.runs.add(a_run(), "script", None)
    log, hub = CountingLog(stores), Hub()
    follower = Follower(log, stores.runs, hub)

    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        readers = [group.create_task(read_with_drops(follower, a_run().id, [])) for _ in range(100)]
        await asyncio.sleep(0)
        group.create_task(write_run(stores, hub, a_run().id, [10] * 20, forgets=False))

    assert all(reader.result() == list(range(1, 202)) for reader in readers)
    assert log.reads_with_events <= 100


class CountingLog:
    """The event log, counting the reads that found something."""

    def __init__(self, stores: Stores) -> None:
        self._events = stores.events
        self.reads_with_events = 0

    async def append(self, run_id: RunId, epoch: int, events: Sequence[Event]) -> None:
        await self._events.append(run_id, epoch, events)

    async def read(
        self, run_id: RunId, after: int, limit: int, until: int | None = None
    ) -> list[Event]:
        found = await self._events.read(run_id, after, limit, until)
        self.reads_with_events += bool(found)
        return list(found)

    async def last_seq(self, run_id: RunId) -> int:
        return await self._events.last_seq(run_id)

    async def compact(self, run_id: RunId, compacted: Compacted | None) -> bool:
        return await self._events.compact(run_id, compacted)


async def test_another_tenants_run_cannot_be_followed(stores: Stores) -> None:
    await stores.runs.add(a_run(), "script", None)
    follower = Follower(stores.events, stores.runs, Hub())

    with pytest.raises(RunNotFound):
        await anext(follower.follow(TenantId("other"), a_run().id))


async def test_the_last_event_is_not_missed_when_the_hub_hears_of_it_late(stores: Stores) -> None:
    await stores.runs.add(a_run(), "script", None)
    hub = Hub()
    epoch = (await claim(stores, a_run().id)).epoch
    await stores.events.append(a_run().id, epoch, some_events(1, 2))
    hub.publish(a_run().id, some_events(1, 2))
    await stores.control.finish(a_run().id, epoch, an_end(3))

    # The end is stored, and nobody has told the hub.
    seen = await read_with_drops(Follower(stores.events, stores.runs, hub), a_run().id, [])

    assert seen == [1, 2, 3]


async def test_a_reader_who_leaves_as_news_come_does_leave() -> None:
    hub, run_id = Hub(), RunId("run-1")
    with hub.followed(run_id):
        waiting = asyncio.create_task(hub.wait(run_id, hub.changes(run_id), 5))
        await asyncio.sleep(0)
        hub.publish(run_id, ())
        waiting.cancel()

        with pytest.raises(asyncio.CancelledError):
            await waiting
