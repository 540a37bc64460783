"""What changes in a run's life, on PostgreSQL: claim, finish, resume, the wish to cancel."""

from collections.abc import Sequence

import asyncpg

from sergas.core.errors import Fenced, RunIdTaken, ThreadBusy
from sergas.core.ids import ExecutorId, RunId
from sergas.core.json import encode
from sergas.core.runs import NextLeg, Run, RunEnd, RunStatus
from sergas.stores.postgres.database import Connection, Database
from sergas.stores.postgres.notices import Notices
from sergas.stores.postgres.rows import ACTIVE_RUN, load_run, run_of

_CLAIM = """
UPDATE runs
SET epoch = epoch + 1, owner = $3, status = 'running', started_ms = coalesce(started_ms, $4)
WHERE id = $1 AND epoch = $2 AND status IN ('queued', 'running')
  AND (NOT is_waiting OR cancel_reason IS NOT NULL)
RETURNING *
"""
# The claim that went through although its acknowledgement was lost.
_CLAIMED = """
SELECT * FROM runs WHERE id = $1 AND epoch = $2 + 1 AND owner = $3 AND status = 'running'
"""
# The last event, the end and the thread's new place in the list belong together; whoever follows is
# woken by the same commit. Without the epoch nothing of it happens.
_FINISH = """
WITH ended AS (
  UPDATE runs SET status = $3, outcome = $4, finished_ms = $5
  WHERE id = $1 AND epoch = $2
  RETURNING id, tenant, thread_id
), stored AS (
  INSERT INTO run_events (run_id, tenant, seq, epoch, data)
  SELECT id, tenant, $6, $2, $7 FROM ended
), touched AS (
  UPDATE threads SET updated_ms = greatest(updated_ms, $5)
  FROM ended WHERE threads.tenant = ended.tenant AND threads.id = ended.thread_id
)
SELECT pg_notify('sergas_events', $8) FROM ended
"""
_STORED_EVENT = "SELECT epoch, data FROM run_events WHERE run_id = $1 AND seq = $2"
_LOCK_RUN = "SELECT 1 FROM runs WHERE id = $1 FOR UPDATE"
_RESUME = """
UPDATE runs
SET status = 'queued', leg = leg + 1, owner = $2, input = $3, content_hash = $4,
    cancel_reason = NULL, cancel_asked_ms = NULL, cancel_agents = '{}',
    outcome = '{}', finished_ms = NULL
WHERE id = $1 AND status = 'interrupted'
  AND NOT EXISTS (SELECT FROM runs AS other WHERE other.retry_of = runs.id)
RETURNING *
"""
_TELL = "SELECT pg_notify('sergas_events', payload) FROM unnest($1::text[]) AS payload"
_ASK_CANCEL = """
WITH wished AS (
  UPDATE runs
  SET cancel_reason = coalesce(cancel_reason, $2),
      cancel_asked_ms = coalesce(cancel_asked_ms, now_ms())
  WHERE id = $1 AND status IN ('queued', 'running')
  RETURNING id
)
SELECT pg_notify('sergas_control', $3) FROM wished
"""
_ASK_CANCEL_AGENT = """
WITH wished AS (
  UPDATE runs SET cancel_agents = array_append(cancel_agents, $2)
  WHERE id = $1 AND status IN ('queued', 'running')
  RETURNING id
)
SELECT pg_notify('sergas_control', $3) FROM wished
"""
# The oldest waiting run of every thread that has no active one.
_READY = """
SELECT min(ordinal) FROM runs AS waiting
WHERE status = 'queued' AND is_waiting AND NOT EXISTS (
  SELECT FROM runs AS active
  WHERE active.tenant = waiting.tenant AND active.thread_id = waiting.thread_id
    AND active.status IN ('queued', 'running') AND NOT active.is_waiting)
GROUP BY tenant, thread_id
"""
# The condition is looked at again after a wait for another replica that promotes the same run.
_PROMOTE = """
UPDATE runs SET is_waiting = false, owner = $2
WHERE ordinal = $1 AND status = 'queued' AND is_waiting
RETURNING *
"""


