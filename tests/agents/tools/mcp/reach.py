"""Ways to the MCP server of the tests."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import anyio
import anyio.lowlevel
import msgspec

from sergas.agents.tools.mcp.server import McpServer
from sergas.agents.tools.mcp.settings import McpSettings
from sergas.core.errors import ToolFailed

ROOT = Path(__file__).parents[4]
MODULE = "tests.agents.tools.mcp.process"
_NAMES = "add environment who die picture fail many key wait odd.name"
ALLOWED = dict.fromkeys(_NAMES.split(), "never")


def by_process(**changes: object) -> McpSettings:
    """Return settings that start the server as a process."""
    given: dict[str, object] = {
        "tools": ALLOWED,
        "command": sys.executable,
        "args": ["-m", MODULE, "stdio"],
        "cwd": str(ROOT),
    }
    return msgspec.convert({**given, **changes}, McpSettings)


def by_url(port: int, **changes: object) -> McpSettings:
    """Return settings that reach the server over HTTP."""
    given = {"tools": ALLOWED, "url": f"http://127.0.0.1:{port}/mcp"}
    return msgspec.convert({**given, **changes}, McpSettings)


@dataclass(slots=True)
class HttpServer:
    """The server as a process of its own, to end and start again."""

    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it listens."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", MODULE, "http", str(self.port)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise AssertionError("The MCP server did not start.")

    def end(self) -> None:
        """End it as a crash would."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(10)
            self.process = None


@contextmanager
def http_server(port: int) -> Generator[HttpServer]:
    """Give a running server."""
    running = HttpServer(port)
    running.start()
    try:
        yield running
    finally:
        running.end()


async def until(is_so: Callable[[], bool], within_s: float = 20) -> None:
    """Wait for a condition."""
    with anyio.fail_after(within_s):
        while not is_so():  # noqa: ASYNC110 - nothing tells of it
            await anyio.sleep(0.01)


async def until_up(server: McpServer) -> None:
    """Wait until a server is connected."""
    with anyio.fail_after(20):
        while not await _is_up(server):  # noqa: ASYNC110 - nothing tells of it
            await anyio.sleep(0.01)


async def until_down(server: McpServer) -> None:
    """Wait until it is noticed that a server is away."""
    with anyio.fail_after(20):
        while await _is_up(server):
            await anyio.lowlevel.checkpoint()


@contextmanager
def refusing_server() -> Generator[int]:
    """Give the port of a server that lets nobody in."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Refusal) as refusing:
        threading.Thread(target=refusing.serve_forever, daemon=True).start()
        yield refusing.server_address[1]
        refusing.shutdown()


class _Refusal(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(401)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


async def _is_up(server: McpServer) -> bool:
    try:
        await server.check()
    except ToolFailed:
        return False
    return True


def is_alive(pid: int) -> bool:
    """Say whether a process runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def variables(text: Mapping[str, str]) -> set[str]:
    """Return the names that a process may find beside those that it was given."""
    return set(text) - {"HOME", "LOGNAME", "PATH", "SHELL", "TERM", "USER", "LC_CTYPE", "PWD"}
