"""A proxy on the way to the server that cuts streams, as some company networks do."""

import asyncio
import re
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress

from tests.server import free_port

_IS_STREAM = re.compile(rb"^(POST|GET) \S*/(run|connect|events)[ ?]")
_START_WITHIN_S = 10.0
_LOST = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)


@contextmanager
def cutting_proxy(port: int, *, after_s: float) -> Generator[str]:
    """Give the address of a proxy that ends each answer with events early; sockets pass whole."""
    loop, own_port = asyncio.new_event_loop(), free_port()

    ends: set[asyncio.StreamWriter] = set()

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends.add(writer)
        with suppress(*_LOST):
            upstream, onward = await asyncio.open_connection("127.0.0.1", port)
            ends.add(onward)
            await _relay(reader, writer, (upstream, onward), after_s)
            onward.close()
        writer.close()

    # Playwright has a loop at work in this thread already.
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    starting = asyncio.start_server(relay, "127.0.0.1", own_port)
    server = asyncio.run_coroutine_threadsafe(starting, loop).result(_START_WITHIN_S)
    try:
        yield f"http://127.0.0.1:{own_port}"
    finally:
        asyncio.run_coroutine_threadsafe(_end(server, ends), loop).result(_START_WITHIN_S)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end(server: asyncio.Server, ends: set[asyncio.StreamWriter]) -> None:
    server.close()
    for end in ends:
        end.close()
    if others := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(others, timeout=_START_WITHIN_S)


async def _relay(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    server: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    after_s: float,
) -> None:
    upstream, onward = server
    head = await reader.readuntil(b"\r\n\r\n")
    is_socket = b"upgrade: websocket" in head.lower()
    # One request a connection, so that each is looked at.
    single = re.sub(rb"(?i)connection: [^\r]*", b"Connection: close", head)
    onward.write(head if is_socket else single)
    asking = asyncio.ensure_future(_pump(reader, onward))
    limit_s = after_s if _IS_STREAM.match(head) else None
    with suppress(TimeoutError):
        await asyncio.wait_for(_pump(upstream, writer), limit_s)
    asking.cancel()


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(*_LOST):
        while piece := await source.read(65_536):
            target.write(piece)
            await target.drain()
