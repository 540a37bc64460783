"""The event log on PostgreSQL: one statement and one commit for all that arrive together."""

from collections.abc import Sequence

from sergas.core.ids import RunId
from sergas.core.runs import Event
from sergas.stores.postgres.database import Database
from sergas.stores.postgres.group_commit import GroupCommit

_READ = "SELECT seq, data FROM run_events WHERE run_id = $1 AND seq > $2 ORDER BY seq LIMIT $3"
_LAST = "SELECT coalesce(max(seq), 0) FROM run_events WHERE run_id = $1"


class EventLog:
    """`core.ports.EventLog` on PostgreSQL."""

    def __init__(self, database: Database, appends: GroupCommit) -> None:
        self._database, self._appends = database, appends

    async def append(self, run_id: RunId, epoch: int, events: Sequence[Event]) -> None:
        """Store the events durably, or raise Fenced and store none."""
        await self._appends.append(run_id, epoch, events)

    async def read(self, run_id: RunId, after: int, limit: int) -> Sequence[Event]:
        """Return up to `limit` events after a seq, in order."""
        rows = await self._database.run(lambda c: c.fetch(_READ, run_id, after, limit))
        return [Event(row["seq"], row["data"]) for row in rows]

    async def last_seq(self, run_id: RunId) -> int:
        """Return the highest stored seq, 0 if none."""
        return await self._database.run(lambda c: c.fetchval(_LAST, run_id))
