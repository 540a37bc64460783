"""What agents of a script say and call before their deltas, and the words of those."""

from collections.abc import AsyncGenerator

from sergas.agents.script_asks import square
from sergas.agents.script_parts import Part, Subpart
from sergas.agents.tools.call import CallChunk, ToolCall
from sergas.core.chunks import Reasoning

_WORDS = "every delta of this text is counted by the test that asked for it "


async def preparation(part: Part | Subpart) -> AsyncGenerator[Reasoning | CallChunk, None]:
    """Reason, then call tools."""
    for number in range(part.reasoning):
        yield Reasoning(words(number, part.delta_chars))
    for number in range(part.tools):
        call = ToolCall(f"t{number + 1}", "script_tool", square, {"number": number + 1})
        async for chunk in call.run():
            yield chunk


def words(number: int, chars: int) -> str:
    """Return what a delta says."""
    start = number * chars % len(_WORDS)
    return (_WORDS[start:] + _WORDS * (chars // len(_WORDS) + 1))[:chars]
