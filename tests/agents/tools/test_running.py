"""The calls of a model turn: run at once, stopped, and never a crash."""

import asyncio
from contextlib import aclosing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sergas.agents.tools.calls import RequestedCall
from sergas.agents.tools.running import ToolBox
from sergas.agents.tools.tool import Answer, ToolContext, ToolOutput
from sergas.core.chunks import Progress, StatePatch, ToolResult
from sergas.core.errors import ToolFailed
from sergas.core.json import JsonObject
from tests.agents.tools.boxes import (
    A_TASK,
    PAGE_TOOL,
    a_box,
    a_call,
    a_tool,
    first_of,
    result_of,
    said,
)


async def test_a_tool_answers_the_model_in_json() -> None:
    result = await result_of(a_box(a_tool()), a_call(number=3))

    assert (result.call_id, result.content, result.is_error) == ("c1", '{"square":9}', False)
    assert result.execution_ms >= 0


async def test_text_stays_text() -> None:
    async def greet(*_: Any) -> Answer:
        return "Hello"

    result = await result_of(a_box(a_tool(greet)), a_call(number=1))

    assert result.content == "Hello"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (RequestedCall("c1", "square", '{"number": '), "not JSON"),
        (RequestedCall("c1", "square", "[1]"), "JSON list"),
        (RequestedCall("c1", "square", ""), '"number" is a required property'),
        (a_call(number="three"), 'number: "three" is not of type "integer"'),
        (a_call(number=1, colour="red"), "'colour' was unexpected"),
        (a_call("cube", number=1), "no tool 'cube'; there are: square, paint"),
        (a_call("paint"), '"number" is a required property'),
    ],
)
async def test_a_call_that_cannot_be_made_tells_the_model_why(
    call: RequestedCall, words: str
) -> None:
    result = await result_of(a_box(a_tool(), page=[PAGE_TOOL]), call)

    assert result.is_error
    assert words in result.content


async def test_the_calls_of_a_turn_run_at_once_and_answer_in_the_order_they_finish() -> None:
    second_is_done = asyncio.Event()

    async def wait(arguments: JsonObject, _: ToolContext) -> Answer:
        if arguments["number"] == 1:
            await second_is_done.wait()
        second_is_done.set()
        return arguments["number"]

    box = a_box(a_tool(wait))

    results = await said(
        box, box.sort([a_call("square", "a", number=1), a_call("square", "b", number=2)]).to_run
    )

    assert [one.call_id for one in results if isinstance(one, ToolResult)] == ["b", "a"]


@given(st.permutations(range(5)), st.integers(1, 40))
def test_each_call_has_one_result_within_its_cap_in_whatever_order_they_finish(
    order: list[int], limit_chars: int
) -> None:
    finished = {number: asyncio.Event() for number in order}

    async def wait_for_the_one_before(arguments: JsonObject, _: ToolContext) -> Answer:
        number = arguments["number"]
        assert isinstance(number, int)
        place = order.index(number)
        if place > 0:
            await finished[order[place - 1]].wait()
        finished[number].set()
        return ToolOutput("x" * 10 * number, (Progress(number, str(number)),))

    box = a_box(a_tool(wait_for_the_one_before, max_result_chars=limit_chars))
    calls = [a_call("square", f"c{number}", number=number) for number in range(5)]

    chunks = asyncio.run(said(box, box.sort(calls).to_run))

    shown = [chunk.percent for chunk in chunks if isinstance(chunk, Progress)]
    results = [chunk for chunk in chunks if isinstance(chunk, ToolResult)]
    assert shown == order
    assert [result.call_id for result in results] == [f"c{number}" for number in order]
    for number, result in zip(order, results, strict=True):
        assert result.content.startswith("x" * min(10 * number, limit_chars))
        assert ("[Cut:" in result.content) == (10 * number > limit_chars)


async def test_what_a_tool_shows_comes_before_its_result() -> None:
    shown = (Progress(50, "Half"), StatePatch(({"op": "add", "path": "/a", "value": 1},)))

    async def show(*_: Any) -> Answer:
        return ToolOutput("Done", shown)

    box = a_box(a_tool(show))

    *before, result = await said(box, box.sort([a_call(number=1)]).to_run)

    assert tuple(before) == shown
    assert isinstance(result, ToolResult)


async def test_the_message_of_a_tool_that_failed_is_for_the_model() -> None:
    async def fail(*_: Any) -> Answer:
        raise ToolFailed("There is no account 7; find it first.")

    result = await result_of(a_box(a_tool(fail)), a_call(number=1))

    assert (result.content, result.is_error) == ("There is no account 7; find it first.", True)


