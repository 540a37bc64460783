"""The WebSocket: who may connect, and what happens to bad clients."""

import json
from collections.abc import Generator
from socket import SHUT_RDWR

import pytest
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.sync.client import ClientConnection

from tests.server import TOKEN, Server, free_port
from tests.sockets import (
    Frame,
    ask,
    connected,
    cursors_of,
    events_of,
    hear,
    hear_out,
    hear_until,
    say,
)
from tests.streams import run_body, stream, text_of

CONNECT = "/api/copilotkit/agent/script/connect"
SLOW = {"name": "a", "deltas": 3000, "delay_ms": 10}


@pytest.fixture(scope="module")
def strict_server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    """Give a server that takes small bodies, and pages of one foreign origin."""
    settings = {
        "SERGAS_CORS_ORIGINS": "https://pages.example",
        "SERGAS_MAX_BODY_BYTES": "4096",
    }
    strict = Server(tmp_path_factory.mktemp("strict") / "data", free_port(), settings)
    strict.start()
    yield strict
    strict.stop()


def problem_of(frames: list[Frame], status: int, code: str) -> Frame:
    """Return the problem that is the whole answer."""
    assert [set(frame) for frame in frames] == [{"id", "problem"}], frames
    problem = frames[0]["problem"]
    assert (problem["status"], problem["code"]) == (status, code)
    assert len(problem["detail"]) > 10
    assert problem["requestId"]
    return problem


def assert_goes_on(socket: ClientConnection) -> None:
    """Check that the connection still answers."""
    say(socket, "ping")
    assert hear(socket) == {"type": "pong"}


def test_a_token_can_come_as_a_subprotocol(server: Server) -> None:
    offered = ["sergas", f"bearer.{TOKEN}"]

    with connected(server, headers={}, subprotocols=offered) as socket:
        assert socket.subprotocol == "sergas"
        assert_goes_on(socket)


@pytest.mark.parametrize("authorization", ["", "Bearer wrong", "Bearer", f"Basic {TOKEN}"])
def test_a_caller_without_a_valid_token_gets_401(server: Server, authorization: str) -> None:
    headers = {"Authorization": authorization} if authorization else {}

    with pytest.raises(InvalidStatus) as refused:
        connected(server, headers=headers)

    answer = refused.value.response
    assert answer.status_code == 401
    assert json.loads(answer.body or b"")["code"] == "unauthorized"


@pytest.mark.parametrize("offered", [["sergas"], ["sergas", "bearer.wrong"]])
def test_a_page_without_a_valid_token_sees_a_close_code(server: Server, offered: list[str]) -> None:
    with (
        connected(server, headers={}, subprotocols=offered) as socket,
        pytest.raises(ConnectionClosedError) as closed,
    ):
        hear(socket)

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401


def test_a_token_in_the_address_is_not_looked_at(server: Server) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connected(server, f"?token={TOKEN}", headers={})

    assert refused.value.response.status_code == 401


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1.evil.example"]
)
def test_a_page_of_a_foreign_origin_is_refused_even_with_a_token(
    strict_server: Server, origin: str
) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connected(strict_server, origin=origin)

    answer = refused.value.response
    assert answer.status_code == 403
    assert json.loads(answer.body or b"")["code"] == "origin_not_allowed"


