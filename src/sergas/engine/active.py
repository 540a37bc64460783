"""The runs that this process is working off, and how one of them is stopped."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from sergas.core.errors import AgentFailed, SergasError
from sergas.core.ids import RunId

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Failure:
    error: Exception


class ActiveRun:
    """One run at work here; `cancel` stops it, `cancel_agent` one agent of it."""

    def __init__(self) -> None:
        self.cancel_reason: str | None = None
        self.error: SergasError | None = None
        self._unwanted: set[str] = set()
        self._agents: dict[str, asyncio.Task[object]] = {}
        self._task: asyncio.Task[_Failure | None] | None = None

    async def run(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do the work; a run that somebody wants stopped does not begin.

        Raises:
            CancelledError: it was stopped on purpose (`cancel_reason` is set), or because of an
                `error`, or the process ends.
        """
        async with asyncio.TaskGroup() as group:
            self._task = task = group.create_task(_result_of(work))
            if self.cancel_reason is not None or self.error is not None:
                task.cancel()
        if task.cancelled():
            raise asyncio.CancelledError
        result = task.result()
        if isinstance(result, _Failure):
            raise result.error

    async def run_agent(self, agent: str, work: Callable[[], Awaitable[T]]) -> T:
        """Do an agent's work so that it alone can be stopped.

        Raises:
            AgentFailed: it was stopped alone.
        """
        async with asyncio.TaskGroup() as group:
            task = group.create_task(_result_of(work))
            self._agents[agent] = task
            if agent in self._unwanted:
                task.cancel()
        del self._agents[agent]
        if task.cancelled():
            raise AgentFailed(f"Agent {agent!r} was stopped.", code="agent_cancelled")
        result = task.result()
        if isinstance(result, _Failure):
            raise result.error
        return result

    def cancel_agent(self, agent: str) -> None:
        """Stop one agent, now or when it begins."""
        if agent not in self._unwanted:
            self._unwanted.add(agent)
            if agent in self._agents:
                self._agents[agent].cancel()

    def let_go(self) -> asyncio.Task[_Failure | None] | None:
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

    def stop(self, error: SergasError) -> bool:
        """Stop the work because of an error, and say whether it is the first one."""
        if self.error is not None:
            return False
        self.error = error
        if self._task is not None:
            self._task.cancel()
        return True


class ActiveRuns:
    """The active runs by id."""

    def __init__(self) -> None:
        self._runs: dict[RunId, ActiveRun] = {}

    def __len__(self) -> int:
        return len(self._runs)

    def ids(self) -> Collection[RunId]:
        """Return the ids of the active runs."""
        return set(self._runs)

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

    def cancel_agent(self, run_id: RunId, agent: str) -> None:
        """Stop one agent of a run, if the run is worked off here."""
        active = self._runs.get(run_id)
        if active is not None:
            active.cancel_agent(agent)


async def _result_of(work: Callable[[], Awaitable[T]]) -> T | _Failure:
    try:
        return await work()
    except Exception as error:  # noqa: BLE001 - handed to the caller, outside of the task group
        return _Failure(error)
