"""CopilotKit over a WebSocket: the streams of SSE, several over one connection.

Each message that asks for something is answered under its own id by frames and one last frame,
`done` or `problem`. A connection owns nothing: when it goes, only its reading stops.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager

from fastapi import APIRouter
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketDisconnected

from sergas.web.auth import Caller
from sergas.web.body import demand_size, parse_object
from sergas.web.door import door_of
from sergas.web.errors import RequestRefused, problem_of
from sergas.web.handshake import admit
from sergas.web.messages import Message, Ping, Unfollow, answer, id_of, parse_message

router = APIRouter()
_MAX_STREAMS = 32
_SERVICE_RESTART = 1012
_CLOSE_WITHIN_S = 1.0
_DONE = b'"done":true'


@router.websocket("/ws/copilotkit")
async def talk(socket: WebSocket) -> None:
    """Admit a client and talk with it until one of the two leaves."""
    caller = await admit(socket)
    if caller is not None:
        await Conversation(socket, caller).hold()


class Conversation:
    """One open connection and its streams, by the client's ids."""

    def __init__(self, socket: WebSocket, caller: Caller) -> None:
        self._socket, self._caller, self._door = socket, caller, door_of(socket)
        self._streams = dict[bytes, asyncio.Task[None]]()

    async def hold(self) -> None:
        """Answer until the client goes or the server leaves."""
        leaving = self._door.leaving
        try:
            async with asyncio.TaskGroup() as group:
                hearing = group.create_task(self._hear(group))
                left = group.create_task(leaving.wait())
                await asyncio.wait((hearing, left), return_when=asyncio.FIRST_COMPLETED)
                for task in (hearing, left, *self._streams.values()):
                    task.cancel()
            if leaving.is_set():
                # A client that has stopped reading does not take even this.
                async with asyncio.timeout(_CLOSE_WITHIN_S):
                    await self._socket.close(_SERVICE_RESTART, "The server restarts; come back.")
        except* (WebSocketDisconnect, WebSocketDisconnected, TimeoutError):
            pass

    async def _hear(self, group: asyncio.TaskGroup) -> None:
        # Ends with the connection: uvicorn's pings find out who is gone.
        while (heard := await self._socket.receive())["type"] != "websocket.disconnect":
            text = heard.get("text")
            await self._consider(group, text.encode() if text is not None else heard["bytes"])

    async def _consider(self, group: asyncio.TaskGroup, data: bytes) -> None:
        async with self._problems_told(b"null"):
            demand_size(len(data), self._door.max_body_bytes)
            said = parse_object(data)
            async with self._problems_told(id_of(said)):
                await self._obey(group, id_of(said), parse_message(said))

    async def _obey(self, group: asyncio.TaskGroup, key: bytes, message: Message) -> None:
        match message:
            case Ping():
                await self._socket.send_text('{"type":"pong"}')
            case Unfollow():
                await self._unfollow(key)
            case asking:
                self._demand_room(key)
                contents = await answer(self._door, self._caller, asking)
                self._streams[key] = group.create_task(self._stream(key, contents))

    async def _unfollow(self, key: bytes) -> None:
        stream = self._streams.pop(key, None)
        if stream is None:
            # It has just ended, and said so.
            return
        stream.cancel()
        await asyncio.wait((stream,))
        await self._tell(key, _DONE)

    def _demand_room(self, key: bytes) -> None:
        if key in self._streams:
            detail = f"Id {key.decode()[:80]} has a stream; choose another, or unfollow it first."
            raise RequestRefused(409, "id_in_use", detail)
        if len(self._streams) >= _MAX_STREAMS:
            detail = f"The connection has {_MAX_STREAMS} streams; unfollow one first."
            raise RequestRefused(429, "too_many_streams", detail)

    async def _stream(self, key: bytes, contents: AsyncGenerator[bytes, None]) -> None:
        async with self._problems_told(key):
            try:
                async with aclosing(contents):
                    async for content in contents:
                        await self._tell(key, content)
            finally:
                # Before the client can know of the end, because it may use the id again then.
                self._streams.pop(key, None)
            await self._tell(key, _DONE)

    @asynccontextmanager
    async def _problems_told(self, key: bytes) -> AsyncGenerator[None]:
        """Tell what goes wrong with one request; the connection and other streams go on."""
        try:
            yield
        except (WebSocketDisconnect, WebSocketDisconnected):
            raise
        except Exception as error:  # noqa: BLE001 - the edge of a request; bugs are logged
            await self._tell(key, b'"problem":%b' % bytes(problem_of(self._socket, error).body))

    async def _tell(self, key: bytes, content: bytes) -> None:
        # Waits while the client is slow: it lags behind, and nothing piles up here.
        await self._socket.send_text((b'{"id":%b,%b}' % (key, content)).decode())
