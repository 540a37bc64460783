"""`sergas doctor` of a server on Claude Code: one cheap call of the model, no process."""

from pathlib import Path

import pytest

from tests.models.fake import FakeModels
from tests.models.turns import Refuse, refuses, says
from tests.server import free_port
from tests.test_doctor import SECRET, doctor, on

pytestmark = pytest.mark.claude

CLAUDE = {"SERGAS_RUNTIME": "claude"}


def test_a_model_that_answers_is_named_after_one_short_call(
    tmp_path: Path, models: FakeModels
) -> None:
    models.answer(says("OK"))

    code, said = doctor(tmp_path, **on(models) | CLAUDE)

    (call,) = models.requests
    assert code == 0
    assert "(claude runtime)" in said
    assert "fake-1 answered in" in said
    assert call.body["max_tokens"] <= 16
    assert "tools" not in call.body
    assert SECRET not in said


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (refuses("anthropic", 401, "authentication_error", "No."), "check SERGAS_MODEL_API_KEY"),
        (refuses("anthropic", 404, "not_found_error", "model"), "has no model 'fake-1'"),
        (Refuse(200, "<html>Welcome</html>"), "is not its protocol; check the base URL"),
    ],
)
def test_whatever_is_wrong_with_the_model_is_explained(
    tmp_path: Path, models: FakeModels, answer: Refuse, words: str
) -> None:
    models.answer(answer)

    code, said = doctor(tmp_path, **on(models) | CLAUDE)

    assert code == 1
    assert words in said
    assert len(models.requests) == 1


def test_an_address_where_nobody_listens_is_said(tmp_path: Path, models: FakeModels) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"

    code, said = doctor(tmp_path, **on(models) | CLAUDE | {"SERGAS_MODEL_BASE_URL": nowhere})

    assert code == 1
    assert f"{nowhere.removeprefix('http://')} cannot be reached" in said
