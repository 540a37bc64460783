"""What a tool is, whoever calls it: a model through any runtime, or plain Python."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from sergas.core.agents import AgentTask
from sergas.core.chunks import Progress, StatePatch
from sergas.core.json import Json, JsonObject

Approval: TypeAlias = Literal["never", "always"] | Callable[[JsonObject], bool]
"""Whether a person has to agree to a call: by its arguments, if it is a function."""


@dataclass(frozen=True, slots=True)
class ToolContext:
    """What a tool may know of its call.

    Attributes:
        call_id: the model's id of the call; unique in the agent's run.
        idempotency_key: the same whenever this very call is made again, after a crash or an
            approval; for tools that change something elsewhere.
        notes: JSON that the tools of one agent share; kept with the agent's memory, so that it
            survives a crash and an interrupt.
    """

    task: AgentTask
    call_id: str
    idempotency_key: str
    notes: dict[str, Json]


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
        call: does it; an exception is shown to the model as the call's failure.
        approval: whether a person has to agree first.
        timeout_s: a call that takes longer has failed.
        max_result_chars: a longer result is cut, and says so.
    """

    name: str
    description: str
    parameters: JsonObject
    call: Callable[[JsonObject, ToolContext], Awaitable[Answer]] = field(repr=False)
    approval: Approval = "never"
    timeout_s: float = 60.0
    max_result_chars: int = 50_000

    def needs_approval(self, arguments: JsonObject) -> bool:
        """Say whether a person has to agree to a call with these arguments."""
        return self.approval(arguments) if callable(self.approval) else self.approval == "always"
