"""Runs as resources: start, list, follow, retry; and threads."""

import json

import httpx

from tests.server import Server
from tests.streams import kinds, opened, run_body, stream


def test_a_run_that_nobody_follows_is_worked_off(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 5})

    started = server.post("/api/runs", body)
    with opened(server, None, f"/api/runs/{body['runId']}/events") as frames:
        events = [event for _, event in frames]

    assert started.status_code == 202
    assert started.headers["location"] == f"/api/runs/{body['runId']}"
    assert events[-1]["type"] == "RUN_FINISHED"
    record = server.get(f"/api/runs/{body['runId']}").json()
    assert record["status"] == "completed"
    assert record["title"] == "Script"
    assert record["agents"] == ["a"]
    assert record["createdAt"] <= record["startedAt"] <= record["finishedAt"]


def test_runs_are_listed_newest_first_in_pages(server: Server) -> None:
    thread = run_body({"name": "a"})["threadId"]
    ids = list[str]()
    for _ in range(3):
        body = run_body({"name": "a", "deltas": 1}) | {"threadId": thread}
        stream(server, body)
        ids.append(body["runId"])

    first = server.get(f"/api/runs?thread={thread}&limit=2").json()
    second = server.get(f"/api/runs?thread={thread}&limit=2&before={first['nextCursor']}").json()

    assert [run["id"] for run in [*first["runs"], *second["runs"]]] == ids[::-1]
    assert second["nextCursor"] is None
    assert server.get(f"/api/runs?thread={thread}&status=failed").json()["runs"] == []


def test_runs_are_listed_by_status_workflow_and_time(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 1})
    stream(server, body)
    made = server.get(f"/api/runs/{body['runId']}").json()["createdAt"]
    thread = f"/api/runs?thread={body['threadId']}"

    def listed(query: str) -> list[str]:
        return [run["id"] for run in server.get(f"{thread}&{query}").json()["runs"]]

    assert listed("status=completed&status=failed&workflow=script") == [body["runId"]]
    assert listed(f"from={made}") == [body["runId"]]
    assert listed("workflow=account_review") == []
    assert listed(f"to={made}") == []
    assert server.get(f"{thread}&from=yesterday").status_code == 422


def test_runs_that_ask_are_listed_until_somebody_answers(server: Server) -> None:
    bodies = [run_body({"name": "a", "interrupt": "May I?"}) for _ in range(2)]
    ends = [stream(server, body)[-1] for body in bodies]
    asking = {run["id"] for run in server.get("/api/runs?asks=true&limit=200").json()["runs"]}
    assert asking >= {body["runId"] for body in bodies}

    for body, end, run_id in zip(bodies, ends, (bodies[0]["runId"], "another"), strict=True):
        interrupt = end["outcome"]["interrupts"][0]["id"]
        resume = [{"interruptId": interrupt, "status": "resolved", "payload": True}]
        suffix = "" if run_id != "another" else body["runId"]
        stream(server, body | {"runId": run_id + suffix, "resume": resume})

    left = {run["id"] for run in server.get("/api/runs?asks=true&limit=200").json()["runs"]}
    assert not left & {body["runId"] for body in bodies}


def test_a_retry_runs_again_only_what_was_missing(server: Server) -> None:
    body = run_body({"name": "good", "deltas": 3}, {"name": "weak", "deltas": 4, "fail_times": 4})
    failed = stream(server, body)

    retried = server.post(f"/api/copilotkit/retry/{body['runId']}")
    new_id = retried.json()["workflow_id"]
    with opened(server, None, f"/api/runs/{new_id}/events") as frames:
        events = [event for _, event in frames]

    assert failed[-1]["type"] == "RUN_ERROR"
    assert failed[-1]["metadata"]["recoverable"] is True
    assert retried.status_code == 202
    assert retried.json()["retry_of"] == body["runId"]
    assert {e["name"] for e in events if e["type"] == "SUBAGENT_STARTED"} == {"weak"}
    assert events[-1]["outcome"] == {"type": "success"}
    status = server.get(f"/api/copilotkit/status/{new_id}").json()
    assert status["agent_states"]["good"]["reused"] is True
    assert status["agent_states"]["weak"]["attempt"] == 5
    assert status["progress"] == 100


def test_an_account_review_ends_with_a_brief_in_the_state(server: Server) -> None:
    body = run_body({"name": "unused"})
    body["messages"][0]["content"] = "Analyze account ACC-001"
    body["forwardedProps"] = {}

    events = stream(server, body)

    brief = [e for e in events if e["type"] == "STATE_SNAPSHOT"][-1]["snapshot"]["brief"]
    assert brief["account"]["number"] == "ACC-001"
    assert {"headline", "attention", "actions", "sources", "commitments"} <= set(brief)
    started = [e["name"] for e in events if e["type"] == "SUBAGENT_STARTED"]
    assert set(started[:2]) == {"zoho_data_scout", "memory_analyst"}
    assert started[2:] == ["recommendation_author"]


def test_a_completed_or_running_run_cannot_be_retried(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 30, "delay_ms": 10})
    with opened(server, body) as frames:
        next(frames)
        while_running = server.post(f"/api/runs/{body['runId']}/retry")
        list(frames)

    after = server.post(f"/api/runs/{body['runId']}/retry")

    assert while_running.status_code == after.status_code == 409
    assert after.json()["code"] == "run_not_retryable"


def test_an_idempotency_key_finds_the_run_of_the_first_request(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 1})
    del body["runId"]

    first = server.post("/api/runs", body, **{"Idempotency-Key": f"k-{body['threadId']}"}).json()
    second = server.post("/api/runs", body, **{"Idempotency-Key": f"k-{body['threadId']}"}).json()

    assert second["id"] == first["id"]


