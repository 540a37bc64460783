"""Closes what is open, in an order that every client accepts: text, reasoning, tools, subagents.

What is nested is closed first, the innermost before what it is nested in.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sergas.core.json import JsonObject
from sergas.engine import events
from sergas.engine.events import AgUiEvent
from sergas.engine.fold import Fold, Scope
from sergas.engine.naming import attempt_number, is_within


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an attempt ends without a result, for its reader."""

    code: str
    message: str
    metadata: JsonObject


@dataclass(frozen=True, slots=True)
class Waiting:
    """What stays open because it waits for somebody's answer.

    Attributes:
        calls: the ids of tool calls.
        asked: the ids of interrupts, by the subagent run that waits.
    """

    calls: Sequence[str] = ()
    asked: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])

    def within(self, subagent_id: str) -> list[str] | None:
        """Return the interrupts of a subagent run and of those nested in it; None without wait."""
        inside = [ids for owner, ids in self.asked.items() if is_within(owner, subagent_id)]
        return [interrupt_id for ids in inside for interrupt_id in ids] if inside else None


_NOTHING = Waiting()


def close_scopes(
    view: Fold, subagent_id: str, reason: Reason, at_ms: int, waiting: Waiting = _NOTHING
) -> list[AgUiEvent]:
    """Return the events that close what is open in a subagent run: nested ones, messages, calls.

    A tool call without a result gets the reason as its result: no orphan stays in the thread,
    but for those that wait. A nested subagent run that waits is suspended, and no error.
    """
    closing = [
        event
        for nested_id in _nested_in(view, subagent_id)
        for event in _close_nested(view, nested_id, reason, at_ms, waiting)
    ]
    closing += [events.text_end(i, subagent_id) for i in _open(view, "text", subagent_id)]
    for message_id in _open(view, "reasoning", subagent_id):
        closing += events.reasoning_end(message_id, subagent_id)
    closing += [events.tool_end(i, subagent_id) for i in _open(view, "tool", subagent_id)]
    closing += [
        events.tool_result(call_id, subagent_id, reason.message, {"isError": True})
        for call_id, opener in view.unanswered.items()
        if opener.get("subagentRunId") == subagent_id and call_id not in waiting.calls
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
        *close_scopes(view, subagent_id, reason, at_ms),
        events.subagent_error(subagent_id, reason.message, reason.code, at_ms, metadata),
    ]


def open_attempts(view: Fold) -> list[str]:
    """Return the ids of the attempts that are open, oldest first."""
    return _nested_in(view, None)


def _nested_in(view: Fold, parent_id: str | None) -> list[str]:
    return [
        scope_id
        for (scope, scope_id), opener in view.open.items()
        if scope == "subagent" and opener.get("parentSubagentRunId") == parent_id
    ]


def _close_nested(
    view: Fold, subagent_id: str, reason: Reason, at_ms: int, waiting: Waiting
) -> list[AgUiEvent]:
    asked = waiting.within(subagent_id)
    end = (
        events.subagent_error(subagent_id, reason.message, reason.code, at_ms, reason.metadata)
        if asked is None
        else events.subagent_finished(subagent_id, at_ms, interrupt_ids=asked)
    )
    return [*close_scopes(view, subagent_id, reason, at_ms, waiting), end]


def _open(view: Fold, scope: Scope, subagent_id: str) -> list[str]:
    return [
        scope_id
        for (kind, scope_id), opener in view.open.items()
        if kind == scope and opener.get("subagentRunId") == subagent_id
    ]
