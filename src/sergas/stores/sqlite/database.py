"""One SQLite file: a thread that writes, a thread that reads, and a lock against a second process.

Oddities, on purpose:
* Writes that are asked for at the same time share one transaction (group commit); each has its own
  savepoint, so one that fails undoes only itself.
* A file that was moved or deleted under us is not written to: SQLite would go on with what nobody
  can open again.
* The journal is WAL with synchronous=NORMAL: a commit survives a crash of the process; a power cut
  may take the last moments.
"""

import fcntl
import math
import os
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import IO, Self, TypeVar

from sergas.core.clock import Clock
from sergas.core.errors import StoreRefused, StoreUnavailable
from sergas.stores.outages import outlast
from sergas.stores.sqlite.faults import as_outage
from sergas.stores.sqlite.migrations import migrate
from sergas.stores.sqlite.thread_news import ThreadNews
from sergas.stores.sqlite.worker import Worker

T = TypeVar("T")
_ADVICE = "name a folder that can be written with --data-dir"


class Database:
    """The open file; a function runs on the thread that owns a connection."""

    def __init__(self, lock: IO[bytes], writer: Worker, reader: Worker, news: ThreadNews) -> None:
        self._lock, self._writer, self._reader, self.news = lock, writer, reader, news

    @classmethod
    def open(cls, folder: Path, clock: Clock) -> Self:
        """Open or make `sergas.sqlite` in the folder and bring its tables up to date.

        Raises:
            StoreRefused: another process has it open, or the folder cannot be written.
            StoreUnavailable: there is no room for it, or its disk fails.
        """
        lock = _take_lock(folder)
        try:
            return cls._opened(folder / "sergas.sqlite", lock, clock)
        except sqlite3.Error as error:
            lock.close()
            raise as_outage(error) from error

    @classmethod
    def _opened(cls, path: Path, lock: IO[bytes], clock: Clock) -> Self:
        connection = _connect(path, clock)
        migrate(connection)
        news = ThreadNews()
        news.attach(connection)
        writer = Worker(
            "sqlite-writer",
            connection,
            begin="BEGIN IMMEDIATE",
            before=_guard(path),
            on_commit=news.committed,
        )
        return cls(
            lock, writer, Worker("sqlite-reader", _connect(path, clock), begin="BEGIN"), news
        )

    async def write(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """Run the function in a transaction and return its result once that is committed.

        Raises:
            StoreUnavailable: nothing can be written at the moment.
        """
        return await self._writer.call(function)

    async def persist(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """Do as `write` does, however long that takes; only a cancel ends the wait."""

        def attempt() -> Awaitable[T]:
            return self._writer.call(function)

        return await outlast(attempt, math.inf, (StoreUnavailable,))

    async def read(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """Run the function on the latest committed state."""
        return await self._reader.call(function)

    async def close(self) -> None:
        """Finish what was asked for, close the file and release the lock."""
        await self._writer.close()
        await self._reader.close()
        self._lock.close()


def check_free(folder: Path) -> None:
    """Make sure that the folder is there, and no process has it; `Database.open` does for good.

    Raises:
        StoreRefused: one has, or the folder cannot be written.
    """
    _take_lock(folder).close()


def _take_lock(folder: Path) -> IO[bytes]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "sergas.lock").open("ab")
    except OSError as error:
        raise StoreRefused(f"{folder}: {error.strerror}", _ADVICE) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        advice = "stop it, or give this one another --data-dir"
        raise StoreRefused(f"another Sergas process uses {folder}", advice) from error
    return lock


def _guard(path: Path) -> Callable[[], None]:
    opened = path.stat()

    def demand_same_file() -> None:
        try:
            is_same = os.path.samestat(path.stat(), opened)
        except OSError:
            is_same = False
        if not is_same:
            raise StoreUnavailable(f"{path} was moved or deleted; put it back")

    return demand_same_file


def _connect(path: Path, clock: Clock) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
    connection.row_factory = sqlite3.Row
    connection.create_function("now_ms", 0, clock)
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=30000",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection
