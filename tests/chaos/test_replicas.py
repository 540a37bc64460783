"""Two servers on one PostgreSQL: either shows, stops and takes over what the other began."""

import signal
import time
from collections.abc import Generator, Iterator

import pytest

from tests.postgres import Postgres, drop_database, make_database
from tests.server import Server
from tests.streams import AgUiEvent, kinds, opened, run_body, stream, text_of

FIRST = {"name": "first", "deltas": 5, "tools": 1}
LONG = {"name": "long", "deltas": 150, "delay_ms": 20, "tools": 1}
LEASE_S = 2
PORTS = (7411, 7412)


@pytest.fixture(scope="module")
def pair(
    postgres_server: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> Generator[tuple[Server, Server]]:
    """Give two servers on an empty database, not started."""
    url, folder = make_database(postgres_server), tmp_path_factory.mktemp("replicas")
    settings = {"SERGAS_DATABASE_URL": url, "SERGAS_LEASE_SECONDS": str(LEASE_S)}
    here, there = (Server(folder / str(port) / "data", port, settings) for port in PORTS)
    for server in (here, there):
        server.data_dir.mkdir(parents=True)
    try:
        yield here, there
    finally:
        here.kill()
        there.kill()
        drop_database(postgres_server, url)


@pytest.fixture
def replicas(pair: tuple[Server, Server]) -> tuple[Server, Server]:
    """Give two running servers."""
    for server in pair:
        if server.process is None:
            server.start()
    return pair


def test_a_run_is_followed_live_and_stopped_from_the_other_replica(
    replicas: tuple[Server, Server],
) -> None:
    here, there = replicas
    body = run_body(FIRST, LONG)

    with opened(here, body) as own:
        until_text_of(own, "long")
        with opened(there, None, events_path(body)) as frames:
            seen, _ = until_text_of(frames, "long")
            asked_at = time.monotonic()
            there.post(f"/api/runs/{body['runId']}/cancel", {"reason": "enough"})
            seen += [event for _, event in frames]
            took_s = time.monotonic() - asked_at

    assert took_s < 1
    assert seen[-1]["outcome"] == {"type": "cancelled"}
    assert 0 < len(text_of(seen, "long")) < 150 * 12
    assert here.get(f"/api/runs/{body['runId']}").json()["status"] == "cancelled"
    assert whole_stream(here, body) == whole_stream(there, body) == seen


def test_the_other_replica_goes_on_with_the_run_of_one_that_was_killed(
    replicas: tuple[Server, Server],
) -> None:
    here, there = replicas
    body = run_body(FIRST, LONG)
    with opened(here, body) as frames:
        seen, cursor = until_text_of(frames, "long")

    killed_at = time.monotonic()
    here.kill()
    with opened(there, None, events_path(body), **{"Last-Event-ID": cursor}) as frames:
        rest: list[tuple[str, AgUiEvent]] = []
        pause_s = 0.0
        for at, event in frames:
            if event["type"] == "SUBAGENT_ERROR":
                pause_s = time.monotonic() - killed_at
            rest.append((at, event))

    events = [*seen, *(event for _, event in rest)]
    assert pause_s < LEASE_S + 2
    seqs = [int(at.rpartition(":")[2]) for at, _ in rest]
    assert seqs == list(range(len(seen) + 1, len(events) + 1))
    started = [e["name"] for e in events if e["type"] == "SUBAGENT_STARTED"]
    assert started == ["first", "long", "long"]
    assert_ended_once(events, "RUN_FINISHED")
    assert whole_stream(there, body) == events


def test_a_replica_that_was_frozen_does_no_harm_when_it_wakes_up(
    replicas: tuple[Server, Server],
) -> None:
    here, there = replicas
    body = run_body(FIRST, LONG)
    with opened(here, body) as frames:
        until_text_of(frames, "long")

    send(here, signal.SIGSTOP)
    with opened(there, None, events_path(body)) as frames:
        until(frames, "SUBAGENT_ERROR")
        send(here, signal.SIGCONT)
        with opened(here, None, events_path(body)) as own:
            from_frozen = [event for _, event in own]

    assert_ended_once(from_frozen, "RUN_FINISHED")
    assert whole_stream(there, body) == from_frozen
    assert "run_lost" in here.log_text()
    assert here.get(f"/api/runs/{body['runId']}").json()["status"] == "completed"


def test_a_stopped_replica_hands_its_runs_over(replicas: tuple[Server, Server]) -> None:
    here, there = replicas
    body = run_body(FIRST, LONG)
    with opened(here, body) as frames:
        until_text_of(frames, "long")

    here.stop()
    events = whole_stream(there, body)

    assert_ended_once(events, "RUN_FINISHED")


def test_a_run_outlives_a_restart_of_postgresql(
    replicas: tuple[Server, Server], postgres_server: Postgres
) -> None:
    if postgres_server.folder is None:
        pytest.skip("The server is not ours to restart.")
    here, there = replicas
    body = run_body(FIRST, LONG)

    with opened(here, body) as frames:
        seen, _ = until_text_of(frames, "long")
        postgres_server.restart("immediate")
        seen += [event for _, event in frames]

    assert_ended_once(seen, "RUN_FINISHED")
    assert len(text_of(seen, "long")) == 150 * 12
    assert whole_stream(there, body) == seen
    after = run_body(FIRST)
    assert_ended_once(stream(there, after), "RUN_FINISHED")


def test_a_start_on_either_replica_of_a_busy_thread_is_refused(
    replicas: tuple[Server, Server],
) -> None:
    here, there = replicas
    body = run_body(LONG)
    with opened(here, body) as frames:
        until_text_of(frames, "long")
        refused = there.post("/api/copilotkit", run_body(FIRST, threadId=body["threadId"]))

    assert (refused.status_code, refused.json()["code"]) == (409, "thread_busy")


def test_the_list_of_threads_on_one_replica_shows_what_happens_on_the_other(
    replicas: tuple[Server, Server],
) -> None:
    here, there = replicas
    body = run_body(FIRST)
    path = f"/api/copilotkit/threads/{body['threadId']}"

    with opened(here, None, "/api/threads/stream") as frames:
        assert next(frames)[1]["type"] == "snapshot"
        stream(there, body)
        until_told(frames, id=body["threadId"], status="completed")
        there.patch(path, {"name": "Renamed there"})
        until_told(frames, id=body["threadId"], name="Renamed there")
        there.delete(path)
        until(frames, "deleted")


def send(server: Server, how: signal.Signals) -> None:
    assert server.process is not None
    server.process.send_signal(how)


def events_path(body: AgUiEvent) -> str:
    return f"/api/runs/{body['runId']}/events"


def whole_stream(server: Server, body: AgUiEvent) -> list[AgUiEvent]:
    """Follow the run from its beginning to its end."""
    with opened(server, None, events_path(body)) as frames:
        return [event for _, event in frames]


def until_text_of(
    frames: Iterator[tuple[str, AgUiEvent]], agent: str
) -> tuple[list[AgUiEvent], str]:
    """Read until an agent has spoken a little; return the events and the cursor."""
    seen: list[AgUiEvent] = []
    for cursor, event in frames:
        seen.append(event)
        if len(text_of([event], agent)) and len(text_of(seen, agent)) > 60:
            return seen, cursor
    raise AssertionError("The run ended before the agent spoke.")


def until(frames: Iterator[tuple[str, AgUiEvent]], kind: str) -> None:
    """Read until an event of this type has come."""
    for _, event in frames:
        if event["type"] == kind:
            return
    raise AssertionError(f"The run ended without {kind}.")


def until_told(frames: Iterator[tuple[str, AgUiEvent]], **wanted: str) -> None:
    """Read until a thread is told of that is as wanted."""
    for _, news in frames:
        if wanted.items() <= news.get("thread", {}).items():
            return
    raise AssertionError(f"The stream ended without a thread that has {wanted}.")


def assert_ended_once(events: list[AgUiEvent], how: str) -> None:
    assert kinds(events).count("RUN_STARTED") == 1
    assert [kind for kind in kinds(events) if kind in ("RUN_FINISHED", "RUN_ERROR")] == [how]
    assert events[-1]["type"] == how
