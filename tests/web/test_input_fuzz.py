"""Any JSON in any place of a request: never a 500, never a hang, nothing left behind.

What comes of a request is a problem document, or a stream that holds what a stream has to hold.
"""

import re
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import httpx
import pytest
from hypothesis import HealthCheck, given, settings

from tests.conformance.wire import Dialect, Expected, events, problem_faults, problems
from tests.odd_requests import DOOR, REQUESTS
from tests.postgres import Postgres, drop_database, make_database
from tests.server import Server, serving
from tests.streams import kinds, run_body, stream

ENDS_WITHIN_S = 20.0
JSON = {"Content-Type": "application/json"}
ENDS = {"RUN_FINISHED", "RUN_ERROR"}
HARD = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
WITH_NUL = {
    "/api/runs/%00": 404,
    "/api/runs?thread=%00": 200,
    "/api/runs?before=%00": 200,
    "/api/usage?by=run&run=%00": 200,
    "/api/usage?by=run&after=%00": 200,
    f"{DOOR}/status/%00": 404,
    f"{DOOR}/threads?agentId=%00": 200,
    f"{DOOR}/threads?cursor=1:%00": 200,
    f"{DOOR}/threads/%00/messages": 200,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    status: int
    media_type: str
    content: bytes


@pytest.fixture(params=["sqlite", "postgres"])
def tried(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[Server]:
    """Give a server of the test's own, on each of the stores."""
    if request.param == "sqlite":
        with serving(tmp_path / "own") as server:
            yield server
        return
    postgres: Postgres = request.getfixturevalue("postgres_server")
    url = make_database(postgres)
    with serving(tmp_path / "own", SERGAS_DATABASE_URL=url) as server:
        yield server
    drop_database(postgres, url)


@pytest.mark.timeout(180)
def test_no_input_breaks_the_server_or_leaves_anything_behind(tried: Server) -> None:
    with httpx.Client(headers={**tried.headers, **JSON}, timeout=ENDS_WITHIN_S) as client:
        before = tasks_at_rest(client, tried)

        @HARD
        @given(REQUESTS)
        def try_one(request: tuple[str, bytes]) -> None:
            path, content = request
            answer = answer_to(client, tried.url + path, content)
            assert faults(answer) == [], answer.content

        try_one()

        assert tasks_at_rest(client, tried, at_most=before) <= before
        assert unfinished(client, tried) == []
    assert kinds(stream(tried, run_body({"name": "a"})))[-1] == "RUN_FINISHED"


def test_nul_in_an_address_or_a_name_is_only_a_letter(tried: Server) -> None:
    body = run_body({"name": "a"})
    stream(tried, body)
    renamed = tried.patch(f"{DOOR}/threads/{body['threadId']}", {"name": "a\0b"})
    unknown = run_body() | {"forwardedProps": {"workflow": "\0"}}

    assert renamed.status_code == 200
    assert renamed.json()["name"] in ("a\0b", "a\ufffdb")
    assert kinds(stream(tried, unknown))[-1] == "RUN_ERROR"
    assert {path: tried.get(path).status_code for path in WITH_NUL} == WITH_NUL
    assert tried.post("/api/runs/%00/cancel").status_code == 404
    assert tried.delete(f"{DOOR}/threads/%00").status_code == 200


@pytest.mark.timeout(120)
def test_readers_who_leave_in_the_middle_leave_nothing_behind(own_server: Server) -> None:
    with httpx.Client(headers={**own_server.headers, **JSON}, timeout=ENDS_WITHIN_S) as client:
        before = tasks_at_rest(client, own_server)

        for number in range(12):
            body = run_body({"name": "a", "deltas": 60, "delay_ms": 5})
            with client.stream("POST", own_server.url + DOOR, json=body) as answer:
                for _, _line in zip(range(number), answer.iter_lines(), strict=False):
                    pass
                assert tasks(client, own_server) > before

        assert tasks_at_rest(client, own_server, at_most=before) <= before
        assert unfinished(client, own_server) == []


def answer_to(client: httpx.Client, url: str, content: bytes) -> Answer:
    """Read the answer to a request to its end, which has to come in time."""
    began = time.monotonic()
    with client.stream("POST", url, content=content) as answer:
        pieces = list[bytes]()
        for piece in answer.iter_bytes():
            pieces.append(piece)
            assert time.monotonic() - began < ENDS_WITHIN_S, "The stream does not end."
    media_type = answer.headers.get("content-type", "").partition(";")[0]
    return Answer(answer.status_code, media_type, b"".join(pieces))


def faults(answer: Answer) -> list[str]:
    """Return everything that is wrong with an answer."""
    if answer.status >= 500:
        return [f"status {answer.status}"]
    if answer.status >= 400:
        document = httpx.Response(answer.status, content=answer.content).json()
        return problem_faults(answer.status, answer.media_type, document)
    if answer.media_type != "text/event-stream" or not answer.content:
        return []
    return stream_faults(answer.content)


def stream_faults(content: bytes) -> list[str]:
    """Return what is wrong with a stream, in the dialect and of the kind that fits it best."""
    said = events(content)
    if b'"AGENT_STATUS"' in content or b'"error":{"code"' in content:
        # The blueprint's additions, which the strict check knows nothing of.
        return [] if ENDS & set(kinds(said)[-1:]) else [f"ends with {kinds(said)[-1:]}"]
    cursors = re.findall(rb"^id: .*:(\d+)$", content, re.MULTILINE)
    start = next((event for event in said if event.get("type") == "RUN_STARTED"), None)
    if start is None:
        return ["no RUN_STARTED"]
    thread_id, run_id = str(start.get("threadId")), str(start.get("runId"))
    fits = [
        problems(content, Expected(thread_id, run_id, dialect, after, is_join))
        for dialect in get_args(Dialect)
        for is_join in (False, True)
        for after in {0, int(cursors[0]) - 1 if cursors else 0}
    ]
    found = min(fits, key=len)
    # Suggestions, and the prelude of a run that has not begun, are not to be continued.
    return found if cursors else [fault for fault in found if not fault.endswith("no cursor")]


def tasks_at_rest(client: httpx.Client, server: Server, at_most: int | None = None) -> int:
    """Return how many tasks the server's event loop has, once no run is at work."""
    deadline = time.monotonic() + ENDS_WITHIN_S
    while True:
        found = tasks(client, server)
        at_rest = not unfinished(client, server) and (at_most is None or found <= at_most)
        if at_rest or time.monotonic() > deadline:
            return found


def tasks(client: httpx.Client, server: Server) -> int:
    """Return how many tasks the server's event loop has now."""
    metrics = client.get(f"{server.url}/metrics").text
    found = re.search(r"^sergas_event_loop_tasks (\S+)$", metrics, re.MULTILINE)
    assert found is not None, metrics
    return int(float(found[1]))


def unfinished(client: httpx.Client, server: Server) -> list[Any]:
    """Return the runs that are not over."""
    answer = client.get(f"{server.url}/api/runs?status=queued&status=running&limit=5")
    return list(answer.json()["runs"])
