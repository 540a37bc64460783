"""The runs on PostgreSQL: add one idempotently, find one, list some."""

from collections.abc import Sequence
from dataclasses import replace

import asyncpg

from sergas.core.errors import RunIdTaken, RunNotFound, ThreadBusy
from sergas.core.ids import RunId, TenantId
from sergas.core.json import encode
from sergas.core.room import ENDLESS, Room
from sergas.core.runs import Run, RunFilter
from sergas.stores.postgres.database import Connection, Database
from sergas.stores.postgres.rows import ACTIVE_RUN, run_of

# Starts on one thread go one after the other, in whichever process; the lock ends with the commit.
_LOCK_THREAD = "SELECT pg_advisory_xact_lock(hashtextextended($1::text || ' ' || $2::text, 0))"
_SAME_REQUEST = "SELECT * FROM runs WHERE (tenant = $1 AND request_key = $2) OR id = $3 LIMIT 1"
# A new run makes its thread, or moves it to the top of the list.
_TOUCH_THREAD = """
INSERT INTO threads (tenant, id, agent_id, name, created_ms, updated_ms, last_run_ms)
VALUES ($1, $2, $3, $4, $5, $5, $5)
ON CONFLICT (tenant, id) DO UPDATE
SET updated_ms = greatest(threads.updated_ms, $5), last_run_ms = $5,
    name = coalesce(threads.name, excluded.name)
"""
_INSERT = """
INSERT INTO runs (id, tenant, thread_id, workflow, status, leg, epoch, owner, is_waiting, retry_of,
                  request_key, content_hash, input, outcome, created_ms, user_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
"""
_FIND = "SELECT * FROM runs WHERE id = $1 AND tenant = $2"
# Empty lists and absent values mean "any"; the page begins after the run `before`.
_SELECT = """
SELECT * FROM runs
WHERE tenant = $1
  AND ($2::text IS NULL OR thread_id = $2)
  AND ($3::text[] = '{}' OR status = ANY ($3))
  AND ($4::text IS NULL OR workflow = $4)
  AND ($5::bigint IS NULL OR created_ms >= $5)
  AND ($6::bigint IS NULL OR created_ms < $6)
  AND ($7::boolean IS NULL OR is_waiting = $7)
  AND (NOT $8::boolean OR (status = 'interrupted' AND NOT EXISTS (
       SELECT 1 FROM runs AS next
       WHERE next.tenant = $1 AND next.thread_id = runs.thread_id AND next.retry_of = runs.id)))
  AND ($9::text IS NULL
       OR ordinal < (SELECT ordinal FROM runs WHERE id = $9 AND tenant = $1))
ORDER BY ordinal DESC LIMIT $10
"""
# How many there are, and how many of them do not wait for their thread.
_COUNT = """
SELECT count(*), count(*) FILTER (WHERE NOT is_waiting) FROM runs
WHERE status IN ('queued', 'running')
"""
# How many wait for a worker, and came before another one.
_COUNT_QUEUED_BEFORE = """
SELECT count(*) FROM runs
WHERE status = 'queued' AND NOT is_waiting
  AND ordinal < (SELECT ordinal FROM runs WHERE id = $1)
"""
# While there is little room, starts go one after the other, so that they count each other.
_LOCK_ROOM = "SELECT pg_advisory_xact_lock(hashtextextended('sergas room', 0))"
_MARGIN = 100
# The oldest of the runs that ended before a time; their events and steps go with them.
_DELETE_ENDED = """
WITH gone AS (
  DELETE FROM runs WHERE ordinal IN (
    SELECT ordinal FROM runs
    WHERE status IN ('completed', 'cancelled', 'failed') AND finished_ms < $1
    ORDER BY ordinal LIMIT $2)
  RETURNING 1
)
SELECT count(*) FROM gone
"""
_DELETE_EMPTY_THREADS = """
DELETE FROM threads WHERE NOT EXISTS (
  SELECT 1 FROM runs WHERE runs.tenant = threads.tenant AND runs.thread_id = threads.id)
"""
_UNCOMPACTED = """
SELECT id FROM runs
WHERE status IN ('completed', 'cancelled', 'failed') AND NOT is_compacted AND finished_ms < $1
ORDER BY finished_ms LIMIT $2
"""


