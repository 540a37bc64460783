"""What an agent has been through: its messages with the model, and what its last turn waits for.

This is what its `Memory` holds, so that a later attempt goes on with the next step.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

import msgspec
from pydantic import ValidationError
from pydantic_ai.messages import (
    ModelMessage,
    ModelMessagesTypeAdapter,
    ModelRequest,
    ModelResponse,
    ToolCallPart,
    ToolReturnPart,
    UserPromptPart,
)

from sergas.agents.settling import Result
from sergas.agents.tools.calls import RequestedCall
from sergas.core.json import Json, as_object


class _Stored(msgspec.Struct, frozen=True):
    messages: list[object]
    results: dict[str, Result]
    to_page: list[str]
    notes: dict[str, object]
    version: int = 1


@dataclass(slots=True)
class Story:
    """The messages so far.

    Attributes:
        results: what came of calls of the last turn that has not all of its results yet.
        to_page: the calls among them that the page runs.
        notes: what the agent's tools share.
    """

    messages: list[ModelMessage]
    results: dict[str, Result] = field(default_factory=dict[str, Result])
    to_page: tuple[str, ...] = ()
    notes: dict[str, Json] = field(default_factory=dict[str, Json])

    @property
    def data(self) -> Json:
        """The story as JSON."""
        messages = cast(
            "list[object]", ModelMessagesTypeAdapter.dump_python(self.messages, mode="json")
        )
        stored = _Stored(messages, self.results, list(self.to_page), dict(self.notes))
        return cast("Json", msgspec.to_builtins(stored))

    @property
    def turns(self) -> int:
        """How often the model has answered."""
        return sum(isinstance(message, ModelResponse) for message in self.messages)

    @property
    def waits_for_model(self) -> bool:
        """Whether the model is next to speak."""
        return isinstance(self.messages[-1], ModelRequest)

    @property
    def call_ids(self) -> frozenset[str]:
        """The ids of all calls so far."""
        return frozenset(
            part.tool_call_id for message in self.messages for part in _calls_in(message)
        )

    @property
    def open_calls(self) -> list[RequestedCall]:
        """The calls of the last turn that have no result, in the model's order."""
        return [
            RequestedCall(part.tool_call_id, part.tool_name, _as_written(part))
            for part in _calls_in(self.messages[-1])
            if part.tool_call_id not in self.results
        ]

    @property
    def last_words(self) -> str:
        """The text of the model's last turn."""
        last = self.messages[-1]
        return (last.text or "") if isinstance(last, ModelResponse) else ""

    def answer_calls(self) -> bool:
        """Tell the model the results of its last turn; False if that had no calls."""
        calls = _calls_in(self.messages[-1])
        if not calls:
            return False
        parts = [_result_part(part, self.results[part.tool_call_id]) for part in calls]
        self.messages.append(ModelRequest(parts=parts))
        self.results.clear()
        self.to_page = ()
        return True


def begun(instructions: str, prompt: str) -> Story:
    """Begin with what the model is told first."""
    request = ModelRequest(parts=[UserPromptPart(content=prompt)], instructions=instructions)
    return Story([request])


def recalled(memory: Json) -> Story | None:
    """Go on where a memory ends; None for no memory, or one that nobody can read any more."""
    if memory is None:
        return None
    try:
        stored = msgspec.convert(memory, _Stored)
        messages = ModelMessagesTypeAdapter.validate_python(stored.messages)
    except (msgspec.ValidationError, ValidationError):
        return None
    return Story(messages, dict(stored.results), tuple(stored.to_page), as_object(stored.notes))


def _calls_in(message: ModelMessage) -> Sequence[ToolCallPart]:
    if not isinstance(message, ModelResponse):
        return ()
    return [part for part in message.parts if isinstance(part, ToolCallPart)]


def _as_written(call: ToolCallPart) -> str:
    # The layer's own reading of arguments hides that they are no JSON.
    return call.args if isinstance(call.args, str) else call.args_as_json_str()


def _result_part(part: ToolCallPart, result: Result) -> ToolReturnPart:
    return ToolReturnPart(
        tool_name=part.tool_name,
        content=result.content,
        tool_call_id=part.tool_call_id,
        outcome="failed" if result.is_error else "success",
    )
