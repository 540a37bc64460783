"""Server-sent events: frames, keep-alive, and a response that costs one send per batch.

Frames end with LF only (CRLF breaks stock clients). A connection owns nothing: when it goes, only
its reading stops.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sergas.core.ids import RunId
from sergas.core.json import encode
from sergas.core.runs import Event
from sergas.engine.join import Joined
from sergas.web.dialect import Dialect

KEEP_ALIVE_S = 15.0
STREAM_HEADERS = {
    "Cache-Control": "no-cache, no-transform",
    "X-Accel-Buffering": "no",
    "Connection": "keep-alive",
}


class EventStream(Response):
    """Sends an async generator of bytes; each item is one send.

    When the server leaves, the stream ends as if it were complete: a body that breaks off can crash
    a Node client, while one that ends makes ours come back with its cursor.
    """

    media_type = "text/event-stream"

    def __init__(self, frames: AsyncGenerator[bytes], leaving: asyncio.Event) -> None:
        super().__init__(headers=STREAM_HEADERS)
        del self.headers["content-length"]
        self._frames, self._leaving = frames, leaving

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


async def run_frames(
    run_id: RunId, batches: AsyncIterator[Sequence[Event]], dialect: Dialect
) -> AsyncGenerator[bytes]:
    """Frame a run's events; every event's id is its cursor."""
    prefix = f"id: {run_id}:".encode()
    last_sent = time.monotonic()
    async for batch in batches:
        if batch:
            yield b"".join(_frame(prefix, event, dialect) for event in batch)
            last_sent = time.monotonic()
        elif time.monotonic() - last_sent >= KEEP_ALIVE_S:
            yield b": keep-alive\n\n"
            last_sent = time.monotonic()


def prelude_frames(joined: Joined, dialect: Dialect) -> bytes:
    """Frame a join prelude; only its last frame is a cursor: a half prelude is worth nothing."""
    said = [form for event in joined.prelude for form in dialect(encode(event))]
    frames = [b"data: %b\n\n" % form for form in said]
    frames[-1] = f"id: {joined.run.id}:{joined.after}\n".encode() + frames[-1]
    return b"".join(frames)


def _frame(prefix: bytes, event: Event, dialect: Dialect) -> bytes:
    forms = dialect(event.data)
    # What a dialect adds shares the event's cursor: the id stands on the last form alone.
    extra = b"".join(b"data: %b\n\n" % form for form in forms[:-1])
    return extra + b"%b%d\ndata: %b\n\n" % (prefix, event.seq, forms[-1])


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
