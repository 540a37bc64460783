"""The tool servers that the settings name, and their life beside the server's."""

import os
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from sergas.agents.tools.mcp.settings import read_settings
from sergas.agents.tools.servers import ToolServer
from sergas.app.extras import command_for
from sergas.core.errors import BadSetting
from sergas.settings import Settings


@dataclass(frozen=True, slots=True)
class ToolServers:
    """Servers by name, and the context in which they are connected."""

    by_name: Mapping[str, ToolServer]
    connected: Callable[[], AbstractAsyncContextManager[None]]

    @property
    def checks(self) -> Mapping[str, Callable[[], Awaitable[str]]]:
        """Return the health checks, by component."""
        return {f"tool_server_{name}": server.check for name, server in self.by_name.items()}


def tool_servers(settings: Settings) -> ToolServers:
    """Return what the file that the settings name says; nothing is started yet.

    Raises:
        BadSetting: the file cannot be used, or the extra `sergas[mcp]` is not installed.
    """
    if not settings.mcp_servers:
        return ToolServers({}, nullcontext)
    path = Path(settings.mcp_servers)
    try:
        # An extra: a server without MCP servers does not need it.
        from sergas.agents.tools.mcp.server import McpServer, kept
    except ModuleNotFoundError as error:
        reason = f"the package {error.name!r} is missing; run: {command_for('mcp')}"
        raise BadSetting(f"SERGAS_MCP_SERVERS={path} cannot be used: {reason}.") from error
    found = read_settings(path, os.environ)
    servers = {name: McpServer(name, server) for name, server in found.items()}
    return ToolServers(servers, lambda: kept(servers.values()))
