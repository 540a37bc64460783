"""Subagents of another AG-UI agent are nested subagent runs of ours, however they are told."""

from collections.abc import AsyncGenerator

import pytest

from sergas import AgUiAgent, JsonObject
from sergas.agents.agui.history import History
from sergas.core.chunks import (
    Chunk,
    Done,
    FrontendTool,
    Interrupt,
    Nested,
    NestedChunk,
    Progress,
    Reasoning,
    SubagentEnd,
    SubagentStart,
    Text,
    TextEnd,
    ToolEnd,
    ToolResult,
    ToolStart,
    innermost,
)
from sergas.core.json import as_object
from sergas.engine.translate import Translator
from tests.accounts.studio import task
from tests.agents.test_agui import read, reader


def started(subagent_id: str, **more: str) -> JsonObject:
    return {"type": "SUBAGENT_STARTED", "subagentRunId": subagent_id, "name": "helper", **more}


def finished(subagent_id: str, outcome: str = "success") -> JsonObject:
    return {
        "type": "SUBAGENT_FINISHED",
        "subagentRunId": subagent_id,
        "outcome": {"type": outcome},
    }


def event(kind: str, by: str = "", **more: str) -> JsonObject:
    return {"type": kind, **more, **({"subagentRunId": by} if by else {})}


def says(message_id: str, delta: str, by: str = "") -> JsonObject:
    return event("TEXT_MESSAGE_CONTENT", by, messageId=message_id, delta=delta)


def calls(call_id: str, by: str = "", name: str = "look") -> list[JsonObject]:
    return [
        event("TOOL_CALL_START", by, toolCallId=call_id, toolCallName=name),
        event("TOOL_CALL_END", by, toolCallId=call_id),
    ]


def answers(call_id: str, by: str = "") -> JsonObject:
    return event("TOOL_CALL_RESULT", by, messageId="r", toolCallId=call_id, content="seen")


def ends(*interrupts: JsonObject) -> JsonObject:
    outcome: JsonObject = {"type": "success"}
    if interrupts:
        outcome = {"type": "interrupt", "interrupts": list(interrupts)}
    return {"type": "RUN_FINISHED", "threadId": "t", "runId": "r", "outcome": outcome}


def whole(chunks: list[Chunk]) -> list[str]:
    """Let the engine translate the chunks, which it refuses if they do not fit together."""
    translator = Translator("own")
    return [str(said["type"]) for chunk in chunks for said in translator.translate(chunk, 0)]


def x(chunk: NestedChunk) -> Nested:
    return Nested("x", chunk)


def test_subagents_that_speak_at_once_are_told_apart() -> None:
    said = read(
        [
            started("x", description="Helps."),
            started("y"),
            says("m1", "1", "x"),
            says("m2", "2", "y"),
            says("m1", "3", "x"),
            says("m0", "own"),
            event("REASONING_MESSAGE_CONTENT", "y", messageId="m3", delta="Hm"),
            finished("x"),
            {"type": "SUBAGENT_ERROR", "subagentRunId": "y", "message": "No.", "code": "no"},
            ends(),
        ]
    )

    assert said == [
        SubagentStart("x", "helper", "Helps."),
        SubagentStart("y", "helper"),
        Nested("x", Text("1")),
        Nested("y", Text("2")),
        Nested("x", Text("3")),
        Text("own"),
        Nested("y", TextEnd()),
        Nested("y", Reasoning("Hm")),
        SubagentEnd("x"),
        SubagentEnd("y", "No.", "no"),
        TextEnd(),
    ]
    assert whole(said)


def test_a_subagent_of_a_subagent_is_nested_in_it_and_in_its_call() -> None:
    said = read(
        [
            *calls("c1"),
            started("x", parentToolCallId="c1"),
            *calls("c2", "x"),
            started("y", parentSubagentRunId="x", parentToolCallId="c2"),
            started("z", parentToolCallId="c2"),
            says("m", "deep", "y"),
            finished("y"),
            finished("z"),
            answers("c2", "x"),
            finished("x"),
            answers("c1"),
            ends(),
        ]
    )

    starts = [chunk for chunk in said if isinstance(innermost(chunk), SubagentStart)]
    assert starts == [
        SubagentStart("x", "helper", call_id="c1"),
        x(SubagentStart("y", "helper", call_id="c2")),
        x(SubagentStart("z", "helper", call_id="c2")),
    ]
    assert x(Nested("y", Text("deep"))) in said
    assert said.index(x(SubagentEnd("y"))) < said.index(SubagentEnd("x"))
    assert [type(innermost(c)) for c in said].count(ToolResult) == 2
    assert whole(said)


