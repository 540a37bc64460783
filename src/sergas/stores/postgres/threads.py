"""The threads on PostgreSQL."""

from collections.abc import Sequence

from sergas.core.errors import ThreadBusy, ThreadNotFound
from sergas.core.ids import TenantId, ThreadId
from sergas.core.runs import Thread, ThreadPlace
from sergas.stores.postgres.database import Connection, Database
from sergas.stores.postgres.rows import ACTIVE_RUN, RUNS_OF_THREAD, thread_of

_FIND = f"SELECT *, {RUNS_OF_THREAD} FROM threads WHERE tenant = $1 AND id = $2"  # noqa: S608
# The page begins after a place in the order of last use, whatever became of its thread.
_LIST = f"""
SELECT *, {RUNS_OF_THREAD} FROM threads
WHERE tenant = $1
  AND ($2::text IS NULL OR agent_id = $2)
  AND ($3 OR NOT is_archived)
  AND ($4::bigint IS NULL
       OR (updated_ms, ordinal) < ($4, coalesce(
            (SELECT ordinal FROM threads WHERE tenant = $1 AND id = $5), 0)))
ORDER BY updated_ms DESC, ordinal DESC LIMIT $6
"""  # noqa: S608
_CHANGE = f"""
UPDATE threads
SET name = coalesce($3, name), is_archived = coalesce($4, is_archived), updated_ms = $5
WHERE tenant = $1 AND id = $2
RETURNING *, {RUNS_OF_THREAD}
"""  # noqa: S608
# A new run of the thread has to wait for this lock, and then finds no thread.
_LOCK = "SELECT 1 FROM threads WHERE tenant = $1 AND id = $2 FOR UPDATE"
_DELETE = "DELETE FROM threads WHERE tenant = $1 AND id = $2"


class ThreadStore:
    """`core.ports.ThreadStore` on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_thread(self, tenant: TenantId, thread_id: ThreadId) -> Thread | None:
        """Return the thread, or None."""
        row = await self._database.run(lambda c: c.fetchrow(_FIND, tenant, thread_id))
        return thread_of(row) if row is not None else None

    async def threads(
        self,
        tenant: TenantId,
        *,
        agent_id: str | None = None,
        include_archived: bool = False,
        after: ThreadPlace | None = None,
        limit: int = 50,
    ) -> Sequence[Thread]:
        """Return threads, the most recently used first."""
        place = (after.updated_ms, after.thread_id) if after is not None else (None, None)
        values = (tenant, agent_id, include_archived, *place, limit)
        rows = await self._database.run(lambda c: c.fetch(_LIST, *values))
        return [thread_of(row) for row in rows]

    async def change_thread(
        self,
        tenant: TenantId,
        thread_id: ThreadId,
        *,
        name: str | None,
        is_archived: bool | None,
        at_ms: int,
    ) -> Thread:
        """Rename or archive, or raise ThreadNotFound."""
        values = (tenant, thread_id, name, is_archived, at_ms)
        row = await self._database.run(lambda c: c.fetchrow(_CHANGE, *values))
        if row is None:
            raise ThreadNotFound(thread_id)
        return thread_of(row)

    async def delete_thread(self, tenant: TenantId, thread_id: ThreadId) -> None:
        """Delete the thread with its runs and events, or raise ThreadBusy."""

        async def delete(connection: Connection) -> None:
            async with connection.transaction():
                await connection.execute(_LOCK, tenant, thread_id)
                active = await connection.fetchval(ACTIVE_RUN, tenant, thread_id)
                if active is not None:
                    raise ThreadBusy(thread_id, active)
                await connection.execute(_DELETE, tenant, thread_id)

        await self._database.run(delete)
