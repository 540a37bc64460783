"""Retention: what ended long ago is made small, then deleted; ours and DBOS's.

Level-triggered and harmless to do twice, so every replica does it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass

import structlog

from sergas.core.clock import Clock
from sergas.core.ids import RunId
from sergas.core.ports import EventLog, RunStore
from sergas.core.usage import UsageStore
from sergas.engine.compaction import Merge
from sergas.telemetry.metrics import RETENTION

_log = structlog.get_logger()
_BATCH = 200
_PAGE = 500
_HOUR_MS = 3600 * 1000
_DAY_MS = 24 * _HOUR_MS


@dataclass(frozen=True, slots=True)
class Kept:
    """What one look at the archive came to.

    Attributes:
        legs: rows of the queue that were deleted.
        deleted: runs that were deleted.
        calls: model calls that were deleted, of runs that are gone.
        compacted: runs whose logs were looked at, and compacted where that was worth it.
        merged: how many events fewer their logs have.
    """

    legs: int
    deleted: int
    calls: int
    compacted: int
    merged: int


@dataclass(frozen=True, slots=True)
class Retention:
    """What keeping the archive small takes.

    Attributes:
        days: ended runs older than this are deleted; 0 keeps them all.
        compact_after_hours: the logs of runs that ended longer ago are compacted; 0 never does.
        sweep: deletes what the queue keeps of ended legs.
        every_s: seconds from one look to the next.
        pause_s: seconds between two compactions, which are for the others at work here.
    """

    runs: RunStore
    log: EventLog
    usage: UsageStore
    sweep: Callable[[], Awaitable[int]]
    clock: Clock
    days: float
    compact_after_hours: float
    every_s: float = 600
    pause_s: float = 0.05

    async def keep(self) -> None:
        """Look now and then, until cancelled; at once again while there is much to compact."""
        while True:
            compacted = 0
            try:
                compacted = (await self.once()).compacted
            except Exception:  # noqa: BLE001 - a background loop must outlive what it meets
                _log.exception("retention_failed")
            if compacted < _BATCH:
                await asyncio.sleep(self.every_s)

    async def once(self) -> Kept:
        """Delete everything that is due, compact a batch of what is due, and say what was done."""
        legs, deleted, calls = await self.sweep(), await self._delete(), await self._forget()
        compacted, merged = await self._compact()
        kept = Kept(legs, deleted, calls, compacted, merged)
        done = asdict(kept)
        if any(done.values()):
            _log.info("retention", **done)
        for name, count in done.items():
            RETENTION.labels(done=name).inc(count)
        return kept

    async def _delete(self) -> int:
        deleted = 0
        if self.days > 0:
            before_ms = self.clock() - int(self.days * _DAY_MS)
            while count := await self.runs.delete_ended(before_ms, _BATCH):
                deleted += count
        return deleted

    async def _forget(self) -> int:
        """Delete what runs used that are gone; it outlives them only until now."""
        forgotten = 0
        if self.days > 0:
            before_ms = self.clock() - int(self.days * _DAY_MS)
            while count := await self.usage.delete_orphans(before_ms, _BATCH):
                forgotten += count
        return forgotten

    async def _compact(self) -> tuple[int, int]:
        compacted = merged = 0
        if self.compact_after_hours > 0:
            before_ms = self.clock() - int(self.compact_after_hours * _HOUR_MS)
            for run_id in await self.runs.uncompacted(before_ms, _BATCH):
                fewer = await compact(self.log, run_id)
                if fewer is not None:
                    compacted, merged = compacted + 1, merged + fewer
                await asyncio.sleep(self.pause_s)
        return compacted, merged


async def compact(log: EventLog, run_id: RunId) -> int | None:
    """Compact a run's log, and return how many events fewer it has; None if another one did.

    A log that would not become half as long is only noted as looked at.
    """
    merge = Merge()
    while page := await log.read(run_id, merge.originals, _PAGE):
        if page[0].seq != merge.originals + 1:
            return None
        # Not on the loop: reading and writing JSON for five hundred events takes milliseconds.
        await asyncio.to_thread(merge.add, page)
    compacted = await asyncio.to_thread(merge.compacted)
    fewer = merge.originals - len(compacted.merged)
    is_worth_it = fewer * 2 > merge.originals
    if not await log.compact(run_id, compacted if is_worth_it else None):
        return None
    return fewer if is_worth_it else 0
