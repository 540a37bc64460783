"""The adapters together, over one database."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sergas.stores.sqlite.database import Database
from sergas.stores.sqlite.events import EventLog
from sergas.stores.sqlite.runs import RunStore
from sergas.stores.sqlite.steps import StepStore
from sergas.stores.sqlite.threads import ThreadStore
from sergas.stores.sqlite.transitions import RunControl


@dataclass(frozen=True, slots=True)
class Stores:
    """One adapter per port, all on the same file."""

    database: Database
    events: EventLog
    runs: RunStore
    control: RunControl
    steps: StepStore
    threads: ThreadStore


@asynccontextmanager
async def open_stores(folder: Path) -> AsyncGenerator[Stores]:
    """Open (or make) the database in the folder for this process alone.

    Raises:
        StoreLocked: another process has it open.
    """
    database = Database.open(folder)
    try:
        yield Stores(
            database=database,
            events=EventLog(database),
            runs=RunStore(database),
            control=RunControl(database),
            steps=StepStore(database),
            threads=ThreadStore(database),
        )
    finally:
        await database.close()
