"""What a killed server's runs had used is neither lost nor counted twice."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.postgres import Postgres, drop_database, make_database
from tests.server import Server, free_port
from tests.streams import AgUiEvent, opened, run_body

DELTAS, TOKENS = 100, 120
CALL = {"provider": "anthropic", "model": "claude-haiku-4-5", "input": 100, "output": 20}


@contextmanager
def killable_server(folder: Path, **settings: str) -> Generator[Server]:
    server = Server(folder / "data", free_port(), settings)
    server.data_dir.mkdir()
    server.start()
    yield server
    server.kill()


@pytest.fixture(params=["sqlite", "postgres"])
def killable(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[Server]:
    """Give a running server on each database, to kill and restart."""
    if request.param == "sqlite":
        with killable_server(tmp_path) as server:
            yield server
        return
    postgres: Postgres = request.getfixturevalue("postgres_server")
    url = make_database(postgres)
    settings = {"SERGAS_DATABASE_URL": url, "SERGAS_LEASE_SECONDS": "2"}
    with killable_server(tmp_path, **settings) as server:
        yield server
    drop_database(postgres, url)


def agent(name: str, every: int = 5) -> AgUiEvent:
    """Make an agent that reports a call now and then, and the last one when it is done."""
    usage = [CALL | {"after": n} for n in range(every, DELTAS + 1, every)]
    return {"name": name, "deltas": DELTAS, "delay_ms": 20, "usage": usage}


def shown_calls(event: AgUiEvent) -> dict[str, int]:
    """Return how many calls a change of the board tells of, by agent."""
    if event["type"] != "ACTIVITY_DELTA":
        return {}
    return {
        operation["path"].split("/")[2]: operation["value"]["calls"]
        for operation in event["patch"]
        if operation["path"].startswith("/agents/") and operation["path"].endswith("/usage")
    }


def totals_of(server: Server, body: AgUiEvent, by: str = "run") -> dict[str, Any]:
    answer = server.get(f"/api/usage?by={by}&run={body['runId']}").json()
    return {row["key"]: row["calls"] for row in answer["usage"]}


def test_usage_survives_kill_9_and_is_counted_once(killable: Server) -> None:
    body = run_body(agent("a"), agent("b"), parallel=True)

    seen = dict[str, int]()
    with opened(killable, body) as frames:
        for _, event in frames:
            seen |= shown_calls(event)
            if seen.get("a", 0) >= 4 and seen.get("b", 0) >= 4:
                break
    killable.kill()
    killable.start()
    kept = totals_of(killable, body, "agent")
    with opened(killable, None, f"/api/runs/{body['runId']}/events") as frames:
        events = [event for _, event in frames]

    assert all(kept[name] >= calls for name, calls in seen.items())
    after = totals_of(killable, body, "agent")
    second_attempts = DELTAS // 5
    # At most one call of each agent was reported between the last one that was shown and the end.
    for name, calls in seen.items():
        assert calls + second_attempts <= after[name] <= calls + second_attempts + 2
    end = events[-1]
    assert end["type"] == "RUN_FINISHED"
    assert end["usage"][0]["totalTokens"] == TOKENS * sum(after.values())
    record = killable.get(f"/api/runs/{body['runId']}").json()
    assert record["usage"]["calls"] == sum(after.values())
    assert sum(shown_calls(event).get("a", 0) == after["a"] for event in events) == 1


def test_a_budget_that_was_used_up_before_kill_9_is_still_used_up(killable: Server) -> None:
    body = run_body(agent("a"))
    body["forwardedProps"]["budget"] = {"tokens": 22 * TOKENS}

    with opened(killable, body) as frames:
        for _, event in frames:
            if shown_calls(event).get("a", 0) >= 10:
                break
    killable.kill()
    killable.start()
    with opened(killable, None, f"/api/runs/{body['runId']}/events") as frames:
        events = [event for _, event in frames]

    assert events[-1]["code"] == "budget_exceeded"
    assert totals_of(killable, body) == {body["runId"]: 23}
    changes = [o for e in events if e["type"] == "ACTIVITY_DELTA" for o in e["patch"]]
    assert sum(change["path"] == "/warnings" for change in changes) == 1
