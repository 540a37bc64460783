"""Every event we can send is valid AG-UI 1.0: no unknown field, no null."""

import inspect

import pytest
from ag_ui.core import Event
from pydantic import BaseModel, TypeAdapter

from sergas.core.chunks import SubagentStart
from sergas.core.json import encode
from sergas.engine import events
from sergas.engine.events import AgUiEvent

_ADAPTER: TypeAdapter[BaseModel] = TypeAdapter(Event)
SUB = "run:agent:1"
MADE: dict[str, AgUiEvent | list[AgUiEvent]] = {
    "run_started": events.run_started("t", "r", 1),
    "run_finished": events.run_finished(
        "t",
        "r",
        1,
        {
            "type": "interrupt",
            "interrupts": [
                {"id": "i", "reason": "input_required", "message": "m", "metadata": {"a": 1}}
            ],
        },
        [{"provider": "p", "model": "m", "inputTokens": 1, "outputTokens": 2, "totalTokens": 3}],
    ),
    "run_error": events.run_error("m", "c", 1, {"recoverable": True}),
    "subagent_started": events.subagent_started(SUB, "agent", 1, {"attempt": 1}),
    "nested_subagent_started": events.nested_subagent_started(
        f"{SUB}/1", SUB, SubagentStart("n", "helper", "Helps.", "c"), 1, call_id="c"
    ),
    "subagent_finished": events.subagent_finished(SUB, 1, interrupt_ids=["i"], metadata={"a": 1}),
    "subagent_error": events.subagent_error(SUB, "m", "c", 1, {"attempt": 1}),
    "text_start": events.text_start("m", SUB),
    "text_content": events.text_content("m", SUB, "d"),
    "text_end": events.text_end("m", SUB),
    "reasoning_start": events.reasoning_start("m", SUB),
    "reasoning_content": events.reasoning_content("m", SUB, "d"),
    "reasoning_end": events.reasoning_end("m", SUB),
    "tool_start": events.tool_start("c", "n", SUB, 1),
    "tool_args": events.tool_args("c", SUB, "{}"),
    "tool_end": events.tool_end("c", SUB),
    "tool_result": events.tool_result("c", SUB, "text", {"executionTimeMs": 1.5}),
    "state_snapshot": events.state_snapshot({"a": {"b": 1}}),
    "state_delta": events.state_delta([{"op": "add", "path": "/a", "value": 1}], SUB),
    "messages_snapshot": events.messages_snapshot([{"id": "u", "role": "user", "content": "x"}]),
    "messages_withdrawn": events.messages_withdrawn(["m1", "m2"]),
    "activity_snapshot": events.activity_snapshot("m", "workflow_status", {"a": 1}),
    "activity_delta": events.activity_delta(
        "m", "workflow_status", [{"op": "remove", "path": "/a"}]
    ),
}


@pytest.mark.parametrize("name", MADE)
def test_what_we_make_is_what_the_protocol_knows(name: str) -> None:
    made = MADE[name]

    for event in made if isinstance(made, list) else [made]:
        parsed = _ADAPTER.validate_json(encode(event))
        said = parsed.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_unset=True)
        assert said == event
        assert unknown_fields(parsed) == []
        assert encode(event).startswith(b'{"type":"')


def test_every_function_that_makes_an_event_is_in_the_table() -> None:
    functions = {
        name
        for name, function in inspect.getmembers(events, inspect.isfunction)
        if not name.startswith("_")
        and function.__module__ == events.__name__
        and not name.startswith("is_")
    }

    assert functions == set(MADE)


def test_only_the_end_of_a_leg_is_terminal() -> None:
    ends = {
        name
        for name, made in MADE.items()
        if not isinstance(made, list) and events.is_terminal(encode(made))
    }

    assert ends == {"run_finished", "run_error"}


def unknown_fields(value: object) -> list[str]:
    if isinstance(value, BaseModel):
        children = [getattr(value, name) for name in type(value).model_fields]
        return [
            *(value.model_extra or {}),
            *(f for child in children for f in unknown_fields(child)),
        ]
    if isinstance(value, list | tuple):
        items: list[object] = [*value]
        return [field for item in items for field in unknown_fields(item)]
    return []
