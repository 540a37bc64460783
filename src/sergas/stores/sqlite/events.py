"""The event log on SQLite: one row an event, one transaction for all that arrive together."""

import sqlite3
from collections.abc import Sequence

from sergas.core.ids import RunId
from sergas.core.runs import Event
from sergas.stores.sqlite.database import Database
from sergas.stores.sqlite.fence import check_epoch

_INSERT = "INSERT INTO run_events (run_id, tenant, seq, epoch, data) VALUES (?, ?, ?, ?, ?)"
_READ = "SELECT seq, data FROM run_events WHERE run_id = ? AND seq > ? ORDER BY seq LIMIT ?"
_LAST = "SELECT coalesce(max(seq), 0) FROM run_events WHERE run_id = ?"


class EventLog:
    """`core.ports.EventLog` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(self, run_id: RunId, epoch: int, events: Sequence[Event]) -> None:
        """Store the events durably, or raise Fenced and store none."""

        def insert(connection: sqlite3.Connection) -> None:
            tenant = check_epoch(connection, run_id, epoch)
            connection.executemany(
                _INSERT, [(run_id, tenant, event.seq, epoch, event.data) for event in events]
            )

        await self._database.write(insert)

    async def read(self, run_id: RunId, after: int, limit: int) -> Sequence[Event]:
        """Return up to `limit` events after a seq, in order."""

        def select(connection: sqlite3.Connection) -> list[Event]:
            rows = connection.execute(_READ, (run_id, after, limit)).fetchall()
            return [Event(seq, data) for seq, data in rows]

        return await self._database.read(select)

    async def last_seq(self, run_id: RunId) -> int:
        """Return the highest stored seq, 0 if none."""
        return await self._database.read(lambda c: int(c.execute(_LAST, (run_id,)).fetchone()[0]))
