"""What changes in a run's life, on SQLite: claim, finish, resume, the wish to cancel."""

import sqlite3
from collections.abc import Sequence

from sergas.core.errors import RunIdTaken, ThreadBusy
from sergas.core.ids import ExecutorId, RunId
from sergas.core.json import encode
from sergas.core.runs import NextLeg, Run, RunEnd, RunStatus
from sergas.stores.sqlite.database import Database
from sergas.stores.sqlite.fence import check_epoch
from sergas.stores.sqlite.rows import ACTIVE_RUN, load_run, run_of

_CLAIM = """
UPDATE runs
SET epoch = epoch + 1, owner = ?, status = 'running', started_ms = coalesce(started_ms, ?)
WHERE id = ? AND epoch = ? AND status IN ('queued', 'running')
  AND (is_waiting = 0 OR cancel_reason IS NOT NULL)
"""
_INSERT_EVENT = """
INSERT INTO run_events (run_id, tenant, seq, epoch, data) VALUES (?, ?, ?, ?, ?)
"""
_FINISH = "UPDATE runs SET status = ?, outcome = ?, finished_ms = ? WHERE id = ?"
_TOUCH_THREAD = """
UPDATE threads SET updated_ms = max(updated_ms, ?)
WHERE (tenant, id) = (SELECT tenant, thread_id FROM runs WHERE id = ?)
"""
_RESUME = """
UPDATE runs
SET status = 'queued', leg = leg + 1, owner = ?, input = ?, content_hash = ?,
    cancel_reason = NULL, cancel_asked_ms = NULL, cancel_agents = '[]',
    outcome = CAST('{}' AS BLOB), finished_ms = NULL
WHERE id = ? AND status = 'interrupted'
  AND NOT EXISTS (SELECT 1 FROM runs AS other WHERE other.retry_of = runs.id)
"""
_ASK_CANCEL = """
UPDATE runs
SET cancel_reason = coalesce(cancel_reason, ?),
    cancel_asked_ms = coalesce(cancel_asked_ms, now_ms())
WHERE id = ? AND status IN ('queued', 'running')
"""


# The oldest waiting run of every thread that has no active one.
_READY = """
SELECT min(ordinal) FROM runs AS waiting
WHERE status = 'queued' AND is_waiting = 1 AND NOT EXISTS (
  SELECT 1 FROM runs AS active
  WHERE active.tenant = waiting.tenant AND active.thread_id = waiting.thread_id
    AND active.status IN ('queued', 'running') AND active.is_waiting = 0)
GROUP BY tenant, thread_id
"""
_PROMOTE = "UPDATE runs SET is_waiting = 0, owner = ? WHERE ordinal = ? RETURNING *"


_ASK_CANCEL_AGENT = """
UPDATE runs SET cancel_agents = json_insert(cancel_agents, '$[#]', ?)
WHERE id = ? AND status IN ('queued', 'running')
"""


class RunControl:
    """`core.ports.RunControl` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(
        self, run_id: RunId, epoch: int, executor: ExecutorId, at_ms: int
    ) -> Run | None:
        """Take the run into the next epoch, if it is still in this one."""

        def update(connection: sqlite3.Connection) -> Run | None:
            changed = connection.execute(_CLAIM, (executor, at_ms, run_id, epoch)).rowcount
            return load_run(connection, run_id) if changed else None

        return await self._database.persist(update)

    async def finish(self, run_id: RunId, epoch: int, end: RunEnd) -> None:
        """Store the leg's last event and how it ended, or raise Fenced."""

        def update(connection: sqlite3.Connection) -> None:
            tenant = check_epoch(connection, run_id, epoch)
            event = (run_id, tenant, end.last.seq, epoch, end.last.data)
            connection.execute(_INSERT_EVENT, event)
            connection.execute(_FINISH, (end.status, encode(end.outcome), end.at_ms, run_id))
            connection.execute(_TOUCH_THREAD, (end.at_ms, run_id))

        await self._database.persist(update)

    async def resume(self, run_id: RunId, leg: NextLeg) -> Run:
        """Queue the next leg of an interrupted run."""
        return await self._database.write(lambda connection: _resume(connection, run_id, leg))

    async def ask_cancel(self, run_id: RunId, reason: str) -> Run:
        """Record the wish to cancel; the first reason stays."""

        def update(connection: sqlite3.Connection) -> Run:
            connection.execute(_ASK_CANCEL, (reason, run_id))
            return load_run(connection, run_id)

        return await self._database.write(update)

    async def ask_cancel_agent(self, run_id: RunId, agent: str) -> Run:
        """Record the wish to stop one agent."""

        def update(connection: sqlite3.Connection) -> Run:
            connection.execute(_ASK_CANCEL_AGENT, (agent, run_id))
            return load_run(connection, run_id)

        return await self._database.write(update)

    async def promote(self, executor: ExecutorId) -> Sequence[Run]:
        """Let waiting runs go whose thread is free."""
        return await self._database.write(lambda connection: _promote(connection, executor))


def _resume(connection: sqlite3.Connection, run_id: RunId, leg: NextLeg) -> Run:
    run = load_run(connection, run_id)
    if run.content_hash == leg.content_hash:
        return run
    if run.status != RunStatus.INTERRUPTED:
        raise RunIdTaken(run_id)
    try:
        values = (leg.owner, encode(leg.input), leg.content_hash, run_id)
        if connection.execute(_RESUME, values).rowcount == 0:
            raise RunIdTaken(run_id)
    except sqlite3.IntegrityError as error:
        active = connection.execute(ACTIVE_RUN, (run.tenant, run.thread_id)).fetchone()
        raise ThreadBusy(run.thread_id, active[0]) from error
    return load_run(connection, run_id)


def _promote(connection: sqlite3.Connection, executor: ExecutorId) -> list[Run]:
    ready = [ordinal for (ordinal,) in connection.execute(_READY).fetchall()]
    return [run_of(connection.execute(_PROMOTE, (executor, o)).fetchone()) for o in ready]
