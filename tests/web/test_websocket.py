"""CopilotKit over a WebSocket: the same events and cursors as SSE, several streams at once."""

import pytest
from websockets.sync.client import ClientConnection

from tests.server import Server
from tests.sockets import (
    ask,
    connected,
    cursors_of,
    events_of,
    hear,
    hear_out,
    hear_until,
    say,
)
from tests.streams import kinds, opened, run_body, stream, text_of

CONNECT = "/api/copilotkit/agent/script/connect"
SLOW = {"name": "a", "deltas": 3000, "delay_ms": 10}


def assert_goes_on(socket: ClientConnection) -> None:
    """Check that the connection still answers."""
    say(socket, "ping")
    assert hear(socket) == {"type": "pong"}


def test_a_run_is_streamed_to_its_end_and_then_done(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 5, "tools": 1})

    with connected(server) as socket:
        frames = ask(socket, "run", input=body)

    assert frames[-1] == {"id": 1, "done": True}
    events = events_of(frames)
    assert events[0]["type"] == "RUN_STARTED"
    assert events[-1]["outcome"] == {"type": "success"}
    count = len(events)
    assert [f["cursor"] for f in frames[:-1]] == [
        f"{body['runId']}:{n}" for n in range(1, count + 1)
    ]


def test_an_agent_can_be_named_beside_the_input(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 1})
    del body["forwardedProps"]["workflow"]

    with connected(server) as socket:
        frames = ask(socket, "run", agentId="script", input=body)

    assert events_of(frames)[-1]["type"] == "RUN_FINISHED"


def test_two_runs_over_one_connection_do_not_mix(server: Server) -> None:
    one = run_body({"name": "a", "deltas": 40, "delay_ms": 5})
    other = run_body({"name": "b", "deltas": 40, "delay_ms": 5})

    with connected(server) as socket:
        say(socket, "run", id="one", input=one)
        say(socket, "run", id=2, input=other)
        heard = hear_out(socket, "one", 2)

    first, second = events_of(heard["one"]), events_of(heard[2])
    assert (len(text_of(first, "a")), len(text_of(first, "b"))) == (40 * 12, 0)
    assert (len(text_of(second, "a")), len(text_of(second, "b"))) == (0, 40 * 12)
    assert all(f["cursor"].startswith(one["runId"]) for f in heard["one"][:-1])
    assert all(f["cursor"].startswith(other["runId"]) for f in heard[2][:-1])


@pytest.mark.parametrize("message_type", ["connect", "follow"])
def test_a_client_that_reconnects_gets_every_event_exactly_once(
    server: Server, message_type: str
) -> None:
    body = run_body({"name": "a", "deltas": 60, "delay_ms": 10})
    place = {"connect": {"threadId": body["threadId"]}, "follow": {"runId": body["runId"]}}

    with connected(server) as socket:
        say(socket, "run", id=1, input=body)
        first = hear_until(socket, "TEXT_MESSAGE_CONTENT")
    with connected(server) as socket:
        second = ask(socket, message_type, lastEventId=first[-1]["cursor"], **place[message_type])

    seqs = [int(cursor.rpartition(":")[2]) for cursor, _ in cursors_of([*first, *second])]
    assert seqs == list(range(1, len(seqs) + 1))
    assert len(text_of(events_of([*first, *second]), "a")) == 60 * 12


def test_joining_a_thread_is_the_same_as_over_sse(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 5, "tools": 1})
    stream(server, body)

    with connected(server) as socket:
        frames = ask(socket, "connect", agentId="script", threadId=body["threadId"])
    with opened(server, {"threadId": body["threadId"]}, CONNECT) as sse:
        read = list(sse)

    assert kinds(events_of(frames)) == [
        "RUN_STARTED",
        "MESSAGES_SNAPSHOT",
        "STATE_SNAPSHOT",
        "RUN_FINISHED",
    ]
    assert cursors_of(frames) == read


