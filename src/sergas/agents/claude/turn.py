"""One turn of a model: the chunks of its stream, and the whole of it after."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from sergas.agents.claude.desk import name_off_wire
from sergas.agents.models.endpoint import Endpoint
from sergas.agents.models.failures import Kind, failed
from sergas.agents.tools.calls import RequestedCall
from sergas.core.chunks import Chunk, Reasoning, Text, ToolArgs, ToolEnd, ToolStart, Usage
from sergas.core.json import Json, JsonObject, as_object, decode

_STOPS = {
    "max_tokens": Kind.OUTPUT_LIMIT,
    "refusal": Kind.REFUSED,
    "model_context_window_exceeded": Kind.CONTEXT_TOO_LONG,
}


@dataclass(slots=True)
class ModelTurn:
    """A turn as it comes in, event by event of the Messages API.

    Attributes:
        taken: ids of calls that were made before; a provider may give the same one again.
        content: its blocks, with our ids of calls.
        calls: what it wants.
        wire_ids: the model's ids of calls, by ours.
        is_complete: it came to its end.
    """

    endpoint: Endpoint
    model: str
    taken: Collection[str]
    content: list[dict[str, Json]] = field(default_factory=list[dict[str, Json]])
    calls: list[RequestedCall] = field(default_factory=list[RequestedCall])
    wire_ids: dict[str, str] = field(default_factory=dict[str, str])
    is_complete: bool = False
    _used: dict[str, Json] = field(default_factory=dict[str, Json])
    _stop: str = ""
    _arguments: str = ""

    def read(self, event: JsonObject) -> Iterator[Chunk]:
        """Take an event in and yield what it says.

        Raises:
            AgentFailed: it has not the form that the API gives it.
        """
        try:
            yield from self._read(event)
        except (KeyError, IndexError) as error:
            kind = type(error).__name__
            raise failed(Kind.PROTOCOL, self.endpoint, model=self.model, detail=kind) from None

    def demand_meant_end(self) -> None:
        """Make sure that the model stopped because it had said all.

        Raises:
            AgentFailed: it was stopped.
        """
        if self._stop in _STOPS:
            raise failed(_STOPS[self._stop], self.endpoint, model=self.model)

    def usage(self, call_id: str) -> Usage:
        """Return what the call has used so far, or in all if it is complete."""
        cached, written = self._count("cache_read_input_tokens"), self._written
        details = as_object(self._used.get("output_tokens_details"))
        thought = details.get("thinking_tokens")
        return Usage(
            provider=self.endpoint.provider.value,
            model=self.model,
            input_tokens=self._count("input_tokens") + cached + written,
            output_tokens=self._count("output_tokens"),
            reasoning_tokens=thought if isinstance(thought, int) else 0,
            cached_input_tokens=cached,
            cache_write_input_tokens=written,
            call_id=call_id,
            is_final=self.is_complete,
        )

    def _read(self, event: JsonObject) -> Iterator[Chunk]:
        match event.get("type"):
            case "message_start":
                self._used |= as_object(as_object(event["message"]).get("usage"))
            case "content_block_start":
                yield from self._begin(dict(as_object(event["content_block"])))
            case "content_block_delta":
                yield from self._continue(as_object(event["delta"]))
            case "content_block_stop":
                yield from self._finish()
            case "message_delta":
                self._stop = str(as_object(event["delta"]).get("stop_reason") or "")
                used = as_object(event.get("usage"))
                self._used |= {name: count for name, count in used.items() if count is not None}
            case "message_stop":
                self.is_complete = True
            case _:
                return

    @property
    def _written(self) -> int:
        return self._count("cache_creation_input_tokens")

    def _count(self, name: str) -> int:
        count = self._used.get(name)
        return count if isinstance(count, int) else 0

    def _begin(self, block: dict[str, Json]) -> Iterator[Chunk]:
        self.content.append(block)
        if block["type"] == "tool_use":
            wire_id, name = str(block["id"]), name_off_wire(str(block["name"]))
            own = self._own_id(wire_id)
            self.wire_ids[own] = wire_id
            self._arguments = ""
            block["id"] = own
            yield ToolStart(own, name)

    def _continue(self, delta: JsonObject) -> Iterator[Chunk]:
        block = self.content[-1]
        match delta.get("type"):
            case "text_delta":
                yield from self._said(block, "text", delta, Text)
            case "thinking_delta":
                yield from self._said(block, "thinking", delta, Reasoning)
            case "signature_delta":
                block["signature"] = f"{block.get('signature') or ''}{delta['signature']}"
            case "input_json_delta" if delta["partial_json"]:
                piece = str(delta["partial_json"])
                self._arguments += piece
                yield ToolArgs(str(block["id"]), piece)
            case _:
                return

    def _said(
        self, block: dict[str, Json], name: str, delta: JsonObject, kind: type[Text | Reasoning]
    ) -> Iterator[Chunk]:
        text = str(delta[name])
        block[name] = f"{block.get(name) or ''}{text}"
        if text:
            yield kind(text)

    def _finish(self) -> Iterator[Chunk]:
        block = self.content[-1]
        if block["type"] == "tool_use":
            own, name = str(block["id"]), name_off_wire(str(block["name"]))
            self.calls.append(RequestedCall(own, name, self._arguments))
            block["input"] = _object(self._arguments)
            yield ToolEnd(own)

    def _own_id(self, call_id: str) -> str:
        used = {*self.taken, *self.wire_ids}
        own, copies = call_id, 1
        while own in used:
            copies += 1
            own = f"{call_id}-{copies}"
        return own


def _object(arguments_json: str) -> JsonObject:
    """Return the arguments if they are an object; the API takes nothing else back."""
    try:
        return as_object(decode(arguments_json or "{}"))
    except (ValueError, RecursionError):
        return {}
