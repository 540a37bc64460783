"""Requests for runs, most of them spoilt: property tests draw them."""

from typing import Any, TypeAlias

from hypothesis import strategies as st

from tests.odd_json import VALUES, spoilt, written

# Requests are JSON of any shape.
Drawn: TypeAlias = st.SearchStrategy[Any]

DOOR = "/api/copilotkit"
_ROUTES = (
    DOOR,
    f"{DOOR}/agent/script/run",
    f"{DOOR}/agent/default/run",
    f"{DOOR}/agent/script/connect",
    f"{DOOR}/agent/default/suggest",
    f"{DOOR}/agent/script/stop/thread-a",
    "/api/runs",
)
_METHODS = ("info", "agent/run", "agent/connect", "agent/suggest", "agent/stop", "resource/request")


def _record(required: dict[str, Drawn], optional: dict[str, Drawn] | None = None) -> Drawn:
    return st.fixed_dictionaries(required, optional=optional or {})


def _one(*values: object) -> Drawn:
    return st.sampled_from(values)


_IDS = st.one_of(_one("thread-a", "thread-b", "x"), st.uuids().map(str))
_AGENTS = _one("alpha", "beta", "gamma", "odd agent")
_PART = _record(
    {"name": _AGENTS},
    {
        "deltas": st.integers(0, 5),
        "reasoning": st.integers(0, 2),
        "tools": st.integers(0, 2),
        "interrupt": _one("", "May I?"),
        "approval": _one("", "May I?"),
        "frontend_tool": _one("", "show"),
        "echo": _one("", "context", "messages", "state"),
        "error": _one("", "It fails."),
    },
)
_SCRIPT = _record(
    {"agents": st.lists(_PART, min_size=1, max_size=3, unique_by=lambda part: str(part["name"]))},
    {"parallel": st.booleans()},
)
_SOURCE = _one(
    {"type": "data", "value": "aGk=", "mimeType": "image/png"},
    {"type": "url", "value": "https://example.org/x.png"},
    {"type": "file", "value": "file_1"},
)
_MESSAGE_PART = st.one_of(
    _record({"type": st.just("text"), "text": st.text(max_size=8)}),
    _record({"type": _one("image", "audio", "video", "document"), "source": _SOURCE}),
    _one({"type": "binary", "mimeType": "image/png", "data": "aGk="}),
)
_CALL = _one({"id": "c1", "type": "function", "function": {"name": "show", "arguments": "{}"}})
_SAID = st.text(max_size=20)
_MESSAGE = st.one_of(
    _record(
        {
            "role": _one("user", "system", "developer"),
            "content": st.one_of(_SAID, st.lists(_MESSAGE_PART, max_size=3)),
        },
        {"id": _IDS},
    ),
    _record(
        {"id": _IDS, "role": st.just("assistant")},
        {"content": _SAID, "toolCalls": st.lists(_CALL, max_size=2)},
    ),
    _record({"id": _IDS, "role": st.just("tool"), "toolCallId": st.just("c1"), "content": _SAID}),
    _record(
        {
            "id": _IDS,
            "role": st.just("activity"),
            "activityType": st.just("x"),
            "content": st.dictionaries(st.text(max_size=3), VALUES, max_size=2),
        }
    ),
)
_PROPS = _record(
    {"workflow": _one("script", "script", "script", "account_review")},
    {
        "script": _SCRIPT,
        "onBusy": _one("reject", "enqueue", "interrupt", "rollback"),
        "budget": _record({}, {"tokens": st.integers(1, 9)}),
        "agents": st.lists(_AGENTS, max_size=2),
        "toolChoice": _one({"type": "function", "function": {"name": "copilotkitSuggest"}}),
        "else": VALUES,
    },
)
_TOOL = _one({"name": "show", "description": "Shows.", "parameters": {"type": "object"}})
_ANSWER = _one(
    {"interruptId": "i", "status": "resolved", "payload": True},
    {"interrupt_id": "i", "status": "cancelled"},
)
_BODY = _record(
    {"messages": st.lists(_MESSAGE, max_size=3), "forwardedProps": _PROPS},
    {
        "threadId": _IDS,
        "runId": _IDS,
        "run_id": _IDS,
        "state": st.dictionaries(st.text(max_size=4), VALUES, max_size=3),
        "tools": st.lists(_TOOL, max_size=2),
        "context": st.lists(_record({"description": _SAID, "value": _SAID}), max_size=2),
        "resume": st.lists(_ANSWER, max_size=1),
        "protocolVersion": st.just("1.0"),
        "agents": st.lists(_AGENTS, max_size=2),
        "metadata": VALUES,
    },
)
_PARAMS = _record(
    {},
    {
        "agentId": _one("script", "default", "nobody"),
        "threadId": _IDS,
        "path": _one("/threads", "/threads/thread-a", "/threads/x/messages"),
        "httpMethod": _one("GET", "PATCH", "DELETE", "POST", "TRACE"),
    },
)
_ENVELOPE = _record({"method": _one(*_METHODS, "transcribe"), "params": _PARAMS, "body": _BODY})

REQUESTS: st.SearchStrategy[tuple[str, bytes]] = st.one_of(
    st.tuples(st.sampled_from(_ROUTES), written(spoilt(_BODY))),
    st.tuples(st.just(DOOR), written(spoilt(_ENVELOPE))),
)
"""A path, and what is posted there."""
