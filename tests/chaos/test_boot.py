"""Servers that start at the same moment, and a server with room for one run."""

import time
from collections.abc import Callable, Generator
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from tests.chaos.trial.cluster import Cluster, running_cluster
from tests.postgres import Postgres, query
from tests.server import Server
from tests.streams import AgUiEvent, opened, run_body, stream, text_of

WITHIN_S = 20.0
FIRST = {"name": "a", "deltas": 100, "delay_ms": 20}
SHORT = {"name": "a", "deltas": 10, "delay_ms": 10}


def test_servers_that_start_at_once_on_an_empty_database_all_become_ready_and_work(
    postgres_server: Postgres, tmp_path: Path
) -> None:
    with running_cluster(postgres_server, tmp_path, replicas=3, settings={}) as cluster:
        bodies = [run_body(SHORT) for _ in cluster.replicas]
        own = [stream(*pair) for pair in zip(cluster.replicas, bodies, strict=True)]
        others = (*cluster.replicas[1:], cluster.replicas[0])
        seen = [whole(*pair) for pair in zip(others, bodies, strict=True)]
        applied = query(cluster.database_url, "SELECT number FROM sergas.migrations")

    assert seen == own
    assert [len(text_of(events, "a")) for events in own] == [10 * 12] * 3
    assert len(applied) == len({number for (number,) in applied}) > 0


@pytest.fixture
def narrow(postgres_server: Postgres, tmp_path: Path) -> Generator[Cluster]:
    """Give one server on PostgreSQL that has room for one run."""
    settings = {"SERGAS_MAX_ACTIVE_RUNS": "1", "SERGAS_LEASE_SECONDS": "2"}
    with running_cluster(postgres_server, tmp_path, replicas=1, settings=settings) as cluster:
        yield cluster


def test_with_room_for_one_run_the_others_follow_in_their_order(narrow: Cluster) -> None:
    (server,) = narrow.replicas
    bodies = started(server, [FIRST, SHORT, SHORT, SHORT, SHORT])

    records = [record(server, body) for body in bodies]
    ends = [whole(server, body)[-1] for body in bodies]

    assert [one.get("queuePosition") for one in records] == [None, 1, 2, 3, 4]
    assert [end["outcome"] for end in ends] == [{"type": "success"}] * 5
    assert one_after_the_other(server, bodies)


def test_a_queue_outlives_its_server(narrow: Cluster) -> None:
    (server,) = narrow.replicas
    bodies = started(server, [FIRST, SHORT, SHORT, SHORT, SHORT])

    server.kill()
    server.start()
    ends = [whole(server, body)[-1] for body in bodies]

    assert [end["outcome"] for end in ends] == [{"type": "success"}] * 5
    assert one_after_the_other(server, bodies)


def started(server: Server, agents: list[AgUiEvent]) -> list[AgUiEvent]:
    """Start a run of each agent; return their bodies when the first run is at work."""
    bodies = [run_body(agent) for agent in agents]
    for body in bodies:
        assert server.post("/api/runs", body).status_code == 202
    eventually(lambda: record(server, bodies[0])["status"] == "running")
    return bodies


def eventually(is_so: Callable[[], bool]) -> None:
    """Wait until it is so."""
    deadline = time.monotonic() + WITHIN_S
    while not is_so():
        assert time.monotonic() < deadline


def record(server: Server, body: AgUiEvent) -> AgUiEvent:
    return server.get(f"/api/runs/{body['runId']}").json()


def one_after_the_other(server: Server, bodies: list[AgUiEvent]) -> bool:
    """Say whether each run began when the one before it had ended."""
    records = [record(server, body) for body in bodies]
    return all(
        datetime.fromisoformat(before["finishedAt"]) <= datetime.fromisoformat(after["startedAt"])
        for before, after in pairwise(records)
    )


def whole(server: Server, body: AgUiEvent) -> list[AgUiEvent]:
    """Follow a run from its beginning to its end."""
    with opened(server, None, f"/api/runs/{body['runId']}/events") as frames:
        return [event for _, event in frames]
