"""Turns what one attempt of an agent says (chunks) into AG-UI events. No I/O, no clock.

One translator serves one attempt, or one subagent run that is nested in it. It makes all ids from
its own id, so that an attempt after a crash never continues a message that another one opened. What
is left open at the end is closed by `engine.closing`, from the fold.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sergas.core.chunks import (
    Chunk,
    Nested,
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
)
from sergas.core.errors import AgentFailed
from sergas.core.json import JsonObject, clean
from sergas.engine import events
from sergas.engine.events import AgUiEvent
from sergas.engine.naming import nested_id


@dataclass(slots=True)
class Translator:
    """The open scopes of one subagent run.

    Attributes:
        subagent_id: id of the subagent run: of an attempt, or nested in one.
        earlier: ids of tool calls that an earlier attempt left waiting, by the agent's own ids.
        tool_calls: how many tool calls began, nested ones included.
    """

    subagent_id: str
    earlier: Mapping[str, str] = field(default_factory=dict[str, str])
    tool_calls: int = 0
    _messages: int = 0
    _text: str | None = None
    _reasoning: str | None = None
    _args: set[str] = field(default_factory=set[str])
    _unanswered: dict[str, str] = field(default_factory=dict[str, str])
    _nested: "dict[str, Translator]" = field(default_factory=dict[str, "Translator"])
    _began: int = 0

    def __post_init__(self) -> None:
        """Expect the results of what waits."""
        self._unanswered.update(dict.fromkeys(self.earlier.values(), ""))

    def translate(self, chunk: Chunk, at_ms: int) -> list[AgUiEvent]:
        """Return the events of a chunk said at a time; chunks not for the reader give none.

        Raises:
            AgentFailed: the chunk breaks the agent's contract (a tool call answered twice, ...).
        """
        match chunk:
            case Text() | TextEnd() | Reasoning():
                return self._speak(chunk)
            case ToolStart() | ToolArgs() | ToolEnd() | ToolResult():
                return self._tool(chunk, at_ms)
            case StatePatch(operations):
                return [events.state_delta(operations, self.subagent_id)]
            case SubagentStart() | Nested() | SubagentEnd():
                return self._subagent(chunk, at_ms)
            case _:
                return []

    def ended(self, chunk: Chunk) -> str | None:
        """Return the id of the nested subagent run that a chunk is going to end, if it ends one."""
        match chunk:
            case Nested(subagent_id, said) if subagent_id in self._nested:
                return self._nested[subagent_id].ended(said)
            case SubagentEnd(subagent_id) if subagent_id in self._nested:
                return self._nested[subagent_id].subagent_id
            case _:
                return None

    def of(self, chunk: Chunk) -> "Translator":
        """Return the translator of whoever says a chunk, which may be nested.

        Raises:
            AgentFailed: no such nested subagent run is open.
        """
        match chunk:
            case Nested(subagent_id, said):
                return self._opened(subagent_id).of(said)
            case _:
                return self

    def waiting_call(self, call_id: str) -> tuple[str, str]:
        """Return the id and the tool of a call that began, is complete and has no result.

        Raises:
            AgentFailed: there is no such call.
        """
        own = self._id(call_id)
        is_open = own in self._unanswered and own not in self._args
        _demand(is_open, "it waits for a tool call that is not open", own)
        return own, self._unanswered[own]

    def _speak(self, chunk: Text | TextEnd | Reasoning) -> list[AgUiEvent]:
        match chunk:
            case Text(delta):
                return self._say(clean(delta))
            case TextEnd():
                return self._close_text()
            case Reasoning(delta):
                return self._think(clean(delta))

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

    def _subagent(self, chunk: SubagentStart | Nested | SubagentEnd, at_ms: int) -> list[AgUiEvent]:
        match chunk:
            case SubagentStart():
                return self._start(chunk, at_ms)
            case Nested(subagent_id, said):
                return self._nest(subagent_id, said, at_ms)
            case SubagentEnd():
                return [self._end(chunk, at_ms)]

    def _start(self, start: SubagentStart, at_ms: int) -> list[AgUiEvent]:
        is_new = start.subagent_id not in self._nested
        _demand(is_new, "a nested subagent run began twice", start.subagent_id)
        call_id = None if start.call_id is None else self._id(start.call_id)
        is_asked = call_id is None or call_id in self._unanswered
        _demand(is_asked, "a nested subagent run began for a tool call that is not open", call_id)
        self._began += 1
        nested = Translator(nested_id(self.subagent_id, self._began))
        self._nested[start.subagent_id] = nested
        started = events.nested_subagent_started(
            nested.subagent_id, self.subagent_id, start, at_ms, call_id=call_id
        )
        return [*self._close_text(), *self._close_reasoning(), started]

    def _nest(self, subagent_id: str, said: Chunk, at_ms: int) -> list[AgUiEvent]:
        nested = self._opened(subagent_id)
        before = nested.tool_calls
        told = nested.translate(said, at_ms)
        self.tool_calls += nested.tool_calls - before
        return told

    def _end(self, end: SubagentEnd, at_ms: int) -> AgUiEvent:
        ended = self._opened(end.subagent_id).subagent_id
        del self._nested[end.subagent_id]
        if end.error is None:
            return events.subagent_finished(ended, at_ms)
        return events.subagent_error(ended, clean(end.error), end.code, at_ms, {})

    def _opened(self, subagent_id: str) -> "Translator":
        is_open = subagent_id in self._nested
        _demand(is_open, "it spoke of a nested subagent run that is not open", subagent_id)
        return self._nested[subagent_id]

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


def _demand(condition: bool, what: str, about: str | None) -> None:
    if not condition:
        raise AgentFailed(
            f"The agent broke its contract: {what} ({about!r}).", code="agent_contract"
        )
