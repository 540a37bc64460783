"""The adapters together, over one database."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from sergas.core.clock import Clock, system_clock
from sergas.core.stores import Stores
from sergas.stores.sqlite.database import Database
from sergas.stores.sqlite.events import EventLog
from sergas.stores.sqlite.replicas import Replicas
from sergas.stores.sqlite.runs import RunStore
from sergas.stores.sqlite.steps import StepStore
from sergas.stores.sqlite.threads import ThreadStore
from sergas.stores.sqlite.transitions import RunControl
from sergas.stores.sqlite.usage import UsageStore
from sergas.stores.sqlite.wakeups import WakeUps


@asynccontextmanager
async def open_stores(folder: Path, clock: Clock = system_clock) -> AsyncGenerator[Stores]:
    """Open (or make) the database in the folder for this process alone.

    Raises:
        StoreRefused: another process has it open, or the folder cannot be written.
        StoreUnavailable: there is no room for it, or its disk fails.
    """
    database = Database.open(folder, clock)
    replicas = Replicas(database)
    try:
        await replicas.forget_all()
        yield Stores(
            kind="SQLite",
            events=EventLog(database),
            runs=RunStore(database),
            control=RunControl(database),
            steps=StepStore(database),
            threads=ThreadStore(database),
            usage=UsageStore(database),
            replicas=replicas,
            wakeups=WakeUps(database.news),
        )
    finally:
        await database.close()
