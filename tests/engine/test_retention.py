"""Retention compacts and deletes what is due, whatever it meets."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from sergas.core.chunks import Usage
from sergas.core.ids import LOCAL_TENANT, RunId
from sergas.core.json import encode
from sergas.core.runs import Event
from sergas.core.stores import Stores
from sergas.core.usage import ModelCall, UsageBy, UsageFilter
from sergas.engine import events
from sergas.engine.background import beside
from sergas.engine.retention import Retention, compact
from sergas.stores.sqlite import open_stores
from tests.examples import NOW_MS, a_run, an_end, claim

HOUR_MS = 3600 * 1000
DAY_MS = 24 * HOUR_MS


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncGenerator[Stores]:
    async with open_stores(tmp_path) as opened:
        yield opened


async def nothing() -> int:
    return 0


def retention_of(
    stores: Stores, *, age_ms: int = 0, days: float = 0, hours: float = 0
) -> Retention:
    """Make the retention that is at work so long after the runs of these tests have ended."""
    return Retention(
        runs=stores.runs,
        log=stores.events,
        usage=stores.usage,
        sweep=nothing,
        clock=lambda: NOW_MS + 9 + age_ms,
        days=days,
        compact_after_hours=hours,
        every_s=0,
        pause_s=0,
    )


async def an_ended_run(stores: Stores, deltas: int = 0, run_id: str = "run-1") -> RunId:
    run = await stores.runs.add(a_run(run_id, thread_id=run_id), "script", None)
    claimed = await claim(stores, run.id)
    said = [Event(n, encode(events.text_content("m", "s", "x"))) for n in range(1, deltas + 1)]
    await stores.events.append(run.id, claimed.epoch, said)
    await stores.control.finish(run.id, claimed.epoch, an_end(deltas + 1))
    return run.id


async def stored_events(stores: Stores, run_id: RunId) -> int:
    return len(await stores.events.read(run_id, 0, 9999))


@pytest.mark.parametrize(("days", "age_days", "left"), [(0, 999, 1), (7, 6, 1), (7, 8, 0)])
async def test_a_run_is_deleted_when_it_is_older_than_the_setting(
    stores: Stores, days: float, age_days: int, left: int
) -> None:
    await an_ended_run(stores)

    kept = await retention_of(stores, age_ms=age_days * DAY_MS, days=days).once()

    assert kept.deleted == 1 - left
    assert len(await stores.runs.select(LOCAL_TENANT)) == left


@pytest.mark.parametrize(("days", "age_days", "left"), [(0, 999, 2), (7, 6, 2), (7, 8, 1)])
async def test_what_a_run_used_that_is_gone_is_deleted_when_it_is_older_than_the_setting(
    stores: Stores, days: float, age_days: int, left: int
) -> None:
    call = ModelCall("alpha", 1, 1, Usage("p", "m", 1, 1), None, NOW_MS)
    await stores.usage.record(a_run("gone"), [call])
    waiting = await stores.runs.add(a_run("waiting"), "script", None)
    await stores.usage.record(waiting, [call])

    kept = await retention_of(stores, age_ms=age_days * DAY_MS, days=days).once()

    assert kept.calls == 2 - left
    assert len(await stores.usage.table(UsageFilter(LOCAL_TENANT), UsageBy.RUN)) == left


@pytest.mark.parametrize(("hours", "age_h", "left"), [(0, 999, 1201), (24, 23, 1201), (24, 25, 2)])
async def test_a_log_is_compacted_when_its_run_ended_longer_ago_than_the_setting(
    stores: Stores, hours: float, age_h: int, left: int
) -> None:
    run_id = await an_ended_run(stores, deltas=1200)

    kept = await retention_of(stores, age_ms=age_h * HOUR_MS, hours=hours).once()

    assert await stored_events(stores, run_id) == left
    assert (kept.compacted, kept.merged) == (int(left == 2), 1201 - left)


async def test_a_log_that_would_not_become_half_as_long_is_left_as_it_is(stores: Stores) -> None:
    run_id = await an_ended_run(stores, deltas=2)
    retention = retention_of(stores, age_ms=DAY_MS, hours=1)

    first, second = await retention.once(), await retention.once()

    assert (first.compacted, first.merged, second.compacted) == (1, 0, 0)
    assert await stored_events(stores, run_id) == 3


async def test_replicas_that_compact_at_once_do_it_once(stores: Stores) -> None:
    run_ids = [await an_ended_run(stores, deltas=900, run_id=f"run-{n}") for n in range(4)]
    retention = retention_of(stores, age_ms=DAY_MS, hours=1)

    looks = await asyncio.gather(*(retention.once() for _ in range(3)))

    assert sum(kept.compacted for kept in looks) == 4
    assert sum(kept.merged for kept in looks) == 4 * 899
    assert [await stored_events(stores, run_id) for run_id in run_ids] == [2] * 4
    assert await compact(stores.events, run_ids[0]) is None


async def test_a_big_archive_is_compacted_without_waiting_for_the_next_look(
    stores: Stores,
) -> None:
    for number in range(201):
        await an_ended_run(stores, run_id=f"run-{number}")
    retention = replace(retention_of(stores, age_ms=DAY_MS, hours=1), every_s=3600)

    async with asyncio.timeout(20), beside(retention.keep()):
        while await stores.runs.uncompacted(NOW_MS + DAY_MS, 1):
            pass


async def test_what_was_done_is_logged_and_counted(stores: Stores) -> None:
    for number in range(3):
        await an_ended_run(stores, deltas=10, run_id=f"run-{number}")
    before = REGISTRY.get_sample_value("sergas_retention_total", {"done": "merged"}) or 0

    with capture_logs() as logs:
        await retention_of(stores, age_ms=DAY_MS, hours=1).once()
        await retention_of(stores, age_ms=DAY_MS, hours=1).once()
        await retention_of(stores, age_ms=DAY_MS, days=0.5).once()

    done = [{k: v for k, v in line.items() if k not in ("event", "log_level")} for line in logs]
    assert done == [
        {"legs": 0, "deleted": 0, "calls": 0, "compacted": 3, "merged": 27},
        {"legs": 0, "deleted": 3, "calls": 0, "compacted": 0, "merged": 0},
    ]
    after = REGISTRY.get_sample_value("sergas_retention_total", {"done": "merged"})
    assert after == before + 27


async def test_a_failure_does_not_end_the_loop(stores: Stores) -> None:
    await an_ended_run(stores)
    failures = iter([RuntimeError("away")])

    async def sweep() -> int:
        for failure in failures:
            raise failure
        return 0

    retention = replace(retention_of(stores, age_ms=9 * DAY_MS, days=1), sweep=sweep)
    async with asyncio.timeout(10), beside(retention.keep()):
        while await stores.runs.select(LOCAL_TENANT):
            pass