@pytest.mark.parametrize(
    "error",
    [
        ValueError("postgres://user:secret@host"),
        asyncio.CancelledError("secret"),
        SystemExit("secret"),
        BaseExceptionGroup("secret", [SystemExit("secret")]),
        TimeoutError("secret"),
    ],
)
async def test_of_a_tool_that_crashed_the_model_learns_the_class_alone(
    error: BaseException,
) -> None:
    async def crash(*_: Any) -> Answer:
        raise error

    result = await result_of(a_box(a_tool(crash)), a_call(number=1))

    assert result.is_error
    assert result.content == f"Tool 'square' failed with {type(error).__name__}."


async def test_an_answer_that_is_not_json_is_a_failure() -> None:
    async def odd(*_: Any) -> Any:
        return object()

    result = await result_of(a_box(a_tool(odd)), a_call(number=1))

    assert (result.content, result.is_error) == (
        "The tool answered something that is not JSON.",
        True,
    )


async def test_a_tool_that_takes_too_long_is_stopped_and_has_failed() -> None:
    stopped: list[str] = []

    async def sleep(*_: Any) -> Answer:
        try:
            await asyncio.Event().wait()
        finally:
            stopped.append("stopped")
        return None

    result = await result_of(a_box(a_tool(sleep, timeout_s=0.01)), a_call(number=1))

    assert result.content == "Tool 'square' took longer than 0.01 s and was stopped."
    assert result.is_error
    assert stopped == ["stopped"]


async def test_calls_that_take_long_are_told_of_so_that_nobody_takes_it_for_silence() -> None:
    let_go = asyncio.Event()

    async def wait(*_: Any) -> Answer:
        await let_go.wait()
        return "Done"

    box = ToolBox([a_tool(wait)], [], A_TASK, {}, news_every_s=0.01)

    async with aclosing(box.run(box.sort([a_call(number=1)]).to_run)) as chunks:
        news = [await first_of(chunks), await first_of(chunks)]
        let_go.set()
        rest = [chunk async for chunk in chunks if isinstance(chunk, ToolResult)]

    assert news == [Progress(None, "Waiting for square")] * 2
    assert [result.content for result in rest] == ["Done"]


async def test_closing_stops_the_calls_that_run_and_waits_for_them() -> None:
    ended: list[object] = []

    async def wait(arguments: JsonObject, _: ToolContext) -> Answer:
        if arguments["number"] == 0:
            return "first"
        try:
            await asyncio.Event().wait()
        finally:
            # Cleaning up takes a few turns of the loop.
            for _turn in range(3):
                await asyncio.tasks.sleep(0)
            ended.append(arguments["number"])
        return None

    box = a_box(a_tool(wait))
    calls = [a_call("square", f"c{number}", number=number) for number in range(3)]

    async with aclosing(box.run(box.sort(calls).to_run)) as chunks:
        await first_of(chunks)

    assert sorted(ended, key=str) == [1, 2]


async def test_a_cancel_stops_the_calls_that_run() -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def wait(*_: Any) -> Answer:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        return None

    box = a_box(a_tool(wait))
    working = asyncio.ensure_future(said(box, box.sort([a_call(number=1)]).to_run))
    await begun.wait()

    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working

    assert ended.is_set()


async def test_an_idempotency_key_is_the_same_for_the_same_call_and_differs_for_others() -> None:
    keys: list[str] = []

    async def note(_: JsonObject, context: ToolContext) -> Answer:
        keys.append(context.idempotency_key)
        return None

    for call_id in ("a", "a", "b"):
        await result_of(a_box(a_tool(note)), a_call("square", call_id, number=1))

    assert keys[0] == keys[1] != keys[2]


async def test_tools_share_notes_and_know_their_task() -> None:
    async def note(arguments: JsonObject, context: ToolContext) -> Answer:
        context.notes["seen"] = arguments["number"]
        return context.task.agent

    notes: dict[str, Any] = {}

    result = await result_of(a_box(a_tool(note), notes=notes), a_call(number=5))

    assert (notes, result.content) == ({"seen": 5}, A_TASK.agent)


async def test_a_tool_may_wait_until_what_it_showed_has_been_taken_in() -> None:
    went_on: list[bool] = []

    async def tells(_: JsonObject, context: ToolContext) -> Answer:
        await context.say(Progress(50, "Half"))
        went_on.append(True)
        return "told"

    box = a_box(a_tool(tells))
    async with aclosing(box.run(box.sort([a_call(number=1)]).to_run)) as chunks:
        assert await anext(chunks) == Progress(50, "Half")
        # It gets every chance to go on too early: no clock is waited for.
        for _ in range(20):
            await asyncio.sleep(0)
        assert went_on == []
        await anext(chunks)

    assert went_on == [True]
