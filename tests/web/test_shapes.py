"""What the OpenAPI document promises is what routes answer."""

import httpx
from pydantic import TypeAdapter

from scripts.api_types import main as api_types
from sergas.web.shapes import RunPageShape, RunShape
from tests.server import Server
from tests.streams import run_body, stream

RECORD = TypeAdapter(RunShape)
PAGE = TypeAdapter(RunPageShape)


def test_records_of_every_end_have_the_shape_of_the_document(server: Server) -> None:
    ends = {
        "completed": {"name": "a", "deltas": 1},
        "failed": {"name": "a", "fail_times": 9},
        "interrupted": {"name": "a", "deltas": 1, "interrupt": "May I?"},
    }
    for status, agent in ends.items():
        body = run_body(agent)
        stream(server, body)

        record = server.get(f"/api/runs/{body['runId']}").json()

        assert record["status"] == status
        RECORD.validate_python(record)
    PAGE.validate_python(server.get("/api/runs?limit=200").json())


def test_a_run_that_is_accepted_has_the_shape_of_the_document(server: Server) -> None:
    answers: list[httpx.Response] = [server.post("/api/runs", run_body({"name": "a"}))]
    run_id = answers[0].json()["id"]
    answers.append(server.post(f"/api/runs/{run_id}/cancel", {}))

    assert [answer.status_code for answer in answers] == [202, 202]
    for answer in answers:
        RECORD.validate_python(answer.json())


def test_the_page_knows_the_api_as_the_document_has_it() -> None:
    assert api_types(["--check"]) == 0
