"""Measures how long a run speaks on after somebody asked to cancel it. Prints, never judges.

Run it with `.venv/bin/python bench/cancel.py`. Measured from just before the cancel is sent to the
arrival of the run's last delta, and of its last event, at a client of the run's owner; a run that
said nothing more counts as 0. SQLite has one replica; PostgreSQL has two, and the cancel goes to
the owner or to the other one.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.postgres import drop_database, make_database, running_postgres
from tests.server import Server, free_port
from tests.streams import AgUiEvent, run_body

WARM_UP, SAMPLES = 3, 30
SPEAKER: AgUiEvent = {"name": "speaker", "deltas": 100_000, "delay_ms": 2}
HEARD_BEFORE = 20


def main() -> None:
    with servers(1) as (only,):
        asyncio.run(measure("SQLite, one replica", only, only))
    with running_postgres() as postgres:
        url = make_database(postgres)
        with servers(2, SERGAS_DATABASE_URL=url) as (owner, other):
            asyncio.run(measure("PostgreSQL, at the owner", owner, owner))
            asyncio.run(measure("PostgreSQL, at the other replica", owner, other))
        drop_database(postgres, url)


@contextmanager
def servers(count: int, **settings: str) -> Generator[Sequence[Server]]:
    with tempfile.TemporaryDirectory(prefix="sergas-bench-") as folder:
        started: list[Server] = []
        try:
            for number in range(count):
                data = Path(folder) / f"replica{number}" / "data"
                data.mkdir(parents=True)
                started.append(Server(data, free_port(), settings))
                started[-1].start()
            yield started
        finally:
            for server in started:
                server.kill()


async def measure(what: str, owner: Server, asked: Server) -> None:
    async with httpx.AsyncClient(timeout=30) as http:
        samples = [await sample(http, owner, asked) for _ in range(WARM_UP + SAMPLES)][WARM_UP:]
    print(f"{what}, {SAMPLES} cancels")
    print(f"  last delta  {percentiles([delta for delta, _ in samples])}")
    print(f"  last event  {percentiles([end for _, end in samples])}")


async def sample(http: httpx.AsyncClient, owner: Server, asked: Server) -> tuple[float, float]:
    """Start a run at its owner, cancel it; return milliseconds to its last delta and event."""
    body = run_body(SPEAKER)
    heard = 0
    asked_at = last_delta = last_event = 0.0
    door = f"{owner.url}/api/copilotkit"
    async with (
        asyncio.TaskGroup() as group,
        http.stream("POST", door, json=body, headers=owner.headers) as answer,
    ):
        async for line in answer.aiter_lines():
            if not line.startswith("data: "):
                continue
            last_event = time.perf_counter()
            if '"TEXT_MESSAGE_CONTENT"' in line:
                heard, last_delta = heard + 1, last_event
            if heard == HEARD_BEFORE and not asked_at:
                asked_at = time.perf_counter()
                group.create_task(cancel(http, asked, str(body["runId"])))
    return max(0.0, 1000 * (last_delta - asked_at)), 1000 * (last_event - asked_at)


async def cancel(http: httpx.AsyncClient, server: Server, run_id: str) -> None:
    url = f"{server.url}/api/runs/{run_id}/cancel"
    (await http.post(url, json={}, headers=server.headers)).raise_for_status()


def percentiles(values: Sequence[float]) -> str:
    # Of 30 samples the 99th percentile is the largest one.
    p99 = statistics.quantiles(values, n=100, method="inclusive")[98]
    return f"p50 {statistics.median(values):6.1f} ms   p99 {p99:6.1f} ms"


if __name__ == "__main__":
    main()
