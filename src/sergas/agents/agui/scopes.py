"""AG-UI events of a remote agent, or of one of its subagents, as chunks: texts and tool calls."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sergas.core.chunks import (
    NestedChunk,
    Reasoning,
    Text,
    TextEnd,
    ToolArgs,
    ToolEnd,
    ToolResult,
    ToolStart,
)
from sergas.core.json import JsonObject, as_object, encode


@dataclass(slots=True)
class Call:
    """A tool call of the remote agent.

    Attributes:
        is_chunked: it has no end of its own.
    """

    name: str
    began_s: float
    is_chunked: bool = False
    arguments: str = ""
    is_complete: bool = False
    result: str | None = None


@dataclass(slots=True)
class Scopes:
    """What the remote agent has said and called so far.

    One message is open at a time for our reader, so messages that a remote server interleaves
    come in pieces, each of them a message.

    Attributes:
        texts: what its messages say, by message id, in order.
        calls: its tool calls by id, in order.
        clock: seconds, for how long a tool took.
    """

    clock: Callable[[], float]
    texts: dict[str, str] = field(default_factory=dict[str, str])
    calls: dict[str, Call] = field(default_factory=dict[str, Call])
    _open: str = ""
    _latest_call: str = ""
    _others: set[str] = field(default_factory=set[str])

    def read(self, kind: str, event: JsonObject) -> list[NestedChunk]:
        """Return the chunks of an event; one that is of no concern here gives none.

        Raises:
            KeyError: the event lacks what its type needs.
        """
        handlers: dict[str, Callable[[JsonObject], list[NestedChunk]]] = {
            "TEXT_MESSAGE_START": self._start,
            "TEXT_MESSAGE_CONTENT": self._text,
            "TEXT_MESSAGE_CHUNK": self._text,
            "TEXT_MESSAGE_END": lambda _: self._close(),
            "REASONING_MESSAGE_CONTENT": self._reasoning,
            "REASONING_MESSAGE_CHUNK": self._reasoning,
            "TOOL_CALL_START": self._call,
            "TOOL_CALL_ARGS": self._call,
            "TOOL_CALL_CHUNK": self._call,
            "TOOL_CALL_END": lambda ended: self._complete([str(ended["toolCallId"])]),
            "TOOL_CALL_RESULT": self._result,
        }
        handler = handlers.get(kind)
        return handler(event) if handler is not None else []

    def finish(self) -> list[NestedChunk]:
        """Close what the remote agent left open."""
        return [*self._close(), *self._complete(self.calls)]

    @property
    def unanswered(self) -> dict[str, str]:
        """The tool calls without a result: their tools by id."""
        return {key: call.name for key, call in self.calls.items() if call.result is None}

    def _start(self, event: JsonObject) -> list[NestedChunk]:
        message_id = str(event["messageId"])
        if event.get("role", "assistant") != "assistant":
            self._others.add(message_id)
            return []
        self.texts.setdefault(message_id, "")
        return self._switch(message_id)

    def _text(self, event: JsonObject) -> list[NestedChunk]:
        message_id = str(event.get("messageId") or self._open)
        delta = str(event.get("delta") or "")
        if not delta or message_id in self._others:
            return []
        self.texts[message_id] = self.texts.get(message_id, "") + delta
        return [*self._switch(message_id), Text(delta)]

    def _switch(self, message_id: str) -> list[NestedChunk]:
        closing = self._close() if message_id != self._open else []
        self._open = message_id
        return closing

    def _close(self) -> list[NestedChunk]:
        was_open, self._open = self._open, ""
        return [TextEnd()] if was_open else []

    def _reasoning(self, event: JsonObject) -> list[NestedChunk]:
        delta = str(event.get("delta") or "")
        return [*self._close(), Reasoning(delta)] if delta else []

    def _call(self, event: JsonObject) -> list[NestedChunk]:
        call_id = str(event.get("toolCallId") or self._latest_call)
        said: list[NestedChunk] = []
        if call_id not in self.calls:
            name, is_chunked = str(event["toolCallName"]), event.get("type") == "TOOL_CALL_CHUNK"
            chunked = [key for key, call in self.calls.items() if call.is_chunked]
            said = [*self._close(), *self._complete(chunked), ToolStart(call_id, name)]
            self.calls[call_id] = Call(name, self.clock(), is_chunked)
        self._latest_call = call_id
        delta = str(event.get("delta") or "")
        if delta:
            self.calls[call_id].arguments += delta
            said.append(ToolArgs(call_id, delta))
        return said

    def _complete(self, call_ids: Iterable[str]) -> list[NestedChunk]:
        ended = [key for key in call_ids if key in self.calls and not self.calls[key].is_complete]
        for key in ended:
            self.calls[key].is_complete = True
        return [ToolEnd(key) for key in ended]

    def _result(self, event: JsonObject) -> list[NestedChunk]:
        call_id, content = str(event["toolCallId"]), event["content"]
        text = content if isinstance(content, str) else encode(content).decode()
        call = self.calls.setdefault(call_id, Call("", self.clock(), is_complete=True))
        closing = [] if call.is_complete else self._complete([call_id])
        call.result = text
        took_ms = round((self.clock() - call.began_s) * 1000, 1)
        is_error = as_object(event.get("metadata")).get("isError") is True
        return [*self._close(), *closing, ToolResult(call_id, text, took_ms, is_error)]
