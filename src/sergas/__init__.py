"""Sergas: durable multi-agent runs for CopilotKit, from Python.

This is the public API for whoever writes agents and workflows.
"""

from sergas.agents.tools import ToolCall
from sergas.core.agents import Agent, AgentTask, RunInput, Suggestion, Work, Workflow
from sergas.core.chunks import (
    Chunk,
    Done,
    FrontendTool,
    Interrupt,
    Memory,
    Progress,
    Reasoning,
    StatePatch,
    Text,
    TextEnd,
    ToolArgs,
    ToolEnd,
    ToolResult,
    ToolStart,
    Usage,
)
from sergas.core.errors import AgentFailed
from sergas.core.json import Json, JsonObject

__all__ = [
    "Agent",
    "AgentFailed",
    "AgentTask",
    "Chunk",
    "Done",
    "FrontendTool",
    "Interrupt",
    "Json",
    "JsonObject",
    "Memory",
    "Progress",
    "Reasoning",
    "RunInput",
    "StatePatch",
    "Suggestion",
    "Text",
    "TextEnd",
    "ToolArgs",
    "ToolCall",
    "ToolEnd",
    "ToolResult",
    "ToolStart",
    "Usage",
    "Work",
    "Workflow",
]
