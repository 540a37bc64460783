"""The threads on SQLite."""

import sqlite3
from collections.abc import Sequence

from sergas.core.errors import ThreadBusy, ThreadNotFound
from sergas.core.ids import TenantId, ThreadId
from sergas.core.runs import Thread, ThreadPlace
from sergas.stores.sqlite.database import Database
from sergas.stores.sqlite.rows import RUNS_OF_THREAD, thread_of

_FIND = f"SELECT *, {RUNS_OF_THREAD} FROM threads WHERE tenant = ? AND id = ?"  # noqa: S608
# The page begins after a place in the order of last use, whatever became of its thread.
_LIST = f"""
SELECT *, {RUNS_OF_THREAD} FROM threads
WHERE tenant = :tenant
  AND (:agent IS NULL OR agent_id = :agent)
  AND (:archived OR NOT is_archived)
  AND (:after_ms IS NULL
       OR (updated_ms, ordinal) < (:after_ms, coalesce(
            (SELECT ordinal FROM threads WHERE tenant = :tenant AND id = :after), 0)))
ORDER BY updated_ms DESC, ordinal DESC LIMIT :limit
"""  # noqa: S608
_CHANGE = """
UPDATE threads
SET name = coalesce(:name, name), is_archived = coalesce(:archived, is_archived), updated_ms = :at
WHERE tenant = :tenant AND id = :id
"""
_ACTIVE = (
    "SELECT id FROM runs WHERE tenant = ? AND thread_id = ? AND status IN ('queued', 'running')"
)


class ThreadStore:
    """`core.ports.ThreadStore` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_thread(self, tenant: TenantId, thread_id: ThreadId) -> Thread | None:
        """Return the thread, or None."""

        def select(connection: sqlite3.Connection) -> Thread | None:
            row = connection.execute(_FIND, (tenant, thread_id)).fetchone()
            return thread_of(row) if row is not None else None

        return await self._database.read(select)

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
        parameters = {
            "tenant": tenant,
            "agent": agent_id,
            "archived": include_archived,
            "after_ms": after.updated_ms if after is not None else None,
            "after": after.thread_id if after is not None else None,
            "limit": limit,
        }
        return await self._database.read(
            lambda c: [thread_of(row) for row in c.execute(_LIST, parameters)]
        )

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

        def update(connection: sqlite3.Connection) -> Thread:
            values = {
                "tenant": tenant,
                "id": thread_id,
                "name": name,
                "archived": is_archived,
                "at": at_ms,
            }
            if connection.execute(_CHANGE, values).rowcount == 0:
                raise ThreadNotFound(thread_id)
            return thread_of(connection.execute(_FIND, (tenant, thread_id)).fetchone())

        return await self._database.write(update)

    async def delete_thread(self, tenant: TenantId, thread_id: ThreadId) -> None:
        """Delete the thread with its runs and events, or raise ThreadBusy."""

        def delete(connection: sqlite3.Connection) -> None:
            active = connection.execute(_ACTIVE, (tenant, thread_id)).fetchone()
            if active is not None:
                raise ThreadBusy(thread_id, active[0])
            connection.execute(
                "DELETE FROM threads WHERE tenant = ? AND id = ?", (tenant, thread_id)
            )

        await self._database.write(delete)
