"""From a parsed body to a started run and what its reader gets: the one way in, whatever the route.

A reader gets parts; a transport (`sse`, `websocket`) frames what `spoken` says of each.
"""

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TypeAlias

from sergas.core.agents import Workflow
from sergas.core.errors import InvalidCursor, RunNotFound, WorkflowNotFound
from sergas.core.ids import RunId, ThreadId
from sergas.core.json import encode
from sergas.core.runs import Event
from sergas.engine.events import AgUiEvent, is_withdrawal
from sergas.engine.join import Joined
from sergas.engine.requests import RunRequest
from sergas.engine.start import Started
from sergas.engine.workflows import CHOSEN
from sergas.web.auth import Caller
from sergas.web.cursor import Cursor
from sergas.web.dialect import Dialect, dialect_of
from sergas.web.door import Door
from sergas.web.page_state import pages_own
from sergas.web.run_input import ParsedInput

DEFAULT_AGENT = "default"


@dataclass(frozen=True, slots=True)
class Batch:
    """Events of a run that became readable together; none after a while of silence."""

    run_id: RunId
    events: Sequence[Event]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The conversation without the messages that an event took back; it stands for that event."""

    run_id: RunId
    seq: int
    messages: AgUiEvent


Part: TypeAlias = Joined | Batch | Rewritten
Parts: TypeAlias = AsyncGenerator[Part, None]


async def start_run(
    door: Door,
    caller: Caller,
    parsed: ParsedInput,
    *,
    agent_id: str | None = None,
    key: str | None = None,
) -> Started:
    """Start the run that a body asks for; `agent_id` is the CopilotKit agent of the request.

    Raises:
        WorkflowNotFound: there is no such CopilotKit agent.
        RequestRefused: 413, the page's state is too large.
    """
    if agent_id is not None:
        demand_agent(door, agent_id)
    request = RunRequest(
        tenant=caller.tenant,
        thread_id=parsed.thread_id,
        run_id=parsed.run_id,
        workflow=_workflow(door, parsed, agent_id),
        agent_id=agent_id or parsed.workflow or DEFAULT_AGENT,
        input=replace(parsed.input, state=pages_own(parsed.input.state, door.server_keys)),
        key=key,
        on_busy=parsed.on_busy,
        user=caller.user,
    )
    return await door.engine.starter.start(request)


def demand_agent(door: Door, agent_id: str) -> Workflow:
    """Return the workflow that is a CopilotKit agent.

    Raises:
        WorkflowNotFound: there is no such agent.
    """
    name = door.default_workflow if agent_id == DEFAULT_AGENT else agent_id
    if name not in door.workflows:
        raise WorkflowNotFound(agent_id, tuple(door.workflows))
    return door.workflows[name]


def dialect_for(parsed: ParsedInput) -> Dialect:
    """Choose the dialect by what the body said."""
    return dialect_of(parsed.protocol_version, is_blueprint=parsed.is_blueprint)


async def read_run(door: Door, caller: Caller, run_id: RunId, after: int) -> Parts:
    """Read a run's events after a seq until its end."""
    async with aclosing(door.engine.follow(caller.tenant, run_id, after)) as batches:
        async for events in batches:
            if not any(is_withdrawal(event.data) for event in events):
                yield Batch(run_id, events)
                continue
            for event in events:
                yield await _rewritten(door, caller, run_id, event)


async def read_after(door: Door, caller: Caller, run_id: RunId, cursor: Cursor | None) -> Parts:
    """Read a run from a cursor on.

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
    return read_run(door, caller, run_id, after)


async def read_thread(
    door: Door, caller: Caller, thread_id: ThreadId, cursor: Cursor | None
) -> Parts:
    """Read a thread: from a cursor on, or as a join prelude and the live tail.

    Raises:
        InvalidCursor: the cursor is of no run of the thread.
    """
    if cursor is None:
        return _joined(door, caller, thread_id)
    await _demand_in_thread(door, caller, thread_id, cursor)
    return await read_after(door, caller, cursor.run_id, cursor)


def spoken(part: Part, dialect: Dialect) -> Iterator[tuple[str, bytes]]:
    """Say a part in a dialect: a cursor, or "" where nobody can go on from, and an event's JSON.

    What a dialect adds shares the event's cursor, so only the last form has it; likewise a
    prelude's last event, because a half prelude is worth nothing.
    """
    if isinstance(part, Joined):
        forms = [form for event in part.prelude for form in dialect(encode(event))]
        cursor = f"{part.run.id}:{part.after}" if part.is_begun else ""
        yield from _with_last_cursor(cursor, forms)
        return
    if isinstance(part, Rewritten):
        yield from _with_last_cursor(f"{part.run_id}:{part.seq}", dialect(encode(part.messages)))
        return
    for event in part.events:
        yield from _with_last_cursor(f"{part.run_id}:{event.seq}", dialect(event.data))


def _with_last_cursor(cursor: str, forms: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    for form in forms[:-1]:
        yield "", form
    yield cursor, forms[-1]


async def _rewritten(door: Door, caller: Caller, run_id: RunId, event: Event) -> Part:
    if not is_withdrawal(event.data):
        return Batch(run_id, [event])
    messages = await door.engine.joiner.messages_at(caller.tenant, run_id, event.seq)
    return Rewritten(run_id, event.seq, messages)


async def _joined(door: Door, caller: Caller, thread_id: ThreadId) -> Parts:
    joined = await door.engine.joiner.join(caller.tenant, thread_id)
    if joined is None:
        return
    yield joined
    if not joined.is_live:
        return
    async with aclosing(read_run(door, caller, joined.run.id, joined.after)) as parts:
        async for part in parts:
            yield part


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
