"""The wire check itself: a good stream has no problem, and each kind of damage is named."""

import json
from collections.abc import Sequence

import pytest
from pydantic import JsonValue

from tests.conformance.wire import Expected, events, problem_faults, problems

JsonObject = dict[str, JsonValue]

EXPECTED = Expected(thread_id="t", run_id="r")
OLD_CLIENT = Expected(thread_id="t", run_id="r", dialect="0.0.59")

STARTED: JsonObject = {
    "type": "RUN_STARTED",
    "threadId": "t",
    "runId": "r",
    "protocolVersion": "1.0",
    "timestamp": 1763810000000,
}
STATE: JsonObject = {"type": "STATE_SNAPSHOT", "snapshot": {"brief": None}}
RESULT: JsonObject = {
    "type": "TOOL_CALL_RESULT",
    "messageId": "m",
    "toolCallId": "c",
    "content": "ok",
    "metadata": {"executionTimeMs": 3},
}
FINISHED: JsonObject = {"type": "RUN_FINISHED", "threadId": "t", "runId": "r"}
SUCCESS: JsonObject = {"outcome": {"type": "success"}}
PENDING: JsonObject = {"outcome": {"type": "success", "pendingToolCallIds": ["c"]}}
CALL: JsonObject = {"type": "TOOL_CALL_START", "toolCallId": "c", "toolCallName": "greet"}
FAILED: JsonObject = {"type": "RUN_ERROR", "message": "no", "code": "agent_failed"}


def wire(sent: Sequence[JsonObject], *, after: int = 0) -> bytes:
    frames = [
        f"id: r:{seq}\ndata: {json.dumps(event)}\n\n"
        for seq, event in enumerate(sent, start=after + 1)
    ]
    return "".join(frames).encode()


GOOD = wire([STARTED, STATE, RESULT, FINISHED])


def test_a_good_stream_has_no_problem_in_either_dialect():
    assert problems(GOOD, EXPECTED) == []
    assert problems(GOOD, OLD_CLIENT) == []


def test_a_keep_alive_comment_may_stand_between_frames():
    assert problems(GOOD.replace(b"\n\n", b"\n\n: keep-alive\n\n"), EXPECTED) == []


def test_a_failed_run_ends_with_run_error():
    assert problems(wire([STARTED, FAILED]), EXPECTED) == []


def test_a_stream_that_goes_on_after_a_cursor_continues_the_numbers_and_needs_no_start():
    continued = Expected(thread_id="t", run_id="r", after=7)

    assert problems(wire([RESULT, FINISHED], after=7), continued) == []
    assert problems(wire([RESULT, FINISHED], after=8), continued) != []


def test_only_the_last_frame_of_a_join_prelude_has_a_cursor():
    joined = Expected(thread_id="t", run_id="r", is_join=True)
    prelude = wire([STARTED, STATE], after=6).replace(b"id: r:7\n", b"")

    assert problems(prelude + wire([RESULT, FINISHED], after=8), joined) == []
    assert problems(prelude + wire([RESULT, FINISHED], after=9), joined) != []
    assert problems(GOOD.replace(b"id: r:", b": r:"), joined) == [
        "stream: the prelude's last frame has no cursor"
    ]


def test_a_success_names_exactly_the_calls_that_have_no_result():
    pending = FINISHED | PENDING
    silent = FINISHED | SUCCESS

    assert problems(wire([STARTED, CALL, pending]), EXPECTED) == []
    assert problems(wire([STARTED, CALL, RESULT, silent]), EXPECTED) == []
    assert_names("['c'] have no result", problems(wire([STARTED, CALL, silent]), EXPECTED))
    assert_names("[] have no result", problems(wire([STARTED, CALL, RESULT, pending]), EXPECTED))
    assert problems(wire([STARTED, CALL, silent]), OLD_CLIENT) == []


PROBLEM: JsonObject = {
    "type": "about:blank",
    "title": "Conflict",
    "status": 409,
    "code": "thread_busy",
    "detail": "Wait for it.",
    "requestId": "q",
}


def test_a_refusal_is_a_whole_problem_document_of_its_own_type():
    without = {key: value for key, value in PROBLEM.items() if key != "requestId"}

    assert problem_faults(409, "application/problem+json", PROBLEM) == []
    assert problem_faults(409, "application/json", without) == [
        "problem thread_busy: requestId is missing",
        "problem thread_busy: content type 'application/json'",
    ]
    assert problem_faults(422, "application/problem+json", PROBLEM) == [
        "problem thread_busy: status 409 in an answer with 422"
    ]


def test_events_are_read_in_order():
    assert events(GOOD) == [STARTED, STATE, RESULT, FINISHED]


