"""The four policies of a busy thread, and cancelling what has not begun."""

from tests.server import Server
from tests.streams import AgUiEvent, opened, run_body, stream

SLOW = {"name": "slow", "deltas": 3000, "delay_ms": 10}
QUICK = {"name": "quick", "deltas": 2}


def second(first: AgUiEvent, on_busy: str, *agents: AgUiEvent) -> AgUiEvent:
    """Make another run of the same thread, with its own message."""
    body = run_body(*(agents or (QUICK,)))
    body["forwardedProps"]["onBusy"] = on_busy
    user = {"id": "u2", "role": "user", "content": "And now?"}
    return body | {"threadId": first["threadId"], "messages": [*first["messages"], user]}


def test_enqueue_runs_after_the_active_run(server: Server) -> None:
    first = run_body({"name": "slow", "deltas": 40, "delay_ms": 10})
    with opened(server, first) as frames:
        next(frames)
        waiting = second(first, "enqueue")
        queued = server.post("/api/runs", waiting).json()
        rest = [event for _, event in frames]
    with opened(server, None, f"/api/runs/{waiting['runId']}/events") as frames:
        events = [event for _, event in frames]

    assert (queued["status"], queued["queuePosition"]) == ("queued", 1)
    assert rest[-1]["outcome"] == {"type": "success"}
    assert events[-1]["outcome"] == {"type": "success"}
    assert events[0]["timestamp"] >= rest[-1]["timestamp"]


def test_however_many_runs_wait_the_active_one_is_stopped_and_each_knows_its_place(
    server: Server,
) -> None:
    first = run_body(SLOW)
    with opened(server, first) as frames:
        next(frames)
        waiting = [second(first, "enqueue") for _ in range(60)]
        places = [server.post("/api/runs", body).json()["queuePosition"] for body in waiting]
        path = f"/api/copilotkit/agent/script/stop/{first['threadId']}"
        stopped = server.post(path).json()
        for body in waiting:
            server.post(f"/api/runs/{body['runId']}/cancel")

    assert places == list(range(1, 61))
    assert (stopped["stopped"], stopped["runId"]) == (True, first["runId"])


def test_interrupt_stops_the_active_run_and_takes_its_place(server: Server) -> None:
    first = run_body(SLOW)
    with opened(server, first) as frames:
        next(frames)
        events = stream(server, second(first, "interrupt"))
        rest = [event for _, event in frames]

    assert rest[-1]["metadata"] == {"cancelled": True}
    assert events[-1]["outcome"] == {"type": "success"}
    messages = server.get(f"/api/copilotkit/threads/{first['threadId']}/messages").json()[
        "messages"
    ]
    assert sum(m["role"] == "activity" for m in messages) == 2


def test_rollback_stops_the_active_run_and_takes_it_out_of_the_history(server: Server) -> None:
    first = run_body(SLOW)
    with opened(server, first) as frames:
        next(e for _, e in frames if e["type"] == "TEXT_MESSAGE_CONTENT")
        events = stream(server, second(first, "rollback"))
        list(frames)

    assert events[-1]["outcome"] == {"type": "success"}
    messages = server.get(f"/api/copilotkit/threads/{first['threadId']}/messages").json()[
        "messages"
    ]
    assert [m["role"] for m in messages] == ["user", "user", "activity", "assistant"]
    assert server.get(f"/api/runs/{first['runId']}").json()["status"] == "cancelled"


def test_an_unknown_policy_is_refused(server: Server) -> None:
    answer = server.post("/api/copilotkit", second(run_body(QUICK), "explode"))

    assert answer.status_code == 422
    assert "reject, enqueue, interrupt, rollback" in answer.json()["detail"]


