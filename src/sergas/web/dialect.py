"""Dialects: the log holds AG-UI 1.0; some readers need it said otherwise. Pure functions.

* `1.0`: as stored.
* `0.0.59` (CopilotKit today): no outcome `cancelled`; an end on purpose is said in `metadata`.
  A success names no calls of frontend tools; the client finds them by itself.
  No `expiresAt` of an interrupt either, but in its `metadata`: that client refuses to do anything
  with a thread whose interrupt has expired, even to cancel it.
* `blueprint`: that, and the blueprint's own `AGENT_STATUS` events and `error` object in addition.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from sergas.core.json import Json, JsonObject, as_object, decode, encode

Dialect: TypeAlias = Callable[[bytes], Sequence[bytes]]

_RUN_FINISHED = b'{"type":"RUN_FINISHED"'
_BLUEPRINT_PREFIXES = (b'{"type":"SUBAGENT_', b'{"type":"RUN_ERROR"', _RUN_FINISHED)
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
    """AG-UI 1.0: as stored."""
    return (event,)


def before_1_0(event: bytes) -> Sequence[bytes]:
    """AG-UI 0.0.59: no outcome `cancelled`, no `pendingToolCallIds`, no expiry of interrupts."""
    if not event.startswith(_RUN_FINISHED):
        return (event,)
    finished = as_object(decode(event))
    match finished.get("outcome"):
        case {"type": "cancelled"}:
            del finished["outcome"]
            finished["metadata"] = {**as_object(finished.get("metadata")), "cancelled": True}
        case {"type": "success", "pendingToolCallIds": _}:
            finished["outcome"] = {"type": "success"}
        case {"type": "interrupt", "interrupts": list(interrupts)} as outcome:
            asked = [_without_expiry(as_object(interrupt)) for interrupt in interrupts]
            finished["outcome"] = {**outcome, "interrupts": asked}
        case _:
            return (event,)
    return (encode(finished),)


def blueprint(event: bytes) -> Sequence[bytes]:
    """The blueprint's form: 0.0.59 with its own additions."""
    if not event.startswith(_BLUEPRINT_PREFIXES):
        return (event,)
    decoded = as_object(decode(event))
    if decoded["type"] == "RUN_ERROR":
        return (encode({**decoded, "error": _error_object(decoded)}),)
    if decoded["type"] in _STATUS_OF:
        return (event, encode(_agent_status(decoded)))
    return before_1_0(event)


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
