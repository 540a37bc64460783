"""The run log: durable before visible, numbered without gaps, coalesced without loss."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from sergas.core.errors import Fenced
from sergas.core.ids import LOCAL_TENANT, RunId
from sergas.core.json import as_object, decode
from sergas.core.runs import Event, RunStatus
from sergas.core.stores import Stores
from sergas.engine import events
from sergas.engine.fold import Fold
from sergas.engine.hub import Hub
from sergas.engine.runlog import RunLog
from sergas.stores.sqlite import open_stores
from tests.examples import NOW_MS, a_run, an_end, claim


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncGenerator[Stores]:
    async with open_stores(tmp_path) as opened:
        yield opened


@asynccontextmanager
async def writing(stores: Stores, hub: Hub, interval_s: float = 0.0) -> AsyncGenerator[RunLog]:
    """Claim the example run and write its log."""
    await stores.runs.add(a_run(), "script", None)
    run = await claim(stores, a_run().id, NOW_MS)
    log = RunLog(
        run=run, log=stores.events, hub=hub, last_seq=0, view=Fold(), interval_s=interval_s
    )
    async with asyncio.TaskGroup() as group:
        writer = group.create_task(log.write())
        try:
            yield log
        finally:
            writer.cancel()


class WatchfulHub(Hub):
    """A hub that notes how much was durable when it was told."""

    def __init__(self, durable: Callable[[], int]) -> None:
        super().__init__()
        self._durable = durable
        self.claims: list[tuple[int, int]] = []

    def publish(self, run_id: RunId, events: Sequence[Event]) -> None:
        if events:
            self.claims.append((events[-1].seq, self._durable()))
        super().publish(run_id, events)


async def test_nothing_is_shown_before_it_is_durable(stores: Stores, tmp_path: Path) -> None:
    def durable() -> int:
        with sqlite3.connect(f"file:{tmp_path / 'sergas.sqlite'}?mode=ro", uri=True) as other:
            return other.execute("SELECT coalesce(max(seq), 0) FROM run_events").fetchone()[0]

    hub = WatchfulHub(durable)
    async with writing(stores, hub) as log:
        for number in range(20):
            log.emit(events.text_start(f"m{number}", "s"))
            await log.flush()

    assert len(hub.claims) == 20
    assert all(stored >= shown for shown, stored in hub.claims)


async def test_deltas_that_wait_together_become_one_event_and_lose_nothing(stores: Stores) -> None:
    async with writing(stores, Hub(), interval_s=30) as log:
        log.emit_all([events.text_start("a", "s"), events.text_start("b", "s")])
        await log.flush()
        for number in range(100):
            log.emit(events.text_content("a", "s", f"a{number} "))
            log.emit(events.text_content("b", "s", f"b{number} "))
        await log.flush()

    stored = [as_object(decode(e.data)) for e in await stores.events.read(a_run().id, 0, 1000)]
    texts = {e["messageId"]: e["delta"] for e in stored if e["type"] == "TEXT_MESSAGE_CONTENT"}
    assert texts == {m: "".join(f"{m}{n} " for n in range(100)) for m in ("a", "b")}
    assert len(stored) == 4


async def test_a_delta_never_overtakes_an_event_of_another_kind(stores: Stores) -> None:
    async with writing(stores, Hub(), interval_s=30) as log:
        log.emit(events.text_start("a", "s"))
        await log.flush()
        log.emit(events.text_content("a", "s", "before"))
        log.emit(events.state_delta([]))
        log.emit(events.text_content("a", "s", "after"))
        await log.flush()

    stored = [as_object(decode(e.data)) for e in await stores.events.read(a_run().id, 0, 1000)]
    assert [e.get("delta") for e in stored[1:]] == ["before", [], "after"]


async def test_a_fenced_writer_stops_at_its_next_word(stores: Stores) -> None:
    async with writing(stores, Hub()) as log:
        log.emit(events.text_start("a", "s"))
        await log.flush()
        await claim(stores, a_run().id, NOW_MS)
        log.emit(events.text_end("a", "s"))

        with pytest.raises(Fenced):
            await log.flush()
        with pytest.raises(Fenced):
            log.emit(events.text_start("b", "s"))

    assert await stores.events.last_seq(a_run().id) == 1


async def test_the_end_is_recorded_before_anybody_sees_it(stores: Stores) -> None:
    hub = Hub()
    async with writing(stores, hub) as log:
        log.emit(events.run_started("t", "r", 1))

        async def record(last: Event) -> None:
            assert hub.recent(a_run().id, 1) == ()
            await stores.control.finish(a_run().id, 1, an_end(last.seq))

        await log.end(events.run_finished("t", "r", 2, {"type": "success"}), record)

    assert (await stores.runs.find(LOCAL_TENANT, a_run().id)).status is RunStatus.COMPLETED
    assert [e.seq for e in hub.recent(a_run().id, 0) or ()] == [1, 2]


async def test_a_writer_who_is_stopped_as_it_is_hurried_does_stop(stores: Stores) -> None:
    async with asyncio.timeout(5), writing(stores, Hub(), interval_s=60) as log:
        log.emit(events.text_start("m1", "s"))
        await log.flush()
        # The writer pauses now; the next word is asked for at the moment when it has to stop.
        await asyncio.sleep(0)
        log.emit(events.text_start("m2", "s"))
        flushing = asyncio.create_task(log.flush())
        await asyncio.sleep(0)
        flushing.cancel()
