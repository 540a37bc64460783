"""CopilotKit's runtime protocol: info, run, connect, stop, in both forms."""

import pytest

from tests.server import Server
from tests.streams import AgUiEvent, kinds, opened, run_body, stream, text_of

DOOR = "/api/copilotkit"
RUN, CONNECT = f"{DOOR}/agent/script/run", f"{DOOR}/agent/script/connect"


def test_info_names_every_workflow_and_agent_and_says_nothing_of_licences(server: Server) -> None:
    info = server.get(f"{DOOR}/info").json()

    wanted = {
        "default",
        "account_review",
        "zoho_data_scout",
        "memory_analyst",
        "recommendation_author",
    }
    assert wanted <= set(info["agents"])
    assert info["defaultAgent"] == "account_review"
    assert info["accounts"] is True
    assert info["mode"] == "sse"
    assert info["threadEndpoints"]["list"] is True
    assert "licenseStatus" not in info
    assert server.post(DOOR, {"method": "info"}).json() == info


def test_a_stream_has_the_headers_that_keep_proxies_from_holding_it_back(server: Server) -> None:
    answer = server.post(RUN, run_body({"name": "a", "deltas": 1}), **{"X-Request-ID": "req-1"})

    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-cache, no-transform"
    assert answer.headers["x-accel-buffering"] == "no"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-request-id"] == "req-1"


def test_the_envelope_runs_connects_and_stops_like_the_routes(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 2})
    params = {"agentId": "script", "threadId": body["threadId"]}

    ran = stream(server, {"method": "agent/run", "params": params, "body": body})
    joined = stream(server, {"method": "agent/connect", "params": params, "body": body})
    stopped = server.post(DOOR, {"method": "agent/stop", "params": params}).json()

    assert ran[-1]["type"] == "RUN_FINISHED"
    assert kinds(joined) == ["RUN_STARTED", "MESSAGES_SNAPSHOT", "STATE_SNAPSHOT", "RUN_FINISHED"]
    assert stopped["stopped"] is False


def test_connecting_to_an_unknown_thread_is_empty_and_fine(server: Server) -> None:
    assert stream(server, {"threadId": "never-seen"}, CONNECT) == []


def test_who_joins_in_the_middle_gets_the_whole_text_once(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 60, "delay_ms": 15, "tools": 1})

    with opened(server, body, RUN) as frames:
        first = next(event for _, event in frames if event["type"] == "TEXT_MESSAGE_CONTENT")
        with opened(server, {"threadId": body["threadId"]}, CONNECT) as late:
            joined = [event for _, event in late]
        rest = [event for _, event in frames]

    message_id = first["messageId"]
    snapshot = next(e for e in joined if e["type"] == "MESSAGES_SNAPSHOT")
    before = next(m for m in snapshot["messages"] if m["id"] == message_id)["content"]
    assert before + text_of(joined, "a") == first["delta"] + text_of(rest, "a")
    assert joined[-1] == rest[-1]
    assert [m["role"] for m in snapshot["messages"]][:2] == ["user", "activity"]
    reopened = [e["type"] for e in joined[3:5]]
    assert reopened == ["SUBAGENT_STARTED", "TEXT_MESSAGE_START"]


def test_a_dropped_stream_goes_on_from_its_last_event_id(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 60, "delay_ms": 10})

    with opened(server, body, RUN) as frames:
        first = [next(frames) for _ in range(12)]
    cursor = first[-1][0]
    with opened(
        server, {"threadId": body["threadId"]}, CONNECT, **{"Last-Event-ID": cursor}
    ) as frames:
        second = list(frames)

    seqs = [int(cursor.rpartition(":")[2]) for cursor, _ in [*first, *second]]
    assert seqs == list(range(1, len(seqs) + 1))
    assert len(text_of([event for _, event in [*first, *second]], "a")) == 60 * 12


def test_history_holds_messages_tool_calls_and_activities_after_the_run(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 3, "tools": 2})
    stream(server, body, RUN)

    joined = stream(server, {"threadId": body["threadId"]}, CONNECT)

    messages = joined[1]["messages"]
    assert [m["role"] for m in messages] == [
        "user",
        "activity",
        *("assistant", "tool") * 2,
        "assistant",
    ]
    assert messages[1]["content"]["status"] == "completed"
    assert messages[2]["toolCalls"][0]["function"]["name"] == "script_tool"
    assert joined[2]["snapshot"]["workflow"]["workflow_progress"] == 100


def test_a_conversation_of_two_runs_is_one_history_without_doubles(server: Server) -> None:
    first = run_body({"name": "a", "deltas": 1})
    stream(server, first, RUN)
    history = stream(server, {"threadId": first["threadId"]}, CONNECT)[1]["messages"]
    said = [m for m in history if m["role"] != "activity"]
    second = first | {
        "runId": f"{first['runId']}-2",
        "messages": [*said, {"id": "u2", "role": "user", "content": "And again."}],
    }
    stream(server, second, RUN)

    messages = stream(server, {"threadId": first["threadId"]}, CONNECT)[1]["messages"]

    assert [m["role"] for m in messages] == ["user", "activity", "assistant"] * 2
    assert len({m["id"] for m in messages}) == 6