@pytest.mark.parametrize(
    ("stream", "problem"),
    [
        (GOOD.replace(b"\n", b"\r\n"), "holds a CR"),
        (GOOD[:-1], "does not end with a whole frame"),
        (b"", "terminal events at [] of 0"),
        (GOOD.replace(b"data: {", b"data: data: {", 1), "data is not JSON"),
        (GOOD + b"id: r:5\ndata: [DONE]\n\n", "frame 5: data is not JSON"),
        (GOOD + b"id: r:5\ndata: []\n\n", "frame 5: data is not a JSON object"),
        (GOOD.replace(b'{"brief": null}', b"NaN"), "NaN is not JSON"),
        (GOOD.replace(b'"ok"', b'"\xff"'), "is not UTF-8"),
        (
            GOOD.replace(b"id: r:2\n", b"id: r:2\nevent: message\n"),
            "unknown line b'event: message'",
        ),
    ],
)
def test_damaged_framing_is_named(stream: bytes, problem: str):
    assert_names(problem, problems(stream, EXPECTED))


@pytest.mark.parametrize(
    ("stream", "problem"),
    [
        (GOOD.replace(b"id: r:3\n", b""), "id is None, not 'r:3'"),
        (GOOD.replace(b"id: r:3\n", b"id: r:4\n"), "id is 'r:4', not 'r:3'"),
        (GOOD.replace(b"id: r:3\n", b"id: other:3\n"), "id is 'other:3'"),
        (wire([STARTED, FINISHED], after=1), "id is 'r:2', not 'r:1'"),
    ],
)
def test_a_cursor_that_is_missing_or_jumps_is_named(stream: bytes, problem: str):
    assert_names(problem, problems(stream, EXPECTED))


@pytest.mark.parametrize(
    ("event", "problem"),
    [
        ({"type": "AGENT_STATUS"}, "AGENT_STATUS"),
        (STATE | {"runId": "r"}, "unknown field /runId"),
        (RESULT | {"tool_call_id": "c"}, "unknown field /tool_call_id"),
        (RESULT | {"role": None}, "null instead of absent /role"),
        (RESULT | {"subagentRunId": None}, "null instead of absent /subagentRunId"),
        (
            RESULT | {"content": [{"type": "text", "text": "a", "x": 1}]},
            "unknown field /content/0/x",
        ),
        (RESULT | {"timestamp": 1.5}, "timestamp"),
        (RESULT | {"timestamp": 2.0}, "timestamp"),
        (RESULT | {"timestamp": "2026-11-22"}, "timestamp"),
        (RESULT | {"content": 3}, "content"),
        ({"type": "STATE_SNAPSHOT"}, "snapshot"),
        ({"type": "STATE_DELTA", "delta": {}}, "delta"),
    ],
)
def test_a_field_the_protocol_does_not_know_is_named(event: JsonObject, problem: str):
    found = problems(wire([STARTED, event, FINISHED]), EXPECTED)

    assert len(found) == 1
    assert_names(problem, found)


def test_a_null_deep_inside_a_message_is_named():
    message: JsonObject = {"id": "m", "role": "user", "content": "hello", "name": None}
    snapshot: JsonObject = {"type": "MESSAGES_SNAPSHOT", "messages": [message]}

    found = problems(wire([STARTED, snapshot, FINISHED]), EXPECTED)

    assert found == ["frame 2 MESSAGES_SNAPSHOT: null instead of absent /messages/0/name"]


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ([STATE, FINISHED], "a stream starts with RUN_STARTED"),
        ([STARTED | {"threadId": "x"}, FINISHED], "differ from the request's"),
        ([STARTED, FINISHED | {"runId": "x"}], "differ from the request's"),
        ([STARTED | {"protocolVersion": "0.9"}, FINISHED], "protocolVersion is '0.9'"),
        ([STARTED, STATE], "terminal events at [] of 2"),
        ([STARTED, FINISHED, STATE], "terminal events at [2] of 3"),
        ([STARTED, FAILED, FINISHED], "terminal events at [2, 3] of 3"),
    ],
)
def test_a_wrong_start_or_ending_is_named(sent: list[JsonObject], problem: str):
    assert_names(problem, problems(wire(sent), EXPECTED))


def test_a_missing_protocol_version_matters_only_to_a_client_that_sent_one():
    without: JsonObject = {"type": "RUN_STARTED", "threadId": "t", "runId": "r"}

    assert_names("protocolVersion is None", problems(wire([without, FINISHED]), EXPECTED))
    assert problems(wire([without, FINISHED]), OLD_CLIENT) == []


@pytest.mark.parametrize(
    ("event", "problem"),
    [
        (FINISHED | {"outcome": {"type": "cancelled"}}, "rejects the outcome 'cancelled'"),
        (FINISHED | PENDING, "rejects pendingToolCallIds"),
        (
            RESULT | {"content": [{"type": "text", "text": "a"}]},
            "rejects a tool result that is not a string",
        ),
    ],
)
def test_what_only_the_new_client_accepts_is_named_for_the_old_one(event: JsonObject, problem: str):
    ending = [] if event["type"] == "RUN_FINISHED" else [FINISHED]
    sent = [STARTED, CALL, event, *ending]

    assert problems(wire(sent), EXPECTED) == []
    assert_names(problem, problems(wire(sent), OLD_CLIENT))


def assert_names(problem: str, found: list[str]) -> None:
    assert any(problem in line for line in found), found
