"""The runs on SQLite: add one idempotently, find one, list some."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from sergas.core.errors import RunIdTaken, RunNotFound, ThreadBusy
from sergas.core.ids import RunId, TenantId
from sergas.core.json import encode
from sergas.core.room import ENDLESS, Room
from sergas.core.runs import Run, RunFilter
from sergas.stores.sqlite.database import Database
from sergas.stores.sqlite.rows import ACTIVE_RUN, run_of

_SAME_REQUEST = "SELECT * FROM runs WHERE (tenant = ? AND request_key = ?) OR id = ? LIMIT 1"
# A new run makes its thread, or moves it to the top of the list.
_TOUCH_THREAD = """
INSERT INTO threads (tenant, id, agent_id, name, created_ms, updated_ms, last_run_ms)
VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?5)
ON CONFLICT (tenant, id) DO UPDATE
SET updated_ms = max(updated_ms, ?5), last_run_ms = ?5, name = coalesce(threads.name, excluded.name)
"""
_INSERT = """
INSERT INTO runs (id, tenant, thread_id, workflow, status, leg, epoch, owner, is_waiting, retry_of,
                  request_key, content_hash, input, outcome, created_ms, user_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
# Empty lists and absent values mean "any"; the page begins after the run `before`.
_SELECT = """
SELECT * FROM runs
WHERE tenant = :tenant
  AND (:thread IS NULL OR thread_id = :thread)
  AND (:statuses = '[]' OR status IN (SELECT value FROM json_each(:statuses)))
  AND (:workflow IS NULL OR workflow = :workflow)
  AND (:since IS NULL OR created_ms >= :since)
  AND (:until IS NULL OR created_ms < :until)
  AND (:waits IS NULL OR is_waiting = :waits)
  AND (NOT :asks OR (status = 'interrupted' AND NOT EXISTS (
       SELECT 1 FROM runs AS next WHERE next.tenant = :tenant
       AND next.thread_id = runs.thread_id AND next.retry_of = runs.id)))
  AND (:before IS NULL
       OR ordinal < (SELECT ordinal FROM runs WHERE id = :before AND tenant = :tenant))
ORDER BY ordinal DESC LIMIT :limit
"""
# How many there are, and how many of them do not wait for their thread.
_COUNT = """
SELECT count(*), count(*) FILTER (WHERE is_waiting = 0) FROM runs
WHERE status IN ('queued', 'running')
"""
# How many wait for a worker, and came before another one.
_COUNT_QUEUED_BEFORE = """
SELECT count(*) FROM runs
WHERE status = 'queued' AND is_waiting = 0
  AND ordinal < (SELECT ordinal FROM runs WHERE id = ?)
"""
# The oldest of the runs that ended before a time; their events and steps go with them.
_DELETE_ENDED = """
DELETE FROM runs WHERE ordinal IN (
  SELECT ordinal FROM runs
  WHERE status IN ('completed', 'cancelled', 'failed') AND finished_ms < ?
  ORDER BY ordinal LIMIT ?)
"""
_DELETE_EMPTY_THREADS = """
DELETE FROM threads WHERE NOT EXISTS (
  SELECT 1 FROM runs WHERE runs.tenant = threads.tenant AND runs.thread_id = threads.id)
"""
_UNCOMPACTED = """
SELECT id FROM runs INDEXED BY runs_uncompacted
WHERE status IN ('completed', 'cancelled', 'failed') AND is_compacted = 0 AND finished_ms < ?
ORDER BY finished_ms LIMIT ?
"""


class RunStore:
    """`core.ports.RunStore` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        run: Run,
        agent_id: str,
        thread_name: str | None,
        *,
        may_wait: bool = False,
        room: Room = ENDLESS,
    ) -> Run:
        """Store a queued run and its thread, or return the run of the same request."""

        def insert(connection: sqlite3.Connection) -> Run:
            row = connection.execute(
                _SAME_REQUEST, (run.tenant, run.request_key, run.id)
            ).fetchone()
            if row is not None:
                return _repeated(run, run_of(row))
            _insert_thread(connection, run, agent_id, thread_name)
            return _insert_run(connection, run, may_wait=may_wait, room=room)

        return await self._database.write(insert)

    async def find(self, tenant: TenantId, run_id: RunId) -> Run:
        """Return the run, or raise RunNotFound."""

        def select(connection: sqlite3.Connection) -> Run:
            row = connection.execute(
                "SELECT * FROM runs WHERE id = ? AND tenant = ?", (run_id, tenant)
            ).fetchone()
            if row is None:
                raise RunNotFound(run_id)
            return run_of(row)

        return await self._database.read(select)

    async def select(
        self,
        tenant: TenantId,
        wanted: RunFilter = RunFilter(),
        *,
        before: str | None = None,
        limit: int = 50,
    ) -> Sequence[Run]:
        """Return runs, newest first."""
        parameters = {
            "tenant": tenant,
            "thread": wanted.thread_id,
            "statuses": encode(list(wanted.statuses)).decode(),
            "workflow": wanted.workflow,
            "since": wanted.since_ms,
            "until": wanted.until_ms,
            "waits": wanted.is_waiting,
            "asks": wanted.is_waiting_for_answer,
            "before": before,
            "limit": limit,
        }
        return await self._database.read(
            lambda c: [run_of(row) for row in c.execute(_SELECT, parameters)]
        )

    async def count_unfinished(self) -> int:
        """Return how many runs are queued or running."""
        return await self._database.read(lambda c: int(c.execute(_COUNT).fetchone()[0]))

    async def count_queued_before(self, run_id: RunId) -> int:
        """Return how many runs wait for a worker and came before this one."""
        return await self._database.read(
            lambda c: int(c.execute(_COUNT_QUEUED_BEFORE, (run_id,)).fetchone()[0])
        )

    async def delete_ended(self, before_ms: int, limit: int) -> int:
        """Delete runs that ended before a time, and the threads that no run is left of."""

        def delete(connection: sqlite3.Connection) -> int:
            deleted = connection.execute(_DELETE_ENDED, (before_ms, limit)).rowcount
            if deleted:
                connection.execute(_DELETE_EMPTY_THREADS)
            return deleted

        return await self._database.write(delete)

    async def uncompacted(self, before_ms: int, limit: int) -> Sequence[RunId]:
        """Return runs that ended before a time and whose log nobody has compacted."""
        return await self._database.read(
            lambda c: [RunId(row[0]) for row in c.execute(_UNCOMPACTED, (before_ms, limit))]
        )


def _insert_thread(
    connection: sqlite3.Connection, run: Run, agent_id: str, thread_name: str | None
) -> None:
    values = (run.tenant, run.thread_id, agent_id, thread_name, run.created_ms)
    connection.execute(_TOUCH_THREAD, values)


def _insert_run(connection: sqlite3.Connection, run: Run, *, may_wait: bool, room: Room) -> Run:
    active = connection.execute(ACTIVE_RUN, (run.tenant, run.thread_id)).fetchone()
    if active is not None and not may_wait:
        raise ThreadBusy(run.thread_id, active[0])
    stored = replace(run, is_waiting=active is not None)
    room.demand(*connection.execute(_COUNT).fetchone(), waits=stored.is_waiting)
    connection.execute(
        _INSERT,
        (
            *(run.id, run.tenant, run.thread_id, run.workflow, run.status, run.leg, run.epoch),
            *(run.owner, stored.is_waiting, run.retry_of, run.request_key, run.content_hash),
            *(encode(run.input), encode(run.outcome), run.created_ms, run.user),
        ),
    )
    return stored


def _repeated(run: Run, stored: Run) -> Run:
    if stored.tenant != run.tenant or stored.content_hash != run.content_hash:
        raise RunIdTaken(run.id if stored.id == run.id else run.request_key)
    return stored
