"""What providers' refusals mean, by status, code and words."""

import pytest

from sergas.agents.models.endpoint import Endpoint, Provider
from sergas.agents.models.failures import Kind, failed, refused
from sergas.core.json import JsonObject

GLM = Endpoint(Provider.ZAI, "anthropic", "https://api.z.ai/api/anthropic", "glm-5.3", "k", "K")
OTHER = Endpoint(Provider.OPENAI_COMPATIBLE, "openai", "http://gate.example/v1", "m", "k", "K")


@pytest.mark.parametrize(
    ("code", "kind", "is_recoverable"),
    [
        ("1113", "model_quota", False),
        ("1304", "model_quota", False),
        ("1308", "model_quota", False),
        ("1310", "model_quota", False),
        ("1302", "model_rate_limited", True),
        ("1303", "model_rate_limited", True),
        ("1305", "model_rate_limited", True),
        ("1312", "model_unavailable", True),
        ("1001", "model_auth", False),
        ("1211", "model_not_found", False),
        ("1261", "model_context_too_long", False),
        ("1301", "model_refused", False),
        ("9999", "model_rate_limited", True),
    ],
)
@pytest.mark.parametrize("field", ["code", "type"])
def test_a_429_of_glm_means_what_its_code_says(
    field: str, code: str, kind: str, is_recoverable: bool
) -> None:
    failure = refused(GLM, 429, {"error": {field: code, "message": "No."}})

    assert (failure.code, failure.recoverable) == (kind, is_recoverable)
    assert f"(status 429, {code})" in str(failure)


def test_numbers_of_glm_mean_nothing_elsewhere() -> None:
    failure = refused(OTHER, 429, {"error": {"code": "1113"}})

    assert failure.code == "model_rate_limited"


@pytest.mark.parametrize(
    ("body", "status", "detail"),
    [
        ({"error": {"type": "api_error"}}, 500, "(status 500, api_error)"),
        ({"type": "error", "error": {}}, 500, "(status 500, error)"),
        ({"error": {"code": "sk-secret was wrong"}}, 500, "(status 500)"),
        ({"error": {"code": "x" * 61}}, 500, "(status 500)"),
        ("<html>", 502, "(status 502)"),
        (None, 599, "(status 599)"),
        ({"error": "broken"}, 400, "(status 400)"),
    ],
)
def test_a_refusal_of_any_shape_gives_its_status(
    body: JsonObject | str | None, status: int, detail: str
) -> None:
    assert detail in str(refused(OTHER, status, body))


def test_who_is_told_when_to_come_back_blames_nobody() -> None:
    patient = refused(OTHER, 429, {}, retry_after_s=3)
    hasty = refused(OTHER, 429, {})
    broken = refused(OTHER, 503, {}, retry_after_s=3)

    assert (patient.retry_after_s, patient.is_provider_fault) == (3, False)
    assert (hasty.retry_after_s, hasty.is_provider_fault) == (None, True)
    assert (broken.retry_after_s, broken.is_provider_fault) == (3, True)


@pytest.mark.parametrize("kind", Kind)
def test_every_failure_says_who_and_what(kind: Kind) -> None:
    failure = failed(kind, GLM, model="glm-9")

    assert str(failure).startswith("Z.ai ")
    assert "{" not in str(failure)
    assert failure.code == kind.value
