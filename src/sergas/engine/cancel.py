"""Cancel: stop a run on purpose, whatever its status and wherever it is worked off."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sergas.core.errors import RunIdTaken
from sergas.core.ids import ExecutorId, RunId, TenantId
from sergas.core.ports import RunControl, RunStore
from sergas.core.runs import NextLeg, Run, RunStatus
from sergas.engine.active import ActiveRuns

_CANCEL_LEG = "cancel"


@dataclass(frozen=True, slots=True)
class Canceller:
    """What cancelling takes.

    Attributes:
        execute: works a leg off here; a cancelled one ends at once.
    """

    runs: RunStore
    control: RunControl
    active: ActiveRuns
    executor: ExecutorId
    execute: Callable[[RunId, int], Awaitable[None]]

    async def cancel(self, tenant: TenantId, run_id: RunId, reason: str) -> Run:
        """Ask for the run to stop and return it; one that has ended stays as it is.

        A run that nobody works off yet, or that waits for a person, is ended here and now.

        Raises:
            RunNotFound: there is no such run.
        """
        run = await self.runs.find(tenant, run_id)
        if run.status is RunStatus.INTERRUPTED:
            run = await self._reopen(run)
        if run.status.is_final:
            return run
        wished = await self.control.ask_cancel(run_id, reason)
        self.active.cancel(run_id, reason)
        if wished.status is RunStatus.QUEUED:
            await self.execute(run_id, wished.epoch)
        return wished

    async def cancel_agent(self, tenant: TenantId, run_id: RunId, agent: str) -> Run:
        """Ask for one agent of a run to stop; the run goes on without it if it is optional.

        Raises:
            RunNotFound: there is no such run.
        """
        run = await self.runs.find(tenant, run_id)
        if run.status.is_final:
            return run
        wished = await self.control.ask_cancel_agent(run_id, agent)
        self.active.cancel_agent(run_id, agent)
        return wished

    async def _reopen(self, run: Run) -> Run:
        leg = NextLeg(self.executor, run.input, f"{_CANCEL_LEG}:{run.leg}")
        try:
            return await self.control.resume(run.id, leg)
        except RunIdTaken:
            # Somebody answered meanwhile, and the run goes on in another one.
            return await self.runs.find(run.tenant, run.id)
