"""The database: SQLite in the data folder."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from dbos import DBOSConfig

from sergas.core.stores import Stores
from sergas.settings import Settings
from sergas.stores import sqlite
from sergas.stores.sqlite.dbos import dbos_engine


@dataclass(frozen=True, slots=True)
class Database:
    """The open stores, and how DBOS reaches its own tables beside them."""

    stores: Stores
    dbos: DBOSConfig


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncGenerator[Database]:
    """Open the database that the settings name.

    Raises:
        StoreLocked: another process has the data folder.
    """
    async with sqlite.open_stores(settings.data_dir) as stores:
        yield Database(
            stores,
            {
                "name": "sergas",
                "system_database_url": f"sqlite:///{settings.data_dir / 'dbos.sqlite'}",
                "system_database_engine": dbos_engine(settings.data_dir),
            },
        )
