"""A thread that owns a connection and works off calls, many to a transaction."""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sergas.core.errors import StoreUnavailable
from sergas.stores.sqlite.faults import as_outage, is_outage

T = TypeVar("T")
_BATCH_LIMIT = 256


@dataclass(frozen=True, slots=True)
class _Call:
    function: Callable[[sqlite3.Connection], object]
    loop: asyncio.AbstractEventLoop
    # A future of any type: `call` gives it back as the type of its function.
    future: "asyncio.Future[Any]"


class Worker:
    """Runs functions on its own thread, in the order they came."""

    def __init__(
        self,
        name: str,
        connection: sqlite3.Connection,
        *,
        begin: str,
        before: Callable[[], None] = lambda: None,
        on_commit: Callable[[], None] = lambda: None,
    ) -> None:
        self._connection, self._begin = connection, begin
        self._before, self._on_commit = before, on_commit
        self._calls: queue.SimpleQueue[_Call | None] = queue.SimpleQueue()
        self._ended: asyncio.Future[None] | None = None
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    async def call(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """Run the function inside a transaction and return its result after the commit."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._calls.put(_Call(function, loop, future))
        return await future

    async def close(self) -> None:
        """Work off what is waiting, then end the thread and close the connection."""
        # No `asyncio.to_thread` here: DBOS shuts the loop's default executor down before us.
        loop = asyncio.get_running_loop()
        self._ended = loop.create_future()
        self._calls.put(None)
        await self._ended
        self._thread.join()
        self._connection.close()

    def _work(self) -> None:
        is_open = True
        while is_open:
            batch, is_open = self._next_batch()
            if batch:
                _deliver(batch, self._run(batch))
        if self._ended is not None:
            self._ended.get_loop().call_soon_threadsafe(self._ended.set_result, None)

    def _next_batch(self) -> tuple[list[_Call], bool]:
        batch: list[_Call] = []
        call = self._calls.get()
        while call is not None:
            batch.append(call)
            if len(batch) == _BATCH_LIMIT:
                return batch, True
            try:
                call = self._calls.get_nowait()
            except queue.Empty:
                return batch, True
        return batch, False

    def _run(self, batch: list[_Call]) -> list[object]:
        try:
            self._before()
            self._connection.execute(self._begin)
            results = [self._run_one(call) for call in batch]
            self._connection.execute("COMMIT")
        except (sqlite3.Error, StoreUnavailable) as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            return [as_outage(error)] * len(batch)
        self._on_commit()
        return results

    def _run_one(self, call: _Call) -> object:
        self._connection.execute("SAVEPOINT one")
        try:
            result = call.function(self._connection)
        except Exception as error:
            if is_outage(error):
                # It is no one call's fault, and may have ended the whole transaction already.
                raise
            self._connection.execute("ROLLBACK TO one")
            result = error
        self._connection.execute("RELEASE one")
        return result


def _deliver(batch: list[_Call], results: list[object]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[_Call, object]]] = {}
    for call, result in zip(batch, results, strict=True):
        by_loop.setdefault(call.loop, []).append((call, result))
    for loop, pairs in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_resolve, pairs)


def _resolve(pairs: list[tuple[_Call, object]]) -> None:
    for call, result in pairs:
        if call.future.done():
            continue
        if isinstance(result, Exception):
            call.future.set_exception(result)
        else:
            call.future.set_result(result)
