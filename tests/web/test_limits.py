"""Limits: runs at work, and runs that wait."""

from collections.abc import Generator

import pytest

from tests.server import Server, free_port
from tests.streams import kinds, opened, run_body, stream

DOOR = "/api/copilotkit"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    """Give a server with room for two runs and one that waits."""
    limits = {"SERGAS_MAX_ACTIVE_RUNS": "2", "SERGAS_MAX_QUEUED_RUNS": "2"}
    own = Server(tmp_path_factory.mktemp("small") / "data", free_port(), limits)
    own.start()
    yield own
    own.stop()


def test_more_runs_than_the_limit_wait_and_more_than_may_wait_are_refused(small: Server) -> None:
    bodies = [run_body({"name": "slow", "deltas": 60, "delay_ms": 20}) for _ in range(5)]

    answers = [small.post("/api/runs", body) for body in bodies]
    active = small.get("/health/enhanced").json()["active_workflows"]
    repeated = small.post("/api/runs", bodies[0])
    for body in bodies[:4]:
        with opened(small, None, f"/api/runs/{body['runId']}/events") as frames:
            assert [event for _, event in frames][-1]["type"] == "RUN_FINISHED"

    assert [answer.status_code for answer in answers] == [202] * 4 + [429]
    assert answers[-1].headers["retry-after"] == "5"
    assert answers[-1].json()["code"] == "too_many_runs"
    assert active <= 2
    assert repeated.status_code == 202


def test_a_queued_run_is_cancelled_at_once_though_there_is_no_room(small: Server) -> None:
    slow = [run_body({"name": "slow", "deltas": 3000, "delay_ms": 10}) for _ in range(2)]
    for body in slow:
        small.post("/api/runs", body)
    queued = run_body({"name": "a"})
    small.post("/api/runs", queued)

    cancelled = small.post(f"/api/runs/{queued['runId']}/cancel").json()
    ended = [small.post(f"/api/runs/{body['runId']}/cancel").json()["status"] for body in slow]

    assert cancelled["status"] == "cancelled"
    assert ended == ["cancelled", "cancelled"]


def test_who_joins_before_the_run_has_begun_sees_one_beginning(small: Server) -> None:
    slow = [run_body({"name": "slow", "deltas": 3000, "delay_ms": 10}) for _ in range(2)]
    queued = run_body({"name": "a", "deltas": 2})
    for body in [*slow, queued]:
        small.post("/api/runs", body)

    with opened(small, {"threadId": queued["threadId"]}, f"{DOOR}/agent/script/connect") as frames:
        prelude = [next(frames) for _ in range(3)]
        for body in slow:
            small.post(f"/api/runs/{body['runId']}/cancel")
        rest = [event for _, event in frames]

    assert kinds([event for _, event in prelude]) == [
        "RUN_STARTED",
        "MESSAGES_SNAPSHOT",
        "STATE_SNAPSHOT",
    ]
    assert [cursor for cursor, _ in prelude] == ["", "", ""]
    assert "RUN_STARTED" not in kinds(rest)
    assert rest[-1]["outcome"] == {"type": "success"}


def test_who_joins_an_answered_run_before_it_goes_on_is_not_asked_again(small: Server) -> None:
    asking = run_body({"name": "a", "deltas": 2, "interrupt": "May I?"})
    interrupt = stream(small, asking)[-1]["outcome"]["interrupts"][0]
    slow = [run_body({"name": "slow", "deltas": 3000, "delay_ms": 10}) for _ in range(2)]
    for body in slow:
        small.post("/api/runs", body)
    resume = [{"interruptId": interrupt["id"], "status": "resolved", "payload": True}]
    small.post("/api/runs", asking | {"resume": resume})

    with opened(small, {"threadId": asking["threadId"]}, f"{DOOR}/agent/script/connect") as frames:
        prelude = [next(frames)[1] for _ in range(3)]
        for body in slow:
            small.post(f"/api/runs/{body['runId']}/cancel")
        rest = [event for _, event in frames]

    assert kinds(prelude) == ["RUN_STARTED", "MESSAGES_SNAPSHOT", "STATE_SNAPSHOT"]
    assert "RUN_STARTED" not in kinds(rest)
    assert rest[-1]["outcome"] == {"type": "success"}


def test_a_key_finds_the_run_of_a_body_without_a_thread(small: Server) -> None:
    body = {"messages": [{"role": "user", "content": "Analyze ACC-001"}]}

    first = small.post("/api/runs", body, **{"Idempotency-Key": "k1"}).json()
    second = small.post("/api/runs", body, **{"Idempotency-Key": "k1"}).json()
    other = small.post("/api/runs", body | {"state": {"a": 1}}, **{"Idempotency-Key": "k1"})

    assert second["id"] == first["id"]
    assert (other.status_code, other.json()["code"]) == (422, "run_id_taken")


@pytest.mark.parametrize("bad", ["a/b", "a?b", "a#b", "..", ".", "a%2Fb", "ü", "a\\b"])
def test_an_id_that_could_not_be_in_a_path_is_refused(small: Server, bad: str) -> None:
    answer = small.post("/api/runs", run_body({"name": "a"}) | {"threadId": bad})

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_id")


def test_the_reference_names_every_route_and_loads_nothing_from_elsewhere(small: Server) -> None:
    page = small.get("/docs").text

    for path in ("/api/copilotkit/agent/{agent_id}/run", "/api/runs/{run_id}/events", "/livez"):
        assert path in page
    assert "https://" not in page


def test_a_stream_of_a_run_that_waits_is_silent_until_it_begins(small: Server) -> None:
    first = run_body({"name": "slow", "deltas": 30, "delay_ms": 10})
    second = run_body({"name": "a", "deltas": 1}) | {"threadId": first["threadId"]}
    second["forwardedProps"]["onBusy"] = "enqueue"
    small.post("/api/runs", first)

    events = stream(small, second)

    assert events[0]["type"] == "RUN_STARTED"
    assert events[-1]["outcome"] == {"type": "success"}