class RunStore:
    """`core.ports.RunStore` on PostgreSQL."""

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

        async def insert(connection: Connection) -> Run:
            async with connection.transaction():
                await connection.execute(_LOCK_THREAD, run.tenant, run.thread_id)
                same = (run.tenant, run.request_key, run.id)
                row = await connection.fetchrow(_SAME_REQUEST, *same)
                if row is not None:
                    return _repeated(run, run_of(row))
                thread = (run.tenant, run.thread_id, agent_id, thread_name, run.created_ms)
                await connection.execute(_TOUCH_THREAD, *thread)
                return await _insert_run(connection, run, may_wait=may_wait, room=room)

        try:
            return await self._database.run(insert)
        except asyncpg.UniqueViolationError:
            # Something came between that the lock does not cover: the same id on another thread, or
            # a resumed run. It can be seen now.
            return await self._database.run(insert)

    async def find(self, tenant: TenantId, run_id: RunId) -> Run:
        """Return the run, or raise RunNotFound."""
        row = await self._database.run(lambda c: c.fetchrow(_FIND, run_id, tenant))
        if row is None:
            raise RunNotFound(run_id)
        return run_of(row)

    async def select(
        self,
        tenant: TenantId,
        wanted: RunFilter = RunFilter(),
        *,
        before: str | None = None,
        limit: int = 50,
    ) -> Sequence[Run]:
        """Return runs, newest first."""
        which = (wanted.thread_id, list(wanted.statuses), wanted.workflow)
        made = (wanted.since_ms, wanted.until_ms)
        waits = (wanted.is_waiting, wanted.is_waiting_for_answer)
        values = (tenant, *which, *made, *waits, before, limit)
        rows = await self._database.run(lambda c: c.fetch(_SELECT, *values))
        return [run_of(row) for row in rows]

    async def count_unfinished(self) -> int:
        """Return how many runs are queued or running."""
        return int(await self._database.run(lambda c: c.fetchval(_COUNT)))

    async def count_queued_before(self, run_id: RunId) -> int:
        """Return how many runs wait for a worker and came before this one."""
        return int(await self._database.run(lambda c: c.fetchval(_COUNT_QUEUED_BEFORE, run_id)))

    async def delete_ended(self, before_ms: int, limit: int) -> int:
        """Delete runs that ended before a time, and the threads that no run is left of."""
        deleted = int(
            await self._database.run(lambda c: c.fetchval(_DELETE_ENDED, before_ms, limit))
        )
        if deleted:
            await self._database.run(lambda c: c.execute(_DELETE_EMPTY_THREADS))
        return deleted

    async def uncompacted(self, before_ms: int, limit: int) -> Sequence[RunId]:
        """Return runs that ended before a time and whose log nobody has compacted."""
        rows = await self._database.run(lambda c: c.fetch(_UNCOMPACTED, before_ms, limit))
        return [RunId(row["id"]) for row in rows]


async def _insert_run(connection: Connection, run: Run, *, may_wait: bool, room: Room) -> Run:
    active = await connection.fetchval(ACTIVE_RUN, run.tenant, run.thread_id)
    if active is not None and not may_wait:
        raise ThreadBusy(run.thread_id, active)
    stored = replace(run, is_waiting=active is not None)
    await _demand_room(connection, room, waits=stored.is_waiting)
    await connection.execute(
        _INSERT,
        *(run.id, run.tenant, run.thread_id, run.workflow, run.status, run.leg, run.epoch),
        *(run.owner, stored.is_waiting, run.retry_of, run.request_key, run.content_hash),
        *(encode(run.input), encode(run.outcome), run.created_ms, run.user),
    )
    return stored


async def _demand_room(connection: Connection, room: Room, *, waits: bool) -> None:
    counts = await _counts(connection)
    if room.is_scarce(*counts, _MARGIN):
        room.demand(*counts, waits=waits)
        await connection.execute(_LOCK_ROOM)
        counts = await _counts(connection)
    room.demand(*counts, waits=waits)


async def _counts(connection: Connection) -> tuple[int, int]:
    ((unfinished, at_work),) = await connection.fetch(_COUNT)
    return int(unfinished), int(at_work)


def _repeated(run: Run, stored: Run) -> Run:
    if stored.tenant != run.tenant or stored.content_hash != run.content_hash:
        raise RunIdTaken(run.id if stored.id == run.id else run.request_key)
    return stored
