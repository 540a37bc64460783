"""Lets a function that blocks run beside the event loop."""

import asyncio
import contextvars
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn, TypeVar

T = TypeVar("T")


async def in_thread(function: Callable[[], T], name: str) -> T:
    """Call a function in a thread of its own and return what it returns.

    A cancel takes effect at once, and leaves the thread to come to its end by itself: nothing can
    stop it. So it is a daemon, which keeps no server from stopping, and it is not one of the loop's
    default executor, whose few threads hung calls would use up.
    """
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[Callable[[], T]] = loop.create_future()
    context = contextvars.copy_context()

    def tell(outcome: Callable[[], T]) -> None:
        if not ended.done():
            ended.set_result(outcome)

    def work() -> None:
        outcome = _outcome(lambda: context.run(function))
        # The loop is closed if the server has stopped meanwhile.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(tell, outcome)

    threading.Thread(target=work, name=name, daemon=True).start()
    return (await ended)()


def _outcome(function: Callable[[], T]) -> Callable[[], T]:
    try:
        value = function()
    # Whatever it is, it belongs to whoever waits for the function.
    except BaseException as error:  # noqa: BLE001
        return _raiser(error)
    return lambda: value


def _raiser(error: BaseException) -> Callable[[], NoReturn]:
    def outcome() -> NoReturn:
        raise error

    return outcome
