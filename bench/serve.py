"""Measures a real server on SQLite: time to the first event, CPU per delta. Prints, never judges.

Run it with `.venv/bin/python bench/serve.py`. "CPU" is user + system time of the server process
over the run, divided by the deltas that the agents made; the client is another process.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.server import Server, free_port
from tests.streams import AgUiEvent, run_body

WARM_UP_RUNS, FIRST_EVENT_RUNS, LOAD_RUNS = 5, 30, 5
AGENTS, DELTAS = 3, 500


@dataclass(frozen=True, slots=True)
class Timed:
    """One run as a client saw it: milliseconds after the request, and the frames it got."""

    first_event_ms: float
    first_agent_event_ms: float
    frames: int
    deltas: int
    seconds: float


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data", free_port())
        server.start()
        try:
            await measure(server)
        finally:
            server.stop()


async def measure(server: Server) -> None:
    async with httpx.AsyncClient(timeout=60) as client:
        for _ in range(WARM_UP_RUNS):
            await timed_run(client, server, body_of(20, 0))
        await print_first_events(client, server)
        for delay_ms in (0, 2, 10):
            await print_cpu(client, server, delay_ms)


async def print_first_events(client: httpx.AsyncClient, server: Server) -> None:
    runs = [await timed_run(client, server, body_of(5, 0)) for _ in range(FIRST_EVENT_RUNS)]
    first = sorted(run.first_event_ms for run in runs)
    agent = sorted(run.first_agent_event_ms for run in runs)
    print(f"first event          p50 {statistics.median(first):6.1f} ms   max {first[-1]:6.1f} ms")
    print(f"first agent's event  p50 {statistics.median(agent):6.1f} ms   max {agent[-1]:6.1f} ms")


async def print_cpu(client: httpx.AsyncClient, server: Server, delay_ms: float) -> None:
    costs: list[float] = []
    frames = 0
    for _ in range(LOAD_RUNS):
        before = cpu_seconds(server)
        run = await timed_run(client, server, body_of(DELTAS, delay_ms))
        costs.append(1e6 * (cpu_seconds(server) - before) / (AGENTS * DELTAS))
        frames = run.frames
    what = f"{AGENTS} agents x {DELTAS} deltas, one every {delay_ms:2} ms"
    cpu = f"CPU p50 {statistics.median(costs):5.1f} us a delta   max {max(costs):5.1f}"
    print(f"{what}: {cpu}   ({frames} frames)")


async def timed_run(client: httpx.AsyncClient, server: Server, body: AgUiEvent) -> Timed:
    began = time.perf_counter()
    first = first_agent = 0.0
    frames = deltas = 0
    async with client.stream(
        "POST", f"{server.url}/api/copilotkit", json=body, headers=server.headers
    ) as answer:
        async for line in data_lines(answer):
            frames += 1
            first = first or 1000 * (time.perf_counter() - began)
            if '"SUBAGENT_STARTED"' in line:
                first_agent = first_agent or 1000 * (time.perf_counter() - began)
            deltas += '"TEXT_MESSAGE_CONTENT"' in line
    return Timed(first, first_agent, frames, deltas, time.perf_counter() - began)


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


def cpu_seconds(server: Server) -> float:
    assert server.process is not None
    times = psutil.Process(server.process.pid).cpu_times()
    return times.user + times.system


if __name__ == "__main__":
    asyncio.run(main())
