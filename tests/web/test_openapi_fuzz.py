"""The OpenAPI document says the truth: what a server answers to any request is what it says.

Schemathesis draws requests, good ones and bad ones, for every operation of the document.
"""

# Schemathesis leaves parts of its types unsaid.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeArgument=false, reportUntypedFunctionDecorator=false

from collections.abc import Generator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis import checks
from schemathesis.specs.openapi import checks as openapi_checks

from sergas.web.application import make_application
from tests.server import Server, serving
from tests.streams import opened, run_body, stream

ENDS_WITHIN_S = 20.0
RUNS = ("done", "asking", "failing")


def document() -> dict[str, Any]:
    """Make the document that a server has."""

    def lifespan(_: object) -> Any:
        raise AssertionError("No server is started to make a document.")

    return make_application(lifespan, cors_origins=[], console=None).openapi()


SCHEMA = schemathesis.openapi.from_dict(document())
# This stream never ends; a test of its own reads its beginning.
ENDING = SCHEMA.exclude(path="/api/threads/stream")
CHECKS = [
    checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_headers_conformance,
    openapi_checks.response_schema_conformance,
    openapi_checks.unsupported_method,
    openapi_checks.ignored_auth,
]


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    """Give a server that has runs of every kind."""
    with serving(tmp_path_factory.mktemp("openapi") / "own") as server:
        for run_id, part in zip(RUNS, ({}, {"interrupt": "Go on?"}, {"error": "No."}), strict=True):
            body = run_body({"name": "a", **part}, runId=run_id, threadId=f"thread-{run_id}")
            stream(server, body)
        yield server


def test_the_server_has_this_document(tried: Server) -> None:
    assert tried.get("/openapi.json").json() == document()


@ENDING.given(run_id=st.sampled_from(RUNS), is_known=st.booleans())
@ENDING.parametrize()
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
    ],
)
def test_every_answer_is_as_the_document_says(
    case: schemathesis.Case, tried: Server, run_id: str, is_known: bool
) -> None:
    if is_known:
        known = {"run_id": run_id, "workflow_id": run_id, "thread_id": f"thread-{run_id}"}
        known |= {"agent_id": "script", "agent": "a"}
        case.path_parameters |= {
            name: value for name, value in known.items() if name in case.path_parameters
        }

    case.call_and_validate(
        base_url=tried.url, headers=tried.headers, checks=CHECKS, timeout=ENDS_WITHIN_S
    )


def test_the_stream_of_threads_begins_with_a_snapshot(tried: Server) -> None:
    with opened(tried, None, "/api/threads/stream?limit=2") as frames:
        _, first = next(frames)

    assert first["type"] == "snapshot"
