"""Runs and events to test with."""

from dataclasses import replace
from typing import Any

from sergas.core.ids import LOCAL_TENANT, ExecutorId, RunId, ThreadId
from sergas.core.runs import Event, Run, RunEnd, RunStatus
from sergas.core.stores import Stores

NOW_MS = 1_763_800_000_000
EXECUTOR = ExecutorId("exec-1")


def a_run(run_id: str = "run-1", /, **changes: Any) -> Run:
    """Make a queued run; changes replace its fields."""
    run = Run(
        id=RunId(run_id),
        thread_id=ThreadId("thread-1"),
        tenant=LOCAL_TENANT,
        workflow="script",
        status=RunStatus.QUEUED,
        leg=1,
        epoch=0,
        owner=EXECUTOR,
        is_waiting=False,
        cancel_reason=None,
        cancel_agents=(),
        retry_of=None,
        request_key=f"run:{run_id}",
        content_hash="hash",
        input={"messages": []},
        outcome={},
        created_ms=NOW_MS,
        started_ms=None,
        finished_ms=None,
    )
    return replace(run, **changes)


def some_events(first: int, count: int) -> list[Event]:
    """Make events with consecutive seqs."""
    return [
        Event(seq, b'{"type":"CUSTOM","name":"n","value":%d}' % seq)
        for seq in range(first, first + count)
    ]


def an_end(seq: int, status: RunStatus = RunStatus.COMPLETED) -> RunEnd:
    """Make the end of a leg."""
    return RunEnd(status, {"reason": "test"}, NOW_MS + 9, Event(seq, b'{"type":"RUN_FINISHED"}'))


async def claim(
    stores: Stores, run_id: RunId, at_ms: int = NOW_MS, owner: ExecutorId = EXECUTOR
) -> Run:
    """Claim a run in whatever epoch it is, and return it."""
    run = await stores.runs.find(LOCAL_TENANT, run_id)
    claimed = await stores.control.claim(run_id, run.epoch, owner, at_ms)
    assert claimed is not None
    return claimed
