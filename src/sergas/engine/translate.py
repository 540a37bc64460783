"""Turns what one attempt of an agent says (chunks) into AG-UI events. No I/O, no clock.

One translator serves one attempt. It makes all ids from the attempt's own id, so that an attempt
after a crash never continues a message that another one opened. What is left open when the attempt
ends is closed by `engine.closing`, from the fold.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sergas.core.chunks import (
    Chunk,
    Reasoning,
    StatePatch,
    Text,
    TextEnd,
    ToolArgs,
    ToolEnd,
    ToolResult,
    ToolStart,
)
from sergas.core.errors import AgentFailed
from sergas.core.json import JsonObject, clean
from sergas.engine import events
from sergas.engine.events import AgUiEvent


@dataclass(slots=True)
class Translator:
    """The open scopes of one attempt.

    Attributes:
        subagent_id: id of the subagent run that this attempt is.
        earlier: ids of tool calls that an earlier attempt left waiting, by the agent's own ids.
        tool_calls: how many tool calls began.
    """

    subagent_id: str
    earlier: Mapping[str, str] = field(default_factory=dict[str, str])
    tool_calls: int = 0
    _messages: int = 0
    _text: str | None = None
    _reasoning: str | None = None
    _args: set[str] = field(default_factory=set[str])
    _unanswered: dict[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        """Expect the results of what waits."""
        self._unanswered.update(dict.fromkeys(self.earlier.values(), ""))

    def translate(self, chunk: Chunk, at_ms: int) -> list[AgUiEvent]:
        """Return the events of a chunk said at a time; chunks not for the reader give none.

        Raises:
            AgentFailed: the chunk breaks the agent's contract (a tool call answered twice, ...).
        """
        match chunk:
            case Text(delta):
                return self._say(clean(delta))
            case TextEnd():
                return self._close_text()
            case Reasoning(delta):
                return self._think(clean(delta))
            case ToolStart() | ToolArgs() | ToolEnd() | ToolResult():
                return self._tool(chunk, at_ms)
            case StatePatch(operations):
                return [events.state_delta(operations, self.subagent_id)]
            case _:
                return []

    def waiting_call(self, call_id: str) -> tuple[str, str]:
        """Return the id and the tool of a call that began, is complete and has no result.

        Raises:
            AgentFailed: there is no such call.
        """
        own = self._id(call_id)
        is_open = own in self._unanswered and own not in self._args
        _demand(is_open, "it waits for a tool call that is not open", own)
        return own, self._unanswered[own]

    def _say(self, delta: str) -> list[AgUiEvent]:
        if self._text is not None:
            return [events.text_content(self._text, self.subagent_id, delta)]
        self._messages += 1
        self._text = f"{self.subagent_id}:m{self._messages}"
        return [
            *self._close_reasoning(),
            events.text_start(self._text, self.subagent_id),
            events.text_content(self._text, self.subagent_id, delta),
        ]

    def _close_text(self) -> list[AgUiEvent]:
        if self._text is None:
            return []
        closed, self._text = self._text, None
        return [events.text_end(closed, self.subagent_id)]

    def _think(self, delta: str) -> list[AgUiEvent]:
        if self._reasoning is not None:
            return [events.reasoning_content(self._reasoning, self.subagent_id, delta)]
        self._messages += 1
        self._reasoning = f"{self.subagent_id}:r{self._messages}"
        return [
            *self._close_text(),
            *events.reasoning_start(self._reasoning, self.subagent_id),
            events.reasoning_content(self._reasoning, self.subagent_id, delta),
        ]

    def _close_reasoning(self) -> list[AgUiEvent]:
        if self._reasoning is None:
            return []
        closed, self._reasoning = self._reasoning, None
        return events.reasoning_end(closed, self.subagent_id)

    def _tool(
        self, chunk: ToolStart | ToolArgs | ToolEnd | ToolResult, at_ms: int
    ) -> list[AgUiEvent]:
        call_id = self._id(chunk.call_id)
        match chunk:
            case ToolStart(name=name):
                _demand(call_id not in self._unanswered, "a tool call began twice", call_id)
                self._args.add(call_id)
                self._unanswered[call_id] = name
                self.tool_calls += 1
                closing = [*self._close_text(), *self._close_reasoning()]
                return [*closing, events.tool_start(call_id, name, self.subagent_id, at_ms)]
            case ToolArgs(delta=delta):
                _demand(call_id in self._args, "arguments came outside a tool call", call_id)
                return [events.tool_args(call_id, self.subagent_id, clean(delta))]
            case ToolEnd():
                _demand(call_id in self._args, "a tool call ended that had not begun", call_id)
                self._args.discard(call_id)
                return [events.tool_end(call_id, self.subagent_id)]
            case ToolResult():
                return self._answer(call_id, chunk)

    def _id(self, call_id: str) -> str:
        earlier = self.earlier.get(call_id, "")
        return earlier if earlier in self._unanswered else f"{self.subagent_id}:{call_id}"

    def _answer(self, call_id: str, chunk: ToolResult) -> list[AgUiEvent]:
        is_open = call_id in self._unanswered and call_id not in self._args
        _demand(is_open, "a result came for a tool call that was not waiting for one", call_id)
        del self._unanswered[call_id]
        metadata: JsonObject = {"executionTimeMs": chunk.execution_ms}
        if chunk.is_error:
            metadata = {**metadata, "isError": True}
        return [events.tool_result(call_id, self.subagent_id, clean(chunk.content), metadata)]


def _demand(condition: bool, what: str, call_id: str) -> None:
    if not condition:
        raise AgentFailed(
            f"The agent broke its contract: {what} ({call_id!r}).", code="agent_contract"
        )
