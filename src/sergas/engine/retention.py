"""Retention: what ended long ago is deleted, ours and DBOS's.

Level-triggered and harmless to do twice, so every replica does it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from sergas.core.clock import Clock
from sergas.core.ports import RunStore

_log = structlog.get_logger()
_BATCH = 200
_DAY_MS = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Retention:
    """What keeping the archive small takes.

    Attributes:
        days: ended runs older than this are deleted; 0 keeps them all.
        sweep: deletes what the queue keeps of ended legs.
    """

    runs: RunStore
    sweep: Callable[[], Awaitable[int]]
    clock: Clock
    days: float
    every_s: float = 600

    async def keep(self) -> None:
        """Delete now and then, until cancelled."""
        while True:
            try:
                await self.once()
            except Exception:  # noqa: BLE001 - a background loop must outlive what it meets
                _log.exception("retention_failed")
            await asyncio.sleep(self.every_s)

    async def once(self) -> int:
        """Delete everything that is due, and return how many runs that were."""
        swept, deleted = await self.sweep(), 0
        if self.days > 0:
            before_ms = self.clock() - int(self.days * _DAY_MS)
            while count := await self.runs.delete_ended(before_ms, _BATCH):
                deleted += count
        if swept or deleted:
            _log.info("retention", runs=deleted, legs=swept)
        return deleted
