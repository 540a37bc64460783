"""The two ways to read a stream, SSE and the WebSocket: what is asked for, and the frames of it."""

import asyncio
import json
from collections.abc import AsyncGenerator, Coroutine
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import httpx
from ag_ui.core import PROTOCOL_VERSION
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus, WebSocketException

from tests.server import Server
from tests.streams import AgUiEvent

_PATIENCE_S = 3.0


class Transport(StrEnum):
    """How a client is connected."""

    SSE = "SSE"
    WEBSOCKET = "WebSocket"


@dataclass(frozen=True, slots=True)
class Start:
    """Run this body, and give the run's events."""

    body: AgUiEvent


@dataclass(frozen=True, slots=True)
class Follow:
    """Give the run's events after the cursor."""

    run_id: str
    cursor: str


@dataclass(frozen=True, slots=True)
class Connect:
    """Give the thread's join prelude and live tail, or what follows the cursor."""

    thread_id: str
    cursor: str


Wish: TypeAlias = Start | Follow | Connect


@dataclass(frozen=True, slots=True)
class Frame:
    """An event, and the cursor that came with it."""

    cursor: str
    event: AgUiEvent

    @property
    def seq(self) -> int:
        """The event's number in its run; 0 without a cursor."""
        return int(self.cursor.rpartition(":")[2] or 0)


class Broken(Exception):
    """The connection or its server failed; another one may do."""


class Refused(Exception):
    """A server answered with a client error; the trial's clients make none."""


def http_client() -> httpx.AsyncClient:
    """Make what all clients send with: a connection for each request, and not much patience."""
    return httpx.AsyncClient(
        timeout=httpx.Timeout(_PATIENCE_S, pool=None),
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
        trust_env=False,
    )


async def over_sse(http: httpx.AsyncClient, replica: Server, wish: Wish) -> AsyncGenerator[Frame]:
    """Read what is wished for with an HTTP request, until the stream ends.

    Raises:
        Broken: the stream was cut, or the server cannot answer.
        Refused: the server does not want to.
    """
    method, path, body, cursor = _request_of(wish)
    headers = {**replica.headers, **({"Last-Event-ID": cursor} if cursor else {})}
    url = replica.url + path
    try:
        async with http.stream(method, url, json=body, headers=headers) as answer:
            if answer.status_code != 200:
                detail = f"{url}: {(await answer.aread()).decode()}"
                _raise_for(answer.status_code, detail)
            async for frame in _frames_of(answer):
                yield frame
    except httpx.TransportError as error:
        raise Broken from error


async def over_websocket(replica: Server, wish: Wish) -> AsyncGenerator[Frame]:
    """Read what is wished for over a WebSocket of its own, until the stream ends.

    Raises:
        Broken: the connection was cut, or the server cannot answer.
        Refused: the server does not want to.
    """
    url = f"ws://127.0.0.1:{replica.port}/ws/copilotkit"
    try:
        async with connect(
            url,
            additional_headers=replica.headers,
            open_timeout=_PATIENCE_S,
            close_timeout=_PATIENCE_S,
            max_size=None,
            proxy=None,
        ) as socket:
            await socket.send(json.dumps({**_message_of(wish), "id": 1}))
            while "done" not in (heard := await _heard(socket.recv())):
                if "problem" in heard:
                    _raise_for(heard["problem"]["status"], str(heard["problem"]))
                yield Frame(heard.get("cursor", ""), heard["event"])
    except InvalidStatus as error:
        _raise_for(error.response.status_code, f"{url}: {error}")
    except (WebSocketException, OSError) as error:
        raise Broken from error


def _request_of(wish: Wish) -> tuple[str, str, AgUiEvent | None, str]:
    match wish:
        case Start(body):
            return "POST", "/api/copilotkit", body, ""
        case Follow(run_id, cursor):
            return "GET", f"/api/runs/{run_id}/events", None, cursor
        case Connect(thread_id, cursor):
            body = {"threadId": thread_id, "protocolVersion": PROTOCOL_VERSION}
            return "POST", "/api/copilotkit/agent/default/connect", body, cursor


def _message_of(wish: Wish) -> AgUiEvent:
    match wish:
        case Start(body):
            return {"type": "run", "input": body}
        case Follow(run_id, cursor):
            return {"type": "follow", "runId": run_id} | _after(cursor)
        case Connect(thread_id, cursor):
            asked = {"type": "connect", "threadId": thread_id, "protocolVersion": PROTOCOL_VERSION}
            return asked | _after(cursor)


def _after(cursor: str) -> AgUiEvent:
    return {"lastEventId": cursor} if cursor else {}


async def _frames_of(answer: httpx.Response) -> AsyncGenerator[Frame]:
    cursor = ""
    async for line in answer.aiter_lines():
        if line.startswith("id: "):
            cursor = line.removeprefix("id: ")
        elif line.startswith("data: "):
            yield Frame(cursor, json.loads(line.removeprefix("data: ")))
            cursor = ""


async def _heard(receiving: Coroutine[object, object, str | bytes]) -> AgUiEvent:
    # A time-out is an `OSError`, as a lost connection is.
    async with asyncio.timeout(_PATIENCE_S):
        return json.loads(await receiving)


def _raise_for(status: int, detail: str) -> None:
    if status >= 500:
        raise Broken(detail)
    raise Refused(detail)
