"""The event log on PostgreSQL: one statement and one commit for all that arrive together."""

import asyncio
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
from sergas.stores.postgres.database import Connection, Database
from sergas.stores.postgres.group_commit import GroupCommit

_READ = "SELECT seq, data FROM run_events WHERE run_id = $1 AND seq > $2 ORDER BY seq LIMIT $3"
_LAST = "SELECT coalesce(max(seq), 0) FROM run_events WHERE run_id = $1"
# The cuts and the merged events in one look, because the run may be deleted at any time.
_COMPACTED = """
SELECT run_cuts.data AS cuts, array_agg(run_events.data ORDER BY seq) AS merged
FROM run_cuts JOIN run_events USING (run_id)
WHERE run_id = $1 GROUP BY run_cuts.data
"""
# Of any number of callers one gets a row; a run that may go on gives none.
_MARK = """
UPDATE runs SET is_compacted = true
WHERE id = $1 AND NOT is_compacted AND status IN ('completed', 'cancelled', 'failed')
RETURNING tenant, epoch
"""
_DELETE = """
WITH gone AS (DELETE FROM run_events WHERE run_id = $1 RETURNING 1) SELECT count(*) FROM gone
"""
_INSERT = """
INSERT INTO run_events (run_id, tenant, seq, epoch, data)
SELECT $1, $2, event.seq, $3, event.data
FROM unnest($4::bigint[], $5::bytea[]) AS event (seq, data)
"""
_INSERT_CUTS = "INSERT INTO run_cuts (run_id, tenant, data) VALUES ($1, $2, $3)"


class EventLog:
    """`core.ports.EventLog` on PostgreSQL."""

    def __init__(self, database: Database, appends: GroupCommit) -> None:
        self._database, self._appends = database, appends

    async def append(self, run_id: RunId, epoch: int, events: Sequence[Event]) -> None:
        """Store the events durably, or raise Fenced and store none."""
        await self._appends.append(run_id, epoch, events)

    async def read(
        self, run_id: RunId, after: int, limit: int, until: int | None = None
    ) -> Sequence[Event]:
        """Return up to `limit` events after a seq, in order."""
        rows = await self._database.run(lambda c: c.fetch(_READ, run_id, after, limit))
        events = [Event(row["seq"], row["data"]) for row in rows]
        if is_of_originals(after, until, events):
            events = await self._read_originals(run_id, after, limit)
        return up_to(until, events)

    async def last_seq(self, run_id: RunId) -> int:
        """Return the highest stored seq, 0 if none."""
        return await self._database.run(lambda c: c.fetchval(_LAST, run_id))

    async def compact(self, run_id: RunId, compacted: Compacted | None) -> bool:
        """Replace a run's events by their compacted form, if the run is over for good."""
        return await self._database.run(lambda c: _compact(c, run_id, compacted))

    async def _read_originals(self, run_id: RunId, after: int, limit: int) -> list[Event]:
        row = await self._database.run(lambda c: c.fetchrow(_COMPACTED, run_id))
        if row is None:
            return []
        log = Compacted(tuple(row["merged"]), unpack_cuts(row["cuts"]))
        return await asyncio.to_thread(restored, log, after, limit)


async def _compact(connection: Connection, run_id: RunId, compacted: Compacted | None) -> bool:
    async with connection.transaction():
        run = await connection.fetchrow(_MARK, run_id)
        if run is None or compacted is None:
            return run is not None
        compacted.demand_originals(run_id, await connection.fetchval(_DELETE, run_id))
        tenant, events = run["tenant"], compacted.events
        seqs, data = [event.seq for event in events], [event.data for event in events]
        await connection.execute(_INSERT, run_id, tenant, run["epoch"], seqs, data)
        await connection.execute(_INSERT_CUTS, run_id, tenant, pack_cuts(compacted.cuts))
        return True
