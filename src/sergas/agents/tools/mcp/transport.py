"""How an MCP server is reached, and how its loss is noticed."""

from collections.abc import AsyncGenerator, AsyncIterable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import anyio
import httpx2
from anyio.streams.memory import MemoryObjectReceiveStream
from mcp import StdioServerParameters, stdio_client
from mcp.client import Transport
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.message import SessionMessage

from sergas.agents.tools.mcp.settings import McpSettings

if TYPE_CHECKING:
    # The SDK has no public name for it.
    from mcp.client._transport import TransportStreams

_Message: TypeAlias = SessionMessage | Exception
_HTTP_S = 30.0


@dataclass(frozen=True, slots=True)
class Signs:
    """Who is told what happens to a connection.

    Attributes:
        lost: the server's process has ended.
        refused: the server answered a request with this HTTP status, of 400 or more.
    """

    lost: Callable[[], None]
    refused: Callable[[int], None]


def transport_to(settings: McpSettings, signs: Signs) -> Transport:
    """Return the way to a server, closed until it is entered."""
    return _process(settings, signs) if settings.command else _http(settings, signs)


@asynccontextmanager
async def _process(settings: McpSettings, signs: Signs) -> "AsyncGenerator[TransportStreams]":
    # The SDK passes on what finds programs and a home (PATH, HOME, ...), and nothing else of ours.
    parameters = StdioServerParameters(
        command=settings.command,
        args=list(settings.args),
        env=dict(settings.env),
        cwd=settings.cwd or None,
    )
    async with stdio_client(parameters) as (read, write), _watched(read, signs.lost) as watched:
        yield watched, write


@asynccontextmanager
async def _http(settings: McpSettings, signs: Signs) -> "AsyncGenerator[TransportStreams]":
    async def note(response: httpx2.Response) -> None:
        if response.status_code >= 400:
            signs.refused(response.status_code)

    # A call's own time-out ends the wait for its answer.
    patience = httpx2.Timeout(_HTTP_S, read=settings.timeout_s + _HTTP_S)
    async with (
        httpx2.AsyncClient(
            headers=settings.headers, timeout=patience, event_hooks={"response": [note]}
        ) as client,
        streamable_http_client(settings.url, http_client=client) as streams,
    ):
        yield streams


@asynccontextmanager
async def _watched(
    read: AsyncIterable[_Message], lost: Callable[[], None]
) -> AsyncGenerator[MemoryObjectReceiveStream[_Message]]:
    """Pass messages on, and tell when there will be no more."""
    into, out = anyio.create_memory_object_stream[_Message](0)

    async def pass_on() -> None:
        with suppress(anyio.BrokenResourceError, anyio.ClosedResourceError):
            async with into:
                async for message in read:
                    await into.send(message)
        lost()

    async with anyio.create_task_group() as group:
        group.start_soon(pass_on)
        yield out
        group.cancel_scope.cancel()
