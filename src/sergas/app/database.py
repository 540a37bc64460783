"""The database: PostgreSQL where the settings name one, else SQLite in the data folder."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from dbos import DBOSConfig, DBOSPortableJSONSerializer

from sergas.core.stores import Stores
from sergas.settings import Settings
from sergas.stores import postgres, sqlite
from sergas.stores.postgres.dbos import dbos_url
from sergas.stores.sqlite.dbos import dbos_engine

_DBOS_CONNECTIONS = 5


@dataclass(frozen=True, slots=True)
class Database:
    """The open stores, and how DBOS reaches its own tables beside them."""

    stores: Stores
    dbos: DBOSConfig


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncGenerator[Database]:
    """Open the database that the settings name, with its tables up to date.

    Raises:
        StoreRefused: it does not let us in, or another process has it.
        StoreUnavailable: it is away, or its disk is full.
    """
    if settings.database_url:
        async with postgres.open_stores(settings.database_url) as stores:
            yield Database(stores, _dbos_on_postgres(settings))
    else:
        async with sqlite.open_stores(settings.data_dir) as stores:
            yield Database(stores, _dbos_on_sqlite(settings))


async def migrate(settings: Settings, *, patience_s: float) -> Sequence[str]:
    """Bring our tables up to date and return what was applied; DBOS does its own when it starts.

    Args:
        settings: they name the database.
        patience_s: how long to wait for a PostgreSQL that is away, in seconds.

    Raises:
        StoreRefused: it does not let us in, or another process has it.
        StoreUnavailable: it is away.
    """
    if settings.database_url:
        return await postgres.migrate(settings.database_url, patience_s)
    # SQLite migrates when it is opened; nobody else can have it open meanwhile.
    async with sqlite.open_stores(settings.data_dir):
        return ()


def _dbos_on_postgres(settings: Settings) -> DBOSConfig:
    return {
        "name": "sergas",
        "system_database_url": dbos_url(settings.database_url),
        "sys_db_pool_size": _DBOS_CONNECTIONS,
        "serializer": DBOSPortableJSONSerializer(),
    }


def _dbos_on_sqlite(settings: Settings) -> DBOSConfig:
    return {
        "name": "sergas",
        "system_database_url": f"sqlite:///{settings.data_dir / 'dbos.sqlite'}",
        "system_database_engine": dbos_engine(settings.data_dir),
        "serializer": DBOSPortableJSONSerializer(),
    }
