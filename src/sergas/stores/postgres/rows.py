"""Rows of the tables as the house's own types."""

from asyncpg import Record

from sergas.core.errors import RunNotFound
from sergas.core.ids import ExecutorId, RunId, TenantId, ThreadId
from sergas.core.json import as_object, decode
from sergas.core.runs import Run, RunStatus, Thread
from sergas.stores.postgres.database import Connection

# The active run of a thread first, then those that wait for it.
ACTIVE_RUN = """
SELECT id FROM runs
WHERE tenant = $1 AND thread_id = $2 AND status IN ('queued', 'running')
ORDER BY is_waiting, ordinal LIMIT 1
"""
# How the runs of a thread stand (the active one, or else the newest), and how many they are.
RUNS_OF_THREAD = """
coalesce(
  (SELECT status FROM runs
   WHERE runs.tenant = threads.tenant AND runs.thread_id = threads.id
     AND status IN ('queued', 'running') AND NOT is_waiting),
  (SELECT status FROM runs
   WHERE runs.tenant = threads.tenant AND runs.thread_id = threads.id
   ORDER BY ordinal DESC LIMIT 1)) AS run_status,
(SELECT count(*) FROM runs
 WHERE runs.tenant = threads.tenant AND runs.thread_id = threads.id) AS run_count
"""
_RUN = "SELECT * FROM runs WHERE id = $1"


def run_of(row: Record) -> Run:
    """Read a row of `runs`."""
    return Run(
        id=RunId(row["id"]),
        thread_id=ThreadId(row["thread_id"]),
        tenant=TenantId(row["tenant"]),
        workflow=row["workflow"],
        status=RunStatus(row["status"]),
        leg=row["leg"],
        epoch=row["epoch"],
        owner=ExecutorId(row["owner"]) if row["owner"] else None,
        is_waiting=row["is_waiting"],
        cancel_reason=row["cancel_reason"],
        cancel_agents=tuple(row["cancel_agents"]),
        retry_of=RunId(row["retry_of"]) if row["retry_of"] else None,
        request_key=row["request_key"],
        content_hash=row["content_hash"],
        input=as_object(decode(row["input"])),
        outcome=as_object(decode(row["outcome"])),
        created_ms=row["created_ms"],
        started_ms=row["started_ms"],
        finished_ms=row["finished_ms"],
        user=row["user_id"],
    )


async def load_run(connection: Connection, run_id: RunId) -> Run:
    """Read one run by its id alone.

    Raises:
        RunNotFound: there is none.
    """
    row = await connection.fetchrow(_RUN, run_id)
    if row is None:
        raise RunNotFound(run_id)
    return run_of(row)


def thread_of(row: Record) -> Thread:
    """Read a row of `threads`."""
    return Thread(
        id=ThreadId(row["id"]),
        tenant=TenantId(row["tenant"]),
        agent_id=row["agent_id"],
        name=row["name"],
        is_archived=row["is_archived"],
        created_ms=row["created_ms"],
        updated_ms=row["updated_ms"],
        last_run_ms=row["last_run_ms"],
        run_status=RunStatus(row["run_status"]) if row["run_status"] else None,
        run_count=row["run_count"],
    )
