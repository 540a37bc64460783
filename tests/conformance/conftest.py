"""The servers and clients of the conformance tests, and the matrix at the end of their report."""

import json
from collections.abc import Generator, Mapping

import pytest

from tests.conformance.clients import Clients
from tests.conformance.matrix import CELL, matrix
from tests.conformance.steps import FAR
from tests.server import Server, free_port, serving


@pytest.fixture(scope="session")
def clients() -> Generator[Clients]:
    """Give the clients, which live as long as the session."""
    running = Clients()
    yield running
    running.close()


@pytest.fixture(scope="session")
def servers(
    server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Mapping[str, Server]]:
    """Give the usual server, one with room for one run, and one with an agent on the usual one."""
    limits = {"SERGAS_MAX_ACTIVE_RUNS": "1", "SERGAS_MAX_QUEUED_RUNS": "0"}
    small = Server(tmp_path_factory.mktemp("small") / "data", free_port(), limits)
    small.start()
    far = {
        "SERGAS_WORKFLOWS": "tests.own_agents:offer",
        "FAR_URL": f"{server.url}/api/copilotkit/agent/script/run",
        "FAR_TOKEN": server.token,
        "FAR_OPTIONS": json.dumps({"script": FAR}),
    }
    with serving(tmp_path_factory.mktemp("near"), **far) as near:
        yield {"usual": server, "small": small, "near": near}
    small.stop()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the matrix of the scenarios and clients that were tried."""
    cells: dict[tuple[str, str], str] = {}
    for outcome in ("passed", "failed", "error"):
        for report in terminalreporter.stats.get(outcome, []):
            place = dict(getattr(report, "user_properties", [])).get(CELL)
            if place is not None:
                cells[place] = outcome
    for line in matrix(cells):
        terminalreporter.write_line(line)
