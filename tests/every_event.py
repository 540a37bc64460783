"""Every event of AG-UI 1.0, with every optional field that matters to a reader, for tables."""

from typing import Any

Event = dict[str, Any]

SUB = "r:agent:1"
IMAGE: Event = {
    "type": "image",
    "source": {"type": "data", "value": "AAAA", "mimeType": "image/png"},
}
FILE: Event = {
    "type": "document",
    "source": {"type": "file", "value": "file-1", "provider": "p", "mimeType": "application/pdf"},
}
TOLD: Event = {"type": "text", "text": "Look"}
MESSAGES: list[Event] = [
    {"id": "s", "role": "system", "content": "Be brief."},
    {"id": "d", "role": "developer", "content": "Be kind."},
    {"id": "u1", "role": "user", "content": "Hello"},
    {"id": "u2", "role": "user", "content": [TOLD, IMAGE]},
    {
        "id": "a",
        "role": "assistant",
        "content": "Hm.",
        "toolCalls": [
            {"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}}
        ],
        "subagentRunId": SUB,
    },
    {"id": "c:result", "role": "tool", "toolCallId": "c", "content": "ok", "subagentRunId": SUB},
    {"id": "r1", "role": "reasoning", "content": "Because."},
    {"id": "wf-r", "role": "activity", "activityType": "workflow_status", "content": {"a": 1}},
]
PATCH: list[Event] = [{"op": "add", "path": "/a", "value": 1}]

# Said the same in every dialect.
SAME: list[Event] = [
    {
        "type": "RUN_STARTED",
        "threadId": "t",
        "runId": "r",
        "protocolVersion": "1.0",
        "parentRunId": "p",
        "timestamp": 1,
    },
    {"type": "RUN_FINISHED", "threadId": "t", "runId": "r", "metadata": {"a": 1}},
    {
        "type": "RUN_FINISHED",
        "threadId": "t",
        "runId": "r",
        "outcome": {"type": "success"},
        "usage": [{"provider": "p", "inputTokens": 3, "cacheWriteInputTokens": 1}],
    },
    {
        "type": "RUN_FINISHED",
        "threadId": "t",
        "runId": "r",
        "outcome": {
            "type": "interrupt",
            "interrupts": [{"id": "i", "reason": "tool_call", "toolCallId": "c"}],
        },
    },
    {"type": "STEP_STARTED", "stepName": "s", "subagentRunId": SUB},
    {"type": "STEP_FINISHED", "stepName": "s", "subagentRunId": SUB},
    {"type": "TEXT_MESSAGE_START", "messageId": "m", "role": "assistant", "subagentRunId": SUB},
    {"type": "TEXT_MESSAGE_CONTENT", "messageId": "m", "delta": '"content":[ "RUN_FINISHED'},
    {"type": "TEXT_MESSAGE_END", "messageId": "m"},
    {"type": "TEXT_MESSAGE_CHUNK", "messageId": "m", "role": "assistant", "delta": "x"},
    {"type": "TOOL_CALL_START", "toolCallId": "c", "toolCallName": "f", "parentMessageId": "m"},
    {"type": "TOOL_CALL_ARGS", "toolCallId": "c", "delta": "{}"},
    {"type": "TOOL_CALL_END", "toolCallId": "c"},
    {"type": "TOOL_CALL_CHUNK", "toolCallId": "c", "toolCallName": "f", "delta": "{}"},
    {
        "type": "TOOL_CALL_RESULT",
        "messageId": "c:result",
        "toolCallId": "c",
        "content": '{"content":["text"]}',
        "role": "tool",
        "metadata": {"executionTimeMs": 1.5},
    },
    {"type": "STATE_SNAPSHOT", "snapshot": {"a": {"b": None}}},
    {"type": "STATE_DELTA", "delta": PATCH, "subagentRunId": SUB},
    {"type": "MESSAGES_SNAPSHOT", "messages": MESSAGES},
    {"type": "ACTIVITY_SNAPSHOT", "messageId": "m", "activityType": "w", "content": {"a": 1}},
    {"type": "ACTIVITY_DELTA", "messageId": "m", "activityType": "w", "patch": PATCH},
    {"type": "REASONING_START", "messageId": "m", "subagentRunId": SUB},
    {"type": "REASONING_MESSAGE_START", "messageId": "m", "role": "reasoning"},
    {"type": "REASONING_MESSAGE_CONTENT", "messageId": "m", "delta": "h"},
    {"type": "REASONING_MESSAGE_END", "messageId": "m"},
    {"type": "REASONING_MESSAGE_CHUNK", "messageId": "m", "delta": "h"},
    {"type": "REASONING_END", "messageId": "m"},
    {
        "type": "REASONING_ENCRYPTED_VALUE",
        "subtype": "message",
        "entityId": "m",
        "encryptedValue": "v",
    },
    {
        "type": "SUBAGENT_STARTED",
        "subagentRunId": f"{SUB}/1",
        "name": "helper",
        "description": "Helps.",
        "parentSubagentRunId": SUB,
        "parentToolCallId": "c",
    },
    {"type": "SUBAGENT_FINISHED", "subagentRunId": f"{SUB}/1", "outcome": {"type": "success"}},
    {"type": "SUBAGENT_ERROR", "subagentRunId": f"{SUB}/1/2", "message": "No.", "code": "c"},
    {"type": "RAW", "event": {"a": 1}, "source": "s"},
    {"type": "CUSTOM", "name": "n", "value": {"a": 1}},
]
# Said otherwise: what the log holds, and what 0.0.59 is told.
OLDER: list[tuple[Event, Event]] = [
    (
        {
            "type": "RUN_STARTED",
            "threadId": "t",
            "runId": "r",
            "input": {"threadId": "t", "runId": "r", "messages": []},
        },
        {"type": "RUN_STARTED", "threadId": "t", "runId": "r"},
    ),
    (
        {"type": "RUN_FINISHED", "threadId": "t", "runId": "r", "outcome": {"type": "cancelled"}},
        {"type": "RUN_FINISHED", "threadId": "t", "runId": "r", "metadata": {"cancelled": True}},
    ),
    (
        {
            "type": "RUN_FINISHED",
            "threadId": "t",
            "runId": "r",
            "outcome": {"type": "success", "pendingToolCallIds": ["c"]},
        },
        {"type": "RUN_FINISHED", "threadId": "t", "runId": "r", "outcome": {"type": "success"}},
    ),
    (
        {
            "type": "RUN_FINISHED",
            "threadId": "t",
            "runId": "r",
            "outcome": {
                "type": "interrupt",
                "interrupts": [{"id": "i", "reason": "x", "expiresAt": "2026-11-22T12:00:00Z"}],
            },
        },
        {
            "type": "RUN_FINISHED",
            "threadId": "t",
            "runId": "r",
            "outcome": {
                "type": "interrupt",
                "interrupts": [
                    {"id": "i", "reason": "x", "metadata": {"expiresAt": "2026-11-22T12:00:00Z"}}
                ],
            },
        },
    ),
    (
        {"type": "TOOL_CALL_RESULT", "messageId": "m", "toolCallId": "c", "content": [TOLD, TOLD]},
        {"type": "TOOL_CALL_RESULT", "messageId": "m", "toolCallId": "c", "content": "Look\nLook"},
    ),
    (
        {
            "type": "MESSAGES_SNAPSHOT",
            "messages": [
                {"id": "u", "role": "user", "content": [TOLD, FILE]},
                {"id": "t", "role": "tool", "toolCallId": "c", "content": [TOLD]},
            ],
        },
        {
            "type": "MESSAGES_SNAPSHOT",
            "messages": [
                {
                    "id": "u",
                    "role": "user",
                    "content": [
                        TOLD,
                        {"type": "binary", "mimeType": "application/pdf", "id": "file-1"},
                    ],
                },
                {"id": "t", "role": "tool", "toolCallId": "c", "content": "Look"},
            ],
        },
    ),
]
# The blueprint is told something more: what the log holds, and the form or forms it becomes.
BLUEPRINT: list[tuple[Event, list[Event]]] = [
    (
        {"type": "SUBAGENT_STARTED", "subagentRunId": SUB, "name": "agent", "metadata": {"a": 1}},
        [{"type": "AGENT_STATUS", "agent": "agent", "status": "running"}],
    ),
    (
        {
            "type": "SUBAGENT_FINISHED",
            "subagentRunId": SUB,
            "outcome": {"type": "suspended", "interruptIds": ["i"]},
        },
        [{"type": "AGENT_STATUS", "agent": "agent", "status": "completed"}],
    ),
    (
        {
            "type": "SUBAGENT_ERROR",
            "subagentRunId": SUB,
            "message": "No.",
            "code": "agent_failed",
            "metadata": {"recoverable": True, "retryAfter": 3},
        },
        [
            {
                "type": "AGENT_STATUS",
                "agent": "agent",
                "status": "error",
                "error": {
                    "code": "agent_failed",
                    "message": "No.",
                    "type": "AgentError",
                    "recoverable": True,
                    "retry_after": 3,
                },
            }
        ],
    ),
]
FAILED: Event = {
    "type": "RUN_ERROR",
    "message": "No.",
    "code": "agent_failed",
    "metadata": {"type": "AgentFailed", "recoverable": False},
}
EVERY: list[Event] = [
    *SAME,
    *(stored for stored, _ in OLDER),
    *(stored for stored, _ in BLUEPRINT),
    FAILED,
]
