"""A retry that is sent again, as clients do whose answer was lost on the way."""

from uuid import uuid4

import pytest

from tests.server import Server
from tests.streams import AgUiEvent, opened, run_body, stream

ROUTES = {"/api/runs/{}/retry": "id", "/api/copilotkit/retry/{}": "workflow_id"}


def a_failed_run(server: Server) -> AgUiEvent:
    """Start a run, wait until it has failed, and return its body."""
    body = run_body({"name": "weak", "deltas": 1, "error": "no luck"})
    assert stream(server, body)[-1]["type"] == "RUN_ERROR"
    return body


@pytest.mark.parametrize("header", ["Idempotency-Key", "X-Request-ID"])
@pytest.mark.parametrize("route", ROUTES)
def test_a_retry_with_the_same_key_is_the_same_run(server: Server, route: str, header: str) -> None:
    body, key = a_failed_run(server), {header: f"key-{uuid4()}"}
    path = route.format(body["runId"])

    answers = [server.post(path, **key) for _ in range(2)]
    new_id = answers[0].json()[ROUTES[route]]
    with opened(server, None, f"/api/runs/{new_id}/events") as frames:
        list(frames)
    answers.append(server.post(path, **key))

    assert [answer.status_code for answer in answers] == [202, 202, 202]
    assert {answer.json()[ROUTES[route]] for answer in answers} == {new_id}
    runs = server.get(f"/api/runs?thread={body['threadId']}").json()["runs"]
    assert [run["id"] for run in runs] == [new_id, body["runId"]]


def test_a_retry_with_another_key_is_another_run(server: Server) -> None:
    body = a_failed_run(server)

    ids = list[str]()
    for _ in range(2):
        answer = server.post(
            f"/api/runs/{body['runId']}/retry", **{"Idempotency-Key": str(uuid4())}
        )
        ids.append(answer.json()["id"])
        with opened(server, None, f"/api/runs/{ids[-1]}/events") as frames:
            list(frames)

    assert len(set(ids)) == 2


def test_the_key_of_another_request_is_refused(server: Server) -> None:
    body, key = a_failed_run(server), {"Idempotency-Key": f"key-{uuid4()}"}
    first = server.post(f"/api/runs/{body['runId']}/retry", **key).json()
    with opened(server, None, f"/api/runs/{first['id']}/events") as frames:
        list(frames)

    of_the_retry = server.post(f"/api/runs/{first['id']}/retry", **key)
    of_its_content = server.post("/api/runs", {**body, "runId": f"run-{uuid4()}"}, **key)

    for answer in (of_the_retry, of_its_content):
        assert (answer.status_code, answer.json()["code"]) == (422, "run_id_taken")


def test_a_run_that_waits_is_retried_once_whatever_the_key(server: Server) -> None:
    body = run_body({"name": "a", "interrupt": "Sure?"})
    stream(server, body)
    path = f"/api/runs/{body['runId']}/retry"

    answers = [server.post(path, **{"Idempotency-Key": f"key-{uuid4()}"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json()["id"] == answers[1].json()["id"]


def test_a_key_of_another_form_is_refused(server: Server) -> None:
    body = a_failed_run(server)

    answer = server.post(f"/api/runs/{body['runId']}/retry", **{"Idempotency-Key": "a b"})

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_id")
