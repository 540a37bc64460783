"""What an agent of a script asks of a person and of the page, and what it does with the answers."""

from collections.abc import Mapping

from sergas.agents.script_parts import Part
from sergas.core.agents import AgentTask
from sergas.core.chunks import (
    Chunk,
    FrontendTool,
    Interrupt,
    ToolArgs,
    ToolEnd,
    ToolResult,
    ToolStart,
)
from sergas.core.json import Json, JsonObject, as_object, encode

FRONTEND_CALL = "frontend"
_APPROVAL_CALL = "approval"
_APPROVAL_SCHEMA: JsonObject = {
    "type": "object",
    "properties": {"approved": {"type": "boolean"}, "editedArgs": {"type": ["object", "null"]}},
    "required": ["approved"],
}


def ask(part: Part, task: AgentTask) -> list[Chunk]:
    """Return the questions that have no answer yet; none means that the agent can work."""
    calls: list[Chunk] = []
    waits: list[Chunk] = []
    if part.interrupt and "answer" not in task.answers:
        waits.append(Interrupt("answer", part.interrupt, expires_at=part.expires_at or None))
    if part.approval and _APPROVAL_CALL not in task.answers:
        calls += _call(_APPROVAL_CALL, "script_tool", {"number": 3})
        asked = Interrupt(
            _APPROVAL_CALL,
            part.approval,
            reason="tool_call",
            response_schema=_APPROVAL_SCHEMA,
            call_id=_APPROVAL_CALL,
        )
        waits.append(asked)
    if part.frontend_tool and FRONTEND_CALL not in task.answers:
        calls += _call(FRONTEND_CALL, part.frontend_tool, as_object(part.frontend_arguments))
        waits.append(FrontendTool(FRONTEND_CALL))
    return [*calls, *waits]


def approved_call(part: Part, task: AgentTask) -> list[Chunk]:
    """Return the result of the call that a person has decided about."""
    answer = task.answers.get(_APPROVAL_CALL)
    if not part.approval or answer is None:
        return []
    payload = as_object(answer.get("payload"))
    if answer.get("status") == "cancelled" or payload.get("approved") is not True:
        return [ToolResult(_APPROVAL_CALL, "The person said no.", 0, is_error=True)]
    number = as_object(payload.get("editedArgs")).get("number", 3)
    squared = number * number if isinstance(number, int) else None
    return [ToolResult(_APPROVAL_CALL, encode({"square": squared}).decode(), 0)]


async def square(number: int) -> Json:
    """Return a number with its square: the tool of every script."""
    return {"number": number, "square": number * number}


def _call(call_id: str, tool: str, arguments: Mapping[str, Json]) -> list[Chunk]:
    return [
        ToolStart(call_id, tool),
        ToolArgs(call_id, encode(arguments).decode()),
        ToolEnd(call_id),
    ]
