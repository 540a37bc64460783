"""DBOS: the durable queue that hands legs of runs to this executor. The only file that knows it.

Oddities, on purpose:
* A leg is one DBOS workflow without steps. What is done already is in our own `run_steps` and log,
  so that a leg can be begun again by anybody; DBOS decides who begins and when.
* A leg starts directly while there is room, because the polled queue alone takes 70-100 ms.
* DBOS is one per process, and so is this class while it is open.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass

from dbos import DBOS, DBOSConfig, SetWorkflowID

from sergas.core.ids import RunId
from sergas.core.runs import Run

_QUEUE = "sergas_runs"
_POLL_S = 0.5
# Bump when a leg that began on the old code must not go on with the new one.
_APPLICATION_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Durable:
    """The open queue."""

    _leg: Callable[[str], Coroutine[object, object, None]]
    _has_room: Callable[[], bool]

    async def dispatch(self, run: Run) -> None:
        """Have the run's present leg worked off; asking twice for the same epoch is asking once."""
        with SetWorkflowID(f"{run.id}:{run.leg}:{run.epoch}"):
            if self._has_room():
                await DBOS.start_workflow_async(self._leg, run.id)
            else:
                await DBOS.enqueue_workflow_async(_QUEUE, self._leg, run.id)

    async def check(self) -> str:
        """Say how the queue is, in a line for a person; raise if it does not answer."""
        queued = await DBOS.list_queued_workflows_async(queue_name=_QUEUE)
        return f"DBOS answers; {len(queued)} legs are queued"


@asynccontextmanager
async def open_durable(
    config: DBOSConfig,
    *,
    execute: Callable[[RunId], Awaitable[None]],
    active_count: Callable[[], int],
    limit: int,
) -> AsyncGenerator[Durable]:
    """Launch DBOS with the leg workflow; on leaving, stop taking work and let go.

    Args:
        config: where DBOS keeps its tables, and this executor's id.
        execute: works off a leg.
        active_count: how many legs are at work here.
        limit: how many may be.
    """
    DBOS(config={**config, "application_version": _APPLICATION_VERSION, "log_level": "WARNING"})

    @DBOS.workflow(name="sergas_leg")
    async def leg(run_id: str) -> None:
        await execute(RunId(run_id))

    DBOS.launch()
    try:
        await DBOS.register_queue_async(
            _QUEUE, worker_concurrency=limit, polling_interval_sec=_POLL_S
        )
        yield Durable(leg, lambda: active_count() < limit)
    finally:
        await asyncio.to_thread(DBOS.destroy, destroy_registry=True)
