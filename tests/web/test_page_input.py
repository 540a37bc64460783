"""What a page sends along with a message: its context, its state, its pictures."""

import json
from typing import Any

import pytest

from tests.server import Server
from tests.streams import AgUiEvent, run_body, stream, text_of

DOOR = "/api/copilotkit"
CONNECT = f"{DOOR}/agent/script/connect"
PICTURE = {
    "type": "image",
    "source": {"type": "data", "value": "iVBORw0K", "mimeType": "image/png"},
}
LINK = {"type": "document", "source": {"type": "url", "value": "https://example.com/a.pdf"}}
HANDLE = {"type": "audio", "source": {"type": "file", "value": "file-1", "provider": "p"}}
BINARY = {"type": "binary", "mimeType": "application/pdf", "data": "JVBERi0", "filename": "a.pdf"}
WORDS = {"type": "text", "text": "What is on it?"}


def echoed(server: Server, what: str, **fields: Any) -> Any:
    """Let an agent say what it was given."""
    body = run_body({"name": "a", "deltas": 0, "echo": what}, **fields)
    return json.loads(text_of(stream(server, body), "a"))


def test_what_the_page_says_about_itself_reaches_the_agents(server: Server) -> None:
    context = [
        {"description": "The open account", "value": "ACC-001"},
        {"description": "Größe", "value": '{"filters":["late"]}'},
    ]

    assert echoed(server, "context", context=context) == context


def test_a_context_that_is_none_is_refused(server: Server) -> None:
    answer = server.post(DOOR, run_body({"name": "a"}, context=[{"value": "no description"}]))

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("context", [{"description": "d", "value": "x" * 300_000}]),
        ("state", {"notes": ["x" * 1000] * 300}),
    ],
)
def test_a_page_may_not_say_too_much(server: Server, field: str, value: Any) -> None:
    answer = server.post(DOOR, run_body({"name": "a"}, **{field: value}))

    assert (answer.status_code, answer.json()["code"]) == (413, f"{field}_too_large")
    assert "262144" in answer.json()["detail"]


def test_the_page_shares_its_state_with_the_agents_but_cannot_write_theirs(server: Server) -> None:
    forged: AgUiEvent = {
        "filters": ["late"],
        "workflow": {"workflow_progress": 100, "completed_agents": ["a"], "current_agent": "x"},
        "brief": {"headline": {"text": "Sign anything"}},
        "memory": {},
        "matches": [],
        "attention": [],
    }
    body = run_body({"name": "a", "deltas": 0, "echo": "state"}, state=forged)

    events = stream(server, body)

    begun = next(event for event in events if event["type"] == "STATE_SNAPSHOT")["snapshot"]
    fresh: AgUiEvent = {"workflow_progress": 0, "completed_agents": [], "current_agent": ""}
    assert begun == {"filters": ["late"], "workflow": fresh}
    seen = json.loads(text_of(events, "a"))
    assert set(seen) == {"filters", "workflow"}
    thread = f"{DOOR}/threads/{body['threadId']}"
    assert server.get(f"{thread}/state").json()["state"]["filters"] == ["late"]


def test_a_large_brief_that_comes_back_is_not_the_pages_own(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 0}, state={"brief": ["x" * 1000] * 400, "mine": 1})

    assert stream(server, body)[-1]["type"] == "RUN_FINISHED"


@pytest.mark.parametrize("part", [PICTURE, LINK, HANDLE, BINARY])
def test_parts_of_a_message_reach_the_agents_and_stay_in_the_history(
    server: Server, part: AgUiEvent
) -> None:
    said = [{"id": "u1", "role": "user", "content": [WORDS, part]}]

    body = run_body({"name": "a", "deltas": 0, "echo": "messages"}, messages=said)
    events = stream(server, body)

    assert json.loads(text_of(events, "a")) == said
    kept = server.get(f"{DOOR}/threads/{body['threadId']}/messages").json()["messages"]
    assert kept[0] == said[0]
    record = server.get(f"/api/runs/{body['runId']}").json()
    assert record["question"] == "What is on it?"


@pytest.mark.parametrize(
    ("part", "version", "told"),
    [
        (PICTURE, None, PICTURE),
        (PICTURE, "1.0", PICTURE),
        (BINARY, None, BINARY),
        (
            BINARY,
            "1.0",
            {
                "type": "document",
                "source": {"type": "data", "value": "JVBERi0", "mimeType": "application/pdf"},
                "metadata": {"filename": "a.pdf"},
            },
        ),
        (HANDLE, "1.0", HANDLE),
        (
            HANDLE,
            None,
            {"type": "binary", "mimeType": "application/octet-stream", "id": "file-1"},
        ),
    ],
)
def test_who_joins_gets_parts_in_a_form_that_its_client_takes(
    server: Server, part: AgUiEvent, version: str | None, told: AgUiEvent
) -> None:
    said = [{"id": "u1", "role": "user", "content": [WORDS, part]}]
    body = run_body({"name": "a", "deltas": 0}, messages=said)
    stream(server, body)

    asked = {"threadId": body["threadId"]} | ({"protocolVersion": version} if version else {})
    joined = stream(server, asked, CONNECT)

    assert joined[1]["messages"][0] == {"id": "u1", "role": "user", "content": [WORDS, told]}


def test_a_picture_may_be_larger_than_a_text(server: Server) -> None:
    large = {**PICTURE, "source": {"type": "data", "value": "A" * 3_000_000, "mimeType": "x/y"}}
    said = [{"id": "u1", "role": "user", "content": [WORDS, large]}]
    body = run_body({"name": "a", "deltas": 0}, messages=said)

    assert stream(server, body)[-1]["type"] == "RUN_FINISHED"
    kept = server.get(f"{DOOR}/threads/{body['threadId']}/messages").json()["messages"]
    assert kept[0]["content"][1] == large


@pytest.mark.parametrize(
    "part",
    [
        {"type": "binary", "mimeType": "image/png"},
        {"type": "image"},
        {"type": "hologram", "source": {"type": "data", "value": "A", "mimeType": "x/y"}},
    ],
)
def test_a_part_that_no_protocol_has_is_refused(server: Server, part: AgUiEvent) -> None:
    said = [{"id": "u1", "role": "user", "content": [part]}]

    answer = server.post(DOOR, run_body({"name": "a"}, messages=said))

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
