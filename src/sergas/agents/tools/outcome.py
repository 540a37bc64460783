"""One call of one tool, from its arguments to the text that the model reads."""

import asyncio
from dataclasses import dataclass

import structlog

from sergas.agents.tools.tool import Tool, ToolContext, ToolOutput
from sergas.core.chunks import Progress, StatePatch
from sergas.core.errors import SergasError, ToolFailed
from sergas.core.json import Json, JsonObject, clean, encode

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a call: the text for the model, and what the page sees besides."""

    content: str
    shown: tuple[StatePatch | Progress, ...] = ()
    is_error: bool = False


async def outcome_of(tool: Tool, arguments: JsonObject, context: ToolContext) -> Outcome:
    """Run a tool within its time-out and its size cap; whatever it raises is its outcome."""
    try:
        return await _answered(tool, arguments, context)
    except SergasError as error:
        return Outcome(cut(clean(str(error)), tool.max_result_chars), is_error=True)
    except asyncio.CancelledError as error:
        if is_being_cancelled():
            raise
        return _crashed(tool, context, error)
    # A tool's SystemExit is not ours, and would take every run of the process with it.
    except (Exception, SystemExit, BaseExceptionGroup) as error:
        if isinstance(error, BaseExceptionGroup) and is_being_cancelled():
            raise asyncio.CancelledError from error
        return _crashed(tool, context, error)


def cut(text: str, limit_chars: int) -> str:
    """Return the text, or as much of it as the limit allows and how much that is."""
    if len(text) <= limit_chars:
        return text
    return f"{text[:limit_chars]}\n[Cut: the first {limit_chars} of {len(text)} characters.]"


def as_text(content: Json) -> str:
    """Return text as it is, and anything else as JSON.

    Raises:
        ToolFailed: it cannot be written as JSON.
    """
    if isinstance(content, str):
        return clean(content)
    try:
        return encode(content).decode()
    except (TypeError, ValueError, RecursionError) as error:
        raise ToolFailed("The tool answered something that is not JSON.") from error


def is_being_cancelled() -> bool:
    """Say whether a `CancelledError` is meant for this task, and not a stray one."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def _answered(tool: Tool, arguments: JsonObject, context: ToolContext) -> Outcome:
    limit = asyncio.timeout(tool.timeout_s)
    try:
        async with limit:
            answer = await tool.call(arguments, context)
    except TimeoutError as error:
        if not limit.expired():
            raise
        what = f"Tool {tool.name!r} took longer than {tool.timeout_s:g} s and was stopped."
        raise ToolFailed(what) from error
    output = answer if isinstance(answer, ToolOutput) else ToolOutput(answer)
    return Outcome(cut(as_text(output.content), tool.max_result_chars), output.shown)


def _crashed(tool: Tool, context: ToolContext, error: BaseException) -> Outcome:
    _log.warning("tool_crashed", tool=tool.name, agent=context.task.agent, exc_info=error)
    return Outcome(f"Tool {tool.name!r} failed with {type(error).__name__}.", is_error=True)
