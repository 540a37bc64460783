"""One MCP server: connected while it is kept, and again whenever it was lost."""

import asyncio
import functools
from collections.abc import AsyncGenerator, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import httpx2
import structlog
from mcp import Client, MCPError
from mcp.types import Tool as Offered

from sergas.agents.tools.mcp.results import json_of
from sergas.agents.tools.mcp.settings import McpSettings, tool_name
from sergas.agents.tools.mcp.transport import Signs, transport_to
from sergas.agents.tools.outcome import is_being_cancelled
from sergas.agents.tools.tool import Answer, Tool, ToolContext
from sergas.core.errors import AgentFailed, ToolFailed
from sergas.core.json import JsonObject

IDEMPOTENCY_KEY = "sergas/idempotencyKey"
"""Where a server finds the key of a call, in the call's `_meta`."""

_START_S = 10.0
_ANSWER_S = 30.0
_REFRESH_S = 300.0
_STABLE_S = 10.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.25, 30.0
_PAGES = 100

_log = structlog.get_logger()


class McpServer:
    """A tool server over MCP; `kept` connects it."""

    def __init__(self, name: str, settings: McpSettings) -> None:
        self._name, self._settings = name, settings
        self._client: Client | None = None
        self._tools: Sequence[Tool] | None = None
        self._missing: Sequence[str] = ()
        self._fault, self._status = "it is being started", 0
        self._doubt, self._tried = asyncio.Event(), asyncio.Event()

    def tools(self) -> Sequence[Tool]:
        """Return the tools that the settings allow, as the server last described them.

        Raises:
            AgentFailed: it has not answered since we started; another attempt may find it.
        """
        if self._tools is None:
            raise AgentFailed(self._away(), code="tool_server_unavailable", recoverable=True)
        return self._tools

    async def check(self) -> str:
        """Say for a person what it offers.

        Raises:
            ToolFailed: it does not answer.
        """
        if self._client is None or self._tools is None:
            raise ToolFailed(self._away())
        missing = f"; it has no {', '.join(self._missing)}" if self._missing else ""
        return f"{len(self._tools)} tools{missing}"

    async def tried(self) -> None:
        """Wait until it has answered or failed to, once."""
        await self._tried.wait()

    async def keep(self) -> None:
        """Stay connected until cancelled, with longer and longer pauses where that fails."""
        loop, pause_s = asyncio.get_running_loop(), _FIRST_PAUSE_S
        while True:
            began = loop.time()
            try:
                await self._stay_connected()
            except Exception as error:  # Whatever it was, the next try may do better.
                if is_being_cancelled():
                    raise asyncio.CancelledError from error
                self._note(error)
            finally:
                self._client = None
                self._tried.set()
            is_stable = loop.time() - began > _STABLE_S
            pause_s = _FIRST_PAUSE_S if is_stable else min(2 * pause_s, _LONGEST_PAUSE_S)
            await asyncio.sleep(pause_s)

    async def _stay_connected(self) -> None:
        self._status = 0
        transport = transport_to(self._settings, Signs(self._doubt.set, self._refused))
        async with AsyncExitStack() as stack:
            async with asyncio.timeout(_ANSWER_S):
                client = await stack.enter_async_context(Client(transport, cache=None))
                await self._list(client)
            self._client = client
            self._tried.set()
            _log.info("tool_server_connected", server=self._name)
            while True:
                with suppress(TimeoutError):
                    async with asyncio.timeout(_REFRESH_S):
                        await self._doubt.wait()
                self._doubt.clear()
                async with asyncio.timeout(_ANSWER_S):
                    await self._list(client)

    async def _list(self, client: Client) -> None:
        offered: dict[str, Offered] = {}
        cursor: str | None = None
        for _ in range(_PAGES):
            page = await client.list_tools(cursor=cursor)
            offered |= {tool.name: tool for tool in page.tools}
            cursor = page.next_cursor
            if cursor is None:
                break
        allowed = self._settings.tools
        self._tools = [self._tool(offered[name]) for name in allowed if name in offered]
        missing = [name for name in allowed if name not in offered]
        if missing and missing != self._missing:
            _log.warning("tool_server_lacks_tools", server=self._name, tools=missing)
        self._missing = missing

    def _tool(self, offered: Offered) -> Tool:
        settings = self._settings
        return Tool(
            name=tool_name(self._name, offered.name),
            description=offered.description or offered.title or offered.name,
            parameters=offered.input_schema,
            call=functools.partial(self._call, offered.name),
            approval=settings.tools[offered.name],
            timeout_s=settings.timeout_s,
            max_result_chars=settings.max_result_chars,
        )

    async def _call(self, name: str, arguments: JsonObject, context: ToolContext) -> Answer:
        if self._client is None:
            raise ToolFailed(self._away())
        is_answered = False
        try:
            key = context.idempotency_key
            result = await self._client.call_tool(name, {**arguments}, meta={IDEMPOTENCY_KEY: key})
            is_answered = True
        except MCPError as error:
            what = f"The tool server {self._name!r} did not do it: {error.error.message}."
            raise ToolFailed(what) from error
        finally:
            # After a time-out and a cancel too: perhaps nobody is there any more.
            if not is_answered:
                self._doubt.set()
        return json_of(result)

    def _away(self) -> str:
        return f"The tool server {self._name!r} does not answer: {self._fault}."

    def _refused(self, status: int) -> None:
        self._status = status

    def _note(self, error: Exception) -> None:
        status = f"; its last HTTP status was {self._status}" if self._status else ""
        self._fault = _words(error, self._settings.command) + status
        _log.warning("tool_server_lost", server=self._name, fault=self._fault)


@asynccontextmanager
async def kept(servers: Collection[McpServer]) -> AsyncGenerator[None]:
    """Keep servers connected while the context is open; each gets a moment to answer first."""
    async with asyncio.TaskGroup() as group:
        keeping = [group.create_task(server.keep()) for server in servers]
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(_START_S):
                    for server in servers:
                        await server.tried()
            yield
        finally:
            for task in keeping:
                task.cancel()


def _words(error: BaseException, command: str) -> str:
    """Say what happened without what may hold a secret: only messages that we know are quoted."""
    match error:
        case BaseExceptionGroup(exceptions=[first, *_]):
            return _words(first, command)
        case MCPError():
            return error.error.message
        case TimeoutError():
            return f"it took longer than {_ANSWER_S:g} s"
        case FileNotFoundError() | PermissionError() if command:
            return f"{command!r} cannot be started: {error.strerror}"
        case OSError() | httpx2.TransportError():
            return str(error)
        case _:
            return type(error).__name__
