"""A proxy on the way to the server that cuts streams, as some company networks do."""

import asyncio
import re
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress

from tests.server import free_port

_IS_STREAM = re.compile(rb"^(POST|GET) \S*/(run|connect|events)[ ?]")
_LOST = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)


@contextmanager
def cutting_proxy(port: int, *, after_s: float) -> Generator[str]:
    """Give the address of a proxy that ends each answer with events early; sockets pass whole."""
    loop, own_port = asyncio.new_event_loop(), free_port()

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(*_LOST):
            await _relay(reader, writer, port, after_s)
        writer.close()

    server = loop.run_until_complete(asyncio.start_server(relay, "127.0.0.1", own_port))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{own_port}"
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


async def _relay(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int, after_s: float
) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    upstream, onward = await asyncio.open_connection("127.0.0.1", port)
    is_socket = b"upgrade: websocket" in head.lower()
    # One request a connection, so that each is looked at.
    onward.write(
        head if is_socket else re.sub(rb"(?i)connection: [^\r]*", b"Connection: close", head)
    )
    asking = asyncio.ensure_future(_pump(reader, onward))
    limit_s = after_s if _IS_STREAM.match(head) else None
    with suppress(TimeoutError):
        await asyncio.wait_for(_pump(upstream, writer), limit_s)
    asking.cancel()
    onward.close()


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(*_LOST):
        while piece := await source.read(65_536):
            target.write(piece)
            await target.drain()
