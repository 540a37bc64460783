"""Does several things at once and tells of each when it is done."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


async def together(
    work: Sequence[Callable[[], Awaitable[T]]], news_every_s: float
) -> AsyncGenerator[tuple[int, T] | None, None]:
    """Yield the place and the outcome of each in the order they finish; no work may raise.

    Yields None whenever nothing has finished for so long. Closing it stops what still runs, and
    waits until it has stopped.
    """
    finished: asyncio.Queue[tuple[int, T]] = asyncio.Queue()

    async def do(place: int) -> None:
        finished.put_nowait((place, await work[place]()))

    async with asyncio.TaskGroup() as group:
        doing = [group.create_task(do(place)) for place in range(len(work))]
        left = len(work)
        try:
            while left:
                one = await _within(finished, news_every_s)
                left -= one is not None
                yield one
        except GeneratorExit:
            for task in doing:
                task.cancel()
            # The group would make a group of errors of it.
            return


async def _within(finished: asyncio.Queue[T], limit_s: float) -> T | None:
    try:
        async with asyncio.timeout(limit_s):
            return await finished.get()
    except TimeoutError:
        return None
