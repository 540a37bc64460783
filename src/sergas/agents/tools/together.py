"""Does several things at once and tells of each as it goes."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from typing import TypeAlias, TypeVar

T = TypeVar("T")
Tell: TypeAlias = Callable[[T], Awaitable[None]]
"""Says something at once; who awaits it goes on when the reader has come back for more."""
_Said: TypeAlias = tuple[T, asyncio.Future[None]]


async def together(
    work: Sequence[Callable[[Tell[T]], Awaitable[None]]], news_every_s: float
) -> AsyncGenerator[T | None, None]:
    """Let each say what it has to say, and yield it at once; no work may raise.

    Yields None whenever nothing was said for so long. Closing it stops what still runs, and waits
    until it has stopped.
    """
    # Without a limit: who says the last thing while it is stopped must not wait for a reader.
    said: asyncio.Queue[_Said[T] | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def tell(thing: T) -> Awaitable[None]:
        heard: asyncio.Future[None] = loop.create_future()
        said.put_nowait((thing, heard))
        return heard

    async def do(one: Callable[[Tell[T]], Awaitable[None]]) -> None:
        await one(tell)
        said.put_nowait(None)

    async with asyncio.TaskGroup() as group:
        doing = [group.create_task(do(one)) for one in work]
        left = len(work)
        try:
            while left:
                one = await _within(said, news_every_s)
                if one is None:
                    left -= 1
                    continue
                thing, heard = one
                yield thing
                if not heard.done():
                    heard.set_result(None)
        except GeneratorExit:
            for task in doing:
                task.cancel()
            # The group would make a group of errors of it.
            return


async def _within(
    said: asyncio.Queue[_Said[T] | None], limit_s: float
) -> tuple[T | None, asyncio.Future[None]] | None:
    try:
        async with asyncio.timeout(limit_s):
            return await said.get()
    except TimeoutError:
        return None, asyncio.get_running_loop().create_future()
