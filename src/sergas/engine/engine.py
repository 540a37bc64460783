"""The engine as its users see it: start, follow, join, cancel, retry."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from sergas.core.errors import RunNotFound
from sergas.core.ids import RunId, TenantId, ThreadId
from sergas.core.ports import RunStore
from sergas.core.runs import Event, Run, RunFilter, RunStatus
from sergas.engine.active import ActiveRuns
from sergas.engine.cancel import Canceller
from sergas.engine.follow import Follower
from sergas.engine.join import Joiner
from sergas.engine.providers import Providers
from sergas.engine.start import Starter
from sergas.engine.thread_feed import ThreadFeed

ACTIVE = (RunStatus.QUEUED, RunStatus.RUNNING)
_MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Engine:
    """The halves of the house behind one face: the write half, the read half, control."""

    starter: Starter
    follower: Follower
    joiner: Joiner
    runs: RunStore
    canceller: Canceller
    active: ActiveRuns
    providers: Providers
    thread_feed: ThreadFeed

    def follow(
        self, tenant: TenantId, run_id: RunId, after: int = 0
    ) -> AsyncGenerator[Sequence[Event], None]:
        """Read a run from a cursor until its end; see `Follower.follow`."""
        return self.follower.follow(tenant, run_id, after)

    async def queue_position(self, run: Run) -> int | None:
        """Return which of the next runs a queued one is, from 1; None if it is not queued.

        One that waits for its thread is counted among the thread's, others among all that wait for
        a worker.
        """
        if run.status is not RunStatus.QUEUED:
            return None
        if not run.is_waiting:
            return 1 + await self.runs.count_queued_before(run.id)
        of_thread = RunFilter(run.thread_id, ACTIVE)
        earlier = await self.runs.select(run.tenant, of_thread, before=run.id, limit=_MOST_COUNTED)
        return len(earlier)

    async def active_run(
        self, tenant: TenantId, thread_id: ThreadId, run_id: RunId | None = None
    ) -> Run:
        """Return the thread's active run, or else the newest that waits for the thread.

        Where a run is named it is that one, as long as it is not over.

        Raises:
            RunNotFound: none is active.
        """
        if run_id is not None:
            run = await self.runs.find(tenant, run_id)
            if run.thread_id == thread_id and run.status in ACTIVE:
                return run
            raise RunNotFound(run_id)
        for is_waiting in (False, True):
            wanted = RunFilter(thread_id, ACTIVE, is_waiting=is_waiting)
            for run in await self.runs.select(tenant, wanted, limit=1):
                return run
        raise RunNotFound(f"active in thread {thread_id}")

    async def ended(self, tenant: TenantId, run_id: RunId, timeout_s: float) -> Run:
        """Wait for the run's end, but not longer than the time-out, and return it as it is then."""
        try:
            async with asyncio.timeout(timeout_s), aclosing(self.follow(tenant, run_id)) as batches:
                async for _ in batches:
                    pass
        except TimeoutError:
            pass
        return await self.runs.find(tenant, run_id)
