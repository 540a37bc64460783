"""A tool call of an agent that is plain Python: run it, show it, keep its answer."""

import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import TypeAlias

from sergas.core.chunks import ToolArgs, ToolEnd, ToolResult, ToolStart
from sergas.core.json import Json, JsonObject, encode

CallChunk: TypeAlias = ToolStart | ToolArgs | ToolEnd | ToolResult
"""What a tool call makes an agent say."""


class ToolCall:
    """One call of an async function, shown in the stream while it runs.

    >>> call = ToolCall("t1", "crm_get_account", crm.get_account, {"account_id": "1"})
    >>> async for chunk in call.run():
    ...     yield chunk
    >>> account = call.answer
    """

    def __init__(
        self,
        call_id: str,
        name: str,
        function: Callable[..., Awaitable[Json]],
        arguments: JsonObject,
    ) -> None:
        self._call_id, self._name, self._function, self._arguments = (
            call_id,
            name,
            function,
            arguments,
        )
        self.answer: Json = None

    async def run(self) -> AsyncGenerator[CallChunk, None]:
        """Call the function and yield what a reader should see.

        An exception of the function is shown as the call's result and raised on.
        """
        yield ToolStart(self._call_id, self._name)
        yield ToolArgs(self._call_id, encode(self._arguments).decode())
        yield ToolEnd(self._call_id)
        began = time.perf_counter()
        try:
            self.answer = await self._function(**self._arguments)
        except Exception as error:
            yield ToolResult(
                self._call_id, f"{type(error).__name__}: {error}", _ms_since(began), is_error=True
            )
            raise
        yield ToolResult(self._call_id, encode(self.answer).decode(), _ms_since(began))


def _ms_since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)