def test_what_goes_on_without_saying_whose_it_is_goes_on_where_it_began() -> None:
    said = read(
        [
            started("x"),
            event("TEXT_MESSAGE_START", "x", messageId="m", role="assistant"),
            says("m", "1"),
            event("TEXT_MESSAGE_END", messageId="m"),
            event("TEXT_MESSAGE_CHUNK", "x", messageId="n", delta="2"),
            event("TEXT_MESSAGE_CHUNK", delta="3"),
            *calls("c", "x"),
            answers("c"),
            finished("x"),
        ]
    )

    assert all(isinstance(chunk, Nested) for chunk in said[1:-1])
    assert whole(said)


def test_a_subagent_that_was_not_announced_begins_with_its_first_word() -> None:
    said = read([says("m", "1", "far-away"), says("m", "2", "far-away"), ends()])

    assert said == [
        SubagentStart("far-away", "far-away"),
        Nested("far-away", Text("1")),
        Nested("far-away", Text("2")),
        Nested("far-away", TextEnd()),
        SubagentEnd("far-away"),
    ]


@pytest.mark.parametrize(
    "events",
    [
        [finished("nobody")],
        [{"type": "SUBAGENT_ERROR", "subagentRunId": "nobody", "message": "No."}],
        [event("STEP_FINISHED", "nobody", stepName="s")],
        [event("CUSTOM", "nobody", name="n")],
    ],
)
def test_the_end_of_nobody_and_what_is_not_said_are_passed_over(events: list[JsonObject]) -> None:
    assert read(events) == []


def test_what_comes_after_the_end_is_passed_over_or_begins_anew() -> None:
    said = read(
        [
            started("x"),
            started("y", parentSubagentRunId="x"),
            *calls("c", "y"),
            says("m", "1", "y"),
            {"type": "SUBAGENT_ERROR", "subagentRunId": "x", "message": "No."},
            says("m", "2", "y"),
            answers("c", "y"),
            says("n", "3", "y"),
            ends(),
        ]
    )

    assert said[-5:] == [
        SubagentEnd("x", "No."),
        SubagentStart("y", "y"),
        Nested("y", Text("3")),
        Nested("y", TextEnd()),
        SubagentEnd("y"),
    ]


def test_an_id_that_begins_again_is_another_subagent() -> None:
    said = read([started("x"), says("m", "1", "x"), started("x"), says("n", "2", "x"), ends()])

    assert said == [
        SubagentStart("x", "helper"),
        x(Text("1")),
        SubagentEnd("x"),
        SubagentStart("x", "helper"),
        x(Text("2")),
        x(TextEnd()),
        SubagentEnd("x"),
    ]
    assert whole(said)


def test_a_parent_or_a_call_that_is_not_there_is_nobodys() -> None:
    odd = [
        started("x", parentSubagentRunId="x", parentToolCallId="none"),
        started("", parentSubagentRunId="gone"),
    ]

    assert read(odd) == [SubagentStart("x", "helper"), SubagentStart("unnamed", "helper")]


def test_nesting_has_a_depth_at_which_it_goes_on_side_by_side() -> None:
    ids = [str(number) for number in range(1000)]
    nested = [
        started(own, parentSubagentRunId=parent)
        for parent, own in zip(["", *ids], ids, strict=False)
    ]

    said = read([*nested, says("m", "deep", ids[-1]), *map(finished, reversed(ids)), ends()])

    assert max(repr(chunk).count("Nested(") for chunk in said) == 8
    assert whole(said).count("SUBAGENT_FINISHED") == 1000


