"""Measures the `claude` runtime: cancels, runs at once, memory. Prints, never judges.

Run it with `python3 -m scripts.setup claude -- python bench/claude.py`. A real server, the program
that the SDK brings, and the fake model server of the tests. Cancels are measured from just before
the request to the moment when the model's connection is closed.
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from uuid import uuid4

import httpx
import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.models.fake import FakeModels, running_models
from tests.models.turns import Say, Turn
from tests.server import Server, serving
from tests.streams import AgUiEvent

RUN = "/api/copilotkit/agent/thinker/run"
WARM_UP, SAMPLES = 2, 30
AT_ONCE = 8
MB = 1024 * 1024


def main() -> None:
    with running_models() as models, tempfile.TemporaryDirectory(prefix="sergas-bench-") as folder:
        settings = {
            "SERGAS_RUNTIME": "claude",
            "SERGAS_MODEL": "anthropic:fake-1",
            "SERGAS_MODEL_API_KEY": "sk-fake",
            "SERGAS_MODEL_BASE_URL": models.url_of("anthropic"),
            "SERGAS_WORKFLOWS": "tests.model_agents:offer",
        }
        with serving(Path(folder), **settings) as server:
            asyncio.run(measure(server, models))


async def measure(server: Server, models: FakeModels) -> None:
    async with httpx.AsyncClient(timeout=60, headers=server.headers) as http:
        cancels = [await cancel(http, server, models) for _ in range(WARM_UP + SAMPLES)][WARM_UP:]
        await at_once(http, server, models)
    # Of 30 samples the 99th percentile is the largest one.
    p99 = statistics.quantiles(cancels, n=100, method="inclusive")[98]
    print(f"cancel to closed connection, {SAMPLES} cancels")
    print(f"  p50 {statistics.median(cancels):.0f} ms   p99 {p99:.0f} ms")


async def cancel(http: httpx.AsyncClient, server: Server, models: FakeModels) -> float:
    """Start a run and cancel it in mid-stream; return milliseconds to the closed connection."""
    models.answer(Turn((Say("word " * 4000),), pause_s=0.005))
    body = a_body()
    asked_at = 0.0
    async with aclosing(events_of(http, server, body)) as events:
        async for event in events:
            if event["type"] == "TEXT_MESSAGE_CONTENT" and not asked_at:
                asked_at = time.monotonic()
                answer = await http.post(f"{server.url}/api/runs/{body['runId']}/cancel", json={})
                answer.raise_for_status()
    call = models.calls[-1]
    await asyncio.to_thread(models.wait_for, lambda _: call.closed_at is not None)
    return 1000 * ((call.closed_at or 0) - asked_at)


async def at_once(http: httpx.AsyncClient, server: Server, models: FakeModels) -> None:
    """Start runs at once; print what they were told, when they spoke, and what they weigh."""
    models.otherwise = Turn((Say("word " * 200),), pause_s=0.05)
    began = time.monotonic()
    ended = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        runs = [group.create_task(listen(http, server, began)) for _ in range(AT_ONCE)]
        weighing = group.create_task(weigh(ended))
        await asyncio.wait(runs)
        ended.set()
    firsts = sorted(first for first, _ in (run.result() for run in runs))
    told = sorted({words for _, words in (run.result() for run in runs) if words})
    print(f"{AT_ONCE} runs at once, first text after (s)")
    print("  " + "  ".join(f"{first:.1f}" for first in firsts))
    print(f"  told meanwhile: {told}")
    print(f"memory of a process, of {len(weighing.result())} at the same time (MB)")
    for name, place in (("resident", 0), ("proportional", 1), ("its own", 2)):
        values = [weight[place] / MB for weight in weighing.result()]
        print(f"  {name:13} median {statistics.median(values):.0f}   most {max(values):.0f}")


async def listen(http: httpx.AsyncClient, server: Server, began: float) -> tuple[float, str]:
    """Follow a run to its end; return when it first spoke, and the wait that it told of."""
    first, told = 0.0, ""
    async with aclosing(events_of(http, server, a_body())) as events:
        async for event in events:
            words = str(event)
            if "Waiting to start" in words:
                told = words[words.index("Waiting to start") :].split("'")[0]
            if event["type"] == "TEXT_MESSAGE_CONTENT" and not first:
                first = time.monotonic() - began
    return first, told


async def weigh(ended: asyncio.Event) -> list[tuple[int, int, int]]:
    """Weigh the processes now and then; return the weights when there were most of them."""
    most: list[tuple[int, int, int]] = []
    while not ended.is_set():
        weights = await asyncio.to_thread(weights_now)
        most = max(most, weights, key=len)
        await asyncio.sleep(0.5)
    return most


def weights_now() -> list[tuple[int, int, int]]:
    """Return resident, proportional and own bytes of each process of Claude Code."""
    weights: list[tuple[int, int, int]] = []
    for child in psutil.Process().children(recursive=True):
        try:
            if child.name() == "claude":
                info = child.memory_full_info()
                weights.append((info.rss, info.pss, info.uss))
        except psutil.NoSuchProcess:
            continue
    return weights


async def events_of(
    http: httpx.AsyncClient, server: Server, body: AgUiEvent
) -> AsyncGenerator[AgUiEvent, None]:
    async with http.stream("POST", server.url + RUN, json=body) as answer:
        async for line in answer.aiter_lines():
            if line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))


def a_body() -> AgUiEvent:
    message = {"id": "u1", "role": "user", "content": "What is the square of three?"}
    return {"threadId": f"t-{uuid4()}", "runId": f"r-{uuid4()}", "messages": [message]}


if __name__ == "__main__":
    main()
