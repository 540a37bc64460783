"""A model provider that does not answer, as the clients of a server see it."""

import time
from collections.abc import Generator

import pytest

from tests.server import Server, free_port
from tests.streams import AgUiEvent, opened, run_body, stream


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    """Give a server that leaves a provider alone after one fault, for up to two seconds."""
    limits = {
        "SERGAS_AGENT_ATTEMPTS": "2",
        "SERGAS_BREAKER_FAULTS": "1",
        "SERGAS_BREAKER_OPEN_SECONDS": "2",
    }
    own = Server(tmp_path_factory.mktemp("impatient") / "data", free_port(), limits)
    own.start()
    yield own
    own.stop()


def provider(server: Server, name: str) -> AgUiEvent:
    """Return what the server says of a provider."""
    return server.get("/health/enhanced").json()["providers"].get(name, {})


def test_a_run_fails_while_its_provider_is_away_and_its_retry_succeeds(impatient: Server) -> None:
    # One agent: of two, the other could be refused while the first one probes.
    body = run_body({"name": "a", "provider": "flaky", "fail_times": 1, "retry_after_s": 0.2})

    failed = stream(impatient, body)[-1]
    away = provider(impatient, "flaky")
    deadline = time.monotonic() + 10
    while provider(impatient, "flaky")["retryAfter"] > 0:
        assert time.monotonic() < deadline
    retry = impatient.post(f"/api/runs/{body['runId']}/retry").json()
    with opened(impatient, None, f"/api/runs/{retry['id']}/events") as frames:
        ended = [event for _, event in frames][-1]

    assert failed["code"] == "provider_unavailable"
    assert failed["metadata"]["recoverable"] is True
    assert 0 < failed["metadata"]["retryAfter"] <= 2
    assert (away["state"], away["openings"]) == ("open", 1)
    assert ended["outcome"] == {"type": "success"}
    assert provider(impatient, "flaky") == {"state": "closed", "faults": 0}
    metrics = impatient.get("/metrics").text
    assert 'sergas_provider_circuit{provider="flaky",sergas_provider_circuit="closed"} 1.0' in (
        metrics
    )
    assert 'sergas_provider_calls_total{outcome="fault",provider="flaky"} 1.0' in metrics
    assert 'sergas_provider_calls_total{outcome="refused",provider="flaky"}' in metrics


def test_a_run_that_waits_for_its_provider_says_so_and_can_be_stopped(impatient: Server) -> None:
    part = {"provider": "down", "fail_times": 9, "retry_after_s": 60}
    failing = run_body({"name": "a", **part}, {"name": "b", **part}, parallel=True)
    waiting = run_body({"name": "c", "provider": "down"})

    impatient.post("/api/runs", failing)
    deadline = time.monotonic() + 10
    while provider(impatient, "down").get("state") != "open":
        assert time.monotonic() < deadline
    impatient.post(f"/api/runs/{failing['runId']}/cancel")
    with opened(impatient, waiting) as frames:
        told = next(event for _, event in frames if "down is not answering" in str(event))
        began = time.monotonic()
        stopped = impatient.post(f"/api/runs/{waiting['runId']}/cancel").json()

    assert told["type"] == "ACTIVITY_DELTA"
    assert stopped["status"] == "cancelled"
    assert time.monotonic() - began < 5
    assert provider(impatient, "down")["retryAfter"] > 30
