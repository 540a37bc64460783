"""LangChain messages as a graph streams them, as chunks."""

import time
from dataclasses import dataclass, field
from typing import Any, cast

from sergas.agents.adapters.langgraph_usage import MessageUsage
from sergas.core.chunks import (
    Chunk,
    Reasoning,
    Text,
    TextEnd,
    ToolArgs,
    ToolEnd,
    ToolResult,
    ToolStart,
)
from sergas.core.json import encode


@dataclass(slots=True)
class Messages:
    """What a graph's models and tools have said so far."""

    _message: str = ""
    _has_text: bool = False
    _calls: dict[str, float] = field(default_factory=dict[str, float])
    _by_index: dict[object, str] = field(default_factory=dict[object, str])
    _open_call: str = ""
    _usage: MessageUsage = field(default_factory=MessageUsage)

    def read(self, message: Any) -> list[Chunk]:
        """Return the chunks of a message, or of a piece of one."""
        kind = str(message.type)
        if kind == "tool":
            return self._result(message)
        if not kind.startswith("AIMessage") and kind != "ai":
            return []
        said: list[Chunk] = []
        if message.id != self._message:
            said = self.finish()
            self._message = str(message.id)
            self._usage = MessageUsage(str(message.id or ""))
            self._by_index.clear()
        said += [chunk for block in _blocks(message.content) for chunk in self._block(block)]
        for call in _calls(message):
            said += self._call(call)
        return [*said, *self._usage.read(message)]

    def finish(self) -> list[Chunk]:
        """Close what is open."""
        closing: list[Chunk] = [TextEnd()] if self._has_text else []
        self._has_text = False
        return [*closing, *self._complete()]

    def _block(self, block: dict[str, Any]) -> list[Chunk]:
        text = str(block.get("text") or "")
        thought = str(block.get("thinking") or block.get("reasoning") or "")
        if text:
            self._has_text = True
            return [Text(text)]
        return [Reasoning(thought)] if thought else []

    def _call(self, call: dict[str, Any]) -> list[Chunk]:
        index, call_id = call.get("index"), str(call.get("id") or "")
        said: list[Chunk] = []
        if call_id and call_id not in self._calls:
            said = [*self.finish(), ToolStart(call_id, str(call.get("name") or ""))]
            self._calls[call_id] = time.monotonic()
            self._by_index[index] = self._open_call = call_id
        arguments = call.get("args")
        text = arguments if isinstance(arguments, str) else encode(arguments or {}).decode()
        return [*said, ToolArgs(self._by_index[index], text)] if text else said

    def _complete(self) -> list[Chunk]:
        was_open, self._open_call = self._open_call, ""
        return [ToolEnd(was_open)] if was_open else []

    def _result(self, message: Any) -> list[Chunk]:
        call_id = str(message.tool_call_id)
        began = self._calls.get(call_id)
        if began is None:
            return []
        content = message.content
        text = content if isinstance(content, str) else encode(content).decode()
        took_ms = round((time.monotonic() - began) * 1000, 1)
        is_error = getattr(message, "status", "") == "error"
        return [*self.finish(), ToolResult(call_id, text, took_ms, is_error)]


def _blocks(content: Any) -> list[dict[str, Any]]:
    if isinstance(content, str):
        return [{"text": content}]
    blocks = cast("list[Any]", content)
    return [cast("dict[str, Any]", block) for block in blocks if isinstance(block, dict)]


def _calls(message: Any) -> list[dict[str, Any]]:
    if hasattr(message, "tool_call_chunks"):
        return list(message.tool_call_chunks)
    # A whole message: its calls have no index of their own.
    return [{**call, "index": place} for place, call in enumerate(message.tool_calls)]
