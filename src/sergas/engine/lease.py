"""The lease of this executor, and what it does for runs that nobody else looks after.

Level-triggered: every tick looks at how things are, so a wake-up or a crash that went unnoticed is
made good by the next tick.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import structlog

from sergas.core.errors import StoreUnavailable
from sergas.core.ids import ExecutorId, RunId
from sergas.core.ports import OnWakeUp, Replicas, RunControl, WakeUps
from sergas.core.runs import Run
from sergas.engine.active import ActiveRuns
from sergas.engine.background import beside
from sergas.engine.hub import Hub
from sergas.engine.thread_hub import ThreadHub

_log = structlog.get_logger()
_TICKS_PER_LEASE = 5
_LONGEST_TICK_S = 1.0


@dataclass(slots=True)
class _LastTick:
    """How the latest tick went; times of the monotonic clock, in seconds."""

    renewed_at: float = 0.0
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Lease:
    """What keeping the lease takes."""

    executor: ExecutorId
    replicas: Replicas
    control: RunControl
    wakeups: WakeUps
    active: ActiveRuns
    hub: Hub
    thread_hub: ThreadHub
    dispatch: Callable[[Run], Awaitable[None]]
    at_work: Callable[[], Collection[RunId]]
    lease_s: float
    _last: _LastTick = field(default_factory=_LastTick)

    @asynccontextmanager
    async def kept(self) -> AsyncGenerator[None]:
        """Keep the lease in the background; on leaving, let go of the runs and of the lease."""
        await self.tick()
        async with beside(self.keep(), self.listen()):
            try:
                yield
            finally:
                await self.active.leave()

    async def keep(self) -> None:
        """Tick until cancelled, then end the lease."""
        pause_s = min(self.lease_s / _TICKS_PER_LEASE, _LONGEST_TICK_S)
        try:
            while True:
                await _safely(self.tick())
                await asyncio.sleep(pause_s)
        finally:
            await _safely(self.replicas.leave(self.executor))

    async def listen(self) -> None:
        """Pass wake-ups on until cancelled."""
        wishes = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._heed(wishes))
            await self.wakeups.listen(
                OnWakeUp(
                    events=self.hub.wake,
                    control=lambda _: wishes.set(),
                    thread=self.thread_hub.changed,
                    gap=self.thread_hub.gap,
                )
            )

    async def tick(self) -> None:
        """Renew the lease, take lost runs over, heed wishes, let waiting runs go."""
        await self._beat()
        taken = await self.replicas.take_over(self.executor, self.at_work())
        if taken:
            _log.warning("runs_taken_over", run_ids=[run.id for run in taken])
        for run in taken:
            await self.dispatch(run)
        await self.heed_wishes()
        await self.promote()

    async def check(self) -> str:
        """Say how the lease is, in a line for a person.

        Raises:
            StoreUnavailable: it could not be renewed lately, so nothing can be stored.
        """
        age_s = time.monotonic() - self._last.renewed_at
        if self._last.why_not:
            raise StoreUnavailable(self._last.why_not)
        if age_s > self.lease_s:
            raise StoreUnavailable(f"the lease was not renewed for {age_s:.0f} s")
        live = await self.replicas.live()
        return f"{len(live)} alive; this one is {self.executor}, renewed {age_s:.1f} s ago"

    async def heed_wishes(self) -> None:
        """Stop the runs of this executor, and agents of them, that somebody wants cancelled."""
        for run in await self.replicas.wishes(self.executor):
            for agent in run.cancel_agents:
                self.active.cancel_agent(run.id, agent)
            if run.cancel_reason is not None:
                self.active.cancel(run.id, run.cancel_reason)

    async def promote(self) -> None:
        """Dispatch runs whose thread has become free."""
        for run in await self.control.promote(self.executor):
            await self.dispatch(run)

    async def _beat(self) -> None:
        try:
            await self.replicas.beat(self.executor, self.lease_s)
        except StoreUnavailable as error:
            self._last.why_not = error.reason
            raise
        self._last.renewed_at, self._last.why_not = time.monotonic(), ""

    async def _heed(self, wishes: asyncio.Event) -> None:
        while True:
            await wishes.wait()
            wishes.clear()
            await _safely(self.heed_wishes())


async def _safely(work: Awaitable[None]) -> None:
    try:
        await work
    except StoreUnavailable as error:
        _log.warning("store_unavailable", error=error.reason)
    except Exception:  # noqa: BLE001 - a background loop must outlive what it meets
        # The store may be away for a while; the next tick tries again.
        _log.exception("lease_work_failed")
