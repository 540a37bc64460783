"""A client may spell the protocol's fields in snake_case, as AG-UI's Python package takes them."""

from ag_ui.core import RunAgentInput

from sergas.web.spelling import in_camel_case
from tests.server import Server
from tests.streams import run_body, stream, text_of

DOOR = "/api/copilotkit"


def test_a_run_is_the_same_in_either_spelling(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 0, "echo": "messages"})
    call = {"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    body["messages"] += [
        {"id": "a1", "role": "assistant", "toolCalls": [call]},
        {"id": "t1", "role": "tool", "content": "done", "toolCallId": "c"},
    ]
    snake = RunAgentInput.model_validate(body).model_dump(mode="json", exclude_none=True)
    assert {"thread_id", "forwarded_props"} <= set(snake)
    # The Python package knows its own version of the protocol; stock 0.0.59 sends none.
    snake.pop("protocol_version", None)

    first, again = stream(server, body), stream(server, snake)

    assert again == first
    assert '"toolCallId":"c"' in text_of(again, "a")


def test_an_answer_in_snake_case_is_taken(server: Server) -> None:
    body = run_body({"name": "a", "interrupt": "May I?"})
    interrupt = stream(server, body)[-1]["outcome"]["interrupts"][0]["id"]

    answer = {"interrupt_id": interrupt, "status": "resolved", "payload": True}
    events = stream(server, body | {"resume": [answer]})

    assert events[-1]["outcome"] == {"type": "success"}


def test_a_thread_is_joined_in_snake_case(server: Server) -> None:
    body = run_body({"name": "a"})
    stream(server, body)

    events = stream(server, {"thread_id": body["threadId"]}, f"{DOOR}/agent/script/connect")

    assert events[-1]["type"] == "RUN_FINISHED"


def test_what_is_not_the_protocols_keeps_its_spelling() -> None:
    own = {"thread_id": 1, "tool_calls": [{"encrypted_value": 2}]}
    activity = {"id": "x", "role": "activity", "activityType": "y", "content": own}
    body = {"threadId": "t", "state": own, "forwardedProps": own, "messages": [activity]}

    assert in_camel_case(body) == body


def test_camel_case_wins() -> None:
    assert in_camel_case({"thread_id": "a", "threadId": "b"}) == {"threadId": "b"}
