"""Fixtures that every room's tests may use."""

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.models.fake import FakeModels, running_models
from tests.postgres import Postgres, drop_database, make_database, running_postgres
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


@pytest.fixture
def models() -> Generator[FakeModels]:
    """Give a running fake model server of the test's own; see `tests/models/fake.py`."""
    with running_models() as running:
        yield running


@pytest.fixture(scope="session")
def postgres_server() -> Generator[Postgres]:
    """Give a running PostgreSQL that the whole session shares."""
    with running_postgres() as running:
        yield running


@pytest.fixture(scope="session")
def postgres_url(postgres_server: Postgres) -> Generator[str]:
    """Give the address of a database that the whole session shares; tests empty its tables."""
    url = make_database(postgres_server)
    yield url
    drop_database(postgres_server, url)
