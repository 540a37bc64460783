"""Fixtures of the engine's tests."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from sergas.core.stores import Stores
from sergas.stores.sqlite import open_stores


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncGenerator[Stores]:
    """Give empty stores of the test's own."""
    async with open_stores(tmp_path) as opened:
        yield opened
