"""Chunks become events: the table of what an agent may say."""

import pytest

from sergas.core.chunks import (
    Chunk,
    Done,
    Nested,
    Progress,
    Reasoning,
    StatePatch,
    SubagentEnd,
    SubagentStart,
    Text,
    TextEnd,
    ToolArgs,
    ToolEnd,
    ToolResult,
    ToolStart,
)
from sergas.core.errors import AgentFailed
from sergas.engine.translate import Translator

SAID: list[tuple[list[Chunk], list[tuple[str, str]]]] = [
    (
        [Text("a"), Text("b")],
        [
            ("TEXT_MESSAGE_START", "s:m1"),
            ("TEXT_MESSAGE_CONTENT", "a"),
            ("TEXT_MESSAGE_CONTENT", "b"),
        ],
    ),
    (
        [Text("a"), TextEnd(), TextEnd(), Text("b")],
        [
            ("TEXT_MESSAGE_START", "s:m1"),
            ("TEXT_MESSAGE_CONTENT", "a"),
            ("TEXT_MESSAGE_END", "s:m1"),
            ("TEXT_MESSAGE_START", "s:m2"),
            ("TEXT_MESSAGE_CONTENT", "b"),
        ],
    ),
    (
        [Reasoning("h"), Reasoning("m"), Text("a")],
        [
            ("REASONING_START", "s:r1"),
            ("REASONING_MESSAGE_START", "s:r1"),
            ("REASONING_MESSAGE_CONTENT", "h"),
            ("REASONING_MESSAGE_CONTENT", "m"),
            ("REASONING_MESSAGE_END", "s:r1"),
            ("REASONING_END", "s:r1"),
            ("TEXT_MESSAGE_START", "s:m2"),
            ("TEXT_MESSAGE_CONTENT", "a"),
        ],
    ),
    (
        [
            Text("a"),
            ToolStart("1", "find"),
            ToolArgs("1", "{}"),
            ToolEnd("1"),
            ToolResult("1", "ok", 2.0),
        ],
        [
            ("TEXT_MESSAGE_START", "s:m1"),
            ("TEXT_MESSAGE_CONTENT", "a"),
            ("TEXT_MESSAGE_END", "s:m1"),
            ("TOOL_CALL_START", "s:1"),
            ("TOOL_CALL_ARGS", "{}"),
            ("TOOL_CALL_END", "s:1"),
            ("TOOL_CALL_RESULT", "s:1:result"),
        ],
    ),
    (
        [
            ToolStart("1", "a"),
            ToolStart("2", "b"),
            ToolEnd("2"),
            ToolEnd("1"),
            ToolResult("2", "x", 1),
            ToolResult("1", "y", 1),
        ],
        [
            ("TOOL_CALL_START", "s:1"),
            ("TOOL_CALL_START", "s:2"),
            ("TOOL_CALL_END", "s:2"),
            ("TOOL_CALL_END", "s:1"),
            ("TOOL_CALL_RESULT", "s:2:result"),
            ("TOOL_CALL_RESULT", "s:1:result"),
        ],
    ),
    ([StatePatch(({"op": "add", "path": "/a", "value": 1},))], [("STATE_DELTA", "s")]),
    ([Progress(5, "x"), Done(1)], []),
]


@pytest.mark.parametrize(("chunks", "wanted"), SAID)
def test_what_an_agent_says_becomes_events(
    chunks: list[Chunk], wanted: list[tuple[str, str]]
) -> None:
    translator = Translator("s")

    made = [event for chunk in chunks for event in translator.translate(chunk, 1)]

    shown = [
        (
            str(e["type"]),
            str(
                e.get("delta")
                if isinstance(e.get("delta"), str)
                else e.get("messageId", e.get("toolCallId", "s"))
            ),
        )
        for e in made
    ]
    assert shown == wanted
    assert all(e["subagentRunId"] == "s" for e in made)


@pytest.mark.parametrize(
    "chunks",
    [
        [ToolArgs("1", "{}")],
        [ToolEnd("1")],
        [ToolResult("1", "x", 1.0)],
        [ToolStart("1", "a"), ToolStart("1", "a")],
        [ToolStart("1", "a"), ToolResult("1", "x", 1.0)],
        [ToolStart("1", "a"), ToolEnd("1"), ToolArgs("1", "{}")],
        [ToolStart("1", "a"), ToolEnd("1"), ToolResult("1", "x", 1.0), ToolResult("1", "x", 1.0)],
        [Nested("n", Text("a"))],
        [SubagentEnd("n")],
        [SubagentStart("n", "helper"), SubagentStart("n", "helper")],
        [SubagentStart("n", "helper", call_id="1")],
        [SubagentStart("n", "helper"), SubagentEnd("n"), Nested("n", Text("a"))],
        [SubagentStart("n", "helper"), Nested("n", Nested("m", Text("a")))],
        [SubagentStart("n", "helper"), Nested("n", SubagentEnd("n"))],
    ],
)
def test_an_agent_that_breaks_the_contract_fails(chunks: list[Chunk]) -> None:
    translator = Translator("s")

    for chunk in chunks[:-1]:
        translator.translate(chunk, 1)

    with pytest.raises(AgentFailed, match="broke its contract"):
        translator.translate(chunks[-1], 1)


def test_a_result_carries_its_time_and_whether_it_is_an_error() -> None:
    translator = Translator("s")
    for chunk in (ToolStart("1", "a"), ToolEnd("1")):
        translator.translate(chunk, 1)

    (result,) = translator.translate(ToolResult("1", "boom", 12.5, is_error=True), 1)

    assert result["metadata"] == {"executionTimeMs": 12.5, "isError": True}
    assert translator.tool_calls == 1


def test_nested_subagent_runs_say_who_asked_for_them_and_keep_their_words_apart() -> None:
    translator = Translator("s")
    said: list[Chunk] = [
        Text("I ask."),
        ToolStart("1", "ask"),
        ToolEnd("1"),
        SubagentStart("x", "helper", "Helps.", "1"),
        SubagentStart("y", "other"),
        Nested("x", Text("a")),
        Nested("y", Text("b")),
        Nested("x", SubagentStart("y", "deep")),
        Nested("x", Nested("y", ToolStart("1", "find"))),
        Nested("x", SubagentEnd("y", "It broke.", "broken")),
        SubagentEnd("x"),
        SubagentStart("x", "helper"),
    ]

    made = [event for chunk in said for event in translator.translate(chunk, 1)]

    about = ("messageId", "toolCallId", "parentSubagentRunId", "parentToolCallId", "message")
    assert [
        (e["type"], e["subagentRunId"], *(e[key] for key in about if key in e)) for e in made[5:]
    ] == [
        ("SUBAGENT_STARTED", "s/1", "s", "s:1"),
        ("SUBAGENT_STARTED", "s/2", "s"),
        ("TEXT_MESSAGE_START", "s/1", "s/1:m1"),
        ("TEXT_MESSAGE_CONTENT", "s/1", "s/1:m1"),
        ("TEXT_MESSAGE_START", "s/2", "s/2:m1"),
        ("TEXT_MESSAGE_CONTENT", "s/2", "s/2:m1"),
        ("TEXT_MESSAGE_END", "s/1", "s/1:m1"),
        ("SUBAGENT_STARTED", "s/1/1", "s/1"),
        ("TOOL_CALL_START", "s/1/1", "s/1/1:1"),
        ("SUBAGENT_ERROR", "s/1/1", "It broke."),
        ("SUBAGENT_FINISHED", "s/1"),
        ("SUBAGENT_STARTED", "s/3", "s"),
    ]
    assert translator.tool_calls == 2
