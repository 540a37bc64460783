"""Opens the door, and waits for a database that is away while the server already answers."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import structlog
from fastapi import FastAPI

from sergas.core.errors import StoreRefused, StoreUnavailable
from sergas.engine.background import beside
from sergas.web.door import Door

_log = structlog.get_logger()
_PAUSE_S = 1.0


@asynccontextmanager
async def kept_open(
    app: FastAPI, opened: Callable[[], AbstractAsyncContextManager[Door]]
) -> AsyncGenerator[None]:
    """Keep the door of the application open for as long as the context is.

    The context begins when the door is open, or when it is known that its database is away. Then
    every request is answered with that error until the database has come.

    Args:
        app: its `state.door` is set.
        opened: opens everything behind the door.
    """
    looked = asyncio.Event()

    async def keep() -> None:
        while True:
            try:
                async with opened() as door:
                    app.state.door = door
                    looked.set()
                    await asyncio.Event().wait()  # until cancelled
            except* (StoreRefused, StoreUnavailable) as away:
                app.state.door = error = _first_of(away)
                _log.warning("waiting_for_store", error=str(error))
                looked.set()
            await asyncio.sleep(_PAUSE_S)

    async with beside(keep()):
        await looked.wait()
        yield


def _first_of(group: BaseExceptionGroup[Exception]) -> BaseException:
    """Return an error of a group that may hold groups itself: one for each task group between."""
    first: BaseException = group
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    return first
