"""What a tool box offers a model, and what it refuses to."""

from typing import Any

import pytest

from sergas.agents.tools.running import page_result
from sergas.core.errors import AgentFailed
from sergas.core.json import JsonObject
from tests.agents.tools.boxes import (
    NUMBER,
    a_box,
    a_tool,
)

PAGE_TOOL: JsonObject = {"name": "paint", "description": "Paints.", "parameters": NUMBER}


def test_the_model_is_told_of_the_servers_tools_and_of_the_pages_that_are_not_named_alike() -> None:
    box = a_box(a_tool(), page=[PAGE_TOOL, {"name": "square"}, {"name": "bare"}])

    assert [schema.name for schema in box.schemas] == ["square", "paint", "bare"]
    assert box.schemas[0].description == "Squares."
    assert box.schemas[2].parameters == {"type": "object", "properties": {}}


def test_a_tool_of_the_page_with_an_odd_name_fails_the_agent() -> None:
    with pytest.raises(AgentFailed, match="The page has a tool 'set colour'"):
        a_box(page=[{"name": "set colour"}])


def test_two_tools_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="Two tools have the same name"):
        a_box(a_tool(), a_tool())


@pytest.mark.parametrize(
    "changes", [{"name": "a b"}, {"name": ""}, {"timeout_s": 0}, {"max_result_chars": 0}]
)
def test_a_tool_that_no_model_would_take_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"name for a tool|above 0"):
        a_tool(**changes)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ({"status": "resolved", "payload": "painted"}, "painted"),
        (
            {"status": "resolved", "payload": [{"type": "text", "text": "painted"}]},
            '[{"type":"text","text":"painted"}]',
        ),
        ({"status": "cancelled"}, "The page did not run this call."),
    ],
)
def test_what_the_page_answered_is_text_for_the_model(answer: JsonObject, text: str) -> None:
    assert page_result(answer) == text
