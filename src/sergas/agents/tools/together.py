"""Does several things at once and tells of each as it goes."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


async def together(
    work: Sequence[Callable[[Callable[[T], None]], Awaitable[None]]], news_every_s: float
) -> AsyncGenerator[T | None, None]:
    """Let each say what it has to say, and yield it at once; no work may raise.

    Yields None whenever nothing was said for so long. Closing it stops what still runs, and waits
    until it has stopped.
    """
    # Without a limit: who says the last thing while it is stopped must not wait for a reader.
    said: asyncio.Queue[tuple[T, ...]] = asyncio.Queue()

    async def do(one: Callable[[Callable[[T], None]], Awaitable[None]]) -> None:
        await one(lambda thing: said.put_nowait((thing,)))
        said.put_nowait(())

    async with asyncio.TaskGroup() as group:
        doing = [group.create_task(do(one)) for one in work]
        left = len(work)
        try:
            while left:
                thing = await _within(said, news_every_s)
                if thing is None:
                    yield None
                elif thing:
                    yield thing[0]
                else:
                    left -= 1
        except GeneratorExit:
            for task in doing:
                task.cancel()
            # The group would make a group of errors of it.
            return


async def _within(said: asyncio.Queue[tuple[T, ...]], limit_s: float) -> tuple[T, ...] | None:
    try:
        async with asyncio.timeout(limit_s):
            return await said.get()
    except TimeoutError:
        return None
