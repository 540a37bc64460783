"""The adapters that every contract suite runs against."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sergas.core.clock import system_clock
from sergas.core.stores import Stores
from sergas.stores import postgres, sqlite
from tests.postgres import empty, execute

_NOW = """
CREATE OR REPLACE FUNCTION sergas.now_ms() RETURNS bigint LANGUAGE sql VOLATILE PARALLEL SAFE
RETURN (extract(epoch FROM clock_timestamp()) * 1000)::bigint + ({})
"""


@dataclass(slots=True)
class StoreClock:
    """The clock that the stores go by; `set` sets it forward, or back."""

    url: str | None = None
    ahead_ms: int = 0

    def set(self, ahead_ms: int) -> None:
        """Let it be ahead of the real time, or behind it if negative."""
        self.ahead_ms = ahead_ms
        if self.url is not None:
            execute(self.url, _NOW.format(ahead_ms).encode())

    def now(self) -> int:
        """Return its time."""
        return system_clock() + self.ahead_ms


@pytest.fixture
def store_clock() -> StoreClock:
    """Give the clock of the stores."""
    return StoreClock()


@pytest.fixture(params=["sqlite", "postgres"])
async def stores(
    request: pytest.FixtureRequest, tmp_path: Path, store_clock: StoreClock
) -> AsyncGenerator[Stores]:
    """Give empty stores."""
    if request.param == "sqlite":
        async with sqlite.open_stores(tmp_path, store_clock.now) as opened:
            yield opened
        return
    url: str = request.getfixturevalue("postgres_url")
    async with postgres.open_stores(url) as opened:
        empty(url)
        store_clock.url = url
        yield opened
        store_clock.set(0)
