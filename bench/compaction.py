"""Measures what compaction makes of an old run's log, on both databases. Prints, never judges.

Run it with `.venv/bin/python bench/compaction.py`. The run has three agents that spoke at the same
time, 20,000 deltas of 12 characters, and a progress report every 50. "Fold" is what opening its
conversation costs the server; "stream" is what a page gets that reads the run from its start; the
"old cursor" is that of a client that had read half of it before.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import psycopg

sys.path.insert(0, str(Path(__file__).parents[1]))

from sergas.core.json import encode
from sergas.core.runs import Event, RunEnd, RunStatus
from sergas.core.stores import Stores
from sergas.engine import events
from sergas.engine.events import AgUiEvent
from sergas.engine.join import Joiner
from sergas.engine.patches import put
from sergas.engine.retention import compact
from sergas.stores import postgres, sqlite
from tests.examples import NOW_MS, a_run, claim
from tests.postgres import drop_database, make_database, running_postgres

DELTAS, AGENTS, PROGRESS_EVERY = 20_000, ("scout", "memory", "author"), 50
BATCH = 500


async def main() -> None:
    with tempfile.TemporaryDirectory(prefix="sergas-bench-") as folder:
        async with sqlite.open_stores(Path(folder)) as stores:
            await measure(stores)
    with running_postgres() as server:
        url = make_database(server)
        async with postgres.open_stores(url) as stores:
            await measure(stores)
            print_size(url)
        drop_database(server, url)


async def measure(stores: Stores) -> None:
    print(f"\n{stores.kind}: {len(AGENTS)} agents at once, {DELTAS} deltas of 12 characters")
    await write(stores)
    half = await stores.events.last_seq(a_run().id) // 2
    await print_reading("before", stores, half)
    neighbour = await stores.runs.add(a_run("other", thread_id="other"), "script", None)
    epoch = (await claim(stores, neighbour.id)).epoch
    async with asyncio.TaskGroup() as group:
        waits = group.create_task(append_beside(stores, epoch, is_over := asyncio.Event()))
        began = time.perf_counter()
        await compact(stores.events, a_run().id)
        took_ms = 1000 * (time.perf_counter() - began)
        is_over.set()
    await print_reading("after", stores, half)
    longest = max(waits.result())
    print(
        f"  compacted in {took_ms:.0f} ms; meanwhile another run's append took {longest:.1f} ms"
        f" at most of {len(waits.result())}"
    )


async def write(stores: Stores) -> None:
    run = await stores.runs.add(a_run(), "script", None)
    epoch = (await claim(stores, run.id)).epoch
    stream = [Event(seq, encode(event)) for seq, event in enumerate(spoken(), 1)]
    for first in range(0, len(stream) - 1, BATCH):
        await stores.events.append(
            run.id, epoch, stream[first : min(first + BATCH, len(stream) - 1)]
        )
    await stores.control.finish(run.id, epoch, RunEnd(RunStatus.COMPLETED, {}, NOW_MS, stream[-1]))


def spoken() -> Sequence[AgUiEvent]:
    """Make the run's events as its agents and the board make them."""
    subs = {name: f"run-1:{name}:1" for name in AGENTS}
    board, made = ("wf-run-1", "workflow_status"), [events.run_started("thread-1", "run-1", 1)]
    made += [events.state_snapshot({}), events.activity_snapshot(*board, {"progress": 0})]
    made += [events.subagent_started(sub, name, 1, {}) for name, sub in subs.items()]
    made += [events.text_start(f"{sub}:m1", sub) for sub in subs.values()]
    for number in range(DELTAS):
        sub = subs[AGENTS[number % len(AGENTS)]]
        made.append(events.text_content(f"{sub}:m1", sub, f"word {number:6} "))
        if number % PROGRESS_EVERY == 0:
            patch = put("/progress", number * 100 // DELTAS)
            made += [events.activity_delta(*board, [patch]), events.state_delta([patch])]
    made += [events.text_end(f"{sub}:m1", sub) for sub in subs.values()]
    made += [events.subagent_finished(sub, 2) for sub in subs.values()]
    return [*made, events.run_finished("thread-1", "run-1", 3, {"type": "success"})]


async def print_reading(when: str, stores: Stores, half: int) -> None:
    began = time.perf_counter()
    await Joiner(stores.events, stores.runs).fold(a_run().id)
    fold_ms = 1000 * (time.perf_counter() - began)
    whole, read_ms = await read_from(stores, 0)
    rest, rest_ms = await read_from(stores, half)
    print(
        f"  {when:6} {len(whole):6} events {kilobytes(whole):7.1f} kB   fold {fold_ms:7.1f} ms"
        f"   stream {read_ms:6.1f} ms   old cursor {len(rest)} events {rest_ms:6.1f} ms"
    )


async def read_from(stores: Stores, after: int) -> tuple[list[Event], float]:
    """Read to the end in the pages of a follower; return the events and milliseconds."""
    began, read = time.perf_counter(), list[Event]()
    while page := await stores.events.read(a_run().id, after, 500):
        read += page
        after = page[-1].seq
    return read, 1000 * (time.perf_counter() - began)


async def append_beside(stores: Stores, epoch: int, is_over: asyncio.Event) -> list[float]:
    """Append as a live run does, and return how many milliseconds each append took."""
    waits = [0.0]
    while not is_over.is_set():
        began = time.perf_counter()
        await stores.events.append(a_run("other").id, epoch, [Event(len(waits), b"{}")])
        waits.append(1000 * (time.perf_counter() - began))
    return waits


def kilobytes(read: Sequence[Event]) -> float:
    return sum(len(event.data) for event in read) / 1000


def print_size(url: str) -> None:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT octet_length(data) FROM sergas.run_cuts").fetchone()
    print(f"  the cuts take {row[0] / 1000 if row else 0:.1f} kB")


if __name__ == "__main__":
    asyncio.run(main())
