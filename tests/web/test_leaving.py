"""A server that is told to stop: what its clients see, and that none of them holds it up."""

import json
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from fcntl import ioctl
from pathlib import Path
from termios import FIONREAD

import pytest

from tests.server import Server, free_port
from tests.sockets import connected, say
from tests.streams import AgUiEvent, opened, run_body

# Of thirty million bytes, what has come when the server certainly waits for its client.
FULL_BYTES = 100_000


def test_open_streams_end_cleanly_when_the_server_leaves(tmp_path: Path) -> None:
    leaving = Server(tmp_path / "data", free_port())
    leaving.start()
    body = run_body({"name": "slow", "deltas": 3000, "delay_ms": 10})
    seen: list[str] = []

    def read() -> None:
        # A body that breaks off would raise here.
        with opened(leaving, body) as frames:
            seen.extend(event["type"] for _, event in frames)

    reader = threading.Thread(target=read)
    reader.start()
    while not any("TEXT" in kind for kind in seen):
        assert reader.is_alive()
    assert leaving.process is not None
    leaving.process.send_signal(signal.SIGTERM)
    leaving.process.wait(10)
    reader.join(5)

    assert not reader.is_alive()
    assert seen[-1] != "RUN_FINISHED"
    assert "Traceback" not in leaving.log_text()


def a_long_log(server: Server) -> AgUiEvent:
    """Make a run with more events than the sockets' buffers take, and return its body."""
    body = run_body({"name": "a", "deltas": 3000, "delta_chars": 10_000})
    server.post("/api/runs", body)
    deadline = time.monotonic() + 30
    while server.get(f"/api/runs/{body['runId']}").json()["status"] != "completed":
        assert time.monotonic() < deadline
    return body


def asking(server: Server, method: str, path: str, body: object = None) -> socket.socket:
    """Ask for something, read nothing, and wait until the answer has come as far as it can."""
    sent = b"" if body is None else json.dumps(body).encode()
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {server.token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(sent)}\r\n\r\n"
    )
    asked = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    asked.sendall(head.encode() + sent)
    until_full(asked)
    return asked


def until_full(unread: socket.socket) -> None:
    """Wait until more has come than a socket keeps that nobody reads."""
    deadline = time.monotonic() + 20
    while unread_bytes(unread) < FULL_BYTES:
        assert time.monotonic() < deadline


def unread_bytes(unread: socket.socket) -> int:
    """Return how much has come that nobody has read."""
    return int.from_bytes(ioctl(unread, FIONREAD, bytes(4)), sys.byteorder)


def follows_a_run(server: Server, body: AgUiEvent) -> socket.socket:
    return asking(server, "GET", f"/api/runs/{body['runId']}/events")


def downloads_a_thread(server: Server, body: AgUiEvent) -> socket.socket:
    return asking(server, "GET", f"/api/copilotkit/threads/{body['threadId']}/events")


def joins_a_thread(server: Server, body: AgUiEvent) -> socket.socket:
    path = "/api/copilotkit/agent/script/connect"
    return asking(server, "POST", path, {"threadId": body["threadId"]})


@pytest.mark.parametrize("client", [follows_a_run, downloads_a_thread, joins_a_thread])
def test_a_client_that_reads_nothing_does_not_hold_up_the_stop(
    own_server: Server, client: Callable[[Server, AgUiEvent], socket.socket]
) -> None:
    body = a_long_log(own_server)

    with client(own_server, body):
        own_server.stop()

    demand_left_in_time(own_server)
    assert "unread_connection_cut" in own_server.log_text()


def test_a_websocket_that_reads_nothing_does_not_hold_up_the_stop(own_server: Server) -> None:
    body = a_long_log(own_server)

    with connected(own_server) as client:
        for number in range(5):
            say(client, "follow", id=number, runId=body["runId"])
        until_full(client.socket)
        own_server.stop()

    demand_left_in_time(own_server)


def demand_left_in_time(server: Server) -> None:
    # What uvicorn says when its five seconds are over.
    assert "graceful shutdown exceeded" not in server.log_text()
    assert "Traceback" not in server.log_text()
