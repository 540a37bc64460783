"""What requests may hold, as JSON schemas for the OpenAPI document; `run_input` and others read it.

The schemas say what is sensible. Much else is taken, because clients leave things out.
"""

from sergas.core.json import JsonObject
from sergas.telemetry.metrics import PageMeasure

_ID: JsonObject = {"type": "string", "pattern": r"^[A-Za-z0-9._~:@+=,\-]{1,200}$"}
_OBJECT: JsonObject = {"type": "object"}
_OBJECTS: JsonObject = {"type": "array", "items": _OBJECT}
_BUDGET: JsonObject = {
    "type": "object",
    "properties": {
        name: {"type": "number", "exclusiveMinimum": 0}
        for name in ("tokens", "costUsd", "toolCalls", "seconds")
    },
}
_MESSAGE: JsonObject = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "minLength": 1},
        "role": {"enum": ["user", "assistant", "system", "developer", "tool", "activity"]},
        "content": {},
    },
    "required": ["role"],
}
RUN_INPUT: JsonObject = {
    "type": "object",
    "description": "AG-UI RunAgentInput; what is left out is filled in.",
    "properties": {
        "protocolVersion": {"type": "string"},
        "threadId": _ID,
        "runId": _ID,
        "messages": {"type": "array", "items": _MESSAGE},
        "state": {},
        "tools": _OBJECTS,
        "context": _OBJECTS,
        "forwardedProps": {
            "type": "object",
            "properties": {
                "workflow": {"type": "string"},
                "agents": {"type": "array", "items": {"type": "string"}},
                "onBusy": {"enum": ["reject", "enqueue", "interrupt", "rollback"]},
                "budget": _BUDGET,
            },
        },
        "resume": _OBJECTS,
        "agents": {"type": "array", "items": {"type": "string"}},
        "metadata": _OBJECT,
    },
}
ENVELOPE: JsonObject = {
    "type": "object",
    "description": "CopilotKit's single-route envelope.",
    "properties": {"method": {"type": "string"}, "params": _OBJECT, "body": _OBJECT},
    "required": ["method"],
}
DOOR_BODY: JsonObject = {"anyOf": [RUN_INPUT, ENVELOPE]}
CONNECT: JsonObject = {
    "type": "object",
    "properties": {"threadId": _ID, "protocolVersion": {"type": "string"}},
    "required": ["threadId"],
}
STOP: JsonObject = {"type": "object", "properties": {"runId": _ID}}
REASON: JsonObject = {"type": "object", "properties": {"reason": {"type": "string"}}}
RETRY: JsonObject = {"type": "object", "properties": {"budget": _BUDGET}}
THREAD_CHANGE: JsonObject = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 200},
        "archived": {"type": "boolean"},
    },
}
_SAMPLE: JsonObject = {
    "type": "object",
    "properties": {
        "measure": {"enum": [measure.value for measure in PageMeasure]},
        "ms": {"type": "number", "minimum": 0, "maximum": 600_000},
    },
    "required": ["measure", "ms"],
    "additionalProperties": False,
}
PAGE_REPORT: JsonObject = {
    "type": "object",
    "properties": {
        "samples": {"type": "array", "items": _SAMPLE, "maxItems": 500},
        "errors": {"type": "integer", "minimum": 0, "maximum": 100},
    },
    "additionalProperties": False,
}
