"""Runs aimock: a model server of another maker, so that not all tests trust our own fake one."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.server import free_port

KEY = "sk-ant-fake-key-of-the-tests"
_HERE = Path(__file__).parent
_COMMAND = _HERE / "node_modules" / "@copilotkit" / "aimock" / "dist" / "cli.js"
_START_WITHIN_S = 30.0


@dataclass(frozen=True, slots=True)
class Aimock:
    """A running server; it takes no other key than `KEY`, and refuses what is not scripted."""

    url: str

    @property
    def requests(self) -> list[dict[str, Any]]:
        """What came, in order: `path`, `headers`, `body` in OpenAI's form, `response.status`."""
        return httpx.get(f"{self.url}/v1/_requests", headers={"x-api-key": KEY}, timeout=10).json()


@contextmanager
def running_aimock(script: str) -> Generator[Aimock]:
    """Run aimock with a script of this folder until the block ends."""
    node = shutil.which("node")
    if node is None or not _COMMAND.is_file():
        raise AssertionError("aimock is not installed: run `make test-e2e`.")
    port = free_port()
    process = subprocess.Popen(
        [
            *(node, str(_COMMAND), "--port", str(port), "--fixtures", str(_HERE / script)),
            *("--strict", "--validate-on-load", "--latency", "25", "--log-level", "warn"),
        ],
        env={"PATH": os.environ["PATH"], "AIMOCK_API_KEYS": KEY, "DO_NOT_TRACK": "1"},
    )
    try:
        _wait_for(port, process)
        yield Aimock(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_WITHIN_S
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("aimock did not start.")