def test_an_automatic_retry_shows_both_attempts(server: Server) -> None:
    events = stream(server, run_body({"name": "a", "deltas": 4, "fail_times": 1}))

    lost = next(e for e in events if e["type"] == "SUBAGENT_ERROR")
    assert lost["metadata"]["recoverable"] is True
    assert 0 <= lost["metadata"]["retryAfter"] <= 0.5
    assert kinds(events).count("SUBAGENT_STARTED") == 2
    assert events[-1]["outcome"] == {"type": "success"}


def test_a_parallel_agent_finishes_though_its_neighbour_fails(server: Server) -> None:
    body = run_body(
        {"name": "bad", "deltas": 1, "error": "no luck"},
        {"name": "slow", "deltas": 20, "delay_ms": 10},
        parallel=True,
    )

    events = stream(server, body)

    assert events[-1]["type"] == "RUN_ERROR"
    assert events[-1]["message"] == "no luck"
    finished = [e["subagentRunId"] for e in events if e["type"] == "SUBAGENT_FINISHED"]
    assert finished == [f"{body['runId']}:slow:1"]


def test_a_thread_is_listed_named_renamed_archived_and_deleted(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 1})
    body["messages"][0]["content"] = "Tell me\n about\x00 everything, " + "please " * 30
    stream(server, body)
    path = f"/api/copilotkit/threads/{body['threadId']}"

    def listed(query: str) -> list[str]:
        threads = server.get(f"/api/copilotkit/threads?{query}").json()["threads"]
        return [thread["name"] for thread in threads if thread["id"] == body["threadId"]]

    (name,) = listed("agentId=script")
    assert name.startswith("Tell me about everything, please")
    assert len(name) <= 60
    assert server.post(path, {"name": "x"}).status_code == 405
    renamed = server_patch(server, path, {"name": "New name"})
    assert renamed["name"] == "New name"
    server.post(f"{path}/archive", {"agentId": "script"})
    assert listed("agentId=script") == []
    assert listed("agentId=script&includeArchived=true") == ["New name"]
    server_delete(server, path)
    assert listed("includeArchived=true") == []
    assert server.get(f"/api/runs/{body['runId']}").status_code == 404


def server_patch(server: Server, path: str, body: dict[str, object]) -> dict[str, object]:
    return httpx.patch(server.url + path, json=body, headers=server.headers).json()


def server_delete(server: Server, path: str) -> None:
    assert httpx.delete(server.url + path, headers=server.headers).status_code == 200


def test_the_four_metrics_of_the_blueprint_count(server: Server) -> None:
    stream(server, run_body({"name": "a", "deltas": 1}))

    text = server.get("/metrics").text

    for name in (
        'copilotkit_requests_total{endpoint="/api/copilotkit",method="POST",status="200"}',
        "copilotkit_request_duration_seconds_bucket",
        "copilotkit_active_workflows",
        'agent_execution_duration_seconds_count{agent_type="a"}',
    ):
        assert name in text


def test_one_agent_is_stopped_and_the_others_go_on(server: Server) -> None:
    endless = {"name": "endless", "deltas": 3000, "delay_ms": 10, "on_error": "skip"}
    body = run_body(endless, {"name": "good", "deltas": 20, "delay_ms": 10}, parallel=True)

    with opened(server, body) as frames:
        next(e for _, e in frames if e["type"] == "TEXT_MESSAGE_CONTENT")
        wished = server.post(f"/api/runs/{body['runId']}/agents/endless/cancel")
        rest = [event for _, event in frames]

    assert wished.status_code == 202
    assert [e["code"] for e in rest if e["type"] == "SUBAGENT_ERROR"] == ["agent_cancelled"]
    assert rest[-1]["outcome"] == {"type": "success"}
    record = server.get(f"/api/runs/{body['runId']}").json()
    assert (record["status"], record["outcome"]) == ("completed", {"skipped": ["endless"]})
    cards = server.get(f"/api/copilotkit/status/{body['runId']}").json()["agent_states"]
    assert (cards["endless"]["status"], cards["endless"]["skipped"]) == ("cancelled", True)
    assert cards["good"]["status"] == "completed"


def test_an_agent_that_may_be_missing_does_not_fail_its_run(server: Server) -> None:
    bad = {"name": "bad", "deltas": 1, "error": "no luck", "on_error": "skip"}

    events = stream(server, run_body(bad, {"name": "good", "deltas": 2}))

    assert [e["code"] for e in events if e["type"] == "SUBAGENT_ERROR"] == ["agent_failed"]
    assert events[-1]["outcome"] == {"type": "success"}


def test_an_agent_that_must_not_be_missing_fails_its_run_when_stopped(server: Server) -> None:
    body = run_body({"name": "endless", "deltas": 3000, "delay_ms": 10})

    with opened(server, body) as frames:
        next(e for _, e in frames if e["type"] == "TEXT_MESSAGE_CONTENT")
        server.post(f"/api/runs/{body['runId']}/agents/endless/cancel")
        rest = [event for _, event in frames]

    assert (rest[-1]["type"], rest[-1]["code"]) == ("RUN_ERROR", "agent_cancelled")


def test_a_repeated_request_is_the_same_whatever_the_order_of_its_fields(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 2})
    backwards = json.loads(json.dumps(body), object_pairs_hook=lambda pairs: dict(pairs[::-1]))

    first, second = (stream(server, one) for one in (body, backwards))

    assert list(backwards) != list(body)
    assert second == first
