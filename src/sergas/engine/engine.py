"""The engine as its users see it: start, follow, join, cancel, retry."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from sergas.core.errors import RunNotFound
from sergas.core.ids import RunId, TenantId, ThreadId
from sergas.core.ports import RunControl, RunStore
from sergas.core.runs import Event, Run, RunStatus
from sergas.engine.active import ActiveRuns
from sergas.engine.follow import Follower
from sergas.engine.join import Joiner
from sergas.engine.start import Starter

ACTIVE = (RunStatus.QUEUED, RunStatus.RUNNING)


@dataclass(frozen=True, slots=True)
class Engine:
    """The halves of the house behind one face: the write half, the read half, control."""

    starter: Starter
    follower: Follower
    joiner: Joiner
    runs: RunStore
    control: RunControl
    active: ActiveRuns

    def follow(
        self, tenant: TenantId, run_id: RunId, after: int = 0
    ) -> AsyncGenerator[Sequence[Event], None]:
        """Read a run from a cursor until its end; see `Follower.follow`."""
        return self.follower.follow(tenant, run_id, after)

    async def cancel(self, tenant: TenantId, run_id: RunId, reason: str) -> Run:
        """Ask for a run to stop, wherever it is worked off; an ended run stays as it is.

        Raises:
            RunNotFound: there is no such run.
        """
        run = await self.runs.find(tenant, run_id)
        if run.status.is_final:
            return run
        run = await self.control.ask_cancel(run_id, reason)
        self.active.cancel(run_id, reason)
        return run

    async def active_run(self, tenant: TenantId, thread_id: ThreadId) -> Run:
        """Return the thread's active run.

        Raises:
            RunNotFound: none is active.
        """
        runs = await self.runs.select(tenant, thread_id=thread_id, statuses=ACTIVE, limit=1)
        if not runs:
            raise RunNotFound(f"active in thread {thread_id}")
        return runs[0]

    async def ended(self, tenant: TenantId, run_id: RunId, timeout_s: float) -> Run:
        """Wait for the run's end, but not longer than the time-out, and return it as it is then."""
        try:
            async with asyncio.timeout(timeout_s), aclosing(self.follow(tenant, run_id)) as batches:
                async for _ in batches:
                    pass
        except TimeoutError:
            pass
        return await self.runs.find(tenant, run_id)
