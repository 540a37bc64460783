"""Carries the model calls of processes to the endpoint: with its key, one at a time, watched.

A process knows neither the key nor where its model is. It calls this server on loopback, so the
server learns what the provider answers, and not what the process makes of it: status, code, how
long to wait, where a stream broke off. What failed is never answered to a process; it would try
again, or tell its reader. It waits until it is ended.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

import httpx2

from sergas.agents.claude.http import Answer, Request, read_request
from sergas.agents.claude.line import Line
from sergas.agents.claude.upstream import Upstream
from sergas.agents.models.endpoint import Endpoint
from sergas.core.errors import AgentFailed

_CALL = "/v1/messages"
_BODY_BYTES = 64 * 1024


class Relay:
    """A server on loopback that forwards calls while it is open."""

    def __init__(self, endpoint: Endpoint, *, silence_s: float) -> None:
        self._endpoint, self._silence_s = endpoint, silence_s
        # A line is as long as its process.
        self._lines = WeakValueDictionary[str, Line]()
        self._connections: set[asyncio.Task[Any]] = set()
        self._upstream: Upstream | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """The base URL for processes."""
        return f"http://127.0.0.1:{self._port}"

    def connect(self, line: Line) -> None:
        """Let whoever has the line's token call."""
        self._lines[line.token] = line

    @asynccontextmanager
    async def opened(self) -> AsyncGenerator[None]:
        """Serve; on leaving, calls under way are cut."""
        timeout = httpx2.Timeout(self._silence_s, connect=10.0, pool=None)
        limits = httpx2.Limits(max_connections=None)
        async with httpx2.AsyncClient(timeout=timeout, limits=limits) as http:
            self._upstream = Upstream(self._endpoint, http)
            server = await asyncio.start_server(self._serve, "127.0.0.1", limit=_BODY_BYTES)
            self._port = server.sockets[0].getsockname()[1]
            try:
                yield
            finally:
                server.close()
                for task in self._connections:
                    task.cancel()
                if self._connections:
                    await asyncio.wait(self._connections)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None or self._upstream is None:
            return
        self._connections.add(task)
        try:
            while request := await read_request(reader):
                await self._answer(self._upstream, request, Answer(writer))
        except (ConnectionError, ValueError, asyncio.CancelledError):
            # Cancelled by `cut` or at the end, never by anybody who waits for this task.
            return
        finally:
            self._connections.discard(task)
            with contextlib.suppress(ConnectionError):
                writer.close()

    async def _answer(self, upstream: Upstream, request: Request, answer: Answer) -> None:
        line = self._lines.get(_token(request.headers))
        is_call = request.path.partition("?")[0] == _CALL and request.method == "POST"
        if line is None or not is_call:
            await answer.refuse()
            return
        await line.allowed()
        with line.call():
            try:
                await upstream.forward(request, answer, line)
            except AgentFailed as failure:
                line.fail(failure)
                # Until `cut`: whoever was told ends the process.
                await asyncio.Event().wait()


def _token(headers: Mapping[str, str]) -> str:
    return headers.get("authorization", "").removeprefix("Bearer ")
