"""The only writer of one run in one epoch: it numbers events, makes them durable, then shows them.

The first event goes out at once; after that at most one batch leaves per `interval_s`, for each
costs a commit here and a turn in every browser. Deltas that wait together become one event.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from sergas.core.errors import Fenced
from sergas.core.json import encode
from sergas.core.ports import EventLog
from sergas.core.runs import Event, Run
from sergas.engine.events import AgUiEvent
from sergas.engine.fold import Fold
from sergas.engine.hub import Hub

_DELTA_KEYS = {
    "TEXT_MESSAGE_CONTENT": "messageId",
    "REASONING_MESSAGE_CONTENT": "messageId",
    "TOOL_CALL_ARGS": "toolCallId",
}
_BUFFER_LIMIT = 4000
_BREATH = 100


class RunLog:
    """Emit events here; `write` runs beside and makes them durable.

    Attributes:
        view: the fold of everything emitted so far, stored or still on its way.
    """

    def __init__(
        self,
        *,
        run: Run,
        log: EventLog,
        hub: Hub,
        last_seq: int,
        view: Fold,
        interval_s: float,
    ) -> None:
        self.view = view
        self._run_id, self._epoch, self._log, self._hub = run.id, run.epoch, log, hub
        self._interval_s = interval_s
        self._seq = last_seq
        self._buffer: list[AgUiEvent | bytes] = []
        self._deltas: dict[tuple[str, str], AgUiEvent] = {}
        self._wake = asyncio.Event()
        self._hurry = asyncio.Event()
        self._flushed = asyncio.Condition()
        self._accepted = self._written = 0
        self._lost: Fenced | None = None
        self._emitted = 0

    def emit(self, event: AgUiEvent) -> None:
        """Take an event; it is visible to nobody before it is durable.

        Raises:
            Fenced: another executor has the run.
            TypeError: the event holds what JSON has no form for.
            ValueError: it holds text that UTF-8 has no form for.
        """
        if self._lost is not None:
            raise self._lost
        kind = str(event["type"])
        if kind in _DELTA_KEYS:
            self._add_delta(kind, event)
        else:
            self._accept(encode(event))
            self._deltas.clear()
        self.view.apply(event)
        self._wake.set()

    def emit_all(self, events: Sequence[AgUiEvent]) -> None:
        """Take several events."""
        for event in events:
            self.emit(event)

    async def flush(self) -> None:
        """Return when everything emitted so far is durable and visible.

        Raises:
            Fenced: another executor has the run.
        """
        self._hurry.set()
        wanted = self._accepted
        async with self._flushed:
            await self._flushed.wait_for(lambda: self._lost is not None or self._written >= wanted)
        if self._lost is not None:
            raise self._lost

    async def breathe(self) -> None:
        """Let others run now and then, and wait while the buffer is full."""
        self._emitted += 1
        if len(self._buffer) >= _BUFFER_LIMIT:
            await self.flush()
        elif self._emitted % _BREATH == 0:
            await asyncio.sleep(0)

    async def end(self, terminal: AgUiEvent, record: Callable[[Event], Awaitable[None]]) -> None:
        """Write the last event together with the run's end, which `record` does, then show it."""
        await self.flush()
        self.view.apply(terminal)
        event = Event(self._seq + 1, encode(terminal))
        await record(event)
        self._seq += 1
        self._hub.publish(self._run_id, [event])

    async def write(self) -> None:
        """Write batches until cancelled, or until the run is lost to another executor."""
        while self._lost is None:
            await self._wake.wait()
            await self._write_batch()
            await self._pause()

    def _accept(self, event: AgUiEvent | bytes) -> None:
        self._buffer.append(event)
        self._accepted += 1

    def _add_delta(self, kind: str, event: AgUiEvent) -> None:
        key = (kind, str(event[_DELTA_KEYS[kind]]))
        pending = self._deltas.get(key)
        if pending is None:
            self._deltas[key] = grown = dict(event)
            self._accept(grown)
        else:
            pending["delta"] = f"{pending['delta']}{event['delta']}"

    async def _write_batch(self) -> None:
        batch, self._buffer = self._buffer, []
        self._deltas.clear()
        self._wake.clear()
        self._hurry.clear()
        try:
            encoded = [e if isinstance(e, bytes) else encode(e) for e in batch]
            events = [Event(self._seq + n, data) for n, data in enumerate(encoded, start=1)]
            await self._log.append(self._run_id, self._epoch, events)
            self._seq += len(events)
            self._hub.publish(self._run_id, events)
            self._written += len(events)
        except Fenced as error:
            self._lost = error
        finally:
            async with self._flushed:
                self._flushed.notify_all()

    async def _pause(self) -> None:
        try:
            # `asyncio.wait_for` of Python 3.11 loses a cancel that comes with the result.
            async with asyncio.timeout(self._interval_s):
                await self._hurry.wait()
        except TimeoutError:
            return