def test_what_a_subagent_waits_for_is_asked_nested_and_the_others_end() -> None:
    by = reader()
    said = read(
        [
            started("x"),
            started("deep", parentSubagentRunId="x"),
            *calls("pay", "deep", "pay"),
            finished("deep", "suspended"),
            finished("x", "suspended"),
            started("page"),
            *calls("throw", "page", "confetti"),
            finished("page"),
            started("other"),
            *calls("c", "other"),
            finished("other"),
            answers("c", "other"),
            ends({"id": "q", "message": "Sure?", "toolCallId": "pay"}),
        ],
        by,
    )

    assert by.waits == [
        x(Nested("deep", Interrupt("q", "Sure?", call_id="pay"))),
        Nested("page", FrontendTool("throw")),
    ]
    assert [c for c in said if isinstance(innermost(c), SubagentEnd)] == [SubagentEnd("other")]
    assert [type(innermost(c)) for c in said].count(ToolResult) == 1
    memory = History("t", ()).waiting(by)
    assert memory["interrupts"] == ["q"]
    messages = memory["messages"]
    assert isinstance(messages, list)
    owners = [as_object(message).get("subagentRunId") for message in messages]
    assert owners == ["deep", "page", "other", "other"]


def test_a_question_of_a_subagent_without_a_call_is_asked_nested_while_it_is_there() -> None:
    for outcome, wait in [
        ("suspended", x(Interrupt("q", "When?"))),
        ("success", Interrupt("q", "When?")),
    ]:
        by = reader()
        question: JsonObject = {"id": "q", "message": "When?", "subagentRunId": "x"}
        read([started("x"), finished("x", outcome), ends(question)], by)
        assert by.waits == [wait]


def test_a_result_that_comes_after_an_answer_is_the_agents() -> None:
    said = read([started("x2"), answers("pay", "x2"), finished("x2"), ends()])

    (result,) = [chunk for chunk in said if isinstance(chunk, ToolResult)]
    assert result.call_id == "pay"


def test_calls_that_are_made_at_once_keep_their_arguments() -> None:
    said = read(
        [
            event("TOOL_CALL_START", toolCallId="a", toolCallName="look"),
            event("TOOL_CALL_START", toolCallId="b", toolCallName="look"),
            event("TOOL_CALL_ARGS", toolCallId="a", delta="{}"),
            event("TOOL_CALL_END", toolCallId="b"),
            event("TOOL_CALL_END", toolCallId="a"),
        ]
    )

    assert [type(c) for c in said[:2]] == [ToolStart, ToolStart]
    assert said[-2:] == [ToolEnd("b"), ToolEnd("a")]
    assert whole(said)


@pytest.mark.parametrize(
    ("events", "text"),
    [
        ([says("m", "own"), started("x"), says("n", "theirs", "x")], "own"),
        ([started("x"), says("n", "1", "x"), started("y"), says("o", "2", "y")], "2"),
        (
            [
                started("x"),
                started("y", parentSubagentRunId="x"),
                says("n", "deep", "y"),
                says("o", "last", "x"),
            ],
            "last",
        ),
        ([started("x")], ""),
    ],
)
async def test_the_result_is_the_agents_last_text_or_of_its_outermost_subagents(
    events: list[JsonObject], text: str
) -> None:
    async def told(_: JsonObject) -> AsyncGenerator[JsonObject, None]:
        for one in [*events, ends()]:
            yield one

    said = [chunk async for chunk in AgUiAgent("far", "Far", "For tests.", told).run(task("Go."))]

    assert said[-1] == Done({"text": text})


def test_the_board_over_there_is_progress_here_and_no_other_activity_is() -> None:
    board: JsonObject = {
        "progress": 0,
        "currentAgent": "",
        "agents": {"scout": {"title": "CRM scout"}},
    }
    about: JsonObject = {"messageId": "wf", "activityType": "workflow_status"}
    current: JsonObject = {"op": "add", "path": "/currentAgent", "value": "scout"}
    further: JsonObject = {"op": "add", "path": "/progress", "value": 40}
    usage: JsonObject = {"op": "add", "path": "/usage", "value": {}}

    said = read(
        [
            {"type": "ACTIVITY_SNAPSHOT", **about, "content": board},
            {"type": "ACTIVITY_DELTA", **about, "patch": [current]},
            {"type": "ACTIVITY_DELTA", **about, "patch": [usage]},
            {"type": "ACTIVITY_DELTA", **about, "patch": [further]},
            {"type": "ACTIVITY_DELTA", **about, "activityType": "plan", "patch": [further]},
        ]
    )

    assert said == [Progress(0, "CRM scout"), Progress(40, "CRM scout")]
