"""Leases on SQLite. One process has the file, so whoever beat before it opened is gone."""

from collections.abc import Collection, Sequence

from sergas.core.ids import ExecutorId, RunId
from sergas.core.json import encode
from sergas.core.runs import Run
from sergas.stores.sqlite.database import Database
from sergas.stores.sqlite.rows import run_of

_BEAT = """
INSERT INTO replicas (executor, expires_ms, beat_ms) VALUES (?, now_ms() + ?, now_ms())
ON CONFLICT (executor) DO UPDATE
SET expires_ms = excluded.expires_ms, beat_ms = excluded.beat_ms
"""
_LEAVE = "DELETE FROM replicas WHERE executor = ?"
# What is more than a second in the future was written before the clock was set back.
_LIVE = """
SELECT executor FROM replicas WHERE expires_ms > now_ms() AND beat_ms <= now_ms() + 1000
ORDER BY executor
"""
# Nobody alive owns it, its own executor has lost sight of it, or its owner has not answered the
# wish to cancel for ten seconds.
_TAKE_OVER = """
UPDATE runs
SET epoch = epoch + 1, owner = ?1,
    cancel_asked_ms = CASE WHEN cancel_asked_ms IS NOT NULL THEN now_ms() END
WHERE status IN ('queued', 'running') AND (is_waiting = 0 OR cancel_reason IS NOT NULL)
  AND (owner IS NULL
       OR owner NOT IN (SELECT executor FROM replicas
                        WHERE expires_ms > now_ms() AND beat_ms <= now_ms() + 1000)
       OR (owner = ?1 AND id NOT IN (SELECT value FROM json_each(?2)))
       OR cancel_asked_ms NOT BETWEEN now_ms() - 10000 AND now_ms() + 1000)
RETURNING *
"""
_WISHES = """
SELECT * FROM runs
WHERE owner = ? AND (cancel_reason IS NOT NULL OR cancel_agents <> '[]')
  AND status IN ('queued', 'running')
"""


class Replicas:
    """`core.ports.Replicas` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def beat(self, executor: ExecutorId, lease_s: float) -> None:
        """Renew the executor's lease."""
        await self._database.write(
            lambda c: c.execute(_BEAT, (executor, int(lease_s * 1000))) and None
        )

    async def leave(self, executor: ExecutorId) -> None:
        """End the executor's lease."""
        await self._database.write(lambda c: c.execute(_LEAVE, (executor,)) and None)

    async def take_over(self, executor: ExecutorId, at_work: Collection[RunId]) -> Sequence[Run]:
        """Take unfinished runs that nobody alive owns, or that this executor lost sight of."""
        values = (executor, encode(list(at_work)).decode())
        return await self._database.write(
            lambda c: [run_of(row) for row in c.execute(_TAKE_OVER, values).fetchall()]
        )

    async def wishes(self, executor: ExecutorId) -> Sequence[Run]:
        """Return the executor's runs that somebody wants cancelled."""
        return await self._database.read(
            lambda c: [run_of(row) for row in c.execute(_WISHES, (executor,))]
        )

    async def live(self) -> Sequence[ExecutorId]:
        """Return the executors whose leases have not run out."""
        return await self._database.read(
            lambda c: [ExecutorId(name) for (name,) in c.execute(_LIVE)]
        )

    async def forget_all(self) -> None:
        """End every lease: the file has just been opened by its only process."""
        await self._database.write(lambda c: c.execute("DELETE FROM replicas") and None)