class RunControl:
    """`core.ports.RunControl` on PostgreSQL."""

    def __init__(self, database: Database, notices: Notices) -> None:
        self._database, self._notices = database, notices

    async def claim(
        self, run_id: RunId, epoch: int, executor: ExecutorId, at_ms: int
    ) -> Run | None:
        """Take the run into the next epoch, if it is still in this one."""
        tries = 0

        async def update(connection: Connection) -> Run | None:
            nonlocal tries
            tries += 1
            row = await connection.fetchrow(_CLAIM, run_id, epoch, executor, at_ms)
            if row is None and tries > 1:
                row = await connection.fetchrow(_CLAIMED, run_id, epoch, executor)
            return run_of(row) if row is not None else None

        return await self._database.persist(update)

    async def finish(self, run_id: RunId, epoch: int, end: RunEnd) -> None:
        """Store the leg's last event and how it ended, or raise Fenced."""
        event, (notice,) = end.last, self._notices.about([run_id])
        outcome = encode(end.outcome)
        values = (end.status, outcome, end.at_ms, event.seq, event.data, notice)
        try:
            told = await self._database.persist(
                lambda c: c.fetchrow(_FINISH, run_id, epoch, *values)
            )
        except asyncpg.UniqueViolationError:
            # Either its acknowledgement was lost, or somebody has broken a promise.
            row = await self._database.persist(
                lambda c: c.fetchrow(_STORED_EVENT, run_id, event.seq)
            )
            if row is None or (row["epoch"], row["data"]) != (epoch, event.data):
                raise
            return
        if told is None:
            raise Fenced(run_id, epoch)

    async def resume(self, run_id: RunId, leg: NextLeg) -> Run:
        """Queue the next leg of an interrupted run."""
        notices = self._notices.about([run_id])
        return await self._database.run(lambda c: _resume(c, run_id, leg, notices))

    async def ask_cancel(self, run_id: RunId, reason: str) -> Run:
        """Record the wish to cancel; the first reason stays."""
        return await self._wish(_ASK_CANCEL, run_id, reason)

    async def ask_cancel_agent(self, run_id: RunId, agent: str) -> Run:
        """Record the wish to stop one agent."""
        return await self._wish(_ASK_CANCEL_AGENT, run_id, agent)

    async def _wish(self, statement: str, run_id: RunId, wish: str) -> Run:
        (notice,) = self._notices.about([run_id])

        async def update(connection: Connection) -> Run:
            await connection.execute(statement, run_id, wish, notice)
            return await load_run(connection, run_id)

        return await self._database.run(update)

    async def promote(self, executor: ExecutorId) -> Sequence[Run]:
        """Let waiting runs go whose thread is free."""
        return await self._database.run(lambda c: _promote(c, executor))


async def _resume(
    connection: Connection, run_id: RunId, leg: NextLeg, notices: Sequence[str]
) -> Run:
    async with connection.transaction():
        await connection.execute(_LOCK_RUN, run_id)
        run = await load_run(connection, run_id)
        if run.content_hash == leg.content_hash:
            return run
        if run.status != RunStatus.INTERRUPTED:
            raise RunIdTaken(run_id)
        resumed = await _queue_leg(connection, run, leg)
        await connection.execute(_TELL, notices)
        return resumed


async def _queue_leg(connection: Connection, run: Run, leg: NextLeg) -> Run:
    values = (leg.owner, encode(leg.input), leg.content_hash)
    try:
        # In a savepoint, so that after a refusal the transaction can still say what is in the way.
        async with connection.transaction():
            row = await connection.fetchrow(_RESUME, run.id, *values)
    except asyncpg.UniqueViolationError as error:
        active = await connection.fetchval(ACTIVE_RUN, run.tenant, run.thread_id)
        raise ThreadBusy(run.thread_id, str(active)) from error
    if row is None:
        raise RunIdTaken(run.id)
    return run_of(row)


async def _promote(connection: Connection, executor: ExecutorId) -> list[Run]:
    promoted: list[Run] = []
    for ready in await connection.fetch(_READY):
        try:
            row = await connection.fetchrow(_PROMOTE, ready["min"], executor)
        except asyncpg.UniqueViolationError:
            # Another run has just taken the thread; this one goes on waiting.
            continue
        if row is not None:
            promoted.append(run_of(row))
    return promoted
