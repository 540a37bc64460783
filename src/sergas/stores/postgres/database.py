"""The pool of connections, and how every query gets one.

Oddities, on purpose:
* A connection is not reset when it comes back: nothing here outlives its transaction, and the reset
  would cost every query a second round trip.
* PostgreSQL's texts cannot hold NUL, and clients send it anywhere: it is written as U+FFFD, so that
  it finds nothing instead of failing. What has to stay byte for byte is stored as bytes.
* What is asked for may be sent twice, when the answer to the first time was lost. So each function
  given to `run` or `persist` is safe to repeat.
"""

import asyncio
import math
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias, TypeVar

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from sergas.core.errors import StoreUnavailable
from sergas.core.json import without_nul
from sergas.stores.outages import outlast
from sergas.stores.postgres.faults import PASSING_ERRORS, reason_of

# Quoted, because only the stubs know that these classes are generic.
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"
_Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"

T = TypeVar("T")
_PATIENCE_S = 10.0
_CLOSE_WITHIN_S = 5.0
_MOST_CONNECTIONS = 8
SESSION = {
    "application_name": "sergas",
    "search_path": "sergas",
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "30s",
}
CLIENT_TIMEOUT_S = 35.0


class Database:
    """The open pool; `run` and `persist` hand a connection to a function."""

    def __init__(self, pool: _Pool) -> None:
        self._pool = pool

    async def run(self, function: Callable[[Connection], Awaitable[T]]) -> T:
        """Run the function; a short outage of the database only makes it slow.

        Raises:
            StoreUnavailable: the outage lasts.
        """
        try:
            return await outlast(lambda: self._once(function), _PATIENCE_S, PASSING_ERRORS)
        except PASSING_ERRORS as error:
            raise StoreUnavailable(reason_of(error)) from error

    async def persist(self, function: Callable[[Connection], Awaitable[T]]) -> T:
        """Run the function, however long the database is away; only a cancel ends the wait."""
        return await outlast(lambda: self._once(function), math.inf, PASSING_ERRORS)

    async def _once(self, function: Callable[[Connection], Awaitable[T]]) -> T:
        if self._pool.is_closing():
            # Not an outage: nobody opens it again.
            raise RuntimeError("The database is closed.")
        async with self._pool.acquire(timeout=CLIENT_TIMEOUT_S) as connection:
            try:
                return await function(connection)
            except PASSING_ERRORS:
                # What is left of the connection may answer with the same error for ever.
                connection.terminate()
                raise


@asynccontextmanager
async def open_database(url: str) -> AsyncGenerator[Database]:
    """Open the pool; its connections find the tables without naming their schema.

    Raises:
        StoreUnavailable: PostgreSQL is away.
    """
    pool = asyncpg.create_pool(
        url,
        min_size=1,
        max_size=_MOST_CONNECTIONS,
        command_timeout=CLIENT_TIMEOUT_S,
        server_settings=SESSION,
        init=_take_every_text,
        reset=_keep_as_it_is,
    )
    try:
        await outlast(lambda: _open(pool), _PATIENCE_S, PASSING_ERRORS)
    except PASSING_ERRORS as error:
        raise StoreUnavailable(reason_of(error)) from error
    try:
        yield Database(pool)
    finally:
        await _close(pool)


async def _open(pool: _Pool) -> None:
    await pool


async def _take_every_text(connection: Connection) -> None:
    await connection.set_type_codec(
        "text", schema="pg_catalog", encoder=_encoded, decoder=bytes.decode, format="binary"
    )


def _encoded(text: str) -> bytes:
    return without_nul(text).encode()


async def _keep_as_it_is(_: object) -> None:
    pass


async def _close(pool: _Pool) -> None:
    try:
        await asyncio.wait_for(pool.close(), _CLOSE_WITHIN_S)
    except TimeoutError:
        pool.terminate()
