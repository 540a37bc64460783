"""Measures how soon a cancelled run stops its model. Prints, never judges.

Run it with `.venv/bin/python bench/model_cancel.py [cancels]`. Measured from just before the cancel
is sent until the fake model server sees its connection closed, while it streams 50 pieces a second,
over both wires. Server, fake model server and client share the machine; times are of one clock.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

import httpx

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.models.fake import FakeModels, running_models
from tests.models.turns import Say, Turn, Wire
from tests.server import Server, serving
from tests.streams import AgUiEvent, opened

WARM_UP, CANCELS = 3, 60
HEARD_BEFORE = 5
RUN = "/api/copilotkit/agent/thinker/run"
PROVIDERS: dict[Wire, str] = {"anthropic": "anthropic", "openai": "openai-compatible"}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else CANCELS
    for wire in PROVIDERS:
        with tempfile.TemporaryDirectory() as folder, running_models() as models:
            models.otherwise = Turn((Say("word " * 5000),), pause_s=0.02)
            settings = settings_of(wire, models.url_of(wire))
            with (
                serving(Path(folder) / "server", **settings) as server,
                # One for all cancels: making a client takes as long as a cancel.
                httpx.Client(base_url=server.url, headers=server.headers) as http,
            ):
                times = [cancelled_within_ms(server, http, models) for _ in range(WARM_UP + count)]
        print(f"{wire} wire, {count} cancels: {percentiles(times[WARM_UP:])}")


def settings_of(wire: Wire, url: str) -> dict[str, str]:
    return {
        "SERGAS_RUNTIME": "messages",
        "SERGAS_MODEL": f"{PROVIDERS[wire]}:fake-1",
        "SERGAS_MODEL_BASE_URL": url,
        "SERGAS_MODEL_API_KEY": "fake",
        "SERGAS_WORKFLOWS": "tests.model_agents:offer",
    }


def cancelled_within_ms(server: Server, http: httpx.Client, models: FakeModels) -> float:
    """Start a run, let it speak, cancel it; return how long the model's connection stayed open."""
    body = body_of_a_run()
    with opened(server, body, RUN) as frames:
        heard = (event for _, event in frames if event["type"] == "TEXT_MESSAGE_CONTENT")
        for _ in range(HEARD_BEFORE):
            next(heard)
        call, asked_at = models.calls[-1], time.monotonic()
        http.post(f"/api/runs/{body['runId']}/cancel", json={}).raise_for_status()
        models.wait_for(lambda _: call.closed_at is not None)
    assert call.closed_at is not None
    return 1000 * (call.closed_at - asked_at)


def body_of_a_run() -> AgUiEvent:
    message = {"id": "u1", "role": "user", "content": "Go on."}
    return {"threadId": f"t-{uuid4()}", "runId": f"r-{uuid4()}", "messages": [message]}


def percentiles(values: Sequence[float]) -> str:
    p99 = statistics.quantiles(values, n=100, method="inclusive")[98]
    return f"p50 {statistics.median(values):.1f} ms, p99 {p99:.1f} ms, longest {max(values):.1f} ms"


if __name__ == "__main__":
    main()