def test_who_joins_in_the_middle_gets_the_whole_text_once(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 60, "delay_ms": 10})

    with connected(server) as socket:
        say(socket, "run", id=1, input=body)
        before = events_of(hear_until(socket, "TEXT_MESSAGE_CONTENT"))
        say(socket, "connect", id=2, threadId=body["threadId"])
        heard = hear_out(socket, 1, 2)

    joined = events_of(heard[2])
    message_id = before[-1]["messageId"]
    snapshot = next(e for e in joined if e["type"] == "MESSAGES_SNAPSHOT")
    told = next(m for m in snapshot["messages"] if m["id"] == message_id)["content"]
    assert told + text_of(joined, "a") == text_of([*before, *events_of(heard[1])], "a")


def test_a_websocket_and_an_sse_reader_see_the_same_events(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 20, "delay_ms": 5}, {"name": "b", "tools": 1})

    with opened(server, body) as sse, connected(server) as socket:
        started = next(sse)
        frames = ask(socket, "follow", runId=body["runId"])
        read = [started, *sse]

    assert cursors_of(frames) == read


def test_the_blueprints_body_gets_the_blueprints_dialect(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 1}, agents=["a"])

    with connected(server) as socket:
        frames = ask(socket, "run", input=body)

    assert cursors_of(frames)
    statuses = [f for f in frames if f.get("event", {}).get("type") == "AGENT_STATUS"]
    assert [f["event"]["status"] for f in statuses] == ["running", "completed"]
    seqs = [f["cursor"] for f in frames if "cursor" in f]
    assert len(seqs) == len(set(seqs))


def test_connecting_to_an_unknown_thread_is_done_at_once(server: Server) -> None:
    with connected(server) as socket:
        assert ask(socket, "connect", threadId="never-seen") == [{"id": 1, "done": True}]


@pytest.mark.parametrize("name", ["runId", "threadId"])
def test_a_run_is_cancelled_by_its_id_or_its_thread(server: Server, name: str) -> None:
    body = run_body(SLOW)

    with connected(server) as socket:
        say(socket, "run", id=1, input=body)
        hear_until(socket, "TEXT_MESSAGE_CONTENT")
        say(socket, "cancel", id=2, reason="enough", **{name: body[name]})
        heard = hear_out(socket, 1, 2)

    assert events_of(heard[1])[-1]["metadata"] == {"cancelled": True}
    record = heard[2][0]["run"]
    assert (record["id"], record["status"]) == (body["runId"], "cancelled")
    assert record["outcome"]["reason"] == "enough"
    assert heard[2][1:] == [{"id": 2, "done": True}]


def test_a_client_of_1_0_is_told_that_the_run_was_cancelled(server: Server) -> None:
    body = run_body(SLOW) | {"protocolVersion": "1.0"}

    with connected(server) as socket:
        say(socket, "run", id=1, input=body)
        hear_until(socket, "TEXT_MESSAGE_CONTENT")
        say(socket, "cancel", id=2, runId=body["runId"])
        heard = hear_out(socket, 1, 2)

    assert events_of(heard[1])[-1]["outcome"] == {"type": "cancelled"}


def test_an_interrupt_is_answered_by_a_run_with_resume(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 2}, {"name": "b", "deltas": 3, "interrupt": "May I?"})

    with connected(server) as socket:
        asked = events_of(ask(socket, "run", input=body))[-1]["outcome"]
        resume = [{"interruptId": asked["interrupts"][0]["id"], "status": "resolved"}]
        events = events_of(ask(socket, "run", input=body | {"resume": resume}))

    assert asked["type"] == "interrupt"
    assert [e["name"] for e in events if e["type"] == "SUBAGENT_STARTED"] == ["b"]
    assert events[-1]["outcome"] == {"type": "success"}


def test_unfollow_ends_the_stream_and_not_the_run(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 30, "delay_ms": 10})

    with connected(server) as socket:
        say(socket, "run", id=1, input=body)
        first = hear_until(socket, "RUN_STARTED")
        say(socket, "unfollow", id=1)
        heard = hear_out(socket, 1)[1]
        again = ask(socket, "follow", runId=body["runId"])

    assert "RUN_FINISHED" not in kinds(events_of([*first, *heard]))
    assert heard[-1] == {"id": 1, "done": True}
    assert events_of(again)[-1]["outcome"] == {"type": "success"}


def test_unfollowing_what_has_ended_is_fine(server: Server) -> None:
    with connected(server) as socket:
        say(socket, "unfollow", id=1)

        assert_goes_on(socket)
