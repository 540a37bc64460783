"""The port `core.agents.Agent`, as every runtime keeps it: with models, by rules, or elsewhere.

Each case is for all runtimes whose agents can play its part; docs/development.md has the table.
Not here, for it has no meaning without a model: what a provider does wrong (401, 429, 500, 529, a
reset, a drop, a truncation, silence, garbage, a context too long) is in `test_failures`, what a
model is told and what it used in `test_turns`, and what is withdrawn in `test_runs`.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from sergas.core.agents import AgentTask
from sergas.core.budget import Budget
from sergas.core.chunks import (
    Chunk,
    Done,
    FrontendTool,
    Interrupt,
    Memory,
    Reasoning,
    Text,
    ToolArgs,
    ToolEnd,
    ToolResult,
    ToolStart,
    innermost,
)
from sergas.core.errors import AgentFailed
from sergas.core.ids import new_run_id
from sergas.core.json import Json, JsonObject, decode
from sergas.core.runs import RunStatus
from sergas.engine.contract import demand_chunk
from sergas.engine.translate import Translator
from sergas.stores.sqlite import open_stores
from tests.agents.tools.mcp.reach import until
from tests.examples import a_run
from tests.models.fake import FakeModels
from tests.runtimes.houses import a_task
from tests.runtimes.players import PAINT, PLAYERS, SHORT, Cast, Part, Player
from tests.server import Server
from tests.working import error_of, executor_of, leg


def who_can(*parts: Part) -> pytest.MarkDecorator:
    """Run a test for every runtime and every part of these that its agents can play."""
    cases = [
        pytest.param(
            (player, part),
            id=f"{name}-{part}",
            marks=[pytest.mark.claude] if name == "claude" else [],
        )
        for name, player in PLAYERS.items()
        for part in parts
        if part not in player.cannot
    ]
    return pytest.mark.parametrize("stage", cases, indirect=True)


@dataclass(frozen=True, slots=True)
class Stage:
    """An open runtime, and the part that is played."""

    player: Player
    part: Part
    cast: Cast


@pytest.fixture
async def stage(
    request: pytest.FixtureRequest, models: FakeModels, server: Server
) -> AsyncGenerator[Stage]:
    """Give an open runtime."""
    player, part = request.param
    async with player.opened(models, server) as cast:
        yield Stage(player, part, cast)


def asked(**changes: Any) -> AgentTask:
    """Make a task of a run of its own, on a page that has a tool."""
    task = a_task("Analyze account ACC-001", tools=(PAINT,))
    return replace(task, run_id=new_run_id(), **changes)


async def heard(stage: Stage, task: AgentTask) -> tuple[list[Chunk], AgentFailed | None]:
    """Let an agent work to its end, and hold what it says against the port."""
    return await listened(stage.cast(stage.part).run(task))


async def listened(said: AsyncGenerator[Chunk, None]) -> tuple[list[Chunk], AgentFailed | None]:
    """Read a generator to its end."""
    chunks: list[Chunk] = []
    failure: AgentFailed | None = None
    async with aclosing(said):
        try:
            async for chunk in said:
                demand_chunk(chunk)
                chunks.append(chunk)
        except AgentFailed as error:
            failure = error
    return chunks, failure


def of(kind: type[Any], chunks: list[Chunk]) -> list[Any]:
    """Return the chunks of a kind, whoever nested says them."""
    return [said for said in map(innermost, chunks) if isinstance(said, kind)]


def words_in(chunks: list[Chunk]) -> str:
    """Join what was said."""
    return "".join(text.delta for text in of(Text, chunks))


@who_can(*SHORT)
async def test_an_attempt_is_whole_and_ends_once(stage: Stage) -> None:
    chunks, failure = await heard(stage, asked())

    translator = Translator("own")
    events = [event for chunk in chunks for event in translator.translate(chunk, 0)]
    ends = [isinstance(innermost(c), Done | Interrupt | FrontendTool) for c in chunks]
    assert events
    assert ends.count(True) == (0 if failure else 1)
    assert ends[-1] is (failure is None)
    waiting = {w.call_id for w in of(Interrupt, chunks) + of(FrontendTool, chunks)}
    begun = {start.call_id for start in of(ToolStart, chunks)}
    assert {end.call_id for end in of(ToolEnd, chunks)} == begun
    assert {result.call_id for result in of(ToolResult, chunks)} == begun - waiting


@who_can("words")
async def test_words_come_in_pieces(stage: Stage) -> None:
    chunks, _ = await heard(stage, asked())

    assert len(of(Text, chunks)) > 1
    assert all(text.delta for text in of(Text, chunks))
    assert isinstance(chunks[-1], Done)
    assert json.dumps(chunks[-1].result)


@who_can("reasoning")
async def test_reasoning_is_no_text(stage: Stage) -> None:
    chunks, _ = await heard(stage, asked())

    reasoning = "".join(thought.delta for thought in of(Reasoning, chunks))
    assert reasoning
    assert reasoning not in words_in(chunks)


@who_can("tool")
async def test_a_tool_call_has_arguments_and_then_a_result(stage: Stage) -> None:
    chunks, _ = await heard(stage, asked())

    first = of(ToolStart, chunks)[0]
    about = [c for c in map(innermost, chunks) if getattr(c, "call_id", "") == first.call_id]
    told = [c for c in about if isinstance(c, ToolStart | ToolArgs | ToolEnd | ToolResult)]
    result = told[-1]
    arguments = "".join(c.delta for c in told if isinstance(c, ToolArgs))
    assert isinstance(decode(arguments), dict)
    assert (type(told[0]), type(told[-2])) == (ToolStart, ToolEnd)
    assert isinstance(result, ToolResult)
    assert not result.is_error


@who_can("two tools at once")
async def test_two_tools_are_called_before_either_has_answered(stage: Stage) -> None:
    chunks, _ = await heard(stage, asked())

    kinds = [type(said) for said in map(innermost, chunks)]
    assert kinds.count(ToolStart) == kinds.count(ToolResult) == 2
    assert max(n for n, kind in enumerate(kinds) if kind is ToolStart) < kinds.index(ToolResult)


@who_can("failing tool")
async def test_a_tool_that_fails_says_so_and_the_agent_decides(stage: Stage) -> None:
    chunks, failure = await heard(stage, asked())

    assert of(ToolResult, chunks)[-1].is_error
    assert failure is not None or isinstance(chunks[-1], Done)


@who_can("approval")
@pytest.mark.parametrize("decision", ["approve", "edit", "deny"])
async def test_a_person_decides_about_a_call(stage: Stage, decision: str) -> None:
    task, agent = asked(), stage.cast(stage.part)
    first, _ = await listened(agent.run(task))
    (wait,) = of(Interrupt, first)
    answers: dict[str, JsonObject] = {
        "approve": {"approved": True},
        "edit": {"approved": True, "editedArgs": stage.player.edited},
        "deny": {"approved": False, "reason": "Not today."},
    }

    answer: JsonObject = {"status": "resolved", "payload": answers[decision]}
    later = replace(task, attempt=2, memory=memory_of(first), answers={wait.key: answer})
    second, failure = await listened(agent.run(later))

    (result,) = [r for r in of(ToolResult, second) if r.call_id == wait.call_id]
    assert failure is None
    assert result.is_error is (decision == "deny")
    assert (stage.player.shows in result.content) is (decision == "edit")
    assert isinstance(second[-1], Done)


@who_can("page tool")
async def test_the_page_runs_its_tool_and_the_agent_goes_on(stage: Stage) -> None:
    task, agent = asked(), stage.cast(stage.part)
    first, _ = await listened(agent.run(task))
    (wait,) = of(FrontendTool, first)

    answer: JsonObject = {"status": "resolved", "payload": "It is red now."}
    later = replace(task, attempt=2, memory=memory_of(first), answers={wait.call_id: answer})
    second, failure = await listened(agent.run(later))

    assert failure is None
    assert of(ToolStart, second) == []
    assert isinstance(second[-1], Done)


@who_can("long")
async def test_closing_an_agent_in_mid_stream_leaves_nothing_at_work(stage: Stage) -> None:
    before = asyncio.all_tasks()

    async with aclosing(stage.cast(stage.part).run(asked())) as said:
        async for chunk in said:
            if isinstance(innermost(chunk), Text):
                break

    await until(lambda: not {task for task in asyncio.all_tasks() - before if not task.done()})
    with pytest.raises(StopAsyncIteration):
        await anext(said)


@who_can("memory")
async def test_another_attempt_goes_on_from_memory_and_repeats_nothing(stage: Stage) -> None:
    task = asked()
    whole, _ = await heard(stage, asked())
    agent = stage.cast(stage.part)
    first: list[Chunk] = []
    async with aclosing(agent.run(task)) as said:
        async for chunk in said:
            first.append(chunk)
            if isinstance(chunk, Memory):
                break

    second, _ = await listened(agent.run(replace(task, attempt=2, memory=memory_of(first))))

    assert words_in(first)
    assert words_in(second)
    assert words_in(first) + words_in(second) == words_in(whole)
    assert isinstance(second[-1], Done)


@who_can("tool")
async def test_a_budget_that_is_used_up_ends_the_run(stage: Stage, tmp_path: Path) -> None:
    messages: Json = [{"id": "u1", "role": "user", "content": "Analyze account ACC-001"}]
    async with open_stores(tmp_path) as stores:
        await stores.runs.add(a_run(input={"messages": messages}), "script", None)
        agent = stage.cast(stage.part)
        run = await leg(stores, executor_of(stores, [agent], budget=Budget(tool_calls=0.5)))

    assert run.status is RunStatus.FAILED
    assert error_of(run)["code"] == "budget_exceeded"


def memory_of(chunks: list[Chunk]) -> Json:
    """Return what was remembered last, as it comes back from a store."""
    memories: Iterator[Json] = (memory.data for memory in reversed(of(Memory, chunks)))
    return json.loads(json.dumps(next(memories, None)))
