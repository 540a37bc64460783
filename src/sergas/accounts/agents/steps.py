"""How an agent shows its work: a step, its tool call, a text that appears piece by piece."""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing

from sergas import AgentFailed, Chunk, Progress, Text, TextEnd, ToolCall
from sergas.accounts.crm.port import CrmError, CrmUnavailable
from sergas.accounts.memory.port import MemoryUnavailable

PACE_S = 0.35
"""Default pause between steps so that a person can follow; the work itself takes milliseconds."""


async def take(
    call: ToolCall, *, percent: int, words: str, pace_s: float
) -> AsyncGenerator[Chunk, None]:
    """Say what comes, run the tool, pause.

    Raises:
        AgentFailed: the CRM or the memory did not answer.
    """
    yield Progress(percent, words)
    try:
        async with aclosing(call.run()) as chunks:
            async for chunk in chunks:
                yield chunk
    except (CrmUnavailable, MemoryUnavailable) as error:
        after_s = error.retry_after_s if isinstance(error, CrmUnavailable) else None
        raise AgentFailed(
            str(error), code=error.code, recoverable=True, retry_after_s=after_s
        ) from error
    except CrmError as error:
        raise AgentFailed(str(error), code=error.code) from error
    await pause(pace_s)


async def say(pieces: Iterable[str], *, pace_s: float) -> AsyncGenerator[Chunk, None]:
    """Stream one message, piece by piece; no piece may be empty."""
    for piece in pieces:
        yield Text(piece)
        await pause(pace_s / 3)
    yield TextEnd()


async def pause(pace_s: float) -> None:
    """Wait so that a person can follow; not at all for 0."""
    if pace_s > 0:
        await asyncio.sleep(pace_s)
