"""`sergas serve module:attribute` offers a developer's own agents."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.server import serving
from tests.streams import stream, text_of

OWN = "tests.own_agents:offer"


def body(**fields: object) -> dict[str, object]:
    """Make the body of a run."""
    return {"messages": [{"id": "u", "role": "user", "content": "Ada"}], **fields}


def test_own_agents_take_the_place_of_the_sample(tmp_path: Path) -> None:
    with serving(tmp_path, SERGAS_WORKFLOWS=OWN) as server:
        agents = server.get("/api/copilotkit/info").json()["agents"]
        events = stream(server, body(agents=["greeter"]))

    assert {"both", "greeter", "far", "default"} <= set(agents)
    assert "account_review" not in agents
    assert text_of(events, "greeter") == "Hello, Ada!"


def test_the_first_one_is_what_a_page_gets_that_names_none(tmp_path: Path) -> None:
    with serving(tmp_path, SERGAS_WORKFLOWS=OWN) as server:
        events = stream(server, body())

    begun = [event["name"] for event in events if event["type"] == "SUBAGENT_STARTED"]
    assert begun[:2] == ["greeter", "far"]
    assert events[-1]["type"] == "RUN_ERROR"
    assert events[-1]["code"] == "remote_unavailable"


@pytest.mark.parametrize(
    ("named", "reason"),
    [
        ("tests.own_agents", "not of the form module:attribute"),
        ("tests.no_such_module:offer", "there is no module 'tests.no_such_module'"),
        ("tests.own_agents:nothing", "has no attribute 'nothing'"),
        ("tests.own_agents:number", "it has a int, which is no workflow"),
        ("tests.own_agents:empty", "it is empty"),
        ("tests.own_agents:broken", "it raised RuntimeError: no luck"),
    ],
)
def test_what_cannot_be_offered_ends_the_start_with_the_reason(
    named: str, reason: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "sergas", "serve", named, "--port", "0"]

    ended = subprocess.run(
        [*command, "--data-dir", str(tmp_path)], capture_output=True, text=True, timeout=50
    )

    assert ended.returncode == 2
    said = " ".join(ended.stderr.split())
    assert reason in said
    assert "Traceback" not in said
