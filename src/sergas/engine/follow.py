"""Follow: read a run's log from a cursor and wait for more. Every reader in the house is one."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

from sergas.core.errors import RunNotFound
from sergas.core.ids import RunId, TenantId
from sergas.core.ports import EventLog, RunStore
from sergas.core.runs import Event
from sergas.engine.events import is_terminal
from sergas.engine.hub import Hub

_PAGE = 500
_SAFETY_NET_S = 5.0


@dataclass(frozen=True, slots=True)
class Follower:
    """What following takes: the log for what was, the hub for what comes."""

    log: EventLog
    runs: RunStore
    hub: Hub

    async def follow(
        self, tenant: TenantId, run_id: RunId, after: int = 0
    ) -> AsyncGenerator[Sequence[Event], None]:
        """Yield the events after a seq in batches, each event once and in order, until the end.

        The end is the terminal event of a run that is over. An empty batch is yielded after five
        seconds of silence, so that the caller can keep its connection alive.

        Raises:
            RunNotFound: the run does not exist for this tenant.
        """
        is_over, was_idle = (await self.runs.find(tenant, run_id)).status.is_final, False
        with self.hub.followed(run_id):
            while True:
                # Counted before the look: what comes while the log is read is not slept through.
                seen_changes = self.hub.changes(run_id)
                # What is over is read from the log: the hub hears of a commit a moment after it.
                batch = await self._next(run_id, after, is_hub_enough=not is_over)
                if batch:
                    after, was_idle = batch[-1].seq, False
                    yield batch
                    if is_terminal(batch[-1].data):
                        is_over = await self._is_over(tenant, run_id)
                elif is_over:
                    return
                elif was_idle:
                    yield ()
                    # Look at the run first and at the log again after it: the end comes last.
                    is_over, was_idle = await self._is_over(tenant, run_id), False
                else:
                    was_idle = not await self.hub.wait(run_id, seen_changes, _SAFETY_NET_S)

    async def _next(self, run_id: RunId, after: int, *, is_hub_enough: bool) -> Sequence[Event]:
        recent = self.hub.recent(run_id, after) if is_hub_enough else None
        if recent is None:
            return await self.log.read(run_id, after, _PAGE)
        return recent[:_PAGE]

    async def _is_over(self, tenant: TenantId, run_id: RunId) -> bool:
        """Say whether the run has ended; one that was deleted meanwhile has."""
        try:
            return (await self.runs.find(tenant, run_id)).status.is_final
        except RunNotFound:
            return True
