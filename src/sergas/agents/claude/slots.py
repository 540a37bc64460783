"""Room for so many at once, with a queue that can be seen."""

import asyncio
from collections.abc import AsyncGenerator

from sergas.core.chunks import Progress

_NEWS_EVERY_S = 15.0


class Slots:
    """A number of places."""

    def __init__(self, count: int, waiting_for: str) -> None:
        """Offer places.

        Args:
            count: how many there are.
            waiting_for: what whoever has to wait is told, before how many wait before it.
        """
        self._free, self._waiting_for = asyncio.Semaphore(count), waiting_for
        self.waiting = 0

    @property
    def is_full(self) -> bool:
        """Whether whoever comes now has to wait."""
        return self._free.locked()

    async def enter(self) -> AsyncGenerator[Progress, None]:
        """Take a place, and say at once and now and then that there is none; `leave` frees it."""
        before = self.waiting
        self.waiting += 1
        try:
            while True:
                if self.is_full:
                    yield Progress(None, f"{self._waiting_for} ({before} before this one)")
                try:
                    async with asyncio.timeout(_NEWS_EVERY_S):
                        await self._free.acquire()
                except TimeoutError:
                    continue
                else:
                    return
        finally:
            self.waiting -= 1

    def leave(self) -> None:
        """Free a place."""
        self._free.release()
