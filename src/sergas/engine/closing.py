"""Closes what is open, in an order that every client accepts: text, reasoning, tools, subagents."""

from collections.abc import Collection
from dataclasses import dataclass

from sergas.core.ids import RunId
from sergas.core.json import JsonObject
from sergas.engine import events
from sergas.engine.events import AgUiEvent
from sergas.engine.fold import Fold, Scope


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an attempt ends without a result, for its reader."""

    code: str
    message: str
    metadata: JsonObject


def close_scopes(
    view: Fold, subagent_id: str, unanswered: str, waiting: Collection[str] = ()
) -> list[AgUiEvent]:
    """Return the events that close one attempt's messages and tool calls.

    A tool call without a result gets `unanswered` as its result: no orphan stays in the thread,
    but for those `waiting` for somebody's answer.
    """
    closing = [events.text_end(i, subagent_id) for i in _open(view, "text", subagent_id)]
    for message_id in _open(view, "reasoning", subagent_id):
        closing += events.reasoning_end(message_id, subagent_id)
    closing += [events.tool_end(i, subagent_id) for i in _open(view, "tool", subagent_id)]
    closing += [
        events.tool_result(call_id, subagent_id, unanswered, {"isError": True})
        for call_id, opener in view.unanswered.items()
        if opener.get("subagentRunId") == subagent_id and call_id not in waiting
    ]
    return closing


def withdraw(view: Fold, subagent_id: str, kept: Collection[str]) -> list[AgUiEvent]:
    """Return the event that takes back what an attempt said that is going to be repeated."""
    said = [i for i in view.transcript.said_by(subagent_id) if i not in kept]
    return [events.messages_withdrawn(said)] if said else []


def close_attempt(view: Fold, subagent_id: str, reason: Reason, at_ms: int) -> list[AgUiEvent]:
    """Return the events that end an attempt which delivers nothing."""
    metadata: JsonObject = {"attempt": attempt_number(subagent_id), **reason.metadata}
    return [
        *close_scopes(view, subagent_id, reason.message),
        events.subagent_error(subagent_id, reason.message, reason.code, at_ms, metadata),
    ]


def subagent_id_of(run_id: RunId, agent: str, attempt: int) -> str:
    """Name the subagent run that an attempt is."""
    return f"{run_id}:{agent}:{attempt}"


def attempt_number(subagent_id: str) -> int:
    """Read the attempt's number from its subagent run's id."""
    return int(subagent_id.rpartition(":")[2])


def open_attempts(view: Fold) -> list[str]:
    """Return the ids of the subagent runs that are open, oldest first."""
    return [scope_id for scope, scope_id in view.open if scope == "subagent"]


def _open(view: Fold, scope: Scope, subagent_id: str) -> list[str]:
    return [
        scope_id
        for (kind, scope_id), opener in view.open.items()
        if kind == scope and opener.get("subagentRunId") == subagent_id
    ]
