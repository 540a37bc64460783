"""What a database does while it restarts, and how a caller waits until that is over."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg
import structlog

T = TypeVar("T")
_log = structlog.get_logger()
_FIRST_PAUSE_S = 0.05
_LONGEST_PAUSE_S = 2.0

# Nothing is wrong with what was asked for; the same may work in a moment. `OSError` has the refused
# connection and the time-out. A connection that is closed beneath its user is an `InterfaceError`,
# or an `InternalClientError` if that happens between two messages of one query.
PASSING_ERRORS = (
    OSError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.DeadlockDetectedError,
    asyncpg.LockNotAvailableError,
    asyncpg.SerializationError,
    asyncpg.ReadOnlySQLTransactionError,
)


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


async def outlast(attempt: Callable[[], Awaitable[T]], patience_s: float) -> T:
    """Try until it works; a passing error is raised only when the patience is at its end."""
    loop, pauses = asyncio.get_running_loop(), Pauses()
    deadline = loop.time() + patience_s
    while True:
        try:
            return await attempt()
        except PASSING_ERRORS as error:
            if loop.time() >= deadline:
                raise
            _log.warning("database_away", error=type(error).__name__)
        await pauses.take()
