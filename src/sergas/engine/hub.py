"""Wakes whoever follows a run in this process, and keeps the newest events at hand for them."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from sergas.core.ids import RunId
from sergas.core.runs import Event

_KEPT_EVENTS = 2048


@dataclass(slots=True)
class _Tail:
    events: deque[Event] = field(default_factory=lambda: deque[Event](maxlen=_KEPT_EVENTS))
    waiting: list[asyncio.Future[None]] = field(default_factory=list[asyncio.Future[None]])


class Hub:
    """Local fan-out: one run, any number of followers, no queue per follower."""

    def __init__(self) -> None:
        self._tails: dict[RunId, _Tail] = {}

    def publish(self, run_id: RunId, events: Sequence[Event]) -> None:
        """Make committed events known; an empty sequence only wakes the followers."""
        tail = self._tails.setdefault(run_id, _Tail())
        tail.events.extend(events)
        waiting, tail.waiting = tail.waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    def wake(self, run_id: RunId) -> None:
        """Wake the followers of a run that another process writes."""
        if run_id in self._tails:
            self.publish(run_id, ())

    def recent(self, run_id: RunId, after: int) -> Sequence[Event] | None:
        """Return the events after a seq, if they are all at hand; None means read the log."""
        tail = self._tails.get(run_id)
        if tail is None or not tail.events or after < tail.events[0].seq - 1:
            return None
        newest = tail.events[-1].seq
        if after >= newest:
            return ()
        missing = newest - after
        return list(tail.events) if missing >= len(tail.events) else list(tail.events)[-missing:]

    async def wait(self, run_id: RunId, after: int, timeout_s: float) -> None:
        """Return when something was published after that seq, or after the time-out."""
        tail = self._tails.setdefault(run_id, _Tail())
        if tail.events and tail.events[-1].seq > after:
            return
        future = asyncio.get_running_loop().create_future()
        tail.waiting.append(future)
        try:
            await asyncio.wait_for(future, timeout_s)
        except TimeoutError:
            pass
        finally:
            tail.waiting = [other for other in tail.waiting if other is not future]
            if not tail.events and not tail.waiting and self._tails.get(run_id) is tail:
                del self._tails[run_id]

    def forget(self, run_id: RunId) -> None:
        """Drop what is kept of a run that is over; its followers read the log."""
        self.publish(run_id, ())
        self._tails.pop(run_id, None)
