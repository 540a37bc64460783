"""Bad input gets a clear problem document, never a 500, and nothing is lost."""

import httpx
import pytest

from tests.server import Server
from tests.streams import opened, run_body, stream

DOOR = "/api/copilotkit"
JSON = {"Content-Type": "application/json"}


def assert_problem(answer: httpx.Response, status: int, code: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] == code
    assert problem["status"] == status
    assert len(problem["detail"]) > 10
    assert problem["requestId"] == answer.headers["x-request-id"]


@pytest.mark.parametrize(
    "authorization", ["", "Bearer wrong", "Bearer", "Basic dGVzdA==", "Bearer test-token2"]
)
@pytest.mark.parametrize("path", ["/api/copilotkit", "/api/runs"])
def test_a_caller_without_a_valid_token_gets_401(
    server: Server, authorization: str, path: str
) -> None:
    headers = {"Authorization": authorization} if authorization else {}

    answer = httpx.post(server.url + path, json=run_body({"name": "a"}), headers=headers)

    assert_problem(answer, 401, "unauthorized")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "path",
    [
        "/api/copilotkit/info",
        "/api/copilotkit/threads",
        "/api/runs",
        "/metrics",
        "/health/enhanced",
    ],
)
def test_every_reading_route_wants_a_token_too(server: Server, path: str) -> None:
    assert_problem(httpx.get(server.url + path), 401, "unauthorized")


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 400, "invalid_json"),
        (b"   ", 400, "invalid_json"),
        (b"not json", 400, "invalid_json"),
        (b'{"threadId": "a"', 400, "invalid_json"),
        (b"\xff\xfe\x00", 400, "invalid_json"),
        (b'"text"', 422, "invalid_request"),
        (b"[]", 422, "invalid_request"),
        (b"null", 422, "invalid_request"),
        (b'{"messages": "hello"}', 422, "invalid_request"),
        (b'{"messages": [1, 2]}', 422, "invalid_request"),
        (b'{"messages": [{"role": "wizard", "content": "x"}]}', 422, "invalid_request"),
        (b'{"messages": [{"role": "user", "content": 5}]}', 422, "invalid_request"),
        (b'{"threadId": 5}', 422, "invalid_request"),
        (b'{"threadId": "a b"}', 422, "invalid_id"),
        (b'{"runId": "line\\nbreak"}', 422, "invalid_id"),
        (b'{"runId": "nul\\u0000"}', 422, "invalid_id"),
        (b'{"threadId": "\\ud800"}', 400, "invalid_json"),
        (b'{"messages": [{"role": "user", "content": "\\udfff"}]}', 400, "invalid_json"),
        (b'{"tools": {"a": 1}}', 422, "invalid_request"),
        (b'{"resume": [{"status": "resolved"}]}', 422, "invalid_request"),
        (b'{"forwardedProps": {"agents": "memory_analyst"}}', 422, "invalid_request"),
        (b'{"forwardedProps": {"agents": [1]}}', 422, "invalid_request"),
        (b'{"method": "agent/fly"}', 400, "invalid_request"),
        (b'{"state": ' + b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"}", 422, "too_deep"),
        (b'{"state": ' + b"[" * 100 + b"]" * 100 + b"}", 422, "too_deep"),
    ],
)
def test_a_body_that_cannot_be_worked_with_is_refused(
    server: Server, content: bytes, status: int, code: str
) -> None:
    answer = httpx.post(server.url + DOOR, content=content, headers={**server.headers, **JSON})

    assert_problem(answer, status, code)


def test_a_message_of_two_megabytes_is_refused(server: Server) -> None:
    answer = server.post(DOOR, {"messages": [{"role": "user", "content": "x" * 2_000_000}]})

    assert_problem(answer, 413, "text_too_long")


def test_a_body_beyond_the_limit_is_refused_while_it_comes_in(server: Server) -> None:
    def endless():
        for _ in range(40):
            yield b" " * 1_000_000

    try:
        answer = httpx.post(
            server.url + DOOR, content=endless(), headers={**server.headers, **JSON}
        )
    except httpx.WriteError:
        return
    assert_problem(answer, 413, "body_too_large")


def test_ten_thousand_messages_are_refused(server: Server) -> None:
    messages = [{"role": "user", "content": "hello"}] * 10_000

    assert_problem(server.post(DOOR, {"messages": messages}), 422, "too_many_messages")


def test_a_form_post_is_refused(server: Server) -> None:
    answer = httpx.post(server.url + DOOR, data={"a": "b"}, headers=server.headers)

    assert_problem(answer, 415, "unsupported_media_type")


