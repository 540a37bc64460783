"""`sergas doctor` says whether a server would work, and what to do if not."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from tests.agents.tools.mcp.reach import by_process
from tests.models.fake import FakeModels
from tests.models.turns import Refuse, Say, Tokens, Turn, refuses, says
from tests.server import Server, free_port

SECRET = "sk-secret-0123456789"


def doctor(folder: Path, *arguments: str, **settings: str) -> tuple[int, str]:
    """Run the command without any key of this machine; return its code and what it said."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    ended = subprocess.run(
        [sys.executable, "-m", "sergas", "doctor", *arguments],
        env={**kept, "SERGAS_DATA_DIR": str(folder), **settings},
        capture_output=True,
        text=True,
        timeout=50,
    )
    assert "Traceback" not in ended.stderr
    return ended.returncode, " ".join(ended.stderr.split())


def on(models: FakeModels) -> dict[str, str]:
    """Name the fake model server."""
    return {
        "SERGAS_MODEL": "anthropic:fake-1",
        "SERGAS_MODEL_BASE_URL": models.url_of("anthropic"),
        "SERGAS_MODEL_API_KEY": SECRET,
    }


def test_a_server_without_a_model_works_by_rules(tmp_path: Path) -> None:
    code, said = doctor(tmp_path)

    assert code == 0
    assert f"SQLite in {tmp_path} can be used" in said
    assert "by rules; no model is configured" in said


def test_a_model_that_answers_is_named(tmp_path: Path, models: FakeModels) -> None:
    models.answer(says("OK"))

    code, said = doctor(tmp_path, **on(models))

    assert code == 0
    assert "fake-1 answered in" in said
    assert SECRET not in said


def test_a_wrong_key_ends_with_the_setting_to_check(tmp_path: Path, models: FakeModels) -> None:
    models.answer(refuses("anthropic", 401, "authentication_error", f"bad key {SECRET}"))

    code, said = doctor(tmp_path, **on(models))

    assert code == 1
    assert "does not accept the key; check SERGAS_MODEL_API_KEY" in said
    assert SECRET not in said


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (refuses("anthropic", 404, "not_found_error", "model"), "has no model 'fake-1'"),
        (Refuse(200, "<html>Welcome</html>"), "is not its protocol; check the base URL"),
        (Refuse(429, {"error": {"code": "1113", "message": "No."}}), "quota of the key is used up"),
    ],
)
def test_whatever_is_wrong_with_the_model_is_explained(
    tmp_path: Path, models: FakeModels, answer: Refuse, words: str
) -> None:
    models.answer(answer)

    code, said = doctor(tmp_path, **(on(models) | {"SERGAS_MODEL": "zai:fake-1"}))

    assert code == 1
    assert words in said


def test_a_model_that_counts_no_tokens_is_told_of(tmp_path: Path, models: FakeModels) -> None:
    models.answer(Turn((Say("OK"),), Tokens(0, 0)))
    place = {
        "SERGAS_MODEL": "openai-compatible:fake-1",
        "SERGAS_MODEL_BASE_URL": models.url_of("openai"),
    }

    code, said = doctor(tmp_path, **place)

    assert code == 0
    assert "does not say how many tokens it used; budgets cannot limit them" in said


def test_an_address_where_nobody_listens_is_said(tmp_path: Path, models: FakeModels) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"

    code, said = doctor(tmp_path, **(on(models) | {"SERGAS_MODEL_BASE_URL": nowhere}))

    assert code == 1
    assert f"{nowhere.removeprefix('http://')} cannot be reached" in said


def test_nothing_is_spent_without_a_call(tmp_path: Path, models: FakeModels) -> None:
    code, _ = doctor(tmp_path, "--no-call", **on(models))

    assert code == 0
    assert models.calls == []


def test_a_model_without_a_key_is_said(tmp_path: Path) -> None:
    code, said = doctor(tmp_path, SERGAS_MODEL="zai:glm-5.3")

    assert code == 1
    assert "needs a key; set ZAI_API_KEY" in said


def test_what_a_server_would_offer_is_named(tmp_path: Path) -> None:
    code, said = doctor(tmp_path, "tests.own_agents:offer")

    assert code == 0
    assert "Workflows are both (the default), greeter, far, agents." in said


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("SERGAS_WORKFLOWS", "tests.own_agents:nothing", "has no attribute 'nothing'"),
        ("SERGAS_MCP_SERVERS", "/nowhere.toml", "SERGAS_MCP_SERVERS=/nowhere.toml cannot be used"),
        ("SERGAS_PRICES_FILE", "/nowhere.toml", "SERGAS_PRICES_FILE=/nowhere.toml cannot be used"),
    ],
)
def test_what_a_server_would_refuse_is_said(
    tmp_path: Path, setting: str, value: str, words: str
) -> None:
    code, said = doctor(tmp_path, **{setting: value})

    assert code == 1
    assert words in said


def test_tool_servers_are_tried(tmp_path: Path) -> None:
    whole = by_process(tools={"add": "never", "substract": "never"})
    gone = {"command": "no-such", "tools": {"add": "never"}}
    file = tmp_path / "servers.json"
    file.write_bytes(msgspec.json.encode({"mcpServers": {"count": whole, "gone": gone}}))

    code, said = doctor(tmp_path / "data", SERGAS_MCP_SERVERS=str(file))

    assert code == 0
    assert "Tools of count: 1 tools; it has no substract." in said
    assert "'gone' does not answer: 'no-such' cannot be started" in said


def test_claude_code_without_its_package_ends_with_how_to_get_it(
    tmp_path: Path, models: FakeModels
) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    hides = "import sys\nsys.modules['claude_agent_sdk'] = None\n"
    (hidden / "sitecustomize.py").write_text(hides)
    settings = on(models) | {"SERGAS_RUNTIME": "claude", "PYTHONPATH": str(hidden)}

    code, said = doctor(tmp_path, **settings)

    assert code == 1
    assert "needs the package 'claude_agent_sdk'" in said
    assert "pip install 'claude-agent-sdk" in said
    assert models.calls == []


def test_a_folder_in_use_is_said(own_server: Server) -> None:
    code, said = doctor(own_server.data_dir)

    assert code == 1
    assert "another Sergas process uses" in said
