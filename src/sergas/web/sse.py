"""Server-sent events: frames, keep-alive, and a response that costs one send per batch.

Frames end with LF only (CRLF breaks stock clients). A connection owns nothing: when it goes, only
its reading stops.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sergas.core.json import encode
from sergas.engine.events import AgUiEvent
from sergas.web.dialect import Dialect
from sergas.web.streams import Parts, spoken

KEEP_ALIVE_S = 15.0
STREAM_HEADERS = {
    "Cache-Control": "no-cache, no-transform",
    "X-Accel-Buffering": "no",
    "Connection": "keep-alive",
}


class EventStream(Response):
    """Sends what a reader gets; what comes together is one send, and nothing means silence.

    When the server leaves, the stream ends as if it were complete: a body that breaks off can crash
    a Node client, while one that ends makes ours come back with its cursor.
    """

    media_type = "text/event-stream"

    def __init__(self, frames: AsyncGenerator[bytes, None], leaving: asyncio.Event) -> None:
        super().__init__(headers=STREAM_HEADERS)
        del self.headers["content-length"]
        self._frames, self._leaving = _kept_alive(frames), leaving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the frames end or the client goes."""
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        async with asyncio.TaskGroup() as group:
            sender = group.create_task(self._send_all(send))
            gone = group.create_task(_disconnected(receive))
            leaving = group.create_task(self._leaving.wait())
            tasks = (sender, gone, leaving)
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                task.cancel()
        if not gone.done() or gone.cancelled():
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send_all(self, send: Send) -> None:
        async with aclosing(self._frames) as frames:
            async for frame in frames:
                await send({"type": "http.response.body", "body": frame, "more_body": True})


def whole_stream(events: Iterable[AgUiEvent]) -> Response:
    """Send events that are all known, as a stream that nobody continues."""
    body = b"".join(frame(encode(event)) for event in events)
    return Response(body, headers=STREAM_HEADERS, media_type="text/event-stream")


async def run_frames(parts: Parts, dialect: Dialect) -> AsyncGenerator[bytes, None]:
    """Frame the parts of a run in a dialect."""
    async with aclosing(parts):
        async for part in parts:
            yield b"".join(frame(form, cursor) for cursor, form in spoken(part, dialect))


def frame(form: bytes, cursor: str = "") -> bytes:
    """Frame one JSON text, with the cursor to go on from if there is one."""
    data = b"data: %b\n\n" % form
    return b"id: %b\n%b" % (cursor.encode(), data) if cursor else data


async def _kept_alive(frames: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    last_sent = time.monotonic()
    async with aclosing(frames):
        async for together in frames:
            if not together and time.monotonic() - last_sent < KEEP_ALIVE_S:
                continue
            yield together or b": keep-alive\n\n"
            last_sent = time.monotonic()


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
