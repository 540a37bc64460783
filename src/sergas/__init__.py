"""Sergas: durable multi-agent runs for CopilotKit, from Python.

This is the public API for whoever writes agents and workflows.
"""

from sergas.agents.adapters.langgraph import LangGraphAgent
from sergas.agents.adapters.pydantic_ai import pydantic_ai_agent
from sergas.agents.agui.agent import AgUiAgent, AgUiEvents
from sergas.agents.remote.agent import remote_agent
from sergas.agents.remote.server import RemoteServer
from sergas.agents.spec import AgentSpec, Delivery, Runtime
from sergas.agents.tools.call import ToolCall
from sergas.agents.tools.function import tool
from sergas.agents.tools.tool import Tool, ToolContext, ToolOutput
from sergas.core.accounts import SourceUnavailable
from sergas.core.agents import (
    Agent,
    AgentTask,
    RunInput,
    Suggestion,
    UsesModel,
    UsesProvider,
    Work,
    Workflow,
)
from sergas.core.budget import Budget
from sergas.core.chunks import (
    Chunk,
    Done,
    FrontendTool,
    Interrupt,
    Memory,
    Nested,
    Progress,
    Reasoning,
    StatePatch,
    SubagentEnd,
    SubagentStart,
    Text,
    TextEnd,
    ToolArgs,
    ToolEnd,
    ToolResult,
    ToolStart,
    Usage,
)
from sergas.core.errors import AgentFailed, ToolFailed
from sergas.core.json import Json, JsonObject

__all__ = [
    "AgUiAgent",
    "AgUiEvents",
    "Agent",
    "AgentFailed",
    "AgentSpec",
    "AgentTask",
    "Budget",
    "Chunk",
    "Delivery",
    "Done",
    "FrontendTool",
    "Interrupt",
    "Json",
    "JsonObject",
    "LangGraphAgent",
    "Memory",
    "Nested",
    "Progress",
    "Reasoning",
    "RemoteServer",
    "RunInput",
    "Runtime",
    "SourceUnavailable",
    "StatePatch",
    "SubagentEnd",
    "SubagentStart",
    "Suggestion",
    "Text",
    "TextEnd",
    "Tool",
    "ToolArgs",
    "ToolCall",
    "ToolContext",
    "ToolEnd",
    "ToolFailed",
    "ToolOutput",
    "ToolResult",
    "ToolStart",
    "Usage",
    "UsesModel",
    "UsesProvider",
    "Work",
    "Workflow",
    "pydantic_ai_agent",
    "remote_agent",
    "tool",
]
