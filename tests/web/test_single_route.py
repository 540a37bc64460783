"""CopilotKit's single-route form: one POST that stands for each of the routes."""

from typing import Any

import pytest

from tests.server import Server
from tests.streams import AgUiEvent, kinds, opened, run_body, stream

DOOR = "/api/copilotkit"


def envelope(method: str, body: object = None, **params: str) -> AgUiEvent:
    wrapped: AgUiEvent = {"method": method}
    if params:
        wrapped["params"] = params
    return wrapped | ({} if body is None else {"body": body})


def resource(server: Server, http_method: str, path: str, body: object = None) -> Any:
    answer = server.post(
        DOOR, envelope("resource/request", body, path=path, httpMethod=http_method)
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_info_says_the_same_in_both_forms_and_offers_threads_in_this_one(server: Server) -> None:
    info = server.post(DOOR, envelope("info")).json()

    assert info == server.get(f"{DOOR}/info").json()
    assert info["singleRoute"]["resourceOperations"] is True
    assert info["singleRoute"]["threadEndpoints"] == info["threadEndpoints"]


def test_a_run_is_started_continued_and_stopped_over_one_route(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 3000, "delay_ms": 10})
    ids = {"agentId": "script", "threadId": body["threadId"]}

    with opened(server, envelope("agent/run", body, agentId="script")) as frames:
        first = [next(frames) for _ in range(8)]
        stop = envelope("agent/stop", {"runId": body["runId"]}, **ids)
        stopped = server.post(DOOR, stop).json()
    connect = envelope("agent/connect", {"threadId": body["threadId"]}, agentId="script")
    with opened(server, connect, **{"Last-Event-ID": first[-1][0]}) as frames:
        rest = list(frames)

    assert stopped["stopped"] is True
    assert stopped["interrupt"]["code"] == "STOPPED"
    assert [cursor for cursor, _ in [*first, *rest]] == [
        f"{body['runId']}:{seq}" for seq in range(1, len(first) + len(rest) + 1)
    ]
    assert rest[-1][1]["metadata"] == {"cancelled": True}


def test_stopping_without_a_body_stops_nothing_where_nothing_runs(server: Server) -> None:
    stop = envelope("agent/stop", agentId="script", threadId="quiet-thread")

    assert server.post(DOOR, stop).json()["stopped"] is False


def test_threads_are_listed_renamed_archived_and_deleted_over_one_route(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 1})
    stream(server, envelope("agent/run", body, agentId="script"))
    thread = f"/threads/{body['threadId']}"

    renamed = resource(server, "PATCH", thread, {"agentId": "script", "name": "One route: 100 %"})
    archived = resource(server, "POST", f"{thread}/archive", {"agentId": "script"})
    listed = resource(server, "GET", "/threads?agentId=script&includeArchived=true&limit=200")
    messages = resource(server, "GET", f"{thread}/messages")
    deleted = resource(server, "DELETE", thread, {"agentId": "script"})

    assert renamed["name"] == "One route: 100 %"
    assert archived == {"threadId": body["threadId"], "archived": True}
    (entry,) = [t for t in listed["threads"] if t["id"] == body["threadId"]]
    assert (entry["archived"], entry["name"]) == (True, "One route: 100 %")
    assert [m["role"] for m in messages["messages"]] == ["user", "activity", "assistant"]
    assert deleted == {"threadId": body["threadId"], "deleted": True}
    assert resource(server, "GET", f"{thread}/messages") == {"messages": []}


@pytest.mark.parametrize(
    ("wrapped", "status", "code"),
    [
        (envelope("agent/fly"), 400, "invalid_request"),
        (envelope("agent/run", {"threadId": "t"}, agentId="nobody"), 404, "workflow_not_found"),
        (envelope("agent/run", {"threadId": "t"}, agentId="../info"), 422, "invalid_id"),
        (envelope("agent/stop", agentId="script"), 422, "invalid_id"),
        (envelope("resource/request", path="/info", httpMethod="GET"), 400, "invalid_request"),
        (envelope("resource/request", path="/threadsX", httpMethod="GET"), 400, "invalid_request"),
        (envelope("resource/request", path="/threads", httpMethod="PUT"), 405,
         "method_not_allowed"),
        (envelope("resource/request", path="/threads?limit=0"), 422, "invalid_request"),
        (envelope("resource/request"), 400, "invalid_request"),
    ],
)  # fmt: skip
def test_an_envelope_that_stands_for_no_route_is_refused(
    server: Server, wrapped: AgUiEvent, status: int, code: str
) -> None:
    answer = server.post(DOOR, wrapped)

    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


def test_an_envelope_needs_a_token_like_every_route(server: Server) -> None:
    answer = server.post(DOOR, envelope("info"), Authorization="Bearer wrong")

    assert answer.status_code == 401


def test_suggestions_come_over_one_route_too(server: Server) -> None:
    body = run_body()
    asked = envelope("agent/suggest", body, agentId="account_review")

    assert kinds(stream(server, asked))[-1] == "RUN_FINISHED"
