"""Fixtures that every room's tests may use."""

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.server import Server, free_port


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    """Give a running server that the whole session shares; tests use their own thread ids."""
    shared = Server(tmp_path_factory.mktemp("server") / "data", free_port())
    shared.start()
    yield shared
    shared.stop()


@pytest.fixture
def own_server(tmp_path: Path) -> Generator[Server]:
    """Give a running server of the test's own, to kill and restart."""
    own = Server(tmp_path / "data", free_port())
    own.start()
    yield own
    own.stop()


@pytest.fixture
def anyio_backend() -> str:
    """Run async tests on asyncio, with no second backend."""
    return "asyncio"
