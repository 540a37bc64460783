"""Threads over CopilotKit's routes, in the shapes that its client and its inspector read."""

from typing import Any
from uuid import uuid4

import pytest

from tests.server import Server
from tests.streams import AgUiEvent, run_body, stream

DOOR = "/api/copilotkit"
THREADS = f"{DOOR}/threads"


def a_thread(server: Server, agent: str = "script", text: str = "Go.", **script: Any) -> str:
    """Run once in a new thread of an agent, and return the thread's id."""
    said = [{"id": f"u-{uuid4()}", "role": "user", "content": text}]
    body = run_body({"name": "a", "deltas": 1, **script}, messages=said)
    stream(server, body, f"{DOOR}/agent/{agent}/run")
    return body["threadId"]


def listed(server: Server, query: str = "") -> list[AgUiEvent]:
    return server.get(f"{THREADS}?limit=200&{query}").json()["threads"]


def entry_of(server: Server, thread: str) -> AgUiEvent:
    (entry,) = [t for t in listed(server, "includeArchived=true") if t["id"] == thread]
    return entry


def test_a_thread_has_every_field_that_the_client_reads(server: Server) -> None:
    thread = a_thread(server, text="Compare  the two\nproposals")

    entry = entry_of(server, thread)

    assert entry["name"] == "Compare the two proposals"
    assert (entry["agentId"], entry["archived"]) == ("script", False)
    wanted = {"id", "organizationId", "createdById", "createdAt", "updatedAt", "lastRunAt"}
    assert wanted <= set(entry)
    assert entry["createdAt"] <= entry["lastRunAt"] <= entry["updatedAt"]


def test_a_long_first_message_is_cut_to_a_name(server: Server) -> None:
    thread = a_thread(server, text="word " * 100)

    name = entry_of(server, thread)["name"]

    assert name.endswith("…")
    assert len(name) <= 60


def test_threads_of_one_agent_can_be_listed(server: Server) -> None:
    own, other = a_thread(server), a_thread(server, agent="default")

    ids = [t["id"] for t in listed(server, "agentId=script")]

    assert own in ids
    assert other not in ids


def test_pages_follow_each_other_without_gaps_or_doubles(server: Server) -> None:
    made = [a_thread(server) for _ in range(5)]
    pages, cursor = list[list[str]](), ""
    while True:
        page = server.get(f"{THREADS}?limit=2&agentId=script&cursor={cursor}").json()
        pages.append([t["id"] for t in page["threads"]])
        cursor = page["nextCursor"]
        if cursor is None:
            break

    found = [thread for page in pages for thread in page]
    assert found[:5] == made[::-1]
    assert len(found) == len(set(found))
    assert all(len(page) == 2 for page in pages[:-1])


def test_a_thread_is_archived_and_brought_back(server: Server) -> None:
    thread = a_thread(server)

    archived = server.post(f"{THREADS}/{thread}/archive", {"agentId": "script"}).json()
    without, withal = listed(server), entry_of(server, thread)
    body: AgUiEvent = {"agentId": "script", "archived": False}
    restored = server.patch(f"{THREADS}/{thread}", body).json()

    assert archived == {"threadId": thread, "archived": True}
    assert thread not in [t["id"] for t in without]
    assert withal["archived"] is True
    assert restored["archived"] is False
    assert thread in [t["id"] for t in listed(server)]


def test_a_new_name_stays_when_the_thread_runs_again(server: Server) -> None:
    thread = a_thread(server)

    server.patch(f"{THREADS}/{thread}", {"agentId": "script", "name": "Quarterly review"})
    stream(server, run_body({"name": "a", "deltas": 1}) | {"threadId": thread})

    assert entry_of(server, thread)["name"] == "Quarterly review"


@pytest.mark.parametrize(
    "change", [{"name": ""}, {"name": 7}, {"name": "x" * 201}, {"archived": 1}]
)
def test_a_change_that_makes_no_sense_is_refused(server: Server, change: AgUiEvent) -> None:
    thread = a_thread(server)

    answer = server.patch(f"{THREADS}/{thread}", change)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


def test_messages_have_flat_tool_calls_as_the_inspector_reads_them(server: Server) -> None:
    thread = a_thread(server, tools=1)

    messages = server.get(f"{THREADS}/{thread}/messages").json()["messages"]

    assert [m["role"] for m in messages] == ["user", "activity", "assistant", "tool", "assistant"]
    (call,) = messages[2]["toolCalls"]
    assert set(call) == {"id", "name", "args"}
    assert (call["name"], call["args"]) == ("script_tool", '{"number":1}')
    assert messages[3]["toolCallId"] == call["id"]


def test_events_and_state_are_what_the_runs_left(server: Server) -> None:
    thread = a_thread(server)

    events = server.get(f"{THREADS}/{thread}/events").json()["events"]
    state = server.get(f"{THREADS}/{thread}/state").json()["state"]

    assert (events[0]["type"], events[-1]["type"]) == ("RUN_STARTED", "RUN_FINISHED")
    assert state["workflow"]["workflow_progress"] == 100


def test_an_unknown_thread_is_empty_to_the_inspector(server: Server) -> None:
    told = [
        server.get(f"{THREADS}/never-seen/{what}").json()
        for what in ("messages", "events", "state")
    ]

    assert told == [{"messages": []}, {"events": []}, {"state": None}]
