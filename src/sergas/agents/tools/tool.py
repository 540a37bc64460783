"""What a tool is, whoever calls it: a model through any runtime, or plain Python."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from sergas.core.agents import AgentTask
from sergas.core.chunks import (
    Nested,
    Progress,
    StatePatch,
    SubagentEnd,
    SubagentStart,
    ToolResult,
    Usage,
)
from sergas.core.json import Json, JsonObject

Approval: TypeAlias = Literal["never", "always"] | Callable[[JsonObject], bool]
"""Whether a person has to agree to a call: by its arguments, if it is a function."""

TOOL_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What the models of all providers take as a tool's name."""


Shown: TypeAlias = StatePatch | Progress | Usage | SubagentStart | Nested | SubagentEnd
"""What a call may show besides its result."""

Say: TypeAlias = Callable[[Shown | ToolResult], Awaitable[None]]
"""Shows it at once; who awaits it goes on when it has been shown, counted, and is durable."""


def _say_nothing(_: Shown | ToolResult) -> Awaitable[None]:
    heard: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    heard.set_result(None)
    return heard


@dataclass(frozen=True, slots=True)
class ToolContext:
    """What a tool may know of its call.

    Attributes:
        call_id: the model's id of the call; unique in the agent's run.
        idempotency_key: the same whenever this very call is made again, after a crash or an
            approval; for tools that change something elsewhere.
        notes: JSON that the tools of one agent share; kept with the agent's memory, so that it
            survives a crash and an interrupt.
        say: shows something while the call runs; for agents that run as tools.
    """

    task: AgentTask
    call_id: str
    idempotency_key: str
    notes: dict[str, Json]
    say: Say = _say_nothing


@dataclass(frozen=True, slots=True)
class ToolOutput:
    """What a tool delivers, if it does more than answer.

    Attributes:
        content: the answer to the model (JSON; text stays text).
        shown: what the page sees besides: changes of the state, progress.
    """

    content: Json
    shown: tuple[StatePatch | Progress, ...] = ()


Answer: TypeAlias = "Json | ToolOutput"


@dataclass(frozen=True, slots=True)
class Tool:
    """Something that a model can ask for.

    Attributes:
        name: letters, digits, underscores and hyphens, at most 64.
        description: what it does and when to use it, for the model.
        parameters: JSON Schema of the arguments, an object.
        call: does it. The model reads the message of a `ToolFailed` (or another error of ours);
            of any other exception it learns the class alone, for messages may hold secrets.
        approval: whether a person has to agree first.
        timeout_s: a call that takes longer is stopped and has failed.
        max_result_chars: a longer result is cut, and says so.
    """

    name: str
    description: str
    parameters: JsonObject
    call: Callable[[JsonObject, ToolContext], Awaitable[Answer]] = field(repr=False)
    approval: Approval = "never"
    timeout_s: float = 60.0
    max_result_chars: int = 50_000

    def __post_init__(self) -> None:
        """Refuse what no model would take.

        Raises:
            ValueError: the name, the time-out or the size cap makes no sense.
        """
        if not TOOL_NAME.fullmatch(self.name):
            what = f"{self.name!r} is no name for a tool; use 1-64 letters, digits, '_' and '-'."
            raise ValueError(what)
        if self.timeout_s <= 0 or self.max_result_chars < 1:
            raise ValueError(f"Tool {self.name!r} needs timeout_s and max_result_chars above 0.")

    def needs_approval(self, arguments: JsonObject) -> bool:
        """Say whether a person has to agree to a call with these arguments."""
        return self.approval(arguments) if callable(self.approval) else self.approval == "always"
