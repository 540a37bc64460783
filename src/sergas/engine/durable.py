"""DBOS: the durable queue that hands legs of runs to this executor. The only file that knows it.

Oddities, on purpose:
* A leg is one DBOS workflow without steps. What is done already is in our own `run_steps` and log,
  so that a leg can be begun again by anybody; DBOS decides who begins and when.
* A leg starts directly while there is room, because the polled queue alone takes 70-100 ms.
* DBOS is one per process, and so is this class while it is opened.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Coroutine
from contextlib import asynccontextmanager
from typing import TypeAlias

import structlog
from dbos import DBOS, DBOSConfig, SetWorkflowID, WorkflowStatus

from sergas.core.ids import ExecutorId, RunId
from sergas.core.runs import Run

_log = structlog.get_logger()
_Leg: TypeAlias = Callable[[str, int], Coroutine[object, object, None]]
_QUEUE = "sergas_runs"
_LEG = "sergas_leg"
_SWEEP_LIMIT = 1000
_POLL_S = 0.5
# Bump when a leg that began on the old code must not go on with the new one.
_APPLICATION_VERSION = "1"


class Durable:
    """The queue; it takes and gives work while it is `opened`."""

    def __init__(self, config: DBOSConfig, *, limit: int) -> None:
        """Prepare the queue.

        Args:
            config: where DBOS keeps its tables, and this executor's id.
            limit: how many legs may be at work here at once.
        """
        self._config, self._limit = config, limit
        self._slots = asyncio.Semaphore(limit)
        self._tickets: dict[str, RunId] = {}
        self._leg: _Leg | None = None

    @asynccontextmanager
    async def opened(
        self, execute: Callable[[RunId, int], Awaitable[None]]
    ) -> AsyncGenerator[None]:
        """Launch DBOS with `execute` as what works a leg off; on leaving, let go of everything."""
        fixed = DBOSConfig(application_version=_APPLICATION_VERSION, log_level="WARNING")
        DBOS(config={**self._config, **fixed})

        @DBOS.workflow(name=_LEG)
        async def leg(run_id: str, epoch: int) -> None:
            ticket = f"{run_id}:{epoch}"
            self._tickets[ticket] = RunId(run_id)
            try:
                # Legs that were started here and legs from the queue share the same slots.
                async with self._slots:
                    await execute(RunId(run_id), epoch)
            finally:
                self._tickets.pop(ticket, None)

        _log_through_root()
        self._leg = leg
        try:
            DBOS.launch()
            await DBOS.register_queue_async(
                _QUEUE, worker_concurrency=self._limit, polling_interval_sec=_POLL_S
            )
            yield
        finally:
            await asyncio.to_thread(DBOS.destroy, destroy_registry=True)

    async def dispatch(self, run: Run) -> None:
        """Have the run's present leg worked off; asking twice for an epoch is asking once.

        Where DBOS cannot take it, nothing is raised: the run is stored, and the lease dispatches
        again whatever is not at work.
        """
        if self._leg is None:
            raise RuntimeError("The queue is not open.")
        ticket = f"{run.id}:{run.epoch}"
        has_room = len(self._tickets) < self._limit
        self._tickets[ticket] = run.id
        try:
            await self._hand_over(self._leg, run, has_room=has_room)
        except Exception as error:  # noqa: BLE001 - logged; whatever it is, the run is not lost
            self._tickets.pop(ticket, None)
            _log.warning(
                "dispatch_put_off", run_id=run.id, error=f"{type(error).__name__}: {error}"
            )
        except BaseException:
            self._tickets.pop(ticket, None)
            raise

    async def _hand_over(self, leg: _Leg, run: Run, *, has_room: bool) -> None:
        with SetWorkflowID(f"{run.id}:{run.leg}:{run.epoch}"):
            if has_room:
                await DBOS.start_workflow_async(leg, run.id, run.epoch)
            else:
                await DBOS.enqueue_workflow_async(_QUEUE, leg, run.id, run.epoch)

    def at_work(self) -> Collection[RunId]:
        """Return the runs that were dispatched here and have not ended here."""
        return set(self._tickets.values())

    async def sweep(self, live: Collection[ExecutorId]) -> int:
        """Delete DBOS's rows of legs that nobody works off any more, and return how many.

        Those are the ones that are over, and those that an executor left behind which is not live:
        whoever took its runs over has tickets of its own.
        """
        over = await self._legs(["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"])
        begun = await self._legs(["PENDING"])
        ids = [leg.workflow_id for leg in over]
        ids += [leg.workflow_id for leg in begun if leg.executor_id not in live]
        if ids:
            await DBOS.delete_workflows_async(ids)
        return len(ids)

    async def _legs(self, status: list[str]) -> list[WorkflowStatus]:
        return await DBOS.list_workflows_async(
            name=_LEG, status=status, limit=_SWEEP_LIMIT, load_input=False, load_output=False
        )

    async def check(self) -> str:
        """Say how the queue is, in a line for a person; raise if it does not answer."""
        queued = await DBOS.list_queued_workflows_async(queue_name=_QUEUE)
        return f"DBOS answers; {len(queued)} legs are queued"


def _log_through_root() -> None:
    """Take DBOS's own handlers away, so that its lines look like all others."""
    logger = logging.getLogger("dbos")
    logger.handlers.clear()
    logger.propagate = True
