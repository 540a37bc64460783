"""Work that goes on beside something else, and work that a cancel must not cut in two."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager
from typing import TypeVar

T = TypeVar("T")


@asynccontextmanager
async def beside(*work: Coroutine[object, object, None]) -> AsyncGenerator[None]:
    """Run coroutines for as long as the context is open."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one) for one in work]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()


async def uninterrupted(work: Coroutine[object, object, T]) -> T:
    """Do short work to its end; a cancel that comes meanwhile takes effect after it."""
    # No task group: that would cancel its task, which is what must not happen here.
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait((task,))
        if not task.cancelled():
            # Whatever it failed with, the cancel is what its caller hears of.
            task.exception()
        raise
