"""What changes in a run's life, on SQLite: claim, finish, resume, the wish to cancel."""

import sqlite3

from sergas.core.errors import RunIdTaken, ThreadBusy
from sergas.core.ids import RunId
from sergas.core.json import JsonObject, encode
from sergas.core.runs import Run, RunEnd, RunStatus
from sergas.stores.sqlite.database import Database
from sergas.stores.sqlite.fence import check_epoch
from sergas.stores.sqlite.rows import load_run

_CLAIM = """
UPDATE runs SET epoch = epoch + 1, status = 'running', started_ms = coalesce(started_ms, ?)
WHERE id = ? AND status IN ('queued', 'running')
"""
_INSERT_EVENT = "INSERT INTO run_events (run_id, seq, epoch, data) VALUES (?, ?, ?, ?)"
_FINISH = "UPDATE runs SET status = ?, outcome = ?, finished_ms = ? WHERE id = ?"
_TOUCH_THREAD = """
UPDATE threads SET updated_ms = max(updated_ms, ?)
WHERE (tenant, id) = (SELECT tenant, thread_id FROM runs WHERE id = ?)
"""
_RESUME = """
UPDATE runs
SET status = 'queued', leg = leg + 1, input = ?, content_hash = ?, cancel_reason = NULL,
    outcome = CAST('{}' AS BLOB), finished_ms = NULL
WHERE id = ? AND status = 'interrupted'
"""
_ASK_CANCEL = """
UPDATE runs SET cancel_reason = coalesce(cancel_reason, ?)
WHERE id = ? AND status IN ('queued', 'running')
"""


class RunControl:
    """`core.ports.RunControl` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, run_id: RunId, at_ms: int) -> Run:
        """Take the run into the next epoch, unless it is final."""

        def update(connection: sqlite3.Connection) -> Run:
            connection.execute(_CLAIM, (at_ms, run_id))
            return load_run(connection, run_id)

        return await self._database.write(update)

    async def finish(self, run_id: RunId, epoch: int, end: RunEnd) -> None:
        """Store the leg's last event and how it ended, or raise Fenced."""

        def update(connection: sqlite3.Connection) -> None:
            check_epoch(connection, run_id, epoch)
            connection.execute(_INSERT_EVENT, (run_id, end.last.seq, epoch, end.last.data))
            connection.execute(_FINISH, (end.status, encode(end.outcome), end.at_ms, run_id))
            connection.execute(_TOUCH_THREAD, (end.at_ms, run_id))

        await self._database.write(update)

    async def resume(self, run_id: RunId, input: JsonObject, content_hash: str) -> Run:
        """Queue the next leg of an interrupted run."""
        return await self._database.write(
            lambda connection: _resume(connection, run_id, input, content_hash)
        )

    async def ask_cancel(self, run_id: RunId, reason: str) -> Run:
        """Record the wish to cancel; the first reason stays."""

        def update(connection: sqlite3.Connection) -> Run:
            connection.execute(_ASK_CANCEL, (reason, run_id))
            return load_run(connection, run_id)

        return await self._database.write(update)


def _resume(
    connection: sqlite3.Connection, run_id: RunId, input: JsonObject, content_hash: str
) -> Run:
    run = load_run(connection, run_id)
    if run.content_hash == content_hash:
        return run
    if run.status != RunStatus.INTERRUPTED:
        raise RunIdTaken(run_id)
    try:
        connection.execute(_RESUME, (encode(input), content_hash, run_id))
    except sqlite3.IntegrityError as error:
        raise ThreadBusy(run.thread_id, "of the same thread") from error
    return load_run(connection, run_id)
