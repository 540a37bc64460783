"""What an agent has been through: its messages with the model, and what its last turn waits for.

This is what its `Memory` holds. A process is told it anew when it has to go on, so any process on
any replica can; nothing that a process keeps itself is needed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, cast

import msgspec

from sergas.agents.settling import Result
from sergas.agents.tools.calls import RequestedCall
from sergas.core.json import Json, JsonObject, as_object


class Said(msgspec.Struct, frozen=True):
    """A message, as the Messages API has it."""

    role: Literal["user", "assistant"]
    content: Sequence[Mapping[str, object]]


class _Call(msgspec.Struct, frozen=True):
    call_id: str
    name: str
    arguments_json: str


class _Stored(msgspec.Struct, frozen=True):
    claude: list[Said]
    calls: list[_Call]
    results: dict[str, Result]
    to_page: list[str]
    notes: dict[str, object]
    version: Literal[1] = 1


@dataclass(slots=True)
class Story:
    """The messages so far.

    Attributes:
        calls: what the last turn wants, as the model wrote it.
        results: what came of its calls, if not all of them have a result yet.
        to_page: the calls among them that the page runs.
        notes: what the agent's tools share.
    """

    messages: list[Said]
    calls: list[RequestedCall] = field(default_factory=list[RequestedCall])
    results: dict[str, Result] = field(default_factory=dict[str, Result])
    to_page: tuple[str, ...] = ()
    notes: dict[str, Json] = field(default_factory=dict[str, Json])

    @property
    def data(self) -> Json:
        """The story as JSON."""
        stored = _Stored(
            claude=self.messages,
            calls=[_Call(one.call_id, one.name, one.arguments_json) for one in self.calls],
            results=self.results,
            to_page=list(self.to_page),
            notes=dict(self.notes),
        )
        return cast("Json", msgspec.to_builtins(stored))

    @property
    def turns(self) -> int:
        """How often the model has answered."""
        return sum(message.role == "assistant" for message in self.messages)

    @property
    def waits_for_model(self) -> bool:
        """Whether the model is next to speak."""
        return self.messages[-1].role == "user"

    @property
    def call_ids(self) -> frozenset[str]:
        """The ids of all calls so far."""
        blocks = (block for message in self.messages for block in message.content)
        return frozenset(str(block["id"]) for block in blocks if block["type"] == "tool_use")

    @property
    def open_calls(self) -> list[RequestedCall]:
        """The calls of the last turn that have no result, in the model's order."""
        return [call for call in self.calls if call.call_id not in self.results]

    @property
    def last_words(self) -> str:
        """The text of the model's last turn."""
        content = self.messages[-1].content
        return "".join(str(block["text"]) for block in content if block["type"] == "text")

    def add_turn(self, content: Sequence[JsonObject], calls: Sequence[RequestedCall]) -> None:
        """Take in what the model said."""
        # The API takes no empty text back, though it may send one.
        kept = [dict(block) for block in content if block.get("text") != ""]
        self.messages.append(Said("assistant", kept))
        self.calls = list(calls)

    def answer_calls(self) -> bool:
        """Tell the model the results of its last turn; False if that had no calls."""
        if not self.calls:
            return False
        blocks = [_result_block(call.call_id, self.results[call.call_id]) for call in self.calls]
        self.messages.append(Said("user", blocks))
        self.results.clear()
        self.calls, self.to_page = [], ()
        return True


def begun(prompt: str) -> Story:
    """Begin with what the model is asked for."""
    return Story([Said("user", [{"type": "text", "text": prompt}])])


def recalled(memory: Json) -> Story | None:
    """Go on where a memory ends; None for no memory, or one that nobody can read any more."""
    if memory is None:
        return None
    try:
        stored = msgspec.convert(memory, _Stored)
    except msgspec.ValidationError:
        return None
    calls = [RequestedCall(one.call_id, one.name, one.arguments_json) for one in stored.calls]
    notes = as_object(stored.notes)
    return Story(stored.claude, calls, dict(stored.results), tuple(stored.to_page), notes)


def _result_block(call_id: str, result: Result) -> dict[str, object]:
    return {
        "type": "tool_result",
        "tool_use_id": call_id,
        "content": result.content,
        "is_error": result.is_error,
    }
