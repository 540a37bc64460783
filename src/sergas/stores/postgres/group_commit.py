"""Group commit: the appends that wait at the same moment are stored by one statement.

Oddities, on purpose:
* The batch locks its runs `FOR SHARE`, not `FOR KEY SHARE`: it must keep a claim from raising the
  epoch between the look at it and the insert.
* A batch that meets a duplicate is stored again one append at a time, so that nobody pays for a
  neighbour. An append whose every event is stored already, by the same epoch, is one whose
  acknowledgement was lost: it counts as stored.
* A statement that fails for another reason fails the appends of its batch; an outage only delays
  them.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

import asyncpg

from sergas.core.errors import Fenced
from sergas.core.ids import RunId
from sergas.core.runs import Event
from sergas.stores.postgres.database import Connection, Database
from sergas.stores.postgres.notices import Notices

_MOST_EVENTS = 2000
_MOST_BYTES = 4_000_000

# Lock the runs that are still in their writers' epochs, store the events of those, wake whoever
# follows them anywhere, and say which runs they were.
_APPEND = """
WITH own AS MATERIALIZED (
  SELECT runs.id, runs.epoch, runs.tenant
  FROM runs JOIN unnest($1::text[], $2::int[]) AS writer (run_id, epoch)
    ON runs.id = writer.run_id AND runs.epoch = writer.epoch
  FOR SHARE OF runs
), stored AS (
  INSERT INTO run_events (run_id, tenant, seq, epoch, data)
  SELECT event.run_id, own.tenant, event.seq, event.epoch, event.data
  FROM unnest($3::text[], $4::bigint[], $5::int[], $6::bytea[])
    AS event (run_id, seq, epoch, data)
  JOIN own ON own.id = event.run_id AND own.epoch = event.epoch
), told AS (
  SELECT count(*) FROM unnest($7::text[]) AS payload, pg_notify('sergas_events', payload)
)
SELECT own.id, own.epoch FROM told LEFT JOIN own ON true
"""
# How many of these events are stored just so.
_SAME = """
SELECT count(*) FROM run_events
JOIN unnest($3::bigint[], $4::bytea[]) AS event (seq, data) USING (seq, data)
WHERE run_id = $1 AND epoch = $2
"""


@dataclass(frozen=True, slots=True, eq=False)
class _Append:
    run_id: RunId
    epoch: int
    events: Sequence[Event]
    done: asyncio.Future[None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class GroupCommit:
    """Takes appends from anybody; `work` stores them."""

    def __init__(self, database: Database, notices: Notices) -> None:
        self._database, self._notices = database, notices
        self._waiting: deque[_Append] = deque()
        self._wake = asyncio.Event()

    async def append(self, run_id: RunId, epoch: int, events: Sequence[Event]) -> None:
        """Return when the events are stored; only a cancel ends the wait for a database."""
        append = _Append(run_id, epoch, events)
        self._waiting.append(append)
        self._wake.set()
        await append.done

    async def work(self) -> None:
        """Store batches until cancelled."""
        batch: list[_Append] = []
        try:
            while True:
                await self._wake.wait()
                batch = self._next_batch()
                await self._store(batch)
                if not self._waiting:
                    self._wake.clear()
        finally:
            for append in (*batch, *self._waiting):
                append.done.cancel()

    def _next_batch(self) -> list[_Append]:
        batch: list[_Append] = []
        count = size = 0
        while self._waiting and count < _MOST_EVENTS and size < _MOST_BYTES:
            append = self._waiting.popleft()
            batch.append(append)
            count += len(append.events)
            size += sum(len(event.data) for event in append.events)
        return batch

    async def _store(self, batch: Sequence[_Append]) -> None:
        try:
            own = await self._database.persist(lambda c: _insert(c, batch, self._notices))
        except asyncpg.UniqueViolationError as error:
            await self._store_singly(batch, error)
        except Exception as error:  # noqa: BLE001 - it belongs to the callers, who get it
            _settle(batch, error)
        else:
            for append in batch:
                is_own = (append.run_id, append.epoch) in own
                _settle([append], None if is_own else Fenced(append.run_id, append.epoch))

    async def _store_singly(
        self, batch: Sequence[_Append], error: asyncpg.UniqueViolationError
    ) -> None:
        if len(batch) > 1:
            for append in batch:
                await self._store([append])
            return
        (append,) = batch
        is_stored = await self._database.persist(lambda c: _is_stored(c, append))
        _settle(batch, None if is_stored else error)


async def _insert(
    connection: Connection, batch: Sequence[_Append], notices: Notices
) -> set[tuple[str, int]]:
    writers = list({(append.run_id, append.epoch) for append in batch})
    events = [(append, event) for append in batch for event in append.events]
    rows = await connection.fetch(
        _APPEND,
        [run_id for run_id, _ in writers],
        [epoch for _, epoch in writers],
        [append.run_id for append, _ in events],
        [event.seq for _, event in events],
        [append.epoch for append, _ in events],
        [event.data for _, event in events],
        notices.about([run_id for run_id, _ in writers]),
    )
    return {(row["id"], row["epoch"]) for row in rows}


async def _is_stored(connection: Connection, append: _Append) -> bool:
    count = await connection.fetchval(
        _SAME,
        append.run_id,
        append.epoch,
        [event.seq for event in append.events],
        [event.data for event in append.events],
    )
    return count == len(append.events)


def _settle(batch: Sequence[_Append], error: Exception | None) -> None:
    for append in batch:
        if append.done.done():
            continue
        if error is None:
            append.done.set_result(None)
        else:
            append.done.set_exception(error)
