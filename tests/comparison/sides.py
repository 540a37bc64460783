"""The two sides of the comparison: one server each, or two that are to be one."""

import os
import subprocess
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import httpx
import psutil

from tests.postgres import make_database, running_postgres
from tests.server import Server, free_port

HERE = Path(__file__).parent
THEIRS, OURS = "CopilotKit's Node runtime", "Sergas"
_START_WITHIN_S = 60.0


class Side(Protocol):
    """A server that runs the agents of a script."""

    @property
    def url(self) -> str: ...
    @property
    def token(self) -> str: ...
    @property
    def headers(self) -> dict[str, str]: ...
    def start(self) -> None: ...
    def kill(self) -> None: ...
    def stop(self) -> None: ...
    def memory_mb(self) -> float: ...


@dataclass(slots=True)
class NodeRuntime:
    """CopilotKit's Node runtime in a process of its own; the port stays over a restart."""

    folder: Path
    port: int
    on_concurrent_run: str = "throw"
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def token(self) -> str:
        """It asks for none; a page sends one all the same."""
        return "none"

    @property
    def headers(self) -> dict[str, str]:
        return {}

    def start(self) -> None:
        """Start the process and wait until it answers."""
        command = ["node", str(HERE / "runtime.mjs"), str(self.port), self.on_concurrent_run]
        quiet = {"COPILOTKIT_TELEMETRY_DISABLED": "true", "DO_NOT_TRACK": "1"}
        with (self.folder / "runtime.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env={**os.environ, **quiet}, stdout=log, stderr=log
            )
        deadline = time.monotonic() + _START_WITHIN_S
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if httpx.get(f"{self.url}/api/copilotkit/info", timeout=2).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError((self.folder / "runtime.log").read_text())

    def kill(self) -> None:
        """End the process as a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(20)

    def stop(self) -> None:
        """End the process as an operator would; one that does not leave is killed."""
        assert self.process is not None
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()

    def memory_mb(self) -> float:
        """Return the process's resident memory."""
        return _memory_mb(self.process)


@dataclass(slots=True)
class Sergas(Server):
    """A server of ours, with its memory."""

    def memory_mb(self) -> float:
        """Return the process's resident memory."""
        return _memory_mb(self.process)


@contextmanager
def one(name: str, folder: Path) -> Generator[Side]:
    """Give a running server of a side."""
    with _running([_made(name, folder)]) as (side,):
        yield side


@contextmanager
def two(name: str, folder: Path) -> Generator[Sequence[Side]]:
    """Give two running servers of a side, which share whatever that side can share."""
    if name == THEIRS:
        with _running([_made(name, folder / "a"), _made(name, folder / "b")]) as sides:
            yield sides
        return
    with running_postgres() as postgres:
        shared = {"SERGAS_DATABASE_URL": make_database(postgres)}
        pair = [Sergas(folder / n / "data", free_port(), shared) for n in ("a", "b")]
        for each in pair:
            each.data_dir.parent.mkdir(parents=True)
        with _running(pair) as sides:
            yield sides


@contextmanager
def superseding(folder: Path) -> Generator[Side]:
    """Give CopilotKit's runtime with a runner that lets a new run take an active one's place."""
    folder.mkdir(parents=True, exist_ok=True)
    with _running([NodeRuntime(folder, free_port(), "supersede")]) as (side,):
        yield side


def _made(name: str, folder: Path) -> Side:
    folder.mkdir(parents=True, exist_ok=True)
    if name == THEIRS:
        return NodeRuntime(folder, free_port())
    return Sergas(folder / "data", free_port())


@contextmanager
def _running(sides: Sequence[Side]) -> Generator[Sequence[Side]]:
    try:
        for side in sides:
            side.start()
        yield sides
    finally:
        for side in sides:
            side.stop()


def _memory_mb(process: subprocess.Popen[bytes] | None) -> float:
    assert process is not None
    return psutil.Process(process.pid).memory_info().rss / 1e6
