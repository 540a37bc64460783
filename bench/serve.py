"""Measures a real server on SQLite and on PostgreSQL, side by side. Prints, never judges.

    .venv/bin/python bench/serve.py [--database-url postgresql://...]

The PostgreSQL is one of the bench's own (with fsync off: its disk is not measured), or the one that
is named, where it makes a database and drops it again. "CPU" is user + system time of the server
process over the run, divided by the deltas that the agents made. The client is another process and
PostgreSQL is too; all of them share the machine.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.postgres import drop_database, make_database, running_postgres
from tests.server import Server, free_port
from tests.streams import AgUiEvent, run_body

WARM_UP_RUNS, FIRST_EVENT_RUNS, LOAD_RUNS = 5, 30, 5
AGENTS, DELTAS, DELAYS_MS = 3, 500, (0, 2, 10)
CROWD, CROWD_DELTAS = 40, 100
STARTS, STARTERS = 200, 16
Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Timed:
    """One run as a client saw it: milliseconds after the request, and the frames it got."""

    first_event_ms: float
    first_agent_event_ms: float
    frames: int


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure a server on SQLite and on PostgreSQL.")
    parser.add_argument("--database-url", help="a PostgreSQL where databases may be made")
    given: str | None = parser.parse_args().database_url
    if given is not None:
        os.environ["SERGAS_TEST_DATABASE_URL"] = given
    with running() as server:
        sqlite = asyncio.run(measure(server))
    with running_postgres() as postgres:
        url = make_database(postgres)
        with running(SERGAS_DATABASE_URL=url) as server:
            on_postgres = asyncio.run(measure(server))
        drop_database(postgres, url)
    print(f"{'':52}  {'SQLite':>28}  {'PostgreSQL':>28}")
    for (label, left), (_, right) in zip(sqlite, on_postgres, strict=True):
        print(f"{label:52}  {left:>28}  {right:>28}")


@contextmanager
def running(**settings: str) -> Generator[Server]:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data", free_port(), settings)
        server.start()
        try:
            yield server
        finally:
            server.stop()


async def measure(server: Server) -> list[Row]:
    async with httpx.AsyncClient(timeout=120, limits=httpx.Limits(max_connections=200)) as client:
        for _ in range(WARM_UP_RUNS):
            await timed_run(client, server, body_of(20, 0))
        rows = await first_events(client, server)
        for delay_ms in DELAYS_MS:
            rows += await load(client, server, delay_ms)
        return [*rows, await crowd(client, server), await starts(client, server)]


async def first_events(client: httpx.AsyncClient, server: Server) -> list[Row]:
    runs = [await timed_run(client, server, body_of(5, 0)) for _ in range(FIRST_EVENT_RUNS)]
    return [
        ("first event, p50 (max)", ms([run.first_event_ms for run in runs])),
        ("first agent's event, p50 (max)", ms([run.first_agent_event_ms for run in runs])),
    ]


async def load(client: httpx.AsyncClient, server: Server, delay_ms: float) -> list[Row]:
    costs, rates, frames = list[float](), list[float](), list[int]()
    for _ in range(LOAD_RUNS):
        cpu_s, began = cpu_seconds(server), time.perf_counter()
        run = await timed_run(client, server, body_of(DELTAS, delay_ms))
        rates.append(AGENTS * DELTAS / (time.perf_counter() - began))
        costs.append(1e6 * (cpu_seconds(server) - cpu_s) / (AGENTS * DELTAS))
        frames.append(run.frames)
    what = f"{AGENTS} agents x {DELTAS} deltas, one every {delay_ms} ms"
    cost = f"{statistics.median(costs):.0f} us ({statistics.median(frames):.0f})"
    return [
        (f"{what}: CPU a delta (frames)", cost),
        (f"{'':{len(what)}}  deltas a second", f"{statistics.median(rates):.0f}"),
    ]


async def crowd(client: httpx.AsyncClient, server: Server) -> Row:
    """Run many runs at once, each with a reader."""
    began = time.perf_counter()
    bodies = [body_of(CROWD_DELTAS, 0) for _ in range(CROWD)]
    await asyncio.gather(*(timed_run(client, server, body) for body in bodies))
    rate = CROWD * AGENTS * CROWD_DELTAS / (time.perf_counter() - began)
    what = f"{CROWD} runs at once, {AGENTS} x {CROWD_DELTAS} deltas each"
    return (f"{what}: deltas a second", f"{rate:.0f}")


async def starts(client: httpx.AsyncClient, server: Server) -> Row:
    """Start short runs from several clients, and wait until all of them have ended."""
    bodies = [run_body({"name": "a", "deltas": 1}) for _ in range(STARTS)]
    waiting, began = iter(bodies), time.perf_counter()

    async def start() -> None:
        for body in waiting:
            await timed_run(client, server, body)

    await asyncio.gather(*(start() for _ in range(STARTERS)))
    rate = STARTS / (time.perf_counter() - began)
    return (f"runs of one delta, {STARTERS} at a time: runs a second", f"{rate:.0f}")


async def timed_run(client: httpx.AsyncClient, server: Server, body: AgUiEvent) -> Timed:
    began = time.perf_counter()
    first = first_agent = 0.0
    frames = 0
    async with client.stream(
        "POST", f"{server.url}/api/copilotkit", json=body, headers=server.headers
    ) as answer:
        async for line in data_lines(answer):
            frames += 1
            first = first or 1000 * (time.perf_counter() - began)
            if '"SUBAGENT_STARTED"' in line:
                first_agent = first_agent or 1000 * (time.perf_counter() - began)
    return Timed(first, first_agent, frames)


async def data_lines(answer: httpx.Response) -> AsyncIterator[str]:
    async for line in answer.aiter_lines():
        if line.startswith("data: "):
            yield line


def body_of(deltas: int, delay_ms: float) -> AgUiEvent:
    parts = [
        {"name": f"agent{n}", "deltas": deltas, "delay_ms": delay_ms, "delta_chars": 12}
        for n in range(AGENTS)
    ]
    return run_body(*parts, parallel=True)


def ms(values: list[float]) -> str:
    return f"{statistics.median(values):.1f} ms ({max(values):.1f})"


def cpu_seconds(server: Server) -> float:
    assert server.process is not None
    times = psutil.Process(server.process.pid).cpu_times()
    return times.user + times.system


if __name__ == "__main__":
    main()
