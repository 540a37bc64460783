"""Dialects: the log holds AG-UI 1.0; some readers need it said otherwise. Pure functions.

* `1.0`: as stored, with parts of messages as 1.0 has them, whoever said them.
* `0.0.59` (CopilotKit today): no outcome `cancelled`; an end on purpose is said in `metadata`.
  A success names no calls of frontend tools; the client finds them by itself.
  No `expiresAt` of an interrupt either, but in its `metadata`: that client refuses to do anything
  with a thread whose interrupt has expired, even to cancel it.
  Parts of messages as 0.0.59 has them, tools answer with text, and RUN_STARTED echoes no input.
* `blueprint`: that, and the blueprint's own `AGENT_STATUS` events and `error` object in addition.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from sergas.core.json import Json, JsonObject, as_object, decode, encode
from sergas.engine.naming import is_nested
from sergas.web.parts import in_0_0_59, in_1_0, text_of

Dialect: TypeAlias = Callable[[bytes], Sequence[bytes]]
_Said: TypeAlias = dict[str, Json]

_STATUS_OF = {
    "SUBAGENT_STARTED": "running",
    "SUBAGENT_FINISHED": "completed",
    "SUBAGENT_ERROR": "error",
}


def dialect_of(protocol_version: str | None, *, is_blueprint: bool = False) -> Dialect:
    """Choose the dialect for a client by what its request said."""
    if is_blueprint:
        return blueprint
    return current if protocol_version is not None else before_1_0


def current(event: bytes) -> Sequence[bytes]:
    """AG-UI 1.0."""
    if event.startswith(b'{"type":"MESSAGES_SNAPSHOT"') and b'"binary"' in event:
        return (encode(_with_messages(as_object(decode(event)), in_1_0)),)
    return (event,)


def before_1_0(event: bytes) -> Sequence[bytes]:
    """AG-UI 0.0.59. Most events are not even looked into."""
    for prefix, mark, write in _OLDER:
        if event.startswith(prefix) and mark in event:
            return (encode(write(as_object(decode(event)))),)
    return (event,)


def blueprint(event: bytes) -> Sequence[bytes]:
    """The blueprint's form: 0.0.59 with its own additions."""
    if not event.startswith((b'{"type":"SUBAGENT_', b'{"type":"RUN_ERROR"')):
        return before_1_0(event)
    decoded = as_object(decode(event))
    if decoded["type"] == "RUN_ERROR":
        return (encode({**decoded, "error": _error_object(decoded)}),)
    if is_nested(str(decoded["subagentRunId"])):
        # Its agents are those of the plan.
        return (event,)
    return (event, encode(_agent_status(decoded)))


def _with_messages(said: _Said, write: Callable[[JsonObject], JsonObject]) -> _Said:
    messages = said["messages"]
    written = [write(as_object(m)) for m in messages] if isinstance(messages, list) else []
    return {**said, "messages": written}


def _older_messages(said: _Said) -> _Said:
    return _with_messages(said, in_0_0_59)


def _older_result(said: _Said) -> _Said:
    parts = said["content"]
    return {**said, "content": text_of(parts) if isinstance(parts, list) else parts}


def _older_start(said: _Said) -> _Said:
    del said["input"]
    return said


def _older_end(said: _Said) -> _Said:
    match said["outcome"]:
        case {"type": "cancelled"}:
            del said["outcome"]
            said["metadata"] = {**as_object(said.get("metadata")), "cancelled": True}
        case {"type": "success"}:
            said["outcome"] = {"type": "success"}
        case {"type": "interrupt", "interrupts": list(interrupts)} as outcome:
            asked = [_without_expiry(as_object(interrupt)) for interrupt in interrupts]
            said["outcome"] = {**outcome, "interrupts": asked}
        case _:
            pass
    return said


def _without_expiry(interrupt: dict[str, Json]) -> dict[str, Json]:
    if "expiresAt" not in interrupt:
        return interrupt
    expires_at = interrupt.pop("expiresAt")
    return {
        **interrupt,
        "metadata": {**as_object(interrupt.get("metadata")), "expiresAt": expires_at},
    }


def _agent_status(event: JsonObject) -> dict[str, Json]:
    status: dict[str, Json] = {
        "type": "AGENT_STATUS",
        "agent": str(event["subagentRunId"]).split(":")[-2],
        "status": _STATUS_OF[str(event["type"])],
    }
    if event["type"] == "SUBAGENT_ERROR":
        status["error"] = _error_object(event)
    return status


def _error_object(event: JsonObject) -> dict[str, Json]:
    metadata = as_object(event.get("metadata"))
    return {
        "code": event.get("code"),
        "message": event["message"],
        "type": metadata.get("type", "AgentError"),
        "recoverable": metadata.get("recoverable", False),
        "retry_after": metadata.get("retryAfter"),
    }


# What begins so and holds the mark is to be said otherwise to 0.0.59.
_OLDER: Sequence[tuple[bytes, bytes, Callable[[_Said], _Said]]] = (
    (b'{"type":"RUN_FINISHED"', b'"outcome":', _older_end),
    (b'{"type":"MESSAGES_SNAPSHOT"', b'"content":[', _older_messages),
    (b'{"type":"TOOL_CALL_RESULT"', b'"content":[', _older_result),
    (b'{"type":"RUN_STARTED"', b'"input":', _older_start),
)
