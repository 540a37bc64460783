"""The tool calls of one model turn, on their way from the model's words to their results."""

from dataclasses import dataclass
from typing import TypeAlias

from sergas.agents.tools.tool import Shown, Tool
from sergas.core.chunks import FrontendTool, Interrupt, ToolResult
from sergas.core.json import JsonObject

Said: TypeAlias = ToolResult | Shown
"""What running calls makes an agent say."""


@dataclass(frozen=True, slots=True)
class ToolSchema:
    """What a model is told of a tool, the server's or the page's."""

    name: str
    description: str
    parameters: JsonObject


@dataclass(frozen=True, slots=True)
class RequestedCall:
    """A call as the model wrote it; nothing of it is checked.

    Attributes:
        call_id: unique in the agent's run.
        arguments_json: the arguments as text, "" for none.
    """

    call_id: str
    name: str
    arguments_json: str


@dataclass(frozen=True, slots=True)
class Granted:
    """A call that may run: its arguments fit, and a person agreed if that was needed.

    Attributes:
        note: what the model has to know besides the result, or "".
    """

    call_id: str
    tool: Tool
    arguments: JsonObject
    note: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A call that must not run: its result is an error that says why."""

    call_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What becomes of the calls of one model turn, each in the model's order.

    Attributes:
        to_run: for `ToolBox.run`, now.
        to_approve: the questions to yield after the agent's `Memory`.
        to_page: the frontend tools to wait for, yielded likewise.
    """

    to_run: tuple[Granted | Refused, ...]
    to_approve: tuple[Interrupt, ...]
    to_page: tuple[FrontendTool, ...]

    @property
    def waits(self) -> tuple[Interrupt | FrontendTool, ...]:
        """Everything that the agent's turn ends with; nothing means that the model goes on."""
        return (*self.to_approve, *self.to_page)
