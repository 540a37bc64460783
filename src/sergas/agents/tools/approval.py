"""What a person is asked before a tool call, and what the answer means."""

from dataclasses import dataclass

from sergas.core.chunks import Interrupt
from sergas.core.errors import ToolFailed
from sergas.core.json import Json, JsonObject, as_object

_RESPONSE_SCHEMA: JsonObject = {
    "type": "object",
    "properties": {
        "approved": {"type": "boolean"},
        "editedArgs": {"type": ["object", "null"]},
        "reason": {"type": ["string", "null"]},
    },
    "required": ["approved"],
}
_REASON_CHARS = 2000


@dataclass(frozen=True, slots=True)
class Approved:
    """A person agreed.

    Attributes:
        edited: the arguments that the person wants instead, or None.
    """

    edited: dict[str, Json] | None


def question(agent: str, call_id: str, tool: str, arguments: JsonObject) -> Interrupt:
    """Return what the person is asked about a call."""
    return Interrupt(
        key=call_id,
        message=f"Allow {agent} to call {tool}?",
        reason="tool_call",
        response_schema=_RESPONSE_SCHEMA,
        call_id=call_id,
        details={"tool": tool, "arguments": arguments},
    )


def approved(answer: JsonObject) -> Approved:
    """Read the person's answer.

    Raises:
        ToolFailed: the person said no, or nothing that can be understood.
    """
    if answer.get("status") == "cancelled":
        raise ToolFailed("The person did not decide about this call; it was not made.")
    payload = as_object(answer.get("payload"))
    if payload.get("approved") is not True:
        raise ToolFailed(_refusal(payload.get("reason")))
    edited = payload.get("editedArgs")
    if edited is not None and not isinstance(edited, dict):
        raise ToolFailed("The person's edited arguments are no JSON object; it was not made.")
    return Approved(edited)


def _refusal(reason: Json) -> str:
    if not isinstance(reason, str) or not reason.strip():
        return "The person refused this call; it was not made."
    return f"The person refused this call; it was not made. Reason: {reason[:_REASON_CHARS]}"