@pytest.mark.parametrize("sends_run_id", [True, False])
def test_stop_ends_the_run_and_leaves_a_usable_thread(server: Server, sends_run_id: bool) -> None:
    body = run_body({"name": "a", "deltas": 3000, "delay_ms": 10, "tools": 1})

    with opened(server, body, RUN) as frames:
        next(e for _, e in frames if e["type"] == "TEXT_MESSAGE_CONTENT")
        stop_body = {"runId": body["runId"]} if sends_run_id else None
        stopped = server.post(f"{DOOR}/agent/script/stop/{body['threadId']}", stop_body).json()
        rest = [event for _, event in frames]
    again = stream(
        server, run_body({"name": "a", "deltas": 1}) | {"threadId": body["threadId"]}, RUN
    )

    assert stopped["stopped"] is True
    assert stopped["interrupt"]["code"] == "STOPPED"
    assert kinds(rest)[-4:] == [
        "SUBAGENT_ERROR",
        "ACTIVITY_DELTA",
        "STATE_SNAPSHOT",
        "RUN_FINISHED",
    ] or (kinds(rest)[-1] == "RUN_FINISHED" and "SUBAGENT_ERROR" in kinds(rest))
    assert rest[-1]["metadata"] == {"cancelled": True}
    assert "outcome" not in rest[-1]
    assert again[-1]["type"] == "RUN_FINISHED"


def test_a_client_of_1_0_is_told_that_the_run_was_cancelled(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 3000, "delay_ms": 10}) | {"protocolVersion": "1.0"}

    with opened(server, body) as frames:
        next(e for _, e in frames if e["type"] == "TEXT_MESSAGE_CONTENT")
        server.post(f"/api/runs/{body['runId']}/cancel")
        rest = [event for _, event in frames]

    assert rest[-1]["outcome"] == {"type": "cancelled"}


def test_stopping_another_run_than_the_active_one_stops_nothing(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 30, "delay_ms": 10})

    with opened(server, body, RUN) as frames:
        next(frames)
        stopped = server.post(
            f"{DOOR}/agent/script/stop/{body['threadId']}", {"runId": "other"}
        ).json()
        rest = [event for _, event in frames]

    assert stopped["stopped"] is False
    assert rest[-1]["outcome"] == {"type": "success"}


def interrupted(server: Server, body: AgUiEvent) -> AgUiEvent:
    """Run to the interrupt and return it."""
    end = stream(server, body, RUN)[-1]
    assert end["outcome"]["type"] == "interrupt"
    return end["outcome"]["interrupts"][0]


def test_an_answered_interrupt_goes_on_in_the_same_run(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 2}, {"name": "b", "deltas": 3, "interrupt": "May I?"})
    interrupt = interrupted(server, body)
    resume = [{"interruptId": interrupt["id"], "status": "resolved", "payload": {"ok": True}}]

    events = stream(server, body | {"resume": resume}, RUN)

    assert interrupt["message"] == "May I?"
    assert events[0]["type"] == "RUN_STARTED"
    assert [e["name"] for e in events if e["type"] == "SUBAGENT_STARTED"] == ["b"]
    assert events[-1]["outcome"] == {"type": "success"}
    assert server.get(f"/api/runs/{body['runId']}").json()["leg"] == 2


def test_an_answer_after_a_reload_comes_with_a_new_run_id(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 2}, {"name": "b", "deltas": 3, "interrupt": "May I?"})
    interrupted(server, body)
    joined = stream(server, {"threadId": body["threadId"]}, CONNECT)
    interrupt = joined[-1]["outcome"]["interrupts"][0]
    resume = [{"interruptId": interrupt["id"], "status": "resolved", "payload": True}]

    events = stream(server, body | {"runId": f"{body['runId']}-b", "resume": resume}, RUN)

    assert [e["name"] for e in events if e["type"] == "SUBAGENT_STARTED"] == ["b"]
    assert events[-1]["outcome"] == {"type": "success"}


def test_an_answer_goes_to_the_run_that_asked_whatever_agent_the_page_names(server: Server) -> None:
    body = run_body({"name": "b", "deltas": 3, "interrupt": "May I?"})
    interrupt = interrupted(server, body)
    resume = [{"interruptId": interrupt["id"], "status": "resolved", "payload": True}]
    answer = body | {"runId": f"{body['runId']}-b", "resume": resume}
    answer["forwardedProps"] = {}

    events = stream(server, answer, f"{DOOR}/agent/default/run")
    again = stream(server, answer, f"{DOOR}/agent/default/run")

    assert events[-1]["outcome"] == {"type": "success"}
    assert [e["name"] for e in events if e["type"] == "SUBAGENT_STARTED"] == ["b"]
    assert again == events
    record = server.get(f"/api/runs/{answer['runId']}").json()
    assert (record["workflow"], record["retryOf"]) == ("script", body["runId"])
