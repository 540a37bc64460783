"""A killed server: the run goes on after the next start, and nothing is lost or shown twice."""

from tests.server import Server
from tests.streams import AgUiEvent, kinds, opened, run_body, stream, text_of

FIRST = {"name": "first", "deltas": 5, "tools": 1}
LONG = {"name": "long", "deltas": 60, "delay_ms": 20, "tools": 1}


def test_a_run_goes_on_after_kill_9_and_finished_agents_do_not_run_again(
    own_server: Server,
) -> None:
    body = run_body(FIRST, LONG)

    seen, cursor = read_until_text_of(own_server, body, "long")
    own_server.kill()
    own_server.start()
    with opened(own_server, None, events_path(body), **{"Last-Event-ID": cursor}) as frames:
        rest = list(frames)

    events = [*seen, *(event for _, event in rest)]
    seqs = [int(cursor.rpartition(":")[2]) for cursor, _ in rest]
    assert seqs == list(range(len(seen) + 1, len(seen) + 1 + len(seqs)))
    assert kinds(events).count("RUN_STARTED") == 1
    assert [k for k in kinds(events) if k in ("RUN_FINISHED", "RUN_ERROR")] == ["RUN_FINISHED"]
    started = [e["name"] for e in events if e["type"] == "SUBAGENT_STARTED"]
    assert started == ["first", "long", "long"]
    lost = [e for e in events if e["type"] == "SUBAGENT_ERROR"]
    assert [e["code"] for e in lost] == ["replica_lost"]
    assert every_scope_is_closed(events)
    assert own_server.get(f"/api/runs/{body['runId']}").json()["status"] == "completed"


def test_the_whole_stream_reads_the_same_before_and_after_a_crash(own_server: Server) -> None:
    body = run_body(FIRST, LONG)
    seen, _ = read_until_text_of(own_server, body, "long")
    own_server.kill()
    own_server.start()

    with opened(own_server, None, events_path(body)) as frames:
        whole = [event for _, event in frames]

    assert whole[: len(seen)] == seen
    final = [e for e in whole if e.get("messageId", "").endswith(":long:2:m1")]
    assert len("".join(e.get("delta", "") for e in final)) == 60 * 12


def test_a_stop_and_start_loses_nothing(own_server: Server) -> None:
    body = run_body(FIRST, LONG)
    read_until_text_of(own_server, body, "long")

    own_server.stop()
    own_server.start()
    with opened(own_server, None, events_path(body)) as frames:
        whole = [event for _, event in frames]

    assert whole[-1]["type"] == "RUN_FINISHED"
    assert text_of(whole, "first") == text_of(whole, "first")[: 5 * 12]
    assert own_server.get(f"/api/runs/{body['runId']}").json()["status"] == "completed"


def test_a_wish_to_cancel_survives_the_crash(own_server: Server) -> None:
    body = run_body(LONG | {"deltas": 3000})
    read_until_text_of(own_server, body, "long")
    own_server.post(f"/api/runs/{body['runId']}/cancel", {"reason": "enough"})
    own_server.kill()
    own_server.start()

    with opened(own_server, None, events_path(body)) as frames:
        whole = [event for _, event in frames]

    assert whole[-1]["outcome"] == {"type": "cancelled"}
    assert own_server.get(f"/api/runs/{body['runId']}").json()["status"] == "cancelled"


def test_an_approval_that_was_asked_before_the_crash_is_given_after_it(own_server: Server) -> None:
    body = run_body(FIRST, {"name": "asks", "deltas": 2, "approval": "Square 3?"})
    asked = stream(own_server, body)
    (interrupt,) = asked[-1]["outcome"]["interrupts"]
    own_server.kill()
    own_server.start()

    payload = {"approved": True, "editedArgs": {"number": 5}}
    answer = {"interruptId": interrupt["id"], "status": "resolved", "payload": payload}
    events = stream(own_server, body | {"resume": [answer]})

    results = [e for e in events if e["type"] == "TOOL_CALL_RESULT"]
    started = [e["name"] for e in events if e["type"] == "SUBAGENT_STARTED"]
    assert [(e["toolCallId"], e["content"]) for e in results] == [
        (interrupt["toolCallId"], '{"square":25}')
    ]
    assert started == ["asks"]
    assert events[-1]["outcome"] == {"type": "success"}


def events_path(body: AgUiEvent) -> str:
    return f"/api/runs/{body['runId']}/events"


def read_until_text_of(server: Server, body: AgUiEvent, agent: str) -> tuple[list[AgUiEvent], str]:
    """Start the run, read until an agent has spoken a little; return the events and the cursor."""
    seen: list[AgUiEvent] = []
    with opened(server, body) as frames:
        for cursor, event in frames:
            seen.append(event)
            if len(text_of([event], agent)) and len(text_of(seen, agent)) > 60:
                return seen, cursor
    raise AssertionError("The run ended before the agent spoke.")


def every_scope_is_closed(events: list[AgUiEvent]) -> bool:
    opened_ids, closed_ids = set[str](), set[str]()
    for event in events:
        kind = event["type"]
        scope = event.get("messageId") or event.get("toolCallId") or event.get("subagentRunId")
        if kind in ("TEXT_MESSAGE_START", "TOOL_CALL_START", "SUBAGENT_STARTED"):
            opened_ids.add(f"{kind.split('_')[0]}{scope}")
        if kind in ("TEXT_MESSAGE_END", "TOOL_CALL_END", "SUBAGENT_FINISHED", "SUBAGENT_ERROR"):
            closed_ids.add(f"{kind.split('_')[0]}{scope}")
    return opened_ids == closed_ids
