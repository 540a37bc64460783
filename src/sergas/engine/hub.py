"""Wakes whoever follows a run in this process, and keeps the newest events at hand for them."""

import asyncio
from collections import deque
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice

from sergas.core.ids import RunId
from sergas.core.runs import Event

_KEPT_EVENTS = 2048


@dataclass(slots=True)
class _Tail:
    events: deque[Event] = field(default_factory=lambda: deque[Event](maxlen=_KEPT_EVENTS))
    waiting: list[asyncio.Future[None]] = field(default_factory=list[asyncio.Future[None]])
    followers: int = 0
    changes: int = 0


class Hub:
    """Local fan-out: one run, any number of followers, no queue per follower."""

    def __init__(self) -> None:
        self._tails: dict[RunId, _Tail] = {}

    def publish(self, run_id: RunId, events: Sequence[Event]) -> None:
        """Make committed events known; an empty sequence only wakes the followers."""
        tail = self._tails.setdefault(run_id, _Tail())
        tail.events.extend(events)
        tail.changes += 1
        waiting, tail.waiting = tail.waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    def wake(self, run_id: RunId) -> None:
        """Wake the followers of a run that another process writes; they read the log."""
        tail = self._tails.get(run_id)
        if tail is not None:
            # What this process wrote before it lost the run is not the newest any more.
            tail.events.clear()
            self.publish(run_id, ())

    def recent(self, run_id: RunId, after: int) -> Sequence[Event] | None:
        """Return the events after a seq, if they are all at hand; None means read the log."""
        tail = self._tails.get(run_id)
        if tail is None or not tail.events or after < tail.events[0].seq - 1:
            return None
        newest = tail.events[-1].seq
        if after >= newest:
            return ()
        # From the new end: a follower lacks a few events, the tail holds thousands.
        return list(islice(reversed(tail.events), newest - after))[::-1]

    @contextmanager
    def followed(self, run_id: RunId) -> Generator[None]:
        """Count a run's changes for as long as somebody follows it."""
        tail = self._tails.setdefault(run_id, _Tail())
        tail.followers += 1
        try:
            yield
        finally:
            tail.followers -= 1
            self._drop_if_idle(run_id)

    def changes(self, run_id: RunId) -> int:
        """Return how often something was published of a run that is followed."""
        return self._tails[run_id].changes

    async def wait(self, run_id: RunId, seen_changes: int, timeout_s: float) -> bool:
        """Return True once there are more changes than those seen; False after the time-out."""
        tail = self._tails[run_id]
        if tail.changes != seen_changes:
            return True
        future = asyncio.get_running_loop().create_future()
        tail.waiting.append(future)
        try:
            # `asyncio.wait_for` of Python 3.11 loses a cancel that comes with the result.
            async with asyncio.timeout(timeout_s):
                await future
        except TimeoutError:
            return False
        finally:
            tail.waiting = [other for other in tail.waiting if other is not future]
        return True

    def forget(self, run_id: RunId) -> None:
        """Drop what is kept of a run that is over; its followers read the log."""
        self.publish(run_id, ())
        self._tails[run_id].events.clear()
        self._drop_if_idle(run_id)

    def _drop_if_idle(self, run_id: RunId) -> None:
        tail = self._tails[run_id]
        if not tail.followers and not tail.events:
            del self._tails[run_id]
