"""The list of threads, live, from a real server."""

import threading
from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.server import Server
from tests.streams import AgUiEvent, opened, run_body, stream

STREAM = "/api/threads/stream?agentId=script&limit=200"
THREADS = "/api/copilotkit/threads"
Frames = Iterator[tuple[str, AgUiEvent]]


def run_in(server: Server, thread: str, **script: object) -> None:
    body = run_body({"name": "a", "deltas": 1, **script})
    stream(server, body | {"threadId": thread}, "/api/copilotkit/agent/script/run")


def news_of(frames: Frames, thread: str) -> Iterator[AgUiEvent]:
    """Read the news of one thread."""
    for _, news in frames:
        if thread in (news.get("threadId"), news.get("thread", {}).get("id")):
            yield news


def until(frames: Frames, thread: str, **wanted: object) -> list[AgUiEvent]:
    """Read on until a thread is told to be as wanted, and return how it was told to be."""
    seen: list[AgUiEvent] = []
    for news in news_of(frames, thread):
        seen.append(news["thread"])
        if wanted.items() <= seen[-1].items():
            return seen
    raise AssertionError(f"The stream ended: {seen}")


def test_the_stream_begins_with_the_list_and_goes_on_with_each_change(own_server: Server) -> None:
    server = own_server
    old, new = f"old-{uuid4()}", f"new-{uuid4()}"
    run_in(server, old)

    with opened(server, None, STREAM) as frames:
        cursor, snapshot = next(frames)
        run_in(server, new)
        runs = until(frames, new, status="completed")
        server.patch(f"{THREADS}/{new}", {"name": "Now with a name"})
        until(frames, new, name="Now with a name", archived=False)
        server.post(f"{THREADS}/{new}/archive", {})
        until(frames, new, name="Now with a name", archived=True)
        server.delete(f"{THREADS}/{new}")
        last = next(news for news in news_of(frames, new) if news["type"] == "deleted")

    assert (cursor, snapshot["type"], snapshot["nextCursor"]) == ("", "snapshot", None)
    listed = server.get(f"{THREADS}?agentId=script&limit=200").json()["threads"]
    in_list = next(thread for thread in listed if thread["id"] == old)
    assert in_list in snapshot["threads"]
    assert in_list["status"] == "completed"
    assert {thread["status"] for thread in runs} <= {"queued", "running", "completed"}
    assert last == {"type": "deleted", "threadId": new}


def test_a_run_that_asks_and_one_that_fails_are_told_of(server: Server) -> None:
    asking, failing = f"asks-{uuid4()}", f"fails-{uuid4()}"

    with opened(server, None, STREAM) as frames:
        next(frames)
        run_in(server, asking, interrupt="May I?")
        until(frames, asking, status="interrupted")
        run_in(server, failing, error="No.")
        until(frames, failing, status="failed")


def test_a_page_of_the_list_says_where_the_next_one_begins(server: Server) -> None:
    for _ in range(3):
        run_in(server, f"paged-{uuid4()}")

    with opened(server, None, "/api/threads/stream?agentId=script&limit=2") as frames:
        _, snapshot = next(frames)
    rest = server.get(f"{THREADS}?agentId=script&cursor={snapshot['nextCursor']}").json()

    assert len(snapshot["threads"]) == 2
    assert not {t["id"] for t in snapshot["threads"]} & {t["id"] for t in rest["threads"]}
    assert rest["threads"]


def test_the_stream_ends_when_the_server_leaves(own_server: Server) -> None:
    with opened(own_server, None, STREAM) as frames:
        assert next(frames)[1] == {"type": "snapshot", "threads": [], "nextCursor": None}
        leaving = threading.Thread(target=own_server.stop)
        leaving.start()

        assert list(frames) == []
        leaving.join(20)
    assert not leaving.is_alive()


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "includeArchived=perhaps"])
def test_a_query_that_makes_no_sense_is_refused(server: Server, query: str) -> None:
    assert server.get(f"/api/threads/stream?{query}").status_code == 422


@pytest.mark.parametrize("cursor", ["x", "12", ":a", "1:", "9" * 16 + ":a", "-1:a"])
def test_a_cursor_that_the_list_never_gave_is_refused(server: Server, cursor: str) -> None:
    answer = server.get(f"{THREADS}?cursor={cursor}")

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
