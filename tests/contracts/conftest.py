"""The adapters that every contract suite runs against."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from sergas.core.stores import Stores
from sergas.stores import postgres, sqlite
from tests.postgres import empty


@pytest.fixture(params=["sqlite", "postgres"])
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Stores]:
    """Give empty stores."""
    if request.param == "sqlite":
        async with sqlite.open_stores(tmp_path) as opened:
            yield opened
        return
    url: str = request.getfixturevalue("postgres_url")
    async with postgres.open_stores(url) as opened:
        empty(url)
        yield opened
