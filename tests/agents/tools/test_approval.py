"""The calls of a model turn: which are made at once, asked about, or left to the page."""

import pytest

from sergas.core.chunks import FrontendTool, Interrupt, ToolResult
from sergas.core.json import JsonObject
from tests.agents.tools.boxes import (
    NUMBER,
    a_box,
    a_call,
    a_tool,
    said,
)

PAGE_TOOL: JsonObject = {"name": "paint", "description": "Paints.", "parameters": NUMBER}


async def test_a_turn_is_sorted_into_what_runs_what_is_asked_and_what_the_page_does() -> None:
    def is_nine(arguments: JsonObject) -> bool:
        return arguments["number"] == 9

    box = a_box(
        a_tool(),
        a_tool(name="pay", approval="always"),
        a_tool(name="big", approval=is_nine),
        page=[PAGE_TOOL],
    )
    names = ["pay", "square", "paint", "big"]

    turn = box.sort([a_call(name, name, number=9) for name in names])

    assert [call.call_id for call in turn.to_run] == ["square"]
    assert [question.key for question in turn.to_approve] == ["pay", "big"]
    assert turn.to_page == (FrontendTool("paint"),)
    assert turn.waits == (*turn.to_approve, *turn.to_page)
    assert box.sort([a_call("big", "c1", number=1)]).waits == ()


async def test_a_person_is_asked_about_the_call_with_its_arguments() -> None:
    box = a_box(a_tool(approval="always"))

    (question,) = box.sort([a_call(number=2)]).to_approve

    assert isinstance(question, Interrupt)
    assert (question.key, question.call_id, question.reason) == ("c1", "c1", "tool_call")
    assert question.message == "Allow tester to call square?"
    assert question.details == {"tool": "square", "arguments": {"number": 2}}


async def test_a_rule_that_crashes_asks_a_person() -> None:
    def rule(_: JsonObject) -> bool:
        raise KeyError("amount")

    turn = a_box(a_tool(approval=rule)).sort([a_call(number=2)])

    assert len(turn.to_approve) == 1


@pytest.mark.parametrize(
    ("answer", "content", "is_error"),
    [
        ({"status": "resolved", "payload": {"approved": True}}, '{"square":4}', False),
        (
            {"status": "resolved", "payload": {"approved": True, "editedArgs": {"number": 5}}},
            'A person changed the arguments to {"number":5}.\n{"square":25}',
            False,
        ),
        (
            {"status": "resolved", "payload": {"approved": True, "editedArgs": {"number": 2}}},
            '{"square":4}',
            False,
        ),
        (
            {"status": "resolved", "payload": {"approved": True, "editedArgs": {"number": "x"}}},
            'The arguments do not fit: number: "x" is not of type "integer". Send them anew.',
            True,
        ),
        (
            {"status": "resolved", "payload": {"approved": True, "editedArgs": [1]}},
            "The person's edited arguments are no JSON object; it was not made.",
            True,
        ),
        (
            {"status": "resolved", "payload": {"approved": False, "reason": "Too early"}},
            "The person refused this call; it was not made. Reason: Too early",
            True,
        ),
        (
            {"status": "resolved", "payload": "yes"},
            "The person refused this call; it was not made.",
            True,
        ),
        ({"status": "resolved"}, "The person refused this call; it was not made.", True),
        (
            {"status": "cancelled", "payload": {"approved": True}},
            "The person did not decide about this call; it was not made.",
            True,
        ),
    ],
)
async def test_a_call_does_what_the_person_decided(
    answer: JsonObject, content: str, is_error: bool
) -> None:
    box = a_box(a_tool(approval="always"))

    (result,) = await said(box, [box.decide(a_call(number=2), answer)])

    assert isinstance(result, ToolResult)
    assert (result.call_id, result.content, result.is_error) == ("c1", content, is_error)


async def test_an_approved_call_of_a_tool_that_is_gone_fails_in_words() -> None:
    box = a_box(a_tool())

    decided = box.decide(
        a_call("pay", number=2), {"status": "resolved", "payload": {"approved": True}}
    )
    (result,) = await said(box, [decided])

    assert isinstance(result, ToolResult)
    assert result.content == "There is no tool 'pay'; there are: square."
