"""What one process may call, and what becomes of its calls."""

import asyncio
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sergas.core.errors import AgentFailed
from sergas.core.json import JsonObject

_CLOSING_S = 1.0


def _nobody(_: AgentFailed) -> None:
    return


@dataclass(slots=True, weakref_slot=True, eq=False)
class Line:
    """The way of one process to its model.

    A call has to be allowed before it is made, so that the process makes none of its own accord:
    no retries, no titles, no summaries.

    Attributes:
        token: by which the relay knows the process.
        model: what it is told to call, for the words of failures.
        fail: is told why a call failed. The process is not: it never sees a failure.
        begun: the event that began the answer to the last call, or None; a process may have been
            ended before it told of it.
    """

    token: str = field(repr=False)
    model: str
    fail: Callable[[AgentFailed], None] = _nobody
    begun: JsonObject | None = None
    _allowed: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    _calls: set[asyncio.Task[Any]] = field(default_factory=set[asyncio.Task[Any]])

    def allow(self) -> None:
        """Let the process call its model once more."""
        self._allowed.release()

    async def allowed(self) -> None:
        """Wait until the process may call; for ever, for whoever may not is cut in the end."""
        await self._allowed.acquire()

    @property
    def is_calling(self) -> bool:
        """Whether a call is under way; how long it may be silent is the relay's business."""
        return bool(self._calls)

    @contextmanager
    def call(self) -> Generator[None]:
        """Let `cut` cancel what the current task does in the block."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("A call needs a task.")
        self._calls.add(task)
        try:
            yield
        finally:
            self._calls.discard(task)

    def cut(self) -> None:
        """Close the connections of all calls, at once."""
        for task in self._calls:
            task.cancel()

    async def closed(self) -> None:
        """Wait until the connections of calls that were cut are closed, but not for long."""
        if self._calls:
            await asyncio.wait(list(self._calls), timeout=_CLOSING_S)
