"""Brings the tables up to date: numbered files, forward only, never edited once released."""

from collections.abc import Sequence
from importlib import resources

import asyncpg

from sergas.core.errors import StoreRefused, StoreUnavailable
from sergas.stores.outages import outlast
from sergas.stores.postgres.database import Connection
from sergas.stores.postgres.faults import PASSING_ERRORS, reason_of

# Any number that nobody else locks: "sergas" in ASCII.
_LOCK = 0x736572676173
_EXISTS = "SELECT to_regclass('sergas.migrations') IS NOT NULL"
_DONE = "SELECT number FROM sergas.migrations"
_FOUND = """
CREATE SCHEMA IF NOT EXISTS sergas;
CREATE TABLE IF NOT EXISTS sergas.migrations (
  number     integer PRIMARY KEY,
  name       text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
);
"""
_ADVICE = "check SERGAS_DATABASE_URL and the rights of its user"
_RECORD = "INSERT INTO sergas.migrations (number, name) VALUES ($1, $2)"


async def migrate(url: str, patience_s: float = 0.0) -> Sequence[str]:
    """Apply every migration that the database lacks, and return their names.

    Any number of processes may ask at once: one works while the others wait for it.

    Args:
        url: the database.
        patience_s: how long to wait for a database that is away, in seconds.

    Raises:
        StoreUnavailable: the database is away.
        StoreRefused: there is no such database, or it does not let us in.
    """
    try:
        return await outlast(lambda: _migrate(url), patience_s, PASSING_ERRORS)
    except PASSING_ERRORS as error:
        raise StoreUnavailable(reason_of(error)) from error
    except asyncpg.PostgresError as error:
        raise StoreRefused(reason_of(error), _ADVICE) from error


async def _migrate(url: str) -> list[str]:
    # A connection of its own: a long migration must not meet the pool's time-outs.
    connection = await _connected(url)
    try:
        if not await _missing(connection):
            return []
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
        await connection.execute(_FOUND)
        missing = await _missing(connection)
        for number, name, script in missing:
            await _apply(connection, number, name, script)
        return [name for _, name, _ in missing]
    finally:
        await connection.close(timeout=5)


async def _connected(url: str) -> "asyncpg.Connection[asyncpg.Record]":
    try:
        return await asyncpg.connect(url)
    except (asyncpg.ClientConfigurationError, ValueError) as error:
        raise StoreRefused(str(error), _ADVICE) from error


async def _missing(connection: Connection) -> list[tuple[int, str, str]]:
    if not await connection.fetchval(_EXISTS):
        return _scripts()
    done = {row["number"] for row in await connection.fetch(_DONE)}
    return [script for script in _scripts() if script[0] not in done]


async def _apply(connection: Connection, number: int, name: str, script: str) -> None:
    async with connection.transaction():
        await connection.execute("SET LOCAL search_path TO sergas")
        await connection.execute(script)
        await connection.execute(_RECORD, number, name)


def _scripts() -> list[tuple[int, str, str]]:
    folder = resources.files("sergas.stores.postgres") / "schema"
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda f: f.name
    )
    return [(int(f.name.split("_")[0]), f.name.removesuffix(".sql"), f.read_text()) for f in files]
