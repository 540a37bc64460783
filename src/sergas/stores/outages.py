"""How a caller waits until a database that is away has come back."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

T = TypeVar("T")
_log = structlog.get_logger()
_FIRST_PAUSE_S = 0.05
_LONGEST_PAUSE_S = 2.0


class Pauses:
    """The pauses between tries: each twice as long as the one before, up to two seconds."""

    def __init__(self) -> None:
        self._next_s = _FIRST_PAUSE_S

    async def take(self) -> None:
        """Pause."""
        pause_s, self._next_s = self._next_s, min(self._next_s * 2, _LONGEST_PAUSE_S)
        await asyncio.sleep(pause_s)

    def reset(self) -> None:
        """Begin with the shortest pause again."""
        self._next_s = _FIRST_PAUSE_S


async def outlast(
    attempt: Callable[[], Awaitable[T]],
    patience_s: float,
    passing: tuple[type[Exception], ...],
) -> T:
    """Try until it works; a passing error is raised only when the patience is at its end.

    Args:
        attempt: what is tried; it is safe to repeat.
        patience_s: how long, in seconds.
        passing: errors of an outage: nothing is wrong with what was tried.
    """
    loop, pauses = asyncio.get_running_loop(), Pauses()
    deadline = loop.time() + patience_s
    while True:
        try:
            return await attempt()
        except passing as error:
            if loop.time() >= deadline:
                raise
            _log.warning("database_away", error=str(error) or type(error).__name__)
        await pauses.take()
