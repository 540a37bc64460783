"""Where a process asks for its tools: they are run elsewhere, and their results left here.

To the process it is an MCP server. A call is known to the agent from the model's stream, and may be
asked for here before the model has finished its turn; it waits until its result is left.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
)

from sergas.agents.settling import Result
from sergas.agents.tools.calls import ToolSchema

DESK = "sergas"
_PREFIX = f"mcp__{DESK}__"
_CALL_ID = "claudecode/toolUseId"


class Desk:
    """The tools of one process."""

    def __init__(self, schemas: Sequence[ToolSchema]) -> None:
        self._tools = [
            Tool(name=tool.name, description=tool.description, input_schema=dict(tool.parameters))
            for tool in schemas
        ]
        self._results = defaultdict[str, asyncio.Future[Result]](
            asyncio.get_running_loop().create_future
        )
        self.server: Server[Any] = Server(
            DESK, on_list_tools=self._listed, on_call_tool=self._called
        )

    @property
    def names(self) -> list[str]:
        """The names of the tools, as the model calls them."""
        return [name_on_wire(tool.name) for tool in self._tools]

    def leave(self, call_id: str, result: Result) -> None:
        """Leave the result of a call, by the id that the model gave it."""
        ready = self._results[call_id]
        if not ready.done():
            ready.set_result(result)

    def clear(self) -> None:
        """Throw away what nobody came for: calls that the process has refused by itself."""
        self._results.clear()

    async def _listed(
        self, _: ServerRequestContext[Any], __: PaginatedRequestParams | None
    ) -> ListToolsResult:
        return ListToolsResult(tools=self._tools)

    async def _called(
        self, _: ServerRequestContext[Any], params: CallToolRequestParams
    ) -> CallToolResult:
        call_id = str((params.meta or {}).get(_CALL_ID, ""))
        # For as long as the tools and their time-outs take; ended with the process.
        result = await self._results[call_id]
        self._results.pop(call_id, None)
        content = [TextContent(type="text", text=result.content)]
        return CallToolResult(content=[*content], is_error=result.is_error)


def name_on_wire(name: str) -> str:
    """Return how the model is told to call a tool."""
    return f"{_PREFIX}{name}"


def name_off_wire(name: str) -> str:
    """Return the tool's own name."""
    return name.removeprefix(_PREFIX)
