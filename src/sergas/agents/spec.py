"""What an agent on a model is, whatever runtime it thinks with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sergas.agents.tools.tool import Tool
from sergas.core.agents import Agent, AgentTask
from sergas.core.json import Json


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a model has delivered when it stops.

    Attributes:
        text: its last message.
        notes: what its tools noted; see `ToolContext.notes`.
    """

    text: str
    notes: Mapping[str, Json]


def _no_tools(_: AgentTask) -> Sequence[Tool]:
    return ()


def _text_of(_: AgentTask, delivery: Delivery) -> Json:
    return {"text": delivery.text}


@dataclass(frozen=True, slots=True)
class AgentSpec:
    """A description from which every runtime makes an agent.

    Attributes:
        name, title, description: as `Agent` has them.
        instructions: the system prompt, word for word.
        prompt: what the model is asked for, from the task.
        tools: what it may call; the page's own tools (`RunInput.tools`) come on top if
            `uses_frontend_tools`.
        tool_servers: names of MCP servers (`SERGAS_MCP_SERVERS`) whose tools come on top too.
        result: makes the agent's result of what the model delivered; an `AgentFailed` that it
            raises fails the attempt.
        max_turns: model calls for one result at the most, whatever the number of attempts.
        model: a model of its own, or "" for the server's.
    """

    name: str
    title: str
    description: str
    instructions: str
    prompt: Callable[[AgentTask], str]
    tools: Callable[[AgentTask], Sequence[Tool]] = _no_tools
    result: Callable[[AgentTask, Delivery], Json] = _text_of
    uses_frontend_tools: bool = False
    tool_servers: tuple[str, ...] = ()
    max_turns: int = 30
    model: str = ""


Runtime: TypeAlias = Callable[[AgentSpec], Agent]
"""Makes an agent of a description."""
