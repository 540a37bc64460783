"""The limit of runs at work on all servers together."""

import time
from collections.abc import Generator
from contextlib import ExitStack
from itertools import cycle

import httpx
import pytest

from tests.postgres import drop_database, make_database
from tests.server import Server, free_port
from tests.streams import AgUiEvent, run_body, stream

LIMIT = {"SERGAS_MAX_RUNS_TOTAL": "2"}


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def started(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Generator[tuple[Server, ...]]:
    """Give all servers of an installation that has room for two runs."""
    folder = tmp_path_factory.mktemp("room")
    with ExitStack() as stack:
        settings, names = LIMIT, ["alone"]
        if request.param == "postgres":
            postgres = request.getfixturevalue("postgres_server")
            url = make_database(postgres)
            stack.callback(drop_database, postgres, url)
            settings, names = {**LIMIT, "SERGAS_DATABASE_URL": url}, ["here", "there"]
        servers = tuple(Server(folder / name / "data", free_port(), settings) for name in names)
        for server in servers:
            server.data_dir.mkdir(parents=True)
            server.start()
            stack.callback(server.stop)
        yield servers


@pytest.fixture
def servers(started: tuple[Server, ...]) -> Generator[tuple[Server, ...]]:
    """Give the servers, and stop whatever the test leaves at work."""
    yield started
    unfinished = started[0].get("/api/runs?status=queued&status=running").json()["runs"]
    for run in unfinished:
        started[0].post(f"/api/runs/{run['id']}/cancel")


def endless() -> AgUiEvent:
    """Make the body of a run that goes on until it is stopped."""
    return run_body({"name": "slow", "deltas": 10_000, "delay_ms": 10})


def is_refused(answer: httpx.Response) -> bool:
    """Say whether there was no room."""
    refusal = (answer.status_code, answer.headers.get("retry-after"))
    return refusal == (429, "5") and answer.json()["code"] == "too_many_runs"


def test_no_more_runs_are_at_work_on_all_servers_together_than_the_limit(
    servers: tuple[Server, ...],
) -> None:
    failed = run_body({"name": "weak", "deltas": 1, "error": "no luck"})
    stream(servers[0], failed)
    bodies, one_by_one = [endless() for _ in range(4)], cycle(servers)

    answers = [next(one_by_one).post("/api/runs", body) for body in bodies]
    retry = servers[-1].post(f"/api/runs/{failed['runId']}/retry")
    repeated = servers[-1].post("/api/runs", bodies[0])
    waiting = endless() | {"threadId": bodies[0]["threadId"]}
    waiting["forwardedProps"]["onBusy"] = "enqueue"
    enqueued = servers[-1].post("/api/runs", waiting)
    for run_id in (waiting["runId"], bodies[0]["runId"]):
        servers[0].post(f"/api/runs/{run_id}/cancel")
    deadline = time.monotonic() + 10
    while is_refused(again := servers[-1].post("/api/runs", bodies[2])):
        assert time.monotonic() < deadline

    assert [answer.status_code for answer in answers[:2]] == [202, 202]
    assert all(is_refused(answer) for answer in [*answers[2:], retry])
    assert repeated.json()["id"] == bodies[0]["runId"]
    assert enqueued.json()["queuePosition"] == 1
    assert again.status_code == 202


@pytest.mark.parametrize("changes", [{}, {"runId": "another"}])
def test_an_answer_is_taken_though_there_is_no_room_for_another_run(
    servers: tuple[Server, ...], changes: AgUiEvent
) -> None:
    asking = run_body({"name": "a", "interrupt": "Sure?"})
    (interrupt,) = stream(servers[0], asking)[-1]["outcome"]["interrupts"]
    for server in (servers[0], servers[-1]):
        assert server.post("/api/runs", endless()).status_code == 202

    resume = [{"interruptId": interrupt["id"], "status": "resolved", "payload": "yes"}]
    ended = stream(servers[-1], {**asking, **changes, "resume": resume})[-1]

    assert is_refused(servers[0].post("/api/runs", endless()))
    assert ended["outcome"] == {"type": "success"}
