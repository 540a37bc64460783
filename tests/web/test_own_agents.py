"""`sergas serve module:attribute` offers a developer's own agents."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from sergas.app.workflows import offered_workflows
from sergas.core.errors import BadOffer
from sergas.settings import Settings
from tests.models.fake import FakeModels
from tests.models.turns import says
from tests.server import serving
from tests.streams import stream, text_of

OWN = "tests.own_agents:offer"


def body(**fields: object) -> dict[str, object]:
    """Make the body of a run."""
    return {"messages": [{"id": "u", "role": "user", "content": "Ada"}], **fields}


def test_own_agents_take_the_place_of_the_sample(tmp_path: Path) -> None:
    with serving(tmp_path, SERGAS_WORKFLOWS=OWN) as server:
        info = server.get("/api/copilotkit/info").json()
        events = stream(server, body(agents=["greeter"]))

    assert {"both", "greeter", "far", "default"} <= set(info["agents"])
    assert "account_review" not in info["agents"]
    assert info["defaultAgent"] == "both"
    assert info["accounts"] is False
    assert text_of(events, "greeter") == "Hello, Ada!"


def test_the_first_one_is_what_a_page_gets_that_names_none(tmp_path: Path) -> None:
    with serving(tmp_path, SERGAS_WORKFLOWS=OWN) as server:
        events = stream(server, body())

    begun = [event["name"] for event in events if event["type"] == "SUBAGENT_STARTED"]
    assert begun[:2] == ["greeter", "far"]
    assert events[-1]["type"] == "RUN_ERROR"
    assert events[-1]["code"] == "remote_unavailable"


def test_a_workflow_runs_an_agent_on_the_servers_model(tmp_path: Path, models: FakeModels) -> None:
    models.answer(says("I think so."))
    settings = {
        "SERGAS_RUNTIME": "messages",
        "SERGAS_MODEL": "anthropic:fake-1",
        "SERGAS_MODEL_BASE_URL": models.url_of("anthropic"),
        "SERGAS_MODEL_API_KEY": "sk-0123456789",
    }
    with serving(tmp_path, SERGAS_WORKFLOWS="tests.own_agents:thinking", **settings) as server:
        events = stream(server, body())

    assert text_of(events, "greeter") == "Hello, Ada!"
    assert text_of(events, "thinker") == "I think so."


def test_a_plan_that_fails_ends_its_run_with_the_reason_and_hides_nothing_else(
    tmp_path: Path,
) -> None:
    with serving(tmp_path, SERGAS_WORKFLOWS="tests.own_agents:unplanned") as server:
        raises = stream(server, body(forwardedProps={"workflow": "raises"}))
        described = stream(server, body(forwardedProps={"workflow": "described"}))
        agents = server.get("/api/copilotkit/info").json()["agents"]
        runs = server.get("/api/runs").json()["runs"]

    assert raises[-1]["code"] == described[-1]["code"] == "plan_failed"
    assert "workflow 'raises' raised KeyError; see the server's log" in raises[-1]["message"]
    assert "something of type AgentSpec, which is no agent" in described[-1]["message"]
    assert {"raises", "described"} <= set(agents)
    assert len(runs) == 2
    assert "in plan" in server.log_text()


@pytest.mark.parametrize(
    ("named", "reason"),
    [
        ("tests.own_agents", "not of the form module:attribute"),
        ("tests.no_such_module:offer", "there is no module 'tests.no_such_module'"),
        ("tests.own_agents:nothing", "has no attribute 'nothing'"),
        ("tests/own_agents.py:offer", "write tests/own_agents:offer"),
        ("tests.own_agents:number", "something of type int, no workflow, agent or AgentSpec."),
        ("tests.own_agents:half", "an agent also has description, runtime, run."),
        ("tests.own_agents:Greeter", "it has the class Greeter; make one of it"),
        ("tests.own_agents:spaced", "'say hello' is no name"),
        ("tests.own_agents:twice", "two workflows or agents have the name 'greeter'"),
        ("tests.own_agents:later", "it is an async function; make it a plain one"),
        ("tests.own_agents:thinking", "agent 'thinker' needs a model, and none is configured"),
        ("tests.own_agents:empty", "it is empty"),
        ("tests.own_agents:broken", "it raised RuntimeError: no luck ("),
    ],
)
def test_what_cannot_be_offered_is_refused_with_the_reason(named: str, reason: str) -> None:
    with pytest.raises(BadOffer, match=re.escape(reason)):
        offered_workflows(Settings(workflows=named), {}, None)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import no_such_library", "importing it raised ModuleNotFoundError: No module named"),
        ("from sergas import nothing", "importing it raised ImportError: cannot import name"),
        ("import os\nos.nothing", "has no attribute 'nothing'"),
        ("offer = (", "importing it raised SyntaxError: '(' was never closed (mine.py, line 1)"),
        ("\nraise RuntimeError('no luck')", "mine.py, line 2)"),
    ],
)
def test_a_module_that_cannot_be_imported_is_refused_with_what_is_wrong_in_it(
    source: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.py").write_text(source)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.chdir(tmp_path)

    with pytest.raises(BadOffer, match=re.escape(reason)) as refused:
        offered_workflows(Settings(workflows="mine:offer"), {}, None)

    assert "importing it raised" in str(refused.value)


def test_an_offer_that_is_refused_ends_the_start_with_the_reason(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sergas", "serve", "tests.own_agents:empty", "--port", "0"]

    ended = subprocess.run(
        [*command, "--data-dir", str(tmp_path)], capture_output=True, text=True, timeout=50
    )

    assert ended.returncode == 2
    assert ended.stderr == "'tests.own_agents:empty' cannot be served: it is empty.\n"
