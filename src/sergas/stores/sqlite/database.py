"""One SQLite file: a thread that writes, a thread that reads, and a lock against a second process.

Oddities, on purpose:
* Writes that are asked for at the same time share one transaction (group commit); each has its own
  savepoint, so one that fails undoes only itself.
* The journal is WAL with synchronous=NORMAL: a commit survives a crash of the process; a power cut
  may take the last moments.
"""

import fcntl
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import IO, Self, TypeVar

from sergas.core.clock import system_clock
from sergas.core.errors import StoreLocked
from sergas.stores.sqlite.migrations import migrate
from sergas.stores.sqlite.thread_news import ThreadNews
from sergas.stores.sqlite.worker import Worker

T = TypeVar("T")


class Database:
    """The open file; `write` and `read` run a function on the thread that owns a connection."""

    def __init__(self, lock: IO[bytes], writer: Worker, reader: Worker, news: ThreadNews) -> None:
        self._lock, self._writer, self._reader, self.news = lock, writer, reader, news

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open or make `sergas.sqlite` in the folder and bring its tables up to date.

        Raises:
            StoreLocked: another process has it open.
        """
        folder.mkdir(parents=True, exist_ok=True)
        lock = _take_lock(folder / "sergas.lock")
        path = folder / "sergas.sqlite"
        connection = _connect(path)
        migrate(connection)
        news = ThreadNews()
        news.attach(connection)
        return cls(
            lock,
            Worker("sqlite-writer", connection, begin="BEGIN IMMEDIATE", on_commit=news.committed),
            Worker("sqlite-reader", _connect(path), begin="BEGIN"),
            news,
        )

    async def write(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """Run the function in a transaction and return its result once that is committed."""
        return await self._writer.call(function)

    async def read(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """Run the function on the latest committed state."""
        return await self._reader.call(function)

    async def close(self) -> None:
        """Finish what was asked for, close the file and release the lock."""
        await self._writer.close()
        await self._reader.close()
        self._lock.close()


def check_free(folder: Path) -> None:
    """Make sure that no process has the folder now; `Database.open` makes sure for good.

    Raises:
        StoreLocked: one has.
    """
    if folder.is_dir():
        _take_lock(folder / "sergas.lock").close()


def _take_lock(path: Path) -> IO[bytes]:
    lock = path.open("ab")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise StoreLocked(str(path.parent)) from error
    return lock


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
    connection.row_factory = sqlite3.Row
    connection.create_function("now_ms", 0, system_clock)
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=30000",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection
