"""Suggestions: asked for as CopilotKit's client does it, answered without running anything."""

import json

import pytest
from ag_ui.core import Event
from pydantic import BaseModel, TypeAdapter

from tests.server import Server
from tests.streams import AgUiEvent, kinds, opened, stream

DOOR = "/api/copilotkit"
_EVENT: TypeAdapter[BaseModel] = TypeAdapter(Event)
MATCHES = [{"number": f"ACC-00{n}", "name": f"Account {n}"} for n in range(1, 5)]


def asking(thread: str, most: int = 3, **state: object) -> AgUiEvent:
    """Make the body that the client of 1.74 sends: a thread of its own and one forced tool."""
    instruction = (
        "Suggest what the user could say next. Provide clear, highly relevant suggestions by "
        f"calling the `copilotkitSuggest` tool.\nProvide at least 1 and at most {most} "
        "suggestions.\nThe user has the following tools available: []."
    )
    return {
        "threadId": thread,
        "runId": f"{thread}-run",
        "messages": [
            {"id": "u1", "role": "user", "content": "Analyze Halvorsen"},
            {"id": thread, "role": "user", "content": instruction},
        ],
        "state": state,
        "tools": [{"name": "copilotkitSuggest", "description": "Suggest", "parameters": {}}],
        "context": [],
        "forwardedProps": {
            "toolChoice": {"type": "function", "function": {"name": "copilotkitSuggest"}}
        },
    }


def suggestions_in(events: list[AgUiEvent]) -> list[dict[str, str]]:
    """Read the call's arguments, as the client does."""
    (call,) = [e for e in events if e["type"] == "TOOL_CALL_START"]
    assert call["toolCallName"] == "copilotkitSuggest"
    arguments = "".join(e["delta"] for e in events if e["type"] == "TOOL_CALL_ARGS")
    return json.loads(arguments)["suggestions"]


@pytest.mark.parametrize(
    "path", [f"{DOOR}/agent/default/suggest", f"{DOOR}/agent/default/run", DOOR]
)
def test_the_workflow_suggests_and_nothing_is_run_or_stored(server: Server, path: str) -> None:
    thread = f"suggest-{path.count('/')}-{len(path)}"

    events = stream(server, asking(thread, matches=MATCHES), path)

    assert kinds(events) == [
        "RUN_STARTED",
        "TOOL_CALL_START",
        "TOOL_CALL_ARGS",
        "TOOL_CALL_END",
        "RUN_FINISHED",
    ]
    for event in events:
        _EVENT.validate_python(event)
    assert suggestions_in(events)[0] == {
        "title": "Review Account 1",
        "message": "Analyze account ACC-001",
    }
    assert {e["threadId"] for e in events if "threadId" in e} == {thread}
    assert server.get(f"/api/runs?thread={thread}").json()["runs"] == []
    listed = server.get(f"{DOOR}/threads?includeArchived=true&limit=200").json()["threads"]
    assert thread not in [t["id"] for t in listed]


@pytest.mark.parametrize(("most", "given"), [(1, 1), (2, 2), (3, 3), (50, 3)])
def test_no_more_is_suggested_than_the_page_has_room_for(
    server: Server, most: int, given: int
) -> None:
    body = asking("suggest-room", most, matches=MATCHES)

    events = stream(server, body, f"{DOOR}/agent/account_review/suggest")

    assert len(suggestions_in(events)) == given


def test_a_workflow_without_suggestions_makes_none(server: Server) -> None:
    events = stream(server, asking("suggest-none"), f"{DOOR}/agent/script/suggest")

    assert kinds(events) == ["RUN_STARTED", "RUN_FINISHED"]


def test_suggestions_of_an_unknown_agent_are_404(server: Server) -> None:
    answer = server.post(f"{DOOR}/agent/nobody/suggest", asking("suggest-nobody"))

    assert (answer.status_code, answer.json()["code"]) == (404, "workflow_not_found")


def test_info_says_that_suggestions_can_be_had(server: Server) -> None:
    assert server.get(f"{DOOR}/info").json()["suggestions"] is True


def test_a_stream_of_suggestions_can_be_read_like_any_other(server: Server) -> None:
    with opened(server, asking("suggest-frames"), f"{DOOR}/agent/default/suggest") as frames:
        assert {cursor for cursor, _ in frames} == {""}