@pytest.mark.parametrize("origin", ["https://pages.example", "http://127.0.0.1:{port}"])
def test_the_servers_own_pages_and_the_configured_ones_may_connect(
    strict_server: Server, origin: str
) -> None:
    with connected(strict_server, origin=origin.format(port=strict_server.port)) as socket:
        assert_goes_on(socket)


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("", 400, "invalid_json"),
        ("not json", 400, "invalid_json"),
        ('{"type": "ping"', 400, "invalid_json"),
        ("[]", 422, "invalid_request"),
        ("null", 422, "invalid_request"),
        ("{}", 422, "invalid_request"),
        ('{"type": 5}', 422, "invalid_request"),
        ('{"type": "explode"}', 422, "invalid_request"),
        ('{"type": "run", "input": {}}', 422, "invalid_request"),
        ('{"type": "follow", "id": true, "runId": "r"}', 422, "invalid_request"),
        ('{"type": "follow", "id": "", "runId": "r"}', 422, "invalid_request"),
        ('{"type": "follow", "id": 1180591620717411303424, "runId": "r"}', 422, "invalid_request"),
        ('{"type": "unfollow"}', 422, "invalid_request"),
        ('{"type": "ping", "deep": ' + "[" * 100 + "]" * 100 + "}", 422, "too_deep"),
        ('{"type": "ping", "deep": ' + "[" * 20_000 + "]" * 20_000 + "}", 422, "too_deep"),
        (json.dumps({"type": "ping", "text": "x" * 2_000_000}), 413, "text_too_long"),
    ],
)
def test_what_is_no_message_gets_a_problem_without_an_id(
    server: Server, text: str, status: int, code: str
) -> None:
    with connected(server) as socket:
        socket.send(text)
        frame = hear(socket)
        assert_goes_on(socket)

    problem_of([frame], status, code)
    assert frame["id"] is None


@pytest.mark.parametrize(
    ("message", "status", "code"),
    [
        ({"type": "explode"}, 422, "invalid_request"),
        ({"type": "run"}, 422, "invalid_request"),
        ({"type": "run", "input": []}, 422, "invalid_request"),
        ({"type": "run", "input": {"messages": "hello"}}, 422, "invalid_request"),
        ({"type": "run", "input": {"threadId": "a b"}}, 422, "invalid_id"),
        ({"type": "run", "input": {}, "agentId": "nobody"}, 404, "workflow_not_found"),
        ({"type": "run", "input": {}, "agentId": 5}, 422, "invalid_request"),
        (
            {"type": "run", "input": {"resume": [{"interruptId": "x", "status": "resolved"}]}},
            422,
            "nothing_waits",
        ),
        ({"type": "connect"}, 422, "invalid_request"),
        ({"type": "connect", "threadId": "a b"}, 422, "invalid_id"),
        ({"type": "connect", "threadId": "t", "agentId": "nobody"}, 404, "workflow_not_found"),
        ({"type": "connect", "threadId": "t", "lastEventId": "x:1"}, 400, "invalid_cursor"),
        ({"type": "connect", "threadId": "t", "lastEventId": "junk"}, 400, "invalid_cursor"),
        ({"type": "follow"}, 422, "invalid_request"),
        ({"type": "follow", "runId": "nothing"}, 404, "run_not_found"),
        ({"type": "follow", "runId": "nul\x00"}, 404, "run_not_found"),
        ({"type": "cancel"}, 422, "invalid_id"),
        ({"type": "cancel", "runId": "nothing"}, 404, "run_not_found"),
        ({"type": "cancel", "threadId": "never-seen"}, 404, "run_not_found"),
    ],
)
def test_a_message_that_cannot_be_worked_with_gets_a_problem_under_its_id(
    server: Server, message: Frame, status: int, code: str
) -> None:
    with connected(server) as socket:
        frames = ask(socket, message.pop("type"), **message)
        assert_goes_on(socket)

    problem_of(frames, status, code)


def test_a_cursor_of_another_run_or_of_the_future_is_refused(server: Server) -> None:
    one, other = run_body({"name": "a", "deltas": 1}), run_body({"name": "a", "deltas": 1})
    stream(server, one)
    stream(server, other)

    with connected(server) as socket:
        for cursor in (f"{other['runId']}:1", f"{one['runId']}:100000"):
            followed = ask(socket, "follow", runId=one["runId"], lastEventId=cursor)
            joined = ask(socket, "connect", threadId=one["threadId"], lastEventId=cursor)
            problem_of(followed, 400, "invalid_cursor")
            problem_of(joined, 400, "invalid_cursor")


