"""Servers killed while they compact: every cursor that was ever handed out stays good."""

import time
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import httpx
import pytest

from tests.chaos.trial.checks import texts_of
from tests.conformance.wire import Expected, problems
from tests.server import Server, free_port
from tests.streams import AgUiEvent, frames_of, run_body

AGENTS: list[AgUiEvent] = [
    {"name": name, "deltas": 60, "delay_ms": 2, "tools": 1} for name in ("one", "two", "three")
]
RUNS, KILLS = 10, 3
_WITHIN_S = 30.0
Frames: TypeAlias = list[tuple[str, AgUiEvent]]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads runs over one connection pool."""

    server: Server
    http: httpx.Client

    def start(self, body: AgUiEvent) -> Frames:
        """Start a run and read it to its end."""
        return self._frames(self.http.post(f"{self.server.url}/api/copilotkit", json=body))

    def follow(self, body: AgUiEvent, after: int = 0) -> Frames:
        """Read a run that is over from a cursor on."""
        cursor = {"Last-Event-ID": f"{body['runId']}:{after}"} if after else {}
        return self._frames(self.http.get(self._url(body), headers=cursor))

    def wire_problems(self, body: AgUiEvent, after: int) -> list[str]:
        """Check the bytes of a run that is numbered from after a seq on."""
        expected = Expected(str(body["threadId"]), str(body["runId"]), after=after)
        return problems(self.http.get(self._url(body)).content, expected)

    def messages(self, body: AgUiEvent) -> object:
        """Read the run's conversation."""
        path = f"/api/copilotkit/threads/{body['threadId']}/messages"
        return self.http.get(self.server.url + path).json()

    def _url(self, body: AgUiEvent) -> str:
        return f"{self.server.url}/api/runs/{body['runId']}/events"

    def _frames(self, answer: httpx.Response) -> Frames:
        return list(frames_of(iter(answer.raise_for_status().text.split("\n"))))


@pytest.fixture
def reader(tmp_path: Path) -> Generator[Reader]:
    """Give a server that compacts nothing yet, and stores each delta as it comes."""
    settings = {"SERGAS_COMPACT_AFTER_HOURS": "0", "SERGAS_FLUSH_INTERVAL_MS": "0"}
    server = Server(tmp_path / "data", free_port(), settings)
    server.start()
    with httpx.Client(headers=server.headers, timeout=30) as http:
        yield Reader(server, http)
    server.stop()


@pytest.mark.timeout(180)
def test_a_kill_in_the_middle_of_compactions_loses_and_doubles_nothing(reader: Reader) -> None:
    bodies = [run_body(*AGENTS, parallel=True) for _ in range(RUNS)]
    with ThreadPoolExecutor(RUNS) as clients:
        before = list(clients.map(reader.start, bodies))
    threads = [reader.messages(body) for body in bodies]
    reader.server.stop()

    old = replace(reader.server, settings={"SERGAS_COMPACT_AFTER_HOURS": "1e-9"})
    try:
        for _ in range(KILLS):
            # Ready means that it has just begun to compact.
            old.start()
            old.kill()
        old.start()
        after = [compacted(reader, *run) for run in zip(bodies, before, strict=True)]

        for body, stored, short in zip(bodies, before, after, strict=True):
            assert len(short) < len(stored) / 2
            assert texts_of(e for _, e in short) == texts_of(e for _, e in stored)
            assert reader.wire_problems(body, len(stored) + 1) == []
            for seq in (1, len(stored) // 2, len(stored) - 1, len(stored)):
                assert reader.follow(body, seq) == stored[seq:]
            for place in (1, len(short) // 2, len(short)):
                assert reader.follow(body, len(stored) + 1 + place) == short[place:]
        assert [reader.messages(body) for body in bodies] == threads
    finally:
        old.stop()


def compacted(reader: Reader, body: AgUiEvent, stored: Frames) -> Frames:
    """Wait until a run is compacted and read it."""
    deadline = time.monotonic() + _WITHIN_S
    while (found := reader.follow(body)) == stored:
        assert time.monotonic() < deadline, f"{body['runId']} is not compacted"
    return found
