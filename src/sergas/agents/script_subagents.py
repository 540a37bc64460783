"""The agents that an agent of a script asks: all at once, each nested in whoever asked.

`subagents` is a list of `{"name", "deltas", "delta_chars", "delay_ms", "reasoning", "tools",
"error", "subagents"}`: an agent asks its own before it says its deltas.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from sergas.agents.script_parts import Part, Subpart
from sergas.agents.script_words import preparation, words
from sergas.core.chunks import (
    Nested,
    NestedChunk,
    SubagentEnd,
    SubagentStart,
    Text,
    ToolArgs,
    ToolEnd,
    ToolResult,
    ToolStart,
)
from sergas.core.json import encode


async def asked(part: Part | Subpart) -> AsyncGenerator[NestedChunk, None]:
    """Call one tool for each, let them speak in turns, and give what they said as results."""
    for number, helper in enumerate(part.subagents, start=1):
        yield ToolStart(f"s{number}", f"delegate_to_{helper.name}")
        yield ToolArgs(f"s{number}", encode({"task": "As the script says."}).decode())
        yield ToolEnd(f"s{number}")
        yield SubagentStart(f"s{number}", helper.name, "Does as its script says.", f"s{number}")
    async with aclosing(_in_turns(part.subagents)) as said:
        async for chunk in said:
            yield chunk


async def _in_turns(helpers: Sequence[Subpart]) -> AsyncGenerator[NestedChunk, None]:
    speaking = {f"s{number}": (one, _says(one)) for number, one in enumerate(helpers, start=1)}
    try:
        while speaking:
            for call_id, (helper, says) in list(speaking.items()):
                said = await anext(says, None)
                if said is not None:
                    yield Nested(call_id, said)
                    continue
                del speaking[call_id]
                result = helper.error or "Done."
                yield SubagentEnd(call_id, helper.error or None)
                yield ToolResult(call_id, result, 0, is_error=bool(helper.error))
    finally:
        for _, says in speaking.values():
            await says.aclose()


async def _says(helper: Subpart) -> AsyncGenerator[NestedChunk, None]:
    async with aclosing(asked(helper)) as others:
        async for chunk in others:
            yield chunk
    async with aclosing(preparation(helper)) as chunks:
        async for chunk in chunks:
            yield chunk
    for number in range(helper.deltas):
        yield Text(words(number, helper.delta_chars))
        await asyncio.sleep(helper.delay_ms / 1000)
