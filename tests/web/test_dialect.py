"""Dialects: the same events for clients that would not take AG-UI 1.0 as it is stored."""

from sergas.core.json import Json, as_object, decode, encode
from sergas.web.dialect import before_1_0, current


def finished(**fields: Json) -> bytes:
    """Make a RUN_FINISHED as the log holds it."""
    return encode({"type": "RUN_FINISHED", "threadId": "t", "runId": "r", **fields})


def asked(**fields: Json) -> bytes:
    """Make the end of a leg that asks a person."""
    interrupt: dict[str, Json] = {"id": "i", "reason": "input_required", **fields}
    return finished(outcome={"type": "interrupt", "interrupts": [interrupt]})


def test_what_was_stored_goes_to_a_client_of_1_0_as_it_is():
    event = asked(expiresAt="2026-11-22T12:00:00.000Z")

    assert current(event) == (event,)


def test_an_older_client_learns_of_a_cancel_from_the_metadata():
    (said,) = before_1_0(finished(outcome={"type": "cancelled"}))

    assert "outcome" not in as_object(decode(said))
    assert as_object(decode(said))["metadata"] == {"cancelled": True}


def test_an_older_client_gets_the_expiry_where_it_does_not_lock_the_thread():
    metadata: Json = {"agent": "a"}

    (said,) = before_1_0(asked(metadata=metadata, expiresAt="2026-11-22T12:00:00.000Z"))

    assert as_object(decode(said))["outcome"] == {
        "type": "interrupt",
        "interrupts": [
            {
                "id": "i",
                "reason": "input_required",
                "metadata": {"agent": "a", "expiresAt": "2026-11-22T12:00:00.000Z"},
            }
        ],
    }


def test_an_older_client_is_told_of_no_pending_tool_calls():
    (said,) = before_1_0(finished(outcome={"type": "success", "pendingToolCallIds": ["c"]}))

    assert as_object(decode(said))["outcome"] == {"type": "success"}


def test_everything_else_is_the_same_for_an_older_client():
    question = asked(metadata={"agent": "a"})
    text = encode({"type": "TEXT_MESSAGE_CONTENT", "messageId": "m", "delta": "RUN_FINISHED"})

    assert [as_object(decode(form)) for form in before_1_0(question)] == [decode(question)]
    assert before_1_0(text) == (text,)
