"""What a client may say over a WebSocket, and the answer to it: a stream of frame contents.

A frame is `{"id": <the client's id>, <content>}`. Events are spliced in as they are stored.
"""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Annotated, TypeAlias, assert_never

import msgspec

from sergas.core.ids import RunId, ThreadId
from sergas.core.json import Json, as_object, encode
from sergas.web.auth import Caller
from sergas.web.cursor import parse_cursor
from sergas.web.dialect import Dialect, current, dialect_of
from sergas.web.door import Door
from sergas.web.errors import RequestRefused
from sergas.web.records import run_record
from sergas.web.run_input import parse_id, parse_run_input
from sergas.web.streams import (
    DEFAULT_AGENT,
    Parts,
    demand_agent,
    dialect_for,
    read_after,
    read_run,
    read_thread,
    spoken,
    start_run,
)

_KNOWN = "run, connect, follow, cancel, unfollow, ping"
_ENDS_WITHIN_S = 2.0
_MAX_NUMBER = 2**53
_Id: TypeAlias = (
    Annotated[int, msgspec.Meta(ge=-_MAX_NUMBER, le=_MAX_NUMBER)]
    | Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
)


class Run(msgspec.Struct, frozen=True, tag="run", rename="camel"):
    """Start a run, or answer its interrupts, and follow it."""

    id: _Id
    input: dict[str, object]
    agent_id: str | None = None


class Connect(msgspec.Struct, frozen=True, tag="connect", rename="camel"):
    """Join a thread."""

    id: _Id
    thread_id: str
    agent_id: str = DEFAULT_AGENT
    last_event_id: str | None = None
    protocol_version: str | None = None


class Follow(msgspec.Struct, frozen=True, tag="follow", rename="camel"):
    """Follow a run."""

    id: _Id
    run_id: str
    last_event_id: str | None = None


class Cancel(msgspec.Struct, frozen=True, tag="cancel", rename="camel"):
    """Stop a run, or the active run of a thread."""

    id: _Id
    run_id: str | None = None
    thread_id: str | None = None
    reason: str = "Cancelled over a WebSocket."


class Unfollow(msgspec.Struct, frozen=True, tag="unfollow"):
    """End a stream; its run goes on."""

    id: _Id


class Ping(msgspec.Struct, frozen=True, tag="ping"):
    """Ask whether the server is there."""


Asking: TypeAlias = Run | Connect | Follow | Cancel
Message: TypeAlias = Asking | Unfollow | Ping


def parse_message(said: Mapping[str, Json]) -> Message:
    """Understand what a client said.

    Raises:
        RequestRefused: 422, and what is wrong with it.
    """
    try:
        return msgspec.convert(said, Message)
    except msgspec.ValidationError as error:
        detail = f"The message is not well-formed: {error}. Known types: {_KNOWN}."
        raise RequestRefused(422, "invalid_request", detail) from error


def id_of(said: Mapping[str, Json]) -> bytes:
    """Return the id of a message as JSON; `null` if it has none that may be one."""
    try:
        return encode(msgspec.convert(said.get("id"), _Id))
    except msgspec.ValidationError:
        return b"null"


async def answer(door: Door, caller: Caller, message: Asking) -> AsyncGenerator[bytes, None]:
    """Do what a message asks for and return the contents of the frames that answer it.

    Raises:
        SergasError: as over HTTP.
    """
    match message:
        case Run():
            return await _run(door, caller, message)
        case Connect():
            demand_agent(door, message.agent_id)
            thread_id = ThreadId(parse_id(message.thread_id, "threadId"))
            cursor = parse_cursor(message.last_event_id)
            parts = await read_thread(door, caller, thread_id, cursor)
            return _events(parts, dialect_of(message.protocol_version))
        case Follow():
            cursor = parse_cursor(message.last_event_id)
            return _events(await read_after(door, caller, RunId(message.run_id), cursor), current)
        case Cancel():
            run_id = await _run_to_cancel(door, caller, message)
            await door.engine.canceller.cancel(caller.tenant, run_id, message.reason)
            return _ended(door, caller, run_id)
        case _:
            assert_never(message)


async def _run(door: Door, caller: Caller, message: Run) -> AsyncGenerator[bytes, None]:
    parsed = parse_run_input(as_object(message.input))
    started = await start_run(door, caller, parsed, agent_id=message.agent_id)
    parts = read_run(door, caller, started.run.id, started.after)
    return _events(parts, dialect_for(parsed))


async def _events(parts: Parts, dialect: Dialect) -> AsyncGenerator[bytes, None]:
    async with aclosing(parts):
        async for part in parts:
            for cursor, form in spoken(part, dialect):
                # A client chose the run id, so a cursor may need JSON's escapes.
                place = b'"cursor":%b,' % encode(cursor) if cursor else b""
                yield b'%b"event":%b' % (place, form)


async def _run_to_cancel(door: Door, caller: Caller, message: Cancel) -> RunId:
    if message.run_id is not None:
        return RunId(message.run_id)
    thread_id = ThreadId(parse_id(message.thread_id, "threadId"))
    return (await door.engine.active_run(caller.tenant, thread_id)).id


async def _ended(door: Door, caller: Caller, run_id: RunId) -> AsyncGenerator[bytes, None]:
    run = await door.engine.ended(caller.tenant, run_id, _ENDS_WITHIN_S)
    yield b'"run":%b' % encode(await run_record(door, run))
