"""Servers that tools come from, beside those that an agent brings itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from sergas.agents.spec import AgentSpec
from sergas.agents.tools.tool import Tool
from sergas.core.agents import AgentTask


class ToolServer(Protocol):
    """Keeps tools that agents name it for; what it offers may change while it is open."""

    def tools(self) -> Sequence[Tool]:
        """Return its tools.

        A call of one while the server is away fails, in words.

        Raises:
            AgentFailed: it has not answered since we started; another attempt may find it.
        """
        ...

    async def check(self) -> str:
        """Say for a person what it offers.

        Raises:
            ToolFailed: it does not answer.
        """
        ...


def with_tool_servers(spec: AgentSpec, servers: Mapping[str, ToolServer]) -> AgentSpec:
    """Return a description whose tools include those of the servers that it names."""
    named = [servers[name] for name in spec.tool_servers]
    asked = tuple(with_tool_servers(one, servers) for one in spec.subagents)

    def tools(task: AgentTask) -> Sequence[Tool]:
        return [*spec.tools(task), *(tool for server in named for tool in server.tools())]

    return replace(spec, subagents=asked, tools=tools if named else spec.tools)
