"""Leases on PostgreSQL, on the database's own clock."""

from collections.abc import Collection, Sequence

from sergas.core.ids import ExecutorId, RunId
from sergas.core.runs import Run
from sergas.stores.postgres.database import Database
from sergas.stores.postgres.rows import run_of

_BEAT = """
INSERT INTO replicas (executor, expires_ms, beat_ms) VALUES ($1, now_ms() + $2, now_ms())
ON CONFLICT (executor) DO UPDATE
SET expires_ms = excluded.expires_ms, beat_ms = excluded.beat_ms
"""
# Those that were killed cannot leave by themselves; nobody asks for them after an hour.
_LEAVE = "DELETE FROM replicas WHERE executor = $1 OR expires_ms < now_ms() - 3600000"
# What is more than a second in the future was written before the clock was set back.
_LIVE = """
SELECT executor FROM replicas WHERE expires_ms > now_ms() AND beat_ms <= now_ms() + 1000
ORDER BY executor
"""
# Nobody alive owns it, its own executor has lost sight of it, or its owner has not answered the
# wish to cancel for ten seconds. A run that is locked is being written, claimed or taken at this
# moment; the next tick looks again.
_TAKE_OVER = """
WITH lost AS (
  SELECT ordinal FROM runs
  WHERE status IN ('queued', 'running') AND (NOT is_waiting OR cancel_reason IS NOT NULL)
    AND (owner IS NULL
         OR NOT EXISTS (SELECT FROM replicas
                        WHERE executor = owner
                          AND expires_ms > now_ms() AND beat_ms <= now_ms() + 1000)
         OR (owner = $1 AND id <> ALL ($2::text[]))
         OR cancel_asked_ms NOT BETWEEN now_ms() - 10000 AND now_ms() + 1000)
  FOR UPDATE SKIP LOCKED
)
UPDATE runs
SET epoch = epoch + 1, owner = $1,
    cancel_asked_ms = CASE WHEN cancel_asked_ms IS NOT NULL THEN now_ms() END
FROM lost WHERE runs.ordinal = lost.ordinal
RETURNING runs.*
"""
_WISHES = """
SELECT * FROM runs
WHERE owner = $1 AND (cancel_reason IS NOT NULL OR cancel_agents <> '{}')
  AND status IN ('queued', 'running')
"""


class Replicas:
    """`core.ports.Replicas` on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def beat(self, executor: ExecutorId, lease_s: float) -> None:
        """Renew the executor's lease."""
        await self._database.run(lambda c: c.execute(_BEAT, executor, int(lease_s * 1000)))

    async def leave(self, executor: ExecutorId) -> None:
        """End the executor's lease."""
        await self._database.run(lambda c: c.execute(_LEAVE, executor))

    async def take_over(self, executor: ExecutorId, at_work: Collection[RunId]) -> Sequence[Run]:
        """Take unfinished runs that nobody alive owns, or that this executor lost sight of."""
        ids = list(at_work)
        rows = await self._database.run(lambda c: c.fetch(_TAKE_OVER, executor, ids))
        return [run_of(row) for row in rows]

    async def wishes(self, executor: ExecutorId) -> Sequence[Run]:
        """Return the executor's runs that somebody wants cancelled."""
        rows = await self._database.run(lambda c: c.fetch(_WISHES, executor))
        return [run_of(row) for row in rows]

    async def live(self) -> Sequence[ExecutorId]:
        """Return the executors whose leases have not run out."""
        rows = await self._database.run(lambda c: c.fetch(_LIVE))
        return [ExecutorId(row["executor"]) for row in rows]
