"""What a chunk has to hold, whatever its type says: it comes from somebody's code. Pure.

An event made of anything else would be invalid, and one invalid event ends a CopilotKit stream
without a word.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from sergas.core import chunks
from sergas.core.errors import AgentFailed
from sergas.core.json import encode

_Check: TypeAlias = Callable[[object], bool]
_MOST_TOKENS = 2**53 - 1


def demand_chunk(said: object) -> None:
    """Make sure that what an agent said is a chunk, and whole.

    Raises:
        AgentFailed: it is not.
    """
    fields = _FIELDS.get(type(said))
    if fields is None:
        what = f"The agent yielded something of type {type(said).__name__}, which is no chunk."
        raise _broken(f"{what} Chunks are Text, Progress, Done and so on, of sergas.")
    for name, is_right in fields:
        if not is_right(getattr(said, name)):
            kind, value = type(said).__name__, type(getattr(said, name)).__name__
            wanted = _WANTED.get(is_right, "what its class says")
            what = f"The {name} of the agent's {kind} has to be {wanted}"
            raise _broken(f"{what}; this one, of type {value}, is not.")
    if isinstance(said, chunks.Nested):
        demand_chunk(said.chunk)


def _broken(what: str) -> AgentFailed:
    return AgentFailed(what, code="agent_contract")


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_label(value: object) -> bool:
    """Say whether it is a text that is sent as it is, so UTF-8 has to have a form for it."""
    return isinstance(value, str) and (value.isascii() or _is_json(value))


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= _MOST_TOKENS


def _is_percent(value: object) -> bool:
    return value is None or type(value) is int


def _is_number(value: object) -> bool:
    return type(value) is int or (isinstance(value, float) and math.isfinite(value))


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_json(value: object) -> bool:
    try:
        encode(value)
    except (TypeError, ValueError):
        return False
    return True


def _is_object(value: object) -> bool:
    return _is_json(value) and isinstance(value, Mapping)


def _is_patch(value: object) -> bool:
    if not isinstance(value, list | tuple):
        return False
    # Whether they apply is found out by applying them.
    operations: list[object] = [*value]
    return all(isinstance(operation, Mapping) for operation in operations)


def _is_nested(value: object) -> bool:
    return isinstance(value, chunks.NESTED_CHUNK_TYPES)


def _or_none(is_right: _Check) -> _Check:
    return lambda value: value is None or is_right(value)


_WANTED: Mapping[_Check, str] = {
    _is_text: "text",
    _is_label: "text that UTF-8 can hold",
    _is_count: "a whole number from 0",
    _is_percent: "a whole number or None",
    _is_number: "a number",
    _is_flag: "True or False",
    _is_json: "made of dicts with texts as keys, lists, texts, numbers, booleans and None",
    _is_patch: "a tuple of JSON Patch operations",
    _is_nested: "a chunk",
}
_FIELDS: Mapping[type, Sequence[tuple[str, _Check]]] = {
    chunks.Text: (("delta", _is_text),),
    chunks.TextEnd: (),
    chunks.Reasoning: (("delta", _is_text),),
    chunks.ToolStart: (("call_id", _is_label), ("name", _is_label)),
    chunks.ToolArgs: (("call_id", _is_label), ("delta", _is_text)),
    chunks.ToolEnd: (("call_id", _is_label),),
    chunks.ToolResult: (
        ("call_id", _is_label),
        ("content", _is_text),
        ("execution_ms", _is_number),
        ("is_error", _is_flag),
    ),
    chunks.StatePatch: (("operations", _is_patch),),
    chunks.Progress: (("percent", _is_percent), ("task", _is_text)),
    chunks.Interrupt: (
        ("key", _is_label),
        ("message", _is_label),
        ("reason", _is_label),
        ("response_schema", _or_none(_is_object)),
        ("expires_at", _or_none(_is_label)),
        ("call_id", _or_none(_is_label)),
        ("details", _or_none(_is_object)),
    ),
    chunks.FrontendTool: (("call_id", _is_label),),
    chunks.Memory: (("data", _is_json),),
    chunks.Usage: (
        ("provider", _is_label),
        ("model", _is_label),
        ("input_tokens", _is_count),
        ("output_tokens", _is_count),
        ("reasoning_tokens", _is_count),
        ("cached_input_tokens", _is_count),
        ("cache_write_input_tokens", _is_count),
        ("call_id", _is_label),
        ("is_final", _is_flag),
    ),
    chunks.SubagentStart: (
        ("subagent_id", _is_label),
        ("name", _is_label),
        ("description", _is_text),
        ("call_id", _or_none(_is_label)),
    ),
    chunks.SubagentEnd: (
        ("subagent_id", _is_label),
        ("error", _or_none(_is_text)),
        ("code", _is_label),
    ),
    chunks.Nested: (("subagent_id", _is_label), ("chunk", _is_nested)),
    chunks.Done: (("result", _is_json),),
}
