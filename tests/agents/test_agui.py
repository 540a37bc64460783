"""AG-UI events of another agent become chunks, whatever way a server says them."""

import json
import re
from collections.abc import AsyncGenerator
from itertools import pairwise
from typing import Any

import pytest
from ag_ui.core import BaseEvent, RunFinishedEvent, RunStartedEvent, TextMessageContentEvent
from hypothesis import given
from hypothesis import strategies as st

from sergas import AgentFailed, AgUiAgent, Json, JsonObject
from sergas.agents.agui.reader import Reader
from sergas.agents.agui.shared_state import SharedState
from sergas.agents.remote.sse import SseDecoder
from sergas.core.chunks import (
    Chunk,
    Done,
    FrontendTool,
    Interrupt,
    Reasoning,
    StatePatch,
    Text,
    TextEnd,
    ToolArgs,
    ToolEnd,
    ToolResult,
    ToolStart,
    Usage,
)
from sergas.engine.patches import patched
from tests.accounts.studio import task


def reader(state_key: str = "far") -> Reader:
    """Make a reader whose page has one tool."""
    return Reader("far", SharedState(state_key), ["confetti"])


def read(events: list[JsonObject], by: Reader | None = None) -> list[Chunk]:
    """Read events and return everything they say."""
    by = by or reader()
    return [chunk for event in events for chunk in by.read(event)]


def test_interleaved_messages_come_in_pieces() -> None:
    events: list[JsonObject] = [
        {"type": "TEXT_MESSAGE_START", "messageId": "a", "role": "assistant"},
        {"type": "TEXT_MESSAGE_CONTENT", "messageId": "a", "delta": "1"},
        {"type": "TEXT_MESSAGE_START", "messageId": "b", "role": "assistant"},
        {"type": "TEXT_MESSAGE_CONTENT", "messageId": "b", "delta": "2"},
        {"type": "TEXT_MESSAGE_CONTENT", "messageId": "a", "delta": "3"},
        {"type": "TEXT_MESSAGE_END", "messageId": "a"},
    ]

    assert read(events) == [Text("1"), TextEnd(), Text("2"), TextEnd(), Text("3"), TextEnd()]


def test_what_the_person_said_is_not_said_again() -> None:
    events: list[JsonObject] = [
        {"type": "TEXT_MESSAGE_START", "messageId": "u", "role": "user"},
        {"type": "TEXT_MESSAGE_CONTENT", "messageId": "u", "delta": "Hello"},
        {"type": "TEXT_MESSAGE_END", "messageId": "u"},
    ]

    assert read(events) == []


def test_chunked_events_open_and_close_by_themselves() -> None:
    events: list[JsonObject] = [
        {"type": "TEXT_MESSAGE_CHUNK", "messageId": "m", "delta": "Hi"},
        {"type": "REASONING_MESSAGE_CHUNK", "messageId": "r", "delta": "Hm"},
        {"type": "TOOL_CALL_CHUNK", "toolCallId": "t", "toolCallName": "look", "delta": "{"},
        {"type": "TOOL_CALL_CHUNK", "delta": "}"},
        {"type": "TOOL_CALL_RESULT", "messageId": "x", "toolCallId": "t", "content": "seen"},
        {"type": "RUN_FINISHED", "threadId": "t", "runId": "r"},
    ]

    said = read(events)

    assert said[:-1] == [
        Text("Hi"),
        TextEnd(),
        Reasoning("Hm"),
        ToolStart("t", "look"),
        ToolArgs("t", "{"),
        ToolArgs("t", "}"),
        ToolEnd("t"),
    ]
    assert isinstance(said[-1], ToolResult)


def test_calls_of_the_page_wait_and_others_do_not() -> None:
    by = reader()
    asked: JsonObject = {"id": "q", "message": "Sure?", "reason": "tool_call", "toolCallId": "t2"}
    events: list[JsonObject] = [
        {"type": "TOOL_CALL_START", "toolCallId": "t1", "toolCallName": "confetti"},
        {"type": "TOOL_CALL_END", "toolCallId": "t1"},
        {"type": "TOOL_CALL_START", "toolCallId": "t2", "toolCallName": "pay"},
        {"type": "TOOL_CALL_END", "toolCallId": "t2"},
        {"type": "TOOL_CALL_START", "toolCallId": "t3", "toolCallName": "own"},
        {
            "type": "RUN_FINISHED",
            "threadId": "t",
            "runId": "r",
            "outcome": {"type": "interrupt", "interrupts": [asked]},
            "usage": [{"provider": "p", "model": "m", "inputTokens": 3, "outputTokens": 2}],
        },
    ]

    said = read(events, by)

    assert by.waits == [
        Interrupt("q", "Sure?", "tool_call", call_id="t2"),
        FrontendTool("t1"),
    ]
    assert said[-1] == Usage("p", "m", 3, 2)
    assert ToolEnd("t3") in said


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ({"type": "RUN_ERROR", "message": "No luck.", "code": "no_luck"}, "no_luck"),
        ({"type": "RUN_FINISHED", "outcome": {"type": "cancelled"}}, "remote_cancelled"),
    ],
)
async def test_what_a_run_used_before_it_failed_counts(end: JsonObject, code: str) -> None:
    usage: list[Json] = [{"provider": "p", "model": "m", "inputTokens": 3, "outputTokens": 2}]

    async def events(_: JsonObject) -> AsyncGenerator[JsonObject, None]:
        yield {"type": "RUN_STARTED", "threadId": "t", "runId": "r"}
        yield {**end, "usage": usage}

    chunks = AgUiAgent("far", "Far", "For tests.", events).run(task("Go."))
    used = await anext(chunks)
    with pytest.raises(AgentFailed) as failed:
        await anext(chunks)

    assert failed.value.code == code
    assert used == Usage("p", "m", 3, 2)


