"""Tool calls that wait: for a person's approval, or for the page that runs them."""

from typing import Any

import pytest

from tests.server import Server
from tests.streams import AgUiEvent, kinds, opened, run_body, stream

DOOR = "/api/copilotkit"
RUN = f"{DOOR}/agent/script/run"
CONNECT = f"{DOOR}/agent/script/connect"
CONFETTI: AgUiEvent = {"name": "confetti", "description": "Throws confetti.", "parameters": {}}


def resolved(interrupt: AgUiEvent, payload: object) -> AgUiEvent:
    """Answer an interrupt."""
    return {"interruptId": interrupt["id"], "status": "resolved", "payload": payload}


def results_of(events: list[AgUiEvent], call_id: str) -> list[AgUiEvent]:
    """Return the results that a stream holds for a tool call."""
    return [
        event
        for event in events
        if event["type"] == "TOOL_CALL_RESULT" and event["toolCallId"] == call_id
    ]


def page_body(*agents: AgUiEvent, **fields: Any) -> AgUiEvent:
    """Make the body of a page that has a tool."""
    return run_body(*agents, tools=[CONFETTI], **fields)


def with_result(body: AgUiEvent, call: AgUiEvent, content: str) -> AgUiEvent:
    """Make the body that a page posts after it ran a tool: a new run with the tool's message."""
    function = {"name": call["toolCallName"], "arguments": "{}"}
    call_id = call["toolCallId"]
    said = {"id": call_id, "role": "assistant", "toolCalls": [_tool_call(call_id, function)]}
    result = {"id": f"m-{call_id}", "role": "tool", "toolCallId": call_id, "content": content}
    messages = [*body["messages"], said, result]
    return body | {"runId": f"{body['runId']}-next", "messages": messages}


def _tool_call(call_id: str, function: AgUiEvent) -> AgUiEvent:
    return {"id": call_id, "type": "function", "function": function}


def call_in(events: list[AgUiEvent]) -> AgUiEvent:
    """Return the one tool call of a stream."""
    (call,) = [event for event in events if event["type"] == "TOOL_CALL_START"]
    return call


def test_an_approval_names_its_tool_call_which_stays_open(server: Server) -> None:
    events = stream(server, run_body({"name": "a", "approval": "Square 3?"}), RUN)

    call, (interrupt,) = call_in(events), events[-1]["outcome"]["interrupts"]
    assert interrupt["toolCallId"] == call["toolCallId"]
    assert interrupt["reason"] == "tool_call"
    assert interrupt["responseSchema"]["required"] == ["approved"]
    assert results_of(events, call["toolCallId"]) == []


def test_an_approved_tool_call_gets_its_result_in_the_next_leg(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 2, "approval": "Square 3?"})
    first = stream(server, body, RUN)
    (interrupt,) = first[-1]["outcome"]["interrupts"]

    answer = [resolved(interrupt, {"approved": True, "editedArgs": {"number": 5}})]
    events = stream(server, body | {"resume": answer}, RUN)

    (result,) = results_of(events, interrupt["toolCallId"])
    assert result["content"] == '{"square":25}'
    assert events[-1]["outcome"] == {"type": "success"}


def test_a_refused_tool_call_gets_an_error_as_its_result(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 2, "approval": "Square 3?"})
    (interrupt,) = stream(server, body, RUN)[-1]["outcome"]["interrupts"]

    events = stream(server, body | {"resume": [resolved(interrupt, {"approved": False})]}, RUN)

    (result,) = results_of(events, interrupt["toolCallId"])
    assert result["metadata"]["isError"] is True


@pytest.mark.parametrize(
    ("payload", "problem"),
    [
        ("yes", 'payload: "yes" is not of type'),
        (None, "payload: null is not of type"),
        ({"yes": 1}, '"approved" is a required property'),
        ({"approved": "yes"}, 'approved: "yes" is not of type'),
        ({"approved": True, "editedArgs": [5]}, "editedArgs: [5] is not of type"),
    ],
)
def test_an_answer_that_does_not_fit_its_schema_is_refused_and_the_question_stays_open(
    server: Server, payload: object, problem: str
) -> None:
    body = run_body({"name": "a", "deltas": 2, "approval": "Square 3?"})
    (interrupt,) = stream(server, body, RUN)[-1]["outcome"]["interrupts"]

    refused = server.post(RUN, body | {"resume": [resolved(interrupt, payload)]})
    events = stream(server, body | {"resume": [resolved(interrupt, {"approved": True})]}, RUN)

    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_answer")
    assert problem in refused.json()["detail"]
    assert events[-1]["outcome"] == {"type": "success"}


