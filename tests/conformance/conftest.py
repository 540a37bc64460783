"""The servers and clients of the conformance tests, and the matrix at the end of their report."""

from collections.abc import Generator, Mapping

import pytest

from tests.conformance.clients import Clients
from tests.conformance.matrix import CELL, matrix
from tests.server import Server, free_port


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
    """Give the usual server, and a small one with room for one run at a time."""
    limits = {"SERGAS_MAX_ACTIVE_RUNS": "1", "SERGAS_MAX_QUEUED_RUNS": "0"}
    small = Server(tmp_path_factory.mktemp("small") / "data", free_port(), limits)
    small.start()
    yield {"usual": server, "small": small}
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
