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


_MOST_LEVELS = 3


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
        subagents: whom its model may ask for help, by a tool `delegate_to_<name>` for each; see
            `agents.delegation`.
        timeout_s: how long it may take when another agent asks it.
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
    subagents: "tuple[AgentSpec, ...]" = ()
    timeout_s: float = 600.0
    max_turns: int = 30
    model: str = ""

    def __post_init__(self) -> None:
        """Refuse subagents that could not work.

        Raises:
            ValueError: one needs the page, two have one name, or they ask each other too deep.
        """
        names = [one.name for one in self.subagents]
        if len(set(names)) < len(names):
            raise ValueError(f"Two subagents of {self.name!r} have the same name; rename one.")
        for one in self.subagents:
            if one.uses_frontend_tools:
                what = f"Subagent {one.name!r} of {self.name!r} cannot use frontend tools: "
                raise ValueError(f"{what}nobody could go on with it when the page has answered.")
        if _depth(self) > _MOST_LEVELS:
            raise ValueError(f"The subagents of {self.name!r} are more than {_MOST_LEVELS} deep.")


def _depth(spec: AgentSpec) -> int:
    return max((1 + _depth(one) for one in spec.subagents), default=0)


Runtime: TypeAlias = Callable[[AgentSpec], Agent]
"""Makes an agent of a description."""
