"""A real `sergas serve` process for tests: start it, kill it, start it again on the same data."""

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from sergas.core.json import Json

TOKEN = "test-token"
_WITHIN_S = 60.0


@dataclass(slots=True)
class Server:
    """One server with its data folder and port; both stay over a restart."""

    data_dir: Path
    port: int
    settings: Mapping[str, str] = field(default_factory=dict[str, str])
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Address of the server, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def token(self) -> str:
        """A bearer token that the server takes."""
        return TOKEN

    @property
    def headers(self) -> dict[str, str]:
        """Headers of an authenticated JSON request."""
        return {"Authorization": f"Bearer {TOKEN}"}

    def start(self) -> None:
        """Start the process and wait until it is ready."""
        self.launch()
        self.wait_until_ready()

    def launch(self, file_limit: int | None = None) -> None:
        """Start the process; `file_limit` is how many bytes long its files may become."""
        command = [sys.executable, "-m", "sergas", "serve", "--dev-agents", "--log-format", "json"]
        command += ["--port", str(self.port), "--data-dir", str(self.data_dir)]
        environment = {
            **os.environ,
            "SERGAS_TOKENS": TOKEN,
            # Whatever keys the machine has: no test may spend them.
            "SERGAS_RUNTIME": "rules",
            "SERGAS_AGENT_PAUSE_MS": "0",
            **self.settings,
        }
        log = (self.data_dir.parent / "server.log").open("ab")
        self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        log.close()
        if file_limit is not None:
            self.limit_files(file_limit)

    def limit_files(self, size: int | None) -> None:
        """Let no write succeed beyond this place of any file, as on a full disk; None ends that."""
        assert self.process is not None
        limit = resource.RLIM_INFINITY if size is None else size
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

    def wait_until_ready(self, *, is_ready: bool = True) -> None:
        """Wait until the server says that it is ready, or that it is not."""
        wanted, deadline = 200 if is_ready else 503, time.monotonic() + _WITHIN_S
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                break
            try:
                if httpx.get(f"{self.url}/readyz", timeout=5).status_code == wanted:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.05)
        raise AssertionError(f"The server did not answer {wanted}:\n{self.log_text()}")

    def kill(self) -> None:
        """End the process as a power cut would: no warning, no clean-up."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End the process as an operator would."""
        self._end(signal.SIGTERM)

    def log_text(self) -> str:
        """Everything the server said so far."""
        return (self.data_dir.parent / "server.log").read_text()

    def get(self, path: str) -> httpx.Response:
        """GET with the token."""
        return httpx.get(self.url + path, headers=self.headers, timeout=20)

    def post(self, path: str, body: Json = None, **headers: str) -> httpx.Response:
        """POST JSON with the token."""
        return httpx.post(
            self.url + path, json=body, headers={**self.headers, **headers}, timeout=30
        )

    def patch(self, path: str, body: Json) -> httpx.Response:
        """PATCH JSON with the token."""
        return httpx.patch(self.url + path, json=body, headers=self.headers, timeout=20)

    def delete(self, path: str) -> httpx.Response:
        """DELETE with the token."""
        return httpx.delete(self.url + path, headers=self.headers, timeout=20)

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(20)
            self.process = None


@contextmanager
def serving(folder: Path, **settings: str) -> Generator[Server]:
    """Run a server with settings of its own."""
    folder.mkdir(exist_ok=True)
    server = Server(folder / "data", free_port(), settings)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