def test_approvals_of_two_agents_are_answered_together(server: Server) -> None:
    agents = [{"name": name, "deltas": 2, "approval": "Square?"} for name in "ab"]
    body = run_body(*agents, parallel=True)
    waiting = stream(server, body, RUN)[-1]["outcome"]["interrupts"]
    answers = [resolved(interrupt, {"approved": True}) for interrupt in waiting]

    one = server.post(RUN, body | {"resume": answers[:1]})
    events = stream(server, body | {"resume": answers, "runId": f"{body['runId']}-b"}, RUN)

    assert (one.status_code, one.json()["code"]) == (422, "nothing_waits")
    assert [len(results_of(events, i["toolCallId"])) for i in waiting] == [1, 1]


def test_stopping_a_run_that_waits_answers_its_open_tool_calls(server: Server) -> None:
    body = page_body({"name": "a", "approval": "Square 3?", "frontend_tool": "confetti"})
    calls = [e for e in stream(server, body, RUN) if e["type"] == "TOOL_CALL_START"]

    server.post(f"/api/runs/{body['runId']}/cancel")

    events = stream(server, None, f"/api/runs/{body['runId']}/events")
    assert [len(results_of(events, call["toolCallId"])) for call in calls] == [1, 1]
    assert server.get(f"/api/runs/{body['runId']}").json()["status"] == "cancelled"


def test_a_frontend_tool_ends_the_run_without_a_result(server: Server) -> None:
    body = page_body({"name": "a", "frontend_tool": "confetti", "frontend_arguments": {"n": 3}})

    events = stream(server, body, RUN)

    assert call_in(events)["toolCallName"] == "confetti"
    assert "TOOL_CALL_RESULT" not in kinds(events)
    assert events[-1]["outcome"] == {"type": "success"}
    record = server.get(f"/api/runs/{body['runId']}").json()
    assert record["status"] == "interrupted"
    assert [tool["toolName"] for tool in record["outcome"]["frontendTools"]] == ["confetti"]


def test_the_page_goes_on_with_a_new_run_that_has_the_result(server: Server) -> None:
    body = page_body(
        {"name": "a", "deltas": 2},
        {"name": "b", "deltas": 2, "frontend_tool": "confetti"},
        {"name": "c", "deltas": 2},
    )
    call = call_in(stream(server, body, RUN))

    following = with_result(body, call, "thrown")
    events = stream(server, following, RUN)
    again = stream(server, following, RUN)

    assert [e["name"] for e in events if e["type"] == "SUBAGENT_STARTED"] == ["b", "c"]
    assert events[-1]["outcome"] == {"type": "success"}
    assert again == events
    assert server.get(f"/api/runs/{following['runId']}").json()["retryOf"] == body["runId"]
    shown = stream(server, {"threadId": body["threadId"]}, CONNECT)
    messages = next(e for e in shown if e["type"] == "MESSAGES_SNAPSHOT")["messages"]
    results = [m for m in messages if m.get("toolCallId") == call["toolCallId"]]
    assert [result["content"] for result in results] == ["thrown"]


def test_what_the_person_says_next_is_a_new_run_and_no_result(server: Server) -> None:
    body = page_body({"name": "a", "deltas": 2, "frontend_tool": "confetti"})
    following = with_result(body, call_in(stream(server, body, RUN)), "thrown")
    stream(server, following, RUN)
    more = {"id": "u2", "role": "user", "content": "Once more."}
    third = following | {
        "runId": f"{body['runId']}-third",
        "messages": [*following["messages"], more],
    }

    events = stream(server, third, RUN)

    assert call_in(events)["toolCallName"] == "confetti"
    assert "retryOf" not in server.get(f"/api/runs/{third['runId']}").json()


def test_a_tool_that_the_page_does_not_have_fails_the_agent(server: Server) -> None:
    body = page_body({"name": "a", "frontend_tool": "fireworks"})

    events = stream(server, body, RUN)

    assert events[-1]["type"] == "RUN_ERROR"
    assert "'fireworks'; it has confetti" in events[-1]["message"]


def test_an_approval_and_a_frontend_tool_may_be_answered_one_after_the_other(
    server: Server,
) -> None:
    body = page_body(
        {"name": "a", "deltas": 2, "frontend_tool": "confetti"},
        {"name": "b", "deltas": 2, "approval": "Square 3?"},
        parallel=True,
    )
    first = stream(server, body, RUN)
    (interrupt,) = first[-1]["outcome"]["interrupts"]
    calls = {e["toolCallName"]: e for e in first if e["type"] == "TOOL_CALL_START"}

    following = with_result(body, calls["confetti"], "thrown")
    second = stream(server, following, RUN)
    (still,) = second[-1]["outcome"]["interrupts"]
    third = stream(server, following | {"resume": [resolved(still, {"approved": True})]}, RUN)

    assert still["id"] == interrupt["id"]
    assert [e["name"] for e in second if e["type"] == "SUBAGENT_STARTED"] == ["a"]
    assert [e["name"] for e in third if e["type"] == "SUBAGENT_STARTED"] == ["b"]
    assert third[-1]["outcome"] == {"type": "success"}


