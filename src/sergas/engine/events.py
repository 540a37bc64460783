"""AG-UI 1.0 events as plain dicts, with `type` first: one small function per event we send.

They hold no null and no unknown field; `tests/engine/test_events.py` checks every one of them
against the protocol's own models, so nothing is validated again on the way out.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from sergas.core.chunks import SubagentStart
from sergas.core.json import Json, JsonObject, clean

AgUiEvent: TypeAlias = dict[str, Json]
PROTOCOL_VERSION = "1.0"
MESSAGES_WITHDRAWN = "messages_withdrawn"
"""The CUSTOM event that takes messages back: what they said is said again."""


def run_started(thread_id: str, run_id: str, at_ms: int) -> AgUiEvent:
    """Open the stream."""
    return {
        "type": "RUN_STARTED",
        "threadId": thread_id,
        "runId": run_id,
        "protocolVersion": PROTOCOL_VERSION,
        "timestamp": at_ms,
    }


def run_finished(
    thread_id: str, run_id: str, at_ms: int, outcome: JsonObject, usage: Sequence[Json] = ()
) -> AgUiEvent:
    """End the stream well: success, interrupt or cancelled."""
    event: AgUiEvent = {
        "type": "RUN_FINISHED",
        "threadId": thread_id,
        "runId": run_id,
        "outcome": outcome,
        "timestamp": at_ms,
    }
    return _with(event, usage=usage)


def run_error(
    message: str, code: str, at_ms: int, metadata: JsonObject, usage: Sequence[Json] = ()
) -> AgUiEvent:
    """End the stream with an error."""
    event: AgUiEvent = {
        "type": "RUN_ERROR",
        "message": message,
        "code": code,
        "metadata": metadata,
        "timestamp": at_ms,
    }
    return _with(event, usage=usage)


def subagent_started(subagent_id: str, name: str, at_ms: int, metadata: JsonObject) -> AgUiEvent:
    """Announce one attempt of an agent."""
    return {
        "type": "SUBAGENT_STARTED",
        "subagentRunId": subagent_id,
        "name": name,
        "metadata": metadata,
        "timestamp": at_ms,
    }


def nested_subagent_started(
    subagent_id: str, parent_id: str, start: SubagentStart, at_ms: int, *, call_id: str | None
) -> AgUiEvent:
    """Announce an agent that another one asked for, maybe by a tool call."""
    event: AgUiEvent = {
        "type": "SUBAGENT_STARTED",
        "subagentRunId": subagent_id,
        "name": start.name,
        "parentSubagentRunId": parent_id,
        "timestamp": at_ms,
    }
    return _with(event, description=clean(start.description), parentToolCallId=call_id)


def subagent_finished(
    subagent_id: str,
    at_ms: int,
    *,
    interrupt_ids: Sequence[str] | None = None,
    metadata: JsonObject | None = None,
) -> AgUiEvent:
    """End an attempt: finished, or with (maybe no) interrupts suspended until it is answered."""
    outcome: JsonObject = {"type": "success"}
    if interrupt_ids is not None:
        outcome = _with({"type": "suspended"}, interruptIds=list(interrupt_ids))
    event: AgUiEvent = {
        "type": "SUBAGENT_FINISHED",
        "subagentRunId": subagent_id,
        "outcome": outcome,
    }
    return _with(event | {"timestamp": at_ms}, metadata=metadata)


def subagent_error(
    subagent_id: str, message: str, code: str, at_ms: int, metadata: JsonObject
) -> AgUiEvent:
    """End what failed, was cancelled or was lost: an attempt, or a nested subagent run."""
    event: AgUiEvent = {
        "type": "SUBAGENT_ERROR",
        "subagentRunId": subagent_id,
        "message": message,
        "code": code,
    }
    return _with(event, metadata=metadata) | {"timestamp": at_ms}


def text_start(message_id: str, subagent_id: str) -> AgUiEvent:
    """Open an assistant message."""
    return {
        "type": "TEXT_MESSAGE_START",
        "messageId": message_id,
        "role": "assistant",
        "subagentRunId": subagent_id,
    }


def text_content(message_id: str, subagent_id: str, delta: str) -> AgUiEvent:
    """Add to an open message."""
    return {
        "type": "TEXT_MESSAGE_CONTENT",
        "messageId": message_id,
        "delta": delta,
        "subagentRunId": subagent_id,
    }


def text_end(message_id: str, subagent_id: str) -> AgUiEvent:
    """Close a message."""
    return {"type": "TEXT_MESSAGE_END", "messageId": message_id, "subagentRunId": subagent_id}


def reasoning_start(message_id: str, subagent_id: str) -> list[AgUiEvent]:
    """Open a reasoning span and its message."""
    return [
        {"type": "REASONING_START", "messageId": message_id, "subagentRunId": subagent_id},
        {
            "type": "REASONING_MESSAGE_START",
            "messageId": message_id,
            "role": "reasoning",
            "subagentRunId": subagent_id,
        },
    ]


def reasoning_content(message_id: str, subagent_id: str, delta: str) -> AgUiEvent:
    """Add to an open reasoning message."""
    return {
        "type": "REASONING_MESSAGE_CONTENT",
        "messageId": message_id,
        "delta": delta,
        "subagentRunId": subagent_id,
    }


def reasoning_end(message_id: str, subagent_id: str) -> list[AgUiEvent]:
    """Close a reasoning message and its span."""
    return [
        {"type": "REASONING_MESSAGE_END", "messageId": message_id, "subagentRunId": subagent_id},
        {"type": "REASONING_END", "messageId": message_id, "subagentRunId": subagent_id},
    ]


def tool_start(call_id: str, name: str, subagent_id: str, at_ms: int) -> AgUiEvent:
    """Open a tool call."""
    return {
        "type": "TOOL_CALL_START",
        "toolCallId": call_id,
        "toolCallName": name,
        "subagentRunId": subagent_id,
        "timestamp": at_ms,
    }


def tool_args(call_id: str, subagent_id: str, delta: str) -> AgUiEvent:
    """Add to the arguments of an open tool call."""
    return {
        "type": "TOOL_CALL_ARGS",
        "toolCallId": call_id,
        "delta": delta,
        "subagentRunId": subagent_id,
    }


def tool_end(call_id: str, subagent_id: str) -> AgUiEvent:
    """Close the arguments of a tool call."""
    return {"type": "TOOL_CALL_END", "toolCallId": call_id, "subagentRunId": subagent_id}


def tool_result(
    call_id: str, subagent_id: str | None, content: str, metadata: JsonObject
) -> AgUiEvent:
    """Answer a tool call; without a subagent run if the one that made it is over."""
    event: AgUiEvent = {
        "type": "TOOL_CALL_RESULT",
        "messageId": f"{call_id}:result",
        "toolCallId": call_id,
        "content": content,
        "role": "tool",
    }
    return _with(event, subagentRunId=subagent_id, metadata=metadata)


def state_snapshot(state: JsonObject) -> AgUiEvent:
    """Give the whole shared state."""
    return {"type": "STATE_SNAPSHOT", "snapshot": state}


def state_delta(operations: Sequence[JsonObject], subagent_id: str | None = None) -> AgUiEvent:
    """Change the shared state."""
    return _with({"type": "STATE_DELTA", "delta": list(operations)}, subagentRunId=subagent_id)


def messages_snapshot(messages: Sequence[Json]) -> AgUiEvent:
    """Give the whole conversation."""
    return {"type": "MESSAGES_SNAPSHOT", "messages": list(messages)}


def messages_withdrawn(message_ids: Sequence[str]) -> AgUiEvent:
    """Take back what an attempt said that is going to be repeated."""
    value: JsonObject = {"messageIds": list(message_ids)}
    return {"type": "CUSTOM", "name": MESSAGES_WITHDRAWN, "value": value}


def activity_snapshot(
    message_id: str, activity_type: str, content: Mapping[str, Json]
) -> AgUiEvent:
    """Give a whole activity."""
    return {
        "type": "ACTIVITY_SNAPSHOT",
        "messageId": message_id,
        "activityType": activity_type,
        "content": content,
    }


def activity_delta(message_id: str, activity_type: str, patch: Sequence[JsonObject]) -> AgUiEvent:
    """Change an activity."""
    return {
        "type": "ACTIVITY_DELTA",
        "messageId": message_id,
        "activityType": activity_type,
        "patch": list(patch),
    }


def is_terminal(data: bytes) -> bool:
    """Say whether an encoded event ends a leg of a run; `type` comes first in our encoding."""
    return data.startswith((b'{"type":"RUN_FINISHED"', b'{"type":"RUN_ERROR"'))


def is_withdrawal(data: bytes) -> bool:
    """Say whether an encoded event takes messages back."""
    return data.startswith(b'{"type":"CUSTOM","name":"messages_withdrawn"')


def _with(event: AgUiEvent, **optional: Json) -> AgUiEvent:
    event.update({name: value for name, value in optional.items() if value})
    return event
