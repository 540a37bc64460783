"""HTTP/1.1 as far as a fake model server needs it: requests in, streams and documents out."""

import asyncio
import json
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from tests.models.turns import WireJson

_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found"}
Headers: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came; the names of headers are in lower case."""

    method: str
    path: str
    headers: Headers
    text: str


async def receive(reader: asyncio.StreamReader) -> Received | None:
    """Read the next request of a connection; None when the client has closed it."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.strip().split("\r\n")
        headers = {key.lower(): value for key, value in (line.split(": ", 1) for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    method, target, _ = first.split(" ", 2)
    return Received(method, target, headers, body.decode())


class Exchange:
    """One answer on a connection, which notices when the client hangs up."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self.hung_up = asyncio.ensure_future(_until_closed(reader))

    async def document(
        self, status: int, content: WireJson | str, headers: Headers | None = None
    ) -> None:
        """Answer with a whole document: JSON, or HTML if it is text."""
        is_html = isinstance(content, str)
        body = content.encode() if isinstance(content, str) else json.dumps(content).encode()
        self._head(
            status,
            {
                "content-type": "text/html" if is_html else "application/json",
                "content-length": str(len(body)),
                **(headers or {}),
            },
        )
        self._writer.write(body)
        await self._writer.drain()

    def begin_stream(self) -> None:
        """Answer 200, and let an event stream follow."""
        headers = {"content-type": "text/event-stream", "transfer-encoding": "chunked"}
        self._head(200, {**headers, "cache-control": "no-cache"})

    async def send(self, frame: bytes) -> None:
        """Send one frame of the stream."""
        self._writer.write(f"{len(frame):x}\r\n".encode() + frame + b"\r\n")
        await self._writer.drain()

    async def end_stream(self) -> None:
        """End the body as HTTP wants it."""
        self._writer.write(b"0\r\n\r\n")
        await self._writer.drain()

    def drop(self) -> None:
        """Close the connection where it is, after what was sent."""
        self._writer.close()

    def reset(self) -> None:
        """Reset the connection; what was sent may be lost."""
        connection = self._writer.get_extra_info("socket")
        linger = struct.pack("ii", 1, 0)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self._writer.transport.abort()

    async def rest(self) -> None:
        """Stop to listen for the client's hanging up, so that its next request can be read."""
        self.hung_up.cancel()
        await asyncio.wait([self.hung_up])

    def _head(self, status: int, headers: Headers) -> None:
        lines = [f"HTTP/1.1 {status} {_REASONS.get(status, 'Error')}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self._writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))


async def _until_closed(reader: asyncio.StreamReader) -> None:
    # A client that waits for an answer sends nothing, so whatever can be read is its end.
    try:
        await reader.read(1)
    except ConnectionError:
        return