def test_nul_in_a_text_is_kept_as_it_is(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 1})
    body["messages"][0]["content"] = "before\x00after"

    events = stream(server, body)

    assert events[-1]["type"] == "RUN_FINISHED"
    messages = server.get(f"/api/copilotkit/threads/{body['threadId']}/messages").json()["messages"]
    assert messages[0]["content"] == "before\x00after"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/runs/nothing"),
        ("GET", "/api/runs/nothing/events"),
        ("POST", "/api/runs/nothing/cancel"),
        ("POST", "/api/runs/nothing/retry"),
        ("GET", "/api/copilotkit/status/nothing"),
        ("POST", "/api/copilotkit/interrupt/nothing"),
        ("POST", "/api/copilotkit/retry/nothing"),
        ("GET", "/api/runs/%00"),
    ],
)
def test_an_unknown_run_is_404(server: Server, method: str, path: str) -> None:
    answer = httpx.request(method, server.url + path, headers=server.headers)

    assert_problem(answer, 404, "run_not_found")


def test_an_unknown_route_is_a_problem_document(server: Server) -> None:
    assert_problem(server.get("/api/nothing-here"), 404, "not_found")
    assert_problem(server.post("/api/copilotkit/info"), 405, "method_not_allowed")


def test_an_unknown_copilotkit_agent_is_404_in_copilotkits_words(server: Server) -> None:
    answer = server.post(f"{DOOR}/agent/nobody/run", run_body({"name": "a"}))

    assert_problem(answer, 404, "workflow_not_found")
    assert {"error", "message"} <= set(answer.json())


def test_an_unknown_workflow_on_the_plain_endpoint_ends_the_run_with_an_error(
    server: Server,
) -> None:
    events = stream(server, run_body({"name": "a"}) | {"forwardedProps": {"workflow": "nothing"}})

    assert events[-1]["type"] == "RUN_ERROR"
    assert events[-1]["code"] == "workflow_not_found"


@pytest.mark.parametrize(
    "script",
    [
        "text",
        {"agents": []},
        {"agents": [{"name": "a", "deltas": -1}]},
        {"agents": [{"name": "a"}] * 2},
        5,
    ],
)
def test_a_wrong_script_ends_the_run_with_an_error(server: Server, script: object) -> None:
    body = run_body({"name": "a"}) | {"forwardedProps": {"workflow": "script", "script": script}}

    events = stream(server, body)

    assert events[0]["type"] == "RUN_STARTED"
    assert events[-1]["type"] == "RUN_ERROR"
    assert events[-1]["code"] == "invalid_request"


def test_the_same_request_again_joins_its_run(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 3, "tools": 1})

    first, second = stream(server, body), stream(server, body)

    assert second == first


def test_the_same_run_id_with_other_content_is_refused_and_harms_nothing(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 3})
    first = stream(server, body)

    answer = server.post(
        DOOR, body | {"messages": [{"id": "u9", "role": "user", "content": "Else."}]}
    )

    assert_problem(answer, 422, "run_id_taken")
    assert stream(server, body) == first


def test_a_second_run_on_a_busy_thread_is_409_and_the_first_goes_on(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 40, "delay_ms": 10})

    with opened(server, body) as frames:
        next(frames)
        answer = server.post(DOOR, body | {"runId": f"{body['runId']}-2"})
        rest = [event for _, event in frames]

    assert_problem(answer, 409, "thread_busy")
    assert rest[-1]["type"] == "RUN_FINISHED"


@pytest.mark.parametrize(
    "cursor", ["garbage", "a:b", ":", ":5", "nothing:1", "x:-1", "x:99999999999999999999"]
)
def test_a_cursor_of_nothing_is_refused(server: Server, cursor: str) -> None:
    body = run_body({"name": "a", "deltas": 1})
    stream(server, body)

    by_run = httpx.get(
        f"{server.url}/api/runs/{body['runId']}/events",
        headers={**server.headers, "Last-Event-ID": cursor},
    )
    by_thread = server.post(
        f"{DOOR}/agent/script/connect", {"threadId": body["threadId"]}, **{"Last-Event-ID": cursor}
    )

    assert_problem(by_run, 400, "invalid_cursor")
    assert_problem(by_thread, 400, "invalid_cursor")


def test_a_cursor_of_another_run_or_of_the_future_is_refused(server: Server) -> None:
    one, other = run_body({"name": "a", "deltas": 1}), run_body({"name": "a", "deltas": 1})
    stream(server, one)
    stream(server, other)
    path = f"{DOOR}/agent/script/connect"

    for cursor in (f"{other['runId']}:1", f"{one['runId']}:100000"):
        answer = server.post(path, {"threadId": one["threadId"]}, **{"Last-Event-ID": cursor})
        assert_problem(answer, 400, "invalid_cursor")


def test_answers_that_nobody_waits_for_are_refused(server: Server) -> None:
    body = run_body({"name": "a"}) | {"resume": [{"interruptId": "x", "status": "resolved"}]}

    assert_problem(server.post(DOOR, body), 422, "nothing_waits")
