"""The processes of a server: how many there may be, who has to wait, and who rests between turns.

Starting one takes a second of a core, whatever the number that start at once, so only so many do.
One that is done rests for a while: the next run of its thread finds it warm. One that rests makes
room when somebody needs it, the longest rested first.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Hashable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field

from sergas.agents.claude.process import Process
from sergas.agents.claude.slots import Slots
from sergas.core.chunks import Progress

_BURIALS_S = 10.0


@dataclass(frozen=True, slots=True)
class HallLimits:
    """How many processes there may be.

    Attributes:
        processes: alive at the same time.
        starts: starting at the same time.
        rest_s: how long one waits for the next run of its thread.
    """

    processes: int
    starts: int
    rest_s: float = 120.0


@dataclass(frozen=True, slots=True)
class _Resting:
    process: Process = field(repr=False)
    since: float


class Hall:
    """Keeps processes while it is open."""

    def __init__(self, limits: HallLimits) -> None:
        self._limits = limits
        self._room = Slots(limits.processes, "Waiting for room for Claude Code")
        self._starts = Slots(limits.starts, "Waiting to start Claude Code")
        # In the order in which they came to rest.
        self._resting: dict[Hashable, _Resting] = {}
        self._alive: set[Process] = set()
        self._burials: dict[Process, asyncio.Task[None]] = {}
        self._tasks: asyncio.TaskGroup | None = None

    @property
    def state(self) -> str:
        """How many processes there are, for a person."""
        waiting = self._room.waiting + self._starts.waiting
        resting = len(self._resting)
        return f"{len(self._alive) - resting} at work, {resting} at rest, {waiting} wait to start"

    @asynccontextmanager
    async def opened(self) -> AsyncGenerator[None]:
        """Take processes in; on leaving, all are ended."""
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            watching = tasks.create_task(self._let_go())
            try:
                yield
            finally:
                watching.cancel()
                for process in list(self._alive):
                    self.end(process)
                # Here, for a group that was broken would cancel them.
                if self._burials:
                    await asyncio.wait(self._burials.values(), timeout=_BURIALS_S)

    async def enter(self) -> AsyncGenerator[Progress, None]:
        """Take room for a process that is to be started, and say what it waits for."""
        if self._room.is_full and self._resting:
            self._end_resting(next(iter(self._resting)))
        async with aclosing(self._room.enter()) as news:
            async for one in news:
                yield one

    def leave(self) -> None:
        """Give the room back, of a process that never was."""
        self._room.leave()

    async def start(self, process: Process) -> AsyncGenerator[Progress, None]:
        """Start a process that has room, when it is its turn; whatever happens, `end` it.

        Raises:
            AgentFailed: it does not start.
        """
        self._alive.add(process)
        async with aclosing(self._starts.enter()) as news:
            async for one in news:
                yield one
        try:
            yield Progress(None, "Starting Claude Code")
            await process.start()
        finally:
            self._starts.leave()
        self._group.create_task(process.listen())

    def warm(self, key: Hashable) -> Process | None:
        """Return the process that rests under a key, if it is still well."""
        resting = self._resting.pop(key, None)
        if resting is None:
            return None
        if resting.process.is_over:
            self.end(resting.process)
            return None
        return resting.process

    def rest(self, key: Hashable, process: Process) -> None:
        """Keep a process that has nothing to do any more, unless somebody waits for its room."""
        # Those that are being cleaned up after make room already.
        is_in_the_way = self._room.waiting > len(self._burials)
        if self._limits.rest_s <= 0 or key in self._resting or is_in_the_way:
            self.end(process)
            return
        self._resting[key] = _Resting(process, time.monotonic())

    def end(self, process: Process) -> None:
        """Kill a process, at once, and clean up after it in the background."""
        if process in self._burials:
            return
        process.kill()
        self._burials[process] = self._group.create_task(self._buried(process))

    @property
    def _group(self) -> asyncio.TaskGroup:
        if self._tasks is None:
            raise RuntimeError("The hall is not open.")
        return self._tasks

    async def _buried(self, process: Process) -> None:
        try:
            await process.bury()
        finally:
            self._alive.discard(process)
            del self._burials[process]
            self._room.leave()

    def _end_resting(self, key: Hashable) -> None:
        self.end(self._resting.pop(key).process)

    async def _let_go(self) -> None:
        """End processes that have rested long enough, until cancelled."""
        while True:
            await asyncio.sleep(max(0.05, self._limits.rest_s / 10))
            now = time.monotonic()
            for key, resting in list(self._resting.items()):
                if now - resting.since >= self._limits.rest_s or resting.process.is_over:
                    self._end_resting(key)
