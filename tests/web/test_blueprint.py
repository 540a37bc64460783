"""The blueprint's integration tests (T1), each with ids of runs that it started itself."""

from tests.server import Server
from tests.streams import kinds, opened, run_body, stream


def test_the_enhanced_health_check_names_its_components_and_capabilities(server: Server) -> None:
    answer = server.get("/health/enhanced")

    health = answer.json()
    assert answer.status_code == 200
    assert health["status"] == "healthy"
    assert {component["status"] for component in health["components"].values()} == {"healthy"}
    assert {"active_workflows", "memory", "cpu", "capabilities"} <= set(health)
    assert {"multi_agent", "real_time_streaming"} <= set(health["capabilities"])


def test_a_blueprint_body_streams_a_run_with_agent_status_events(server: Server) -> None:
    events = stream(
        server,
        {
            "thread_id": "t1-stream",
            "agents": ["zoho_data_scout", "memory_analyst"],
            "messages": [{"role": "user", "content": "Analyze account ACC-001"}],
        },
    )

    wanted = {
        "RUN_STARTED",
        "AGENT_STATUS",
        "TEXT_MESSAGE_START",
        "TEXT_MESSAGE_CONTENT",
        "RUN_FINISHED",
    }
    assert wanted <= set(kinds(events))
    statuses = [(e["agent"], e["status"]) for e in events if e["type"] == "AGENT_STATUS"]
    assert ("zoho_data_scout", "completed") in statuses
    assert ("memory_analyst", "completed") in statuses


def test_the_status_of_a_run_shows_its_agents_while_it_runs(server: Server) -> None:
    body = run_body({"name": "slow", "deltas": 200, "delay_ms": 20})

    with opened(server, body) as frames:
        for _, event in frames:
            if event["type"] == "TEXT_MESSAGE_CONTENT":
                break
        status = server.get(f"/api/copilotkit/status/{body['runId']}").json()
    server.post(f"/api/copilotkit/interrupt/{body['runId']}")

    assert status["workflow_id"] == body["runId"]
    assert status["status"] == "running"
    assert status["agent_states"]["slow"]["status"] == "running"
    assert 0 <= status["progress"] < 100
    assert status["started_at"].endswith("Z")


def test_the_status_of_an_unknown_run_is_404(server: Server) -> None:
    answer = server.get("/api/copilotkit/status/nonexistent")

    assert answer.status_code == 404
    assert answer.json()["code"] == "run_not_found"


def test_interrupting_a_run_stops_it(server: Server) -> None:
    body = run_body({"name": "slow", "deltas": 2000, "delay_ms": 20})

    with opened(server, body) as frames:
        for _, event in frames:
            if event["type"] == "TEXT_MESSAGE_CONTENT":
                break
        answer = server.post(
            f"/api/copilotkit/interrupt/{body['runId']}", {"reason": "the user changed their mind"}
        )
        rest = [event for _, event in frames]

    assert answer.status_code == 200
    assert answer.json() == {"status": "interrupted", "workflow_id": body["runId"]}
    assert rest[-1]["type"] == "RUN_FINISHED"
    record = server.get(f"/api/runs/{body['runId']}").json()
    assert record["status"] == "cancelled"
    assert record["outcome"]["reason"] == "the user changed their mind"


def test_interrupting_an_unknown_run_is_404(server: Server) -> None:
    assert server.post("/api/copilotkit/interrupt/nonexistent").status_code == 404


def test_an_unknown_agent_is_a_run_error_in_the_stream(server: Server) -> None:
    body = {"agents": ["nonexistent_agent"], "messages": [{"role": "user", "content": "Hello"}]}

    events = stream(server, body)

    error = events[-1]
    assert error["type"] == "RUN_ERROR"
    assert error["code"] == "agent_not_found"
    assert error["error"]["recoverable"] is False
    assert "retry_after" in error["error"]
    assert "zoho_data_scout" in error["message"]


def test_only_blueprint_bodies_get_agent_status_events(server: Server) -> None:
    body = run_body({"name": "one", "deltas": 2})
    body["forwardedProps"] = {"agents": ["memory_analyst"]}
    body["messages"] = [{"id": "u", "role": "user", "content": "Analyze ACC-001"}]

    events = stream(server, body)

    assert "AGENT_STATUS" not in kinds(events)
    assert events[-1]["type"] == "RUN_FINISHED"
