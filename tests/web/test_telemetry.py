"""What pages report of themselves."""

import httpx
import pytest

from sergas.core.json import Json
from tests.server import Server

PATH = "/api/telemetry"
SAMPLE: Json = {"measure": "long_frame", "ms": 120}


def metric(server: Server, name: str) -> float:
    """Read one number of the server's metrics; 0 while it is not there."""
    lines = server.get("/metrics").text.splitlines()
    found = [line.rpartition(" ")[2] for line in lines if line.rpartition(" ")[0] == name]
    return float(found[0]) if found else 0.0


def test_what_a_page_measures_is_in_the_metrics(server: Server) -> None:
    count = 'sergas_page_seconds_count{measure="long_frame"}'
    below = 'sergas_page_seconds_bucket{le="0.1",measure="long_frame"}'
    errors = "sergas_page_errors_total"
    before = [metric(server, name) for name in (count, below, errors)]
    samples: Json = [SAMPLE, {"measure": "long_frame", "ms": 60.5}]

    answer = server.post(PATH, {"samples": samples, "errors": 2})

    assert answer.status_code == 204
    after = [metric(server, name) for name in (count, below, errors)]
    assert [new - old for new, old in zip(after, before, strict=True)] == [2, 1, 2]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"samples": [{"measure": "mood", "ms": 1}]}, "samples.0.measure"),
        ({"samples": [{"measure": "long_frame", "ms": -1}]}, "samples.0.ms"),
        ({"samples": [{"measure": "long_frame", "ms": 1e9}]}, "samples.0.ms"),
        ({"samples": [{"measure": "long_frame", "ms": 1, "url": "/"}]}, "samples.0.url"),
        ({"samples": [SAMPLE] * 501}, "samples"),
        ({"errors": 101}, "errors"),
        ({"page": "/accounts"}, "page"),
    ],
)
def test_a_report_with_anything_else_in_it_is_refused(
    server: Server, body: Json, place: str
) -> None:
    answer = server.post(PATH, body)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert answer.headers["content-type"] == "application/problem+json"
    assert f"look at {place}" in answer.json()["detail"]


def test_a_report_larger_than_32_kb_is_refused(server: Server) -> None:
    answer = server.post(PATH, {"samples": [], "more": "x" * 40_000})

    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


def test_a_report_needs_a_token(server: Server) -> None:
    answer = httpx.post(f"{server.url}{PATH}", json={"samples": []})

    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")
