"""From a parsed body to a started run and its stream: the one way in, whatever the route."""

from collections.abc import AsyncGenerator

from sergas.core.errors import InvalidCursor, RunNotFound
from sergas.core.ids import RunId, ThreadId
from sergas.engine.requests import RunRequest
from sergas.engine.start import Started
from sergas.engine.workflows import CHOSEN
from sergas.web.auth import Caller
from sergas.web.cursor import Cursor
from sergas.web.dialect import Dialect, dialect_of
from sergas.web.door import Door
from sergas.web.run_input import ParsedInput
from sergas.web.sse import EventStream, prelude_frames, run_frames

DEFAULT_AGENT = "default"


async def start_run(
    door: Door,
    caller: Caller,
    parsed: ParsedInput,
    *,
    agent_id: str | None = None,
    key: str | None = None,
) -> Started:
    """Start the run that a body asks for; `agent_id` is the CopilotKit agent of the URL."""
    request = RunRequest(
        tenant=caller.tenant,
        thread_id=parsed.thread_id,
        run_id=parsed.run_id,
        workflow=_workflow(door, parsed, agent_id),
        agent_id=agent_id or parsed.workflow or DEFAULT_AGENT,
        input=parsed.input,
        key=key,
        on_busy=parsed.on_busy,
    )
    return await door.engine.starter.start(request)


def stream_run(door: Door, caller: Caller, started: Started, dialect: Dialect) -> EventStream:
    """Stream a run to whoever started it."""
    batches = door.engine.follow(caller.tenant, started.run.id, started.after)
    return EventStream(run_frames(started.run.id, batches, dialect), door.leaving)


def dialect_for(parsed: ParsedInput) -> Dialect:
    """Choose the dialect by what the body said."""
    return dialect_of(parsed.protocol_version, is_blueprint=parsed.is_blueprint)


async def stream_after(
    door: Door, caller: Caller, run_id: RunId, cursor: Cursor | None, dialect: Dialect
) -> EventStream:
    """Stream a run from a cursor on.

    Raises:
        RunNotFound: there is no such run.
        InvalidCursor: the cursor is of another run, or of an event that was never stored.
    """
    await door.engine.runs.find(caller.tenant, run_id)
    after = 0
    if cursor is not None:
        last = await door.engine.follower.log.last_seq(run_id)
        if cursor.run_id != run_id or cursor.seq > last:
            raise InvalidCursor(f"{cursor.run_id}:{cursor.seq}")
        after = cursor.seq
    batches = door.engine.follow(caller.tenant, run_id, after)
    return EventStream(run_frames(run_id, batches, dialect), door.leaving)


async def stream_thread(
    door: Door, caller: Caller, thread_id: ThreadId, cursor: Cursor | None, dialect: Dialect
) -> EventStream:
    """Stream a thread: from a cursor on, or as a join prelude and the live tail.

    Raises:
        InvalidCursor: the cursor is of no run of the thread.
    """
    if cursor is not None:
        await _demand_in_thread(door, caller, thread_id, cursor)
        return await stream_after(door, caller, cursor.run_id, cursor, dialect)
    return EventStream(_joined(door, caller, thread_id, dialect), door.leaving)


async def _joined(
    door: Door, caller: Caller, thread_id: ThreadId, dialect: Dialect
) -> AsyncGenerator[bytes]:
    joined = await door.engine.joiner.join(caller.tenant, thread_id)
    if joined is None:
        return
    yield prelude_frames(joined, dialect)
    if joined.is_live:
        batches = door.engine.follow(caller.tenant, joined.run.id, joined.after)
        async for frame in run_frames(joined.run.id, batches, dialect):
            yield frame


async def _demand_in_thread(
    door: Door, caller: Caller, thread_id: ThreadId, cursor: Cursor
) -> None:
    try:
        run = await door.engine.runs.find(caller.tenant, cursor.run_id)
    except RunNotFound as error:
        raise InvalidCursor(f"{cursor.run_id}:{cursor.seq}") from error
    if run.thread_id != thread_id:
        raise InvalidCursor(f"{cursor.run_id}:{cursor.seq}")


def _workflow(door: Door, parsed: ParsedInput, agent_id: str | None) -> str:
    if parsed.workflow is not None:
        return parsed.workflow
    if agent_id is not None and agent_id != DEFAULT_AGENT:
        return agent_id
    return CHOSEN if parsed.input.agents else door.default_workflow