async def test_events_may_be_models_of_ag_ui() -> None:
    async def events(_: JsonObject) -> AsyncGenerator[BaseEvent, None]:
        yield RunStartedEvent(thread_id="t", run_id="r")
        yield TextMessageContentEvent(message_id="m", delta="Hello")
        yield RunFinishedEvent(thread_id="t", run_id="r")

    said = [chunk async for chunk in AgUiAgent("far", "Far", "", events).run(task("Go."))]

    assert said == [Text("Hello"), TextEnd(), Done({"text": "Hello"})]


async def test_something_else_than_an_event_fails_the_agent() -> None:
    async def events(_: JsonObject) -> AsyncGenerator[Any, None]:
        yield "RUN_STARTED"

    with pytest.raises(AgentFailed, match="sent something of type str, no event") as failed:
        await anext(AgUiAgent("far", "Far", "", events).run(task("Go.")))
    assert failed.value.code == "remote_protocol"


@pytest.mark.parametrize(
    "event",
    [
        {"type": "TEXT_MESSAGE_START"},
        {"type": "TOOL_CALL_START", "toolCallId": "t"},
        {"type": "TOOL_CALL_RESULT", "toolCallId": "t"},
        {"type": "STATE_SNAPSHOT"},
    ],
)
def test_an_event_that_lacks_its_parts_fails_the_agent(event: JsonObject) -> None:
    with pytest.raises(AgentFailed, match="that is not AG-UI"):
        reader().read(event)


def test_unknown_events_are_passed_over() -> None:
    assert read([{"type": "AGENT_STATUS", "agent": "x"}, {"type": "CUSTOM", "name": "n"}]) == []


_STATES = st.dictionaries(st.sampled_from("abc"), st.integers(), max_size=3)


@given(_STATES, st.lists(st.tuples(st.sampled_from("abc"), st.integers()), max_size=5))
def test_the_state_there_is_the_state_here_under_its_key(
    first: dict[str, int], changes: list[tuple[str, int]]
) -> None:
    far: Json = dict(first)
    events: list[JsonObject] = [{"type": "STATE_SNAPSHOT", "snapshot": dict(first)}]
    for key, value in changes:
        operation: JsonObject = {"op": "add", "path": f"/{key}", "value": value}
        events.append({"type": "STATE_DELTA", "delta": [operation]})
        far = patched(far, [operation])

    here: Json = {"own": 1}
    for chunk in read(events):
        assert isinstance(chunk, StatePatch)
        here = patched(here, list(chunk.operations))

    assert here == {"own": 1, "far": far}


_TEXTS = st.text(max_size=30)


@given(
    st.lists(_TEXTS, max_size=6),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.lists(st.integers(0, 400), max_size=8),
)
def test_any_split_of_any_stream_gives_the_same_events(
    texts: list[str], end: str, cuts: list[int]
) -> None:
    documents = [json.dumps({"t": text}, ensure_ascii=False) for text in texts]
    frames = (f"id: 1{end}data: {one}{end}: note{end}{end}" for one in documents)
    whole = "".join(frames).encode("utf-8", "surrogatepass")
    places = sorted({0, len(whole), *(cut for cut in cuts if cut < len(whole))})
    decoder = SseDecoder()

    events = [
        event for start, stop in pairwise(places) for event in decoder.feed(whole[start:stop])
    ]
    events += decoder.feed(b"\n" if end == "\r" else b"")

    assert [e.decode("utf-8", "surrogatepass") for e in events] == documents


def test_an_event_in_several_data_lines_is_one() -> None:
    assert SseDecoder().feed(b"data: {\ndata:}\n\n") == [b"{\n}"]


def test_an_endless_event_is_refused() -> None:
    decoder = SseDecoder()

    with pytest.raises(ValueError, match=re.escape("larger than 16 MiB")):
        decoder.feed(b"data: " + b"x" * 17 * 1024 * 1024)