def test_one_agent_gets_its_answers_when_all_have_come(server: Server) -> None:
    body = page_body({"name": "a", "approval": "Square 3?", "frontend_tool": "confetti"})
    first = stream(server, body, RUN)
    calls = {e["toolCallName"]: e for e in first if e["type"] == "TOOL_CALL_START"}

    following = with_result(body, calls["confetti"], "thrown")
    second = stream(server, following, RUN)
    (still,) = second[-1]["outcome"]["interrupts"]
    third = stream(server, following | {"resume": [resolved(still, {"approved": True})]}, RUN)

    assert "SUBAGENT_STARTED" not in kinds(second)
    assert len(results_of(third, still["toolCallId"])) == 1
    assert third[-1]["outcome"] == {"type": "success"}


def test_what_is_said_again_is_withdrawn_and_what_was_remembered_stays(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 40, "fail_times": 1, "remembers": True})

    with opened(server, body, RUN) as frames:
        told = list(frames)

    events = [event for _, event in told]
    stored = server.get(f"{DOOR}/threads/{body['threadId']}/events").json()["events"]
    (withdrawn,) = [e for e in stored if e["type"] == "CUSTOM"]
    (rewritten,) = [e for e in events if e["type"] == "MESSAGES_SNAPSHOT"]
    begun = [e["messageId"] for e in events if e["type"] == "TEXT_MESSAGE_START"]
    ids = [message["id"] for message in rewritten["messages"]]
    assert withdrawn["value"]["messageIds"] == begun[1:2]
    assert begun[0] in ids
    assert begun[1] not in ids
    cursors = [cursor for cursor, event in told if event["type"] == "MESSAGES_SNAPSHOT"]
    rest = stream(
        server, None, f"/api/runs/{body['runId']}/events", **{"Last-Event-ID": cursors[0]}
    )
    assert rest == events[events.index(rewritten) + 1 :]


def test_a_withdrawal_is_read_after_an_answer_as_it_was_read_before(server: Server) -> None:
    body = run_body(
        {"name": "a", "deltas": 40, "fail_times": 1, "remembers": True},
        {"name": "b", "deltas": 2, "interrupt": "Which one?"},
    )
    first = stream(server, body, RUN)
    (interrupt,) = first[-1]["outcome"]["interrupts"]
    shown = stream(server, {"threadId": body["threadId"]}, CONNECT)
    said = next(e for e in shown if e["type"] == "MESSAGES_SNAPSHOT")["messages"]
    more = {"id": "u2", "role": "user", "content": "The second."}

    answer = body | {"messages": [*said, more], "resume": [resolved(interrupt, "b")]}
    stream(server, answer, RUN)

    again = stream(server, None, f"/api/runs/{body['runId']}/events")
    assert again[: len(first)] == first


def test_a_page_that_answers_with_its_newest_message_alone_loses_no_other(
    server: Server,
) -> None:
    body = run_body({"name": "a", "deltas": 2, "interrupt": "Which one?"})
    (interrupt,) = stream(server, body, RUN)[-1]["outcome"]["interrupts"]
    newest = {"id": "u2", "role": "user", "content": "The second."}

    stream(server, body | {"messages": [newest], "resume": [resolved(interrupt, "b")]}, RUN)

    messages = server.get(f"{DOOR}/threads/{body['threadId']}/messages").json()["messages"]
    assert [m["id"] for m in messages if m["role"] == "user"] == ["u1", "u2"]


def test_the_whole_text_of_an_agent_that_remembers_is_there_once(server: Server) -> None:
    plain = run_body({"name": "a", "deltas": 40})
    bumpy = run_body({"name": "a", "deltas": 40, "fail_times": 2, "remembers": True})
    stream(server, plain, RUN)
    stream(server, bumpy, RUN)

    said = [_said(server, body["threadId"]) for body in (plain, bumpy)]

    assert said[0] == said[1]
    assert len(said[0]) == 40 * 12


def _said(server: Server, thread_id: str) -> str:
    messages = server.get(f"{DOOR}/threads/{thread_id}/messages").json()["messages"]
    return "".join(m["content"] for m in messages if m["role"] == "assistant")