def test_a_second_stream_under_a_used_id_is_refused_and_the_first_goes_on(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 40, "delay_ms": 10})

    with connected(server) as socket:
        say(socket, "run", id="x", input=body)
        first = hear_until(socket, "RUN_STARTED")
        say(socket, "follow", id="x", runId=body["runId"])
        heard = [hear(socket)]
        while "done" not in heard[-1]:
            heard.append(hear(socket))

    problem_of([frame for frame in heard if "problem" in frame], 409, "id_in_use")
    events = events_of([*first, *heard])
    assert events[-1]["type"] == "RUN_FINISHED"
    assert len(text_of(events, "a")) == 40 * 12


def test_an_id_can_be_used_again_when_its_stream_has_ended(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 3})

    with connected(server) as socket:
        first = ask(socket, "run", input=body)
        second = ask(socket, "run", input=body)

    assert second == first


def test_a_busy_thread_is_a_problem_of_the_second_run_alone(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 40, "delay_ms": 10})

    with connected(server) as socket:
        say(socket, "run", id=1, input=body)
        say(socket, "run", id=2, input=body | {"runId": f"{body['runId']}-2"})
        heard = hear_out(socket, 1, 2)

    problem_of(heard[2], 409, "thread_busy")
    assert events_of(heard[1])[-1]["type"] == "RUN_FINISHED"


def test_a_connection_has_at_most_32_streams(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 3000, "delay_ms": 50})

    with connected(server) as socket:
        say(socket, "run", id=0, input=body)
        for number in range(1, 33):
            say(socket, "follow", id=number, runId=body["runId"])
        heard = hear_out(socket, 32)
        say(socket, "unfollow", id=5)
        hear_out(socket, 5)
        say(socket, "cancel", id=33, runId=body["runId"])
        ended = hear_out(socket, 0, 31, 33)

    problem_of(heard[32], 429, "too_many_streams")
    assert events_of(ended[31])[-1]["type"] == "RUN_FINISHED"


def test_a_message_beyond_the_limit_is_a_problem(strict_server: Server) -> None:
    with connected(strict_server) as socket:
        socket.send(json.dumps({"type": "ping", "more": "x" * 5000}))
        frame = hear(socket)
        assert_goes_on(socket)

    problem_of([frame], 413, "body_too_large")


def test_a_message_far_beyond_the_limit_ends_the_connection(strict_server: Server) -> None:
    with connected(strict_server) as socket:
        socket.send(json.dumps({"type": "ping", "more": "x" * 50_000}))
        with pytest.raises(ConnectionClosedError) as closed:
            hear(socket)

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009


def test_the_server_says_that_it_restarts_and_the_run_goes_on(own_server: Server) -> None:
    body = run_body({"name": "a", "deltas": 150, "delay_ms": 10})

    with connected(own_server) as socket:
        say(socket, "run", id=1, input=body)
        first = hear_until(socket, "TEXT_MESSAGE_CONTENT")
        own_server.stop()
        with pytest.raises(ConnectionClosedError) as closed:
            first.extend(iter(lambda: hear(socket), None))
    own_server.start()
    with connected(own_server) as socket:
        second = ask(socket, "follow", runId=body["runId"], lastEventId=first[-1]["cursor"])

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1012
    seqs = [int(cursor.rpartition(":")[2]) for cursor, _ in cursors_of([*first, *second])]
    assert seqs == list(range(1, len(seqs) + 1))
    assert events_of(second)[-1]["outcome"] == {"type": "success"}


def test_bad_clients_leave_no_trace_of_a_failure_in_the_log(strict_server: Server) -> None:
    with connected(strict_server) as socket:
        for text in ("", "[]", '{"type":"explode"}', "\ud7ff", '{"type":"follow","id":1}'):
            socket.send(text)
            hear(socket)
        socket.send(b"\xff\xfe")
        hear(socket)
    with connected(strict_server) as dropped:
        say(dropped, "run", id=1, input=run_body(SLOW))
        hear(dropped)
        dropped.socket.shutdown(SHUT_RDWR)

    assert strict_server.get("/livez").text == "ok"
    log = strict_server.log_text()
    assert "Traceback" not in log
    assert "request_failed" not in log
