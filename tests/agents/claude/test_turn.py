"""A turn of a model, from the events of its stream."""

import pytest

from sergas.agents.claude.turn import ModelTurn
from sergas.agents.models.endpoint import Endpoint, Provider
from sergas.core.chunks import Chunk, ToolArgs, ToolEnd, ToolStart
from sergas.core.errors import AgentFailed
from sergas.core.json import JsonObject

pytestmark = pytest.mark.claude

ENDPOINT = Endpoint(Provider.ANTHROPIC, "anthropic", "http://127.0.0.1:9", "fake-1")


def a_call(*pieces: str) -> list[JsonObject]:
    """Make the events of a call whose arguments come in pieces."""
    block: JsonObject = {"type": "tool_use", "id": "t1", "name": "mcp__sergas__pay", "input": {}}
    deltas: list[JsonObject] = [
        {"type": "content_block_delta", "delta": {"type": "input_json_delta", "partial_json": one}}
        for one in pieces
    ]
    start: JsonObject = {"type": "content_block_start", "content_block": block}
    return [start, *deltas, {"type": "content_block_stop"}]


def read(turn: ModelTurn, events: list[JsonObject]) -> list[Chunk]:
    """Let a turn read events."""
    return [chunk for event in events for chunk in turn.read(event)]


def test_a_call_streams_under_an_id_of_its_own_and_goes_back_as_an_object() -> None:
    turn = ModelTurn(ENDPOINT, "fake-1", taken=["t1"])

    said = read(turn, a_call("", '{"to": ', '"Acme"}'))

    assert said == [
        ToolStart("t1-2", "pay"),
        ToolArgs("t1-2", '{"to": '),
        ToolArgs("t1-2", '"Acme"}'),
        ToolEnd("t1-2"),
    ]
    assert turn.content[0]["input"] == {"to": "Acme"}
    assert turn.wire_ids == {"t1-2": "t1"}


@pytest.mark.parametrize("arguments", ["", "[1]", '{"to"'])
def test_arguments_that_are_no_object_go_back_as_an_empty_one(arguments: str) -> None:
    turn = ModelTurn(ENDPOINT, "fake-1", taken=[])

    read(turn, a_call(arguments))

    assert turn.content[0]["input"] == {}
    assert turn.calls[0].arguments_json == arguments


@pytest.mark.parametrize(
    "event",
    [
        {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "Hi"}},
        {"type": "content_block_start"},
        {"type": "message_start"},
    ],
)
def test_events_that_the_api_does_not_have_fail_the_turn(event: JsonObject) -> None:
    turn = ModelTurn(ENDPOINT, "fake-1", taken=[])

    with pytest.raises(AgentFailed) as failure:
        read(turn, [event])

    assert (failure.value.code, failure.value.recoverable) == ("model_protocol", True)
