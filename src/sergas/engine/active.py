"""The runs that this process is working off, and how one of them is stopped."""

import asyncio
from collections.abc import Awaitable, Generator
from contextlib import contextmanager

from sergas.core.ids import RunId


class ActiveRun:
    """One run at work here; `cancel` stops it."""

    def __init__(self) -> None:
        self.cancel_reason: str | None = None
        self._task: asyncio.Task[Exception | None] | None = None

    async def run(self, work: Awaitable[None]) -> None:
        """Do the work; a run that somebody wants stopped does not begin.

        Raises:
            CancelledError: it was stopped on purpose (`cancel_reason` is set), or the process ends.
        """
        async with asyncio.TaskGroup() as group:
            self._task = task = group.create_task(_failure_of(work))
            if self.cancel_reason is not None:
                task.cancel()
        if task.cancelled():
            raise asyncio.CancelledError
        error = task.result()
        if error is not None:
            raise error

    def let_go(self) -> asyncio.Task[Exception | None] | None:
        """Stop the work without a reason: the run stays unfinished."""
        if self._task is not None:
            self._task.cancel()
        return self._task

    def cancel(self, reason: str) -> None:
        """Stop the work; the first reason stays."""
        if self.cancel_reason is None:
            self.cancel_reason = reason
            if self._task is not None:
                self._task.cancel()


class ActiveRuns:
    """The active runs by id."""

    def __init__(self) -> None:
        self._runs: dict[RunId, ActiveRun] = {}

    def __len__(self) -> int:
        return len(self._runs)

    @contextmanager
    def entered(self, run_id: RunId) -> Generator[ActiveRun]:
        """Register a run for as long as it is worked off."""
        active = ActiveRun()
        self._runs[run_id] = active
        try:
            yield active
        finally:
            if self._runs.get(run_id) is active:
                del self._runs[run_id]

    async def leave(self) -> None:
        """Let go of every run, unfinished as it is: the process ends and another goes on."""
        tasks = [active.let_go() for active in list(self._runs.values())]
        await asyncio.gather(*(task for task in tasks if task is not None), return_exceptions=True)

    def cancel(self, run_id: RunId, reason: str) -> bool:
        """Stop a run if it is worked off here, and say whether it is."""
        active = self._runs.get(run_id)
        if active is not None:
            active.cancel(reason)
        return active is not None


async def _failure_of(work: Awaitable[None]) -> Exception | None:
    try:
        await work
    except Exception as error:  # noqa: BLE001 - handed to the caller, outside of the task group
        return error
    return None
