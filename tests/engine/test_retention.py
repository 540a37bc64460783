"""Retention deletes what is due, whatever it meets."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from sergas.core.ids import LOCAL_TENANT, RunId
from sergas.core.stores import Stores
from sergas.engine.background import beside
from sergas.engine.retention import Retention
from sergas.stores.sqlite import open_stores
from tests.examples import NOW_MS, a_run, an_end, claim

DAY_MS = 24 * 3600 * 1000


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncGenerator[Stores]:
    async with open_stores(tmp_path) as opened:
        yield opened


async def nothing() -> int:
    return 0


async def an_ended_run(stores: Stores) -> RunId:
    run = await stores.runs.add(a_run(), "script", None)
    claimed = await claim(stores, run.id)
    await stores.control.finish(run.id, claimed.epoch, an_end(1))
    return run.id


@pytest.mark.parametrize(("days", "age_days", "left"), [(0, 999, 1), (7, 6, 1), (7, 8, 0)])
async def test_a_run_is_deleted_when_it_is_older_than_the_setting(
    stores: Stores, days: float, age_days: int, left: int
) -> None:
    await an_ended_run(stores)
    retention = Retention(stores.runs, nothing, lambda: NOW_MS + age_days * DAY_MS, days)

    deleted = await retention.once()

    assert deleted == 1 - left
    assert len(await stores.runs.select(LOCAL_TENANT)) == left


async def test_a_failure_does_not_end_the_loop(stores: Stores) -> None:
    await an_ended_run(stores)
    failures = iter([RuntimeError("away")])

    async def sweep() -> int:
        for failure in failures:
            raise failure
        return 0

    retention = Retention(stores.runs, sweep, lambda: NOW_MS + 9 * DAY_MS, 1, every_s=0)
    async with asyncio.timeout(10), beside(retention.keep()):
        while await stores.runs.select(LOCAL_TENANT):
            pass
