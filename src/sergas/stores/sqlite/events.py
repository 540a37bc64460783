"""The event log on SQLite: one row an event, one transaction for all that arrive together."""

import sqlite3
from collections.abc import Sequence

from sergas.core.compaction import (
    Compacted,
    is_of_originals,
    pack_cuts,
    restored,
    unpack_cuts,
    up_to,
)
from sergas.core.ids import RunId
from sergas.core.runs import Event
from sergas.stores.sqlite.database import Database
from sergas.stores.sqlite.fence import check_epoch

_INSERT = "INSERT INTO run_events (run_id, tenant, seq, epoch, data) VALUES (?, ?, ?, ?, ?)"
_READ = "SELECT seq, data FROM run_events WHERE run_id = ? AND seq > ? ORDER BY seq LIMIT ?"
_LAST = "SELECT coalesce(max(seq), 0) FROM run_events WHERE run_id = ?"
_ALL = "SELECT data FROM run_events WHERE run_id = ? ORDER BY seq"
_CUTS = "SELECT data FROM run_cuts WHERE run_id = ?"
# Of any number of callers one gets a row; a run that may go on gives none.
_MARK = """
UPDATE runs SET is_compacted = 1
WHERE id = ? AND is_compacted = 0 AND status IN ('completed', 'cancelled', 'failed')
RETURNING tenant, epoch
"""
_DELETE = "DELETE FROM run_events WHERE run_id = ?"
_INSERT_CUTS = "INSERT INTO run_cuts (run_id, tenant, data) VALUES (?, ?, ?)"


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

        await self._database.persist(insert)

    async def read(
        self, run_id: RunId, after: int, limit: int, until: int | None = None
    ) -> Sequence[Event]:
        """Return up to `limit` events after a seq, in order."""

        def select(connection: sqlite3.Connection) -> list[Event]:
            rows = connection.execute(_READ, (run_id, after, limit)).fetchall()
            events = [Event(seq, data) for seq, data in rows]
            if is_of_originals(after, until, events):
                return restored(_load_compacted(connection, run_id), after, limit)
            return events

        return up_to(until, await self._database.read(select))

    async def last_seq(self, run_id: RunId) -> int:
        """Return the highest stored seq, 0 if none."""
        return await self._database.read(lambda c: int(c.execute(_LAST, (run_id,)).fetchone()[0]))

    async def compact(self, run_id: RunId, compacted: Compacted | None) -> bool:
        """Replace a run's events by their compacted form, if the run is over for good."""
        return await self._database.write(lambda c: _compact(c, run_id, compacted))


def _load_compacted(connection: sqlite3.Connection, run_id: RunId) -> Compacted:
    (cuts,) = connection.execute(_CUTS, (run_id,)).fetchone()
    merged = tuple(data for (data,) in connection.execute(_ALL, (run_id,)))
    return Compacted(merged, unpack_cuts(cuts))


def _compact(connection: sqlite3.Connection, run_id: RunId, compacted: Compacted | None) -> bool:
    run = connection.execute(_MARK, (run_id,)).fetchone()
    if run is None or compacted is None:
        return run is not None
    deleted = connection.execute(_DELETE, (run_id,)).rowcount
    compacted.demand_originals(run_id, deleted)
    connection.executemany(
        _INSERT,
        [(run_id, run["tenant"], e.seq, run["epoch"], e.data) for e in compacted.events],
    )
    connection.execute(_INSERT_CUTS, (run_id, run["tenant"], pack_cuts(compacted.cuts)))
    return True
