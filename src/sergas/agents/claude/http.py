"""HTTP/1.1 as far as one client on this machine needs it: requests in, streams out."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

_HEAD_BYTES = 64 * 1024
_HEAD_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came; the names of headers are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


async def read_request(reader: asyncio.StreamReader) -> Request | None:
    """Read the next request of a connection; None when its client has closed it.

    Raises:
        ValueError: it is none.
    """
    try:
        head = (await reader.readuntil(_HEAD_END)).decode("latin-1")
        first, *lines = head.removesuffix("\r\n\r\n").split("\r\n")
        method, path, _ = first.split(" ", 2)
        parts = (line.partition(":") for line in lines)
        headers = {name.lower(): value.strip() for name, _, value in parts}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    except asyncio.LimitOverrunError as error:
        raise ValueError(f"The head of a request is longer than {_HEAD_BYTES} bytes.") from error
    return Request(method, path, headers, body)


class Answer:
    """The answer to one request, piece by piece."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer

    def begin(self, content_type: str) -> None:
        """Answer 200, with pieces to follow."""
        lines = ("HTTP/1.1 200 OK", f"content-type: {content_type}", "transfer-encoding: chunked")
        self._writer.write("\r\n".join((*lines, "", "")).encode("latin-1"))

    async def send(self, piece: bytes) -> None:
        """Send a piece, as fast as it is read."""
        if piece:
            self._writer.write(b"%x\r\n%b\r\n" % (len(piece), piece))
            await self._writer.drain()

    async def end(self) -> None:
        """End the answer as HTTP wants it."""
        self._writer.write(b"0\r\n\r\n")
        await self._writer.drain()

    async def refuse(self) -> None:
        """Answer that there is no such thing."""
        self._writer.write(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n")
        await self._writer.drain()