def test_a_waiting_run_is_cancelled_at_once_and_the_active_one_goes_on(server: Server) -> None:
    first = run_body({"name": "slow", "deltas": 60, "delay_ms": 10})
    with opened(server, first) as frames:
        next(frames)
        waiting = second(first, "enqueue")
        server.post("/api/runs", waiting)
        cancelled = server.post(f"/api/runs/{waiting['runId']}/cancel").json()
        rest = [event for _, event in frames]

    assert cancelled["status"] == "cancelled"
    assert rest[-1]["outcome"] == {"type": "success"}


def test_a_page_stops_the_run_that_it_names_though_another_one_is_active(server: Server) -> None:
    first = run_body({"name": "slow", "deltas": 60, "delay_ms": 10})
    stop = f"/api/copilotkit/agent/script/stop/{first['threadId']}"
    with opened(server, first) as frames:
        next(frames)
        waiting = second(first, "enqueue")
        server.post("/api/runs", waiting)
        stopped = server.post(stop, {"runId": waiting["runId"]}).json()
        unknown = server.post(stop, {"runId": "another"}).json()
        rest = [event for _, event in frames]

    assert (stopped["stopped"], stopped["runId"]) == (True, waiting["runId"])
    assert unknown["stopped"] is False
    assert rest[-1]["outcome"] == {"type": "success"}
    assert server.get(f"/api/runs/{waiting['runId']}").json()["status"] == "cancelled"


def test_a_run_that_waits_for_a_person_can_be_cancelled(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 1, "interrupt": "May I?"})
    interrupt = stream(server, body)[-1]["outcome"]["interrupts"][0]

    cancelled = server.post(f"/api/runs/{body['runId']}/cancel", {"reason": "never mind"}).json()
    resume = [{"interruptId": interrupt["id"], "status": "resolved", "payload": True}]
    late = server.post("/api/copilotkit", body | {"resume": resume})

    assert cancelled["status"] == "cancelled"
    assert cancelled["outcome"]["reason"] == "never mind"
    assert late.status_code == 422
    assert late.json()["code"] == "nothing_waits"


def test_the_same_answer_twice_is_one_leg(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 3, "interrupt": "May I?"})
    interrupt = stream(server, body)[-1]["outcome"]["interrupts"][0]
    resume = [{"interruptId": interrupt["id"], "status": "resolved", "payload": True}]

    first = stream(server, body | {"resume": resume})
    again = stream(server, body | {"resume": resume})

    assert again == first
    assert server.get(f"/api/runs/{body['runId']}").json()["leg"] == 2


def test_an_interrupt_is_answered_once_whichever_way(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 1, "interrupt": "May I?"})
    interrupt = stream(server, body)[-1]["outcome"]["interrupts"][0]
    resume = [{"interruptId": interrupt["id"], "status": "resolved", "payload": True}]
    elsewhere = body | {"runId": f"{body['runId']}-b", "resume": resume}
    first = stream(server, elsewhere)

    in_place = server.post("/api/copilotkit", body | {"resume": resume})
    other_answer = [{"interruptId": interrupt["id"], "status": "resolved", "payload": False}]
    differently = server.post(
        "/api/copilotkit", elsewhere | {"runId": "r-c", "resume": other_answer}
    )
    again = stream(server, elsewhere)

    assert first[-1]["outcome"] == {"type": "success"}
    assert (in_place.status_code, differently.status_code) == (422, 422)
    assert again == first


def test_part_of_the_answers_is_refused_and_nothing_is_lost(server: Server) -> None:
    parts = ({"name": n, "deltas": 1, "interrupt": "May I?"} for n in ("a", "b"))
    body = run_body(*parts, parallel=True)
    asked = stream(server, body)[-1]["outcome"]["interrupts"]
    resume = [{"interruptId": i["id"], "status": "resolved", "payload": 1} for i in asked]

    partly = server.post("/api/copilotkit", body | {"resume": resume[:1]})
    wholly = stream(server, body | {"resume": resume})

    assert (len(asked), partly.status_code, partly.json()["code"]) == (2, 422, "nothing_waits")
    assert wholly[-1]["outcome"] == {"type": "success"}
