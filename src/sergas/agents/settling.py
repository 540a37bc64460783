"""What becomes of the tool calls of a model turn, for every runtime that owns its conversation."""

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from typing import Protocol

import msgspec

from sergas.agents.tools.calls import Granted, Refused, RequestedCall
from sergas.agents.tools.running import ToolBox, page_result
from sergas.core.agents import AgentTask
from sergas.core.chunks import Chunk, Memory, ToolArgs, ToolEnd, ToolResult, ToolStart
from sergas.core.json import Json


class Result(msgspec.Struct, frozen=True):
    """What came of a call, as the model reads it."""

    content: str
    is_error: bool = False


class Unsettled(Protocol):
    """A conversation whose last turn has calls.

    Attributes:
        results: what came of calls of the last turn that has not all of its results yet.
        to_page: the calls among them that the page runs.
    """

    results: dict[str, Result]
    to_page: tuple[str, ...]

    @property
    def open_calls(self) -> list[RequestedCall]:
        """The calls of the last turn that have no result, in the model's order."""
        ...

    @property
    def data(self) -> Json:
        """The conversation as JSON, for the agent's memory."""
        ...


async def settled(
    task: AgentTask, story: Unsettled, box: ToolBox, *, is_shown: bool
) -> AsyncGenerator[Chunk, None]:
    """Run the calls of the last turn that can run, and end with what the others wait for.

    Args:
        task: the attempt.
        story: gets the results.
        box: the tools.
        is_shown: this attempt has shown the calls; else those without an answer are shown first.
    """
    answered = [call for call in story.open_calls if call.call_id in task.answers]
    others = [call for call in story.open_calls if call.call_id not in task.answers]
    if not is_shown:
        for chunk in _shown(others):
            yield chunk
    turn = box.sort(others)
    ready = [*_decided(task, story, box, answered), *turn.to_run]
    async with aclosing(box.run(ready)) as said:
        async for chunk in said:
            if isinstance(chunk, ToolResult):
                story.results[chunk.call_id] = Result(chunk.content, chunk.is_error)
            yield chunk
    if turn.waits:
        story.to_page = tuple(wait.call_id for wait in turn.to_page)
        yield Memory(story.data)
    for wait in turn.waits:
        yield wait


def _shown(calls: Sequence[RequestedCall]) -> Iterator[Chunk]:
    for call in calls:
        yield ToolStart(call.call_id, call.name)
        yield ToolArgs(call.call_id, call.arguments_json)
        yield ToolEnd(call.call_id)


def _decided(
    task: AgentTask, story: Unsettled, box: ToolBox, calls: Sequence[RequestedCall]
) -> Iterator[Granted | Refused]:
    for call in calls:
        answer = task.answers[call.call_id]
        if call.call_id in story.to_page:
            story.results[call.call_id] = Result(page_result(answer))
        else:
            yield box.decide(call, answer)
