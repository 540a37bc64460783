"""A real MCP server, as a process: `python -m ...process stdio`, or `... http <port>`."""

import asyncio
import os
import sys
from pathlib import Path

from mcp import MCPError
from mcp.server import MCPServer
from mcp.server.mcpserver import Context, Image
from pydantic import BaseModel

server = MCPServer("counter")


class Sum(BaseModel):
    """A structured result."""

    sum: int


@server.tool()
def add(a: int, b: int) -> Sum:
    """Add two numbers."""
    return Sum(sum=a + b)


@server.tool()
def environment() -> dict[str, str]:
    """Tell the environment."""
    return dict(os.environ)


@server.tool()
def who() -> str:
    """Tell the process id."""
    return str(os.getpid())


@server.tool()
def die() -> str:
    """End the process."""
    os._exit(3)


@server.tool(structured_output=False)
def picture() -> list[str | Image]:
    """Draw."""
    return ["A point.", Image(data=b"\x89PNG", format="png")]


@server.tool()
def fail() -> str:
    """Fail."""
    raise ValueError("no luck")


@server.tool()
def many() -> str:
    """Say much."""
    return "x" * 1000


@server.tool()
def key(context: Context) -> str:
    """Tell the idempotency key."""
    meta = context.request_context.meta
    return str(dict(meta or {}).get("sergas/idempotencyKey"))


@server.tool()
async def wait(folder: str) -> str:
    """Wait until stopped; files tell that it began and that it ended."""
    (Path(folder) / "begun").touch()
    try:
        await asyncio.Event().wait()
    finally:
        (Path(folder) / "ended").touch()
    return "never"


@server.tool(name="odd.name")
def odd() -> str:
    """Have a name that models do not take."""
    return "odd"


def subtract(a: int, b: int) -> int:
    """Subtract two numbers."""
    return a - b


@server.tool()
def learn() -> str:
    """Get another tool, and fail."""
    server.add_tool(subtract)
    raise MCPError(-32000, "I learnt something")


@server.tool()
def secret() -> str:
    """Do what nobody allowed."""
    return "done"


if __name__ == "__main__":
    if sys.argv[1] == "stdio":
        server.run("stdio")
    else:
        server.run("streamable-http", host="127.0.0.1", port=int(sys.argv[2]))
