"""Whatever an agent says is made into valid events, or fails its attempt."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

import pytest
from ag_ui.core import Event
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter

from sergas.core.chunks import (
    CHUNK_TYPES,
    Done,
    FrontendTool,
    Interrupt,
    Memory,
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
    Usage,
)
from sergas.core.errors import AgentFailed
from sergas.core.json import encode
from sergas.engine.contract import demand_chunk
from sergas.engine.translate import Translator

_PROTOCOL: TypeAdapter[BaseModel] = TypeAdapter(Event)
WHOLE: Mapping[type, Any] = {
    Text: Text("a"),
    TextEnd: TextEnd(),
    Reasoning: Reasoning("a"),
    ToolStart: ToolStart("c", "find"),
    ToolArgs: ToolArgs("c", "{}"),
    ToolEnd: ToolEnd("c"),
    ToolResult: ToolResult("c", "ok", 1.5),
    StatePatch: StatePatch(({"op": "add", "path": "/a", "value": 1},)),
    Progress: Progress(5, "Reading"),
    Interrupt: Interrupt("k", "May I?", response_schema={"type": "object"}, details={"a": 1}),
    FrontendTool: FrontendTool("c"),
    Memory: Memory({"a": 1}),
    Usage: Usage("p", "m", 1, 2),
    SubagentStart: SubagentStart("n", "helper", "Helps.", "c"),
    SubagentEnd: SubagentEnd("n", "It broke."),
    Nested: Nested("n", Text("a")),
    Done: Done({"a": 1}),
}
# Values of other types, and some that only look right.
ODD: tuple[Any, ...] = (object(), b"x", {1, 2}, 1.5, -1, True, None, "\ud800", float("nan"))
FIELDS = [(chunk, field.name) for chunk in WHOLE.values() for field in fields(chunk)]
# Text in any language, halves of surrogate pairs included: models and tools say such things.
ANY_TEXT = st.text(st.characters())
LABEL = st.text(st.characters(exclude_categories=["Cs"]))
WORDS = st.one_of(
    st.builds(Text, ANY_TEXT),
    st.just(TextEnd()),
    st.builds(Reasoning, ANY_TEXT),
    st.builds(ToolStart, st.sampled_from("ab"), LABEL),
    st.builds(ToolArgs, st.sampled_from("ab"), ANY_TEXT),
    st.builds(ToolEnd, st.sampled_from("ab")),
    st.builds(
        ToolResult,
        st.sampled_from("ab"),
        ANY_TEXT,
        st.floats(allow_nan=False, allow_infinity=False) | st.integers(),
        st.booleans(),
    ),
    st.builds(SubagentStart, st.sampled_from("xy"), LABEL, ANY_TEXT),
    st.builds(SubagentEnd, st.sampled_from("xy"), st.none() | ANY_TEXT, LABEL),
)
SAID = st.recursive(WORDS, lambda said: st.builds(Nested, st.sampled_from("xy"), said))


def test_the_table_has_every_chunk_and_they_are_whole() -> None:
    assert set(WHOLE) == set(CHUNK_TYPES)
    for chunk in WHOLE.values():
        demand_chunk(chunk)


@pytest.mark.parametrize(("chunk", "name"), FIELDS)
def test_a_field_that_is_no_such_thing_fails_the_attempt(chunk: Any, name: str) -> None:
    refused = [odd for odd in ODD if is_refused(replace(chunk, **{name: odd}))]

    # Some fields take None, true, numbers or any text; none takes a Python object or bytes.
    assert ODD[0] in refused
    assert name in ("data", "result") or ODD[1] in refused


@pytest.mark.parametrize("said", ["text", None, {"type": "TEXT_MESSAGE_START"}, Text])
def test_what_is_no_chunk_fails_the_attempt(said: object) -> None:
    with pytest.raises(AgentFailed, match="no chunk"):
        demand_chunk(said)


@pytest.mark.parametrize(
    "said", [Done(), Progress(5, "x"), StatePatch(()), Memory(1), Usage("p", "m", 1, 2), "text"]
)
def test_a_nested_subagent_run_says_words_and_calls_tools_and_nothing_else(said: Any) -> None:
    for nested in (Nested("n", said), Nested("n", Nested("m", said))):
        with pytest.raises(AgentFailed, match="chunk of the agent's Nested"):
            demand_chunk(nested)


@pytest.mark.parametrize("count", [-1, 1.0, True, 2**53, None])
def test_tokens_are_counted_in_whole_numbers(count: Any) -> None:
    with pytest.raises(AgentFailed, match="input_tokens"):
        demand_chunk(Usage("p", "m", count, 2))


def is_refused(chunk: Any) -> bool:
    try:
        demand_chunk(chunk)
    except AgentFailed as failure:
        return failure.code == "agent_contract"
    return False


@given(st.lists(SAID, max_size=20))
def test_what_a_whole_chunk_becomes_is_valid_ag_ui(said: list[Any]) -> None:
    translator = Translator("r:agent:1")
    for chunk in said:
        demand_chunk(chunk)
        try:
            made = translator.translate(chunk, 1)
        except AgentFailed:
            return
        for event in made:
            parsed = _PROTOCOL.validate_json(encode(event))
            assert parsed.model_dump(mode="json", by_alias=True, exclude_unset=True) == event
