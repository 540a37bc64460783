"""What a run used: at its end, in its record, and added up."""

from uuid import uuid4

import httpx
import pytest

from sergas.core.json import Json
from tests.server import Server
from tests.streams import AgUiEvent, kinds, opened, run_body, stream

HAIKU = {"provider": "anthropic", "model": "claude-haiku-4-5", "input": 100, "output": 20}
HAIKU_USD = 0.0002
GLM = {"provider": "zai", "model": "glm-5.3", "input": 100, "output": 42, "cached": 40}
GLM_USD = (60 * 1.4 + 40 * 0.26 + 42 * 4.4) / 1e6
UNKNOWN = {"provider": "own", "model": "mystery", "input": 7, "output": 3}


def spender(name: str, *usage: AgUiEvent, **fields: object) -> AgUiEvent:
    return {"name": name, "deltas": 4, "usage": usage, **fields}


def with_budget(body: AgUiEvent, **budget: float) -> AgUiEvent:
    return {**body, "forwardedProps": {**body["forwardedProps"], "budget": budget}}


def usage_of(server: Server, body: AgUiEvent, by: str = "run", **query: object) -> AgUiEvent:
    """Ask what a run used."""
    parameters = "&".join(f"{name}={value}" for name, value in query.items())
    answer = server.get(f"/api/usage?by={by}&run={body['runId']}&{parameters}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def keys(answer: AgUiEvent) -> list[str]:
    return [row["key"] for row in answer["usage"]]


def test_a_run_tells_at_its_end_what_all_its_attempts_used(server: Server) -> None:
    body = run_body(
        spender("weak", HAIKU | {"after": 1}, GLM | {"after": 4}, fail_times=1),
        spender("strong", HAIKU, UNKNOWN),
    )

    end = stream(server, body)[-1]

    assert end["type"] == "RUN_FINISHED"
    by_model = {entry["model"]: entry for entry in end["usage"]}
    assert by_model["claude-haiku-4-5"] == {
        "provider": "anthropic",
        "model": "claude-haiku-4-5",
        "inputTokens": 300,
        "outputTokens": 60,
        "totalTokens": 360,
        "reasoningTokens": 0,
        "cachedInputTokens": 0,
        "cacheWriteInputTokens": 0,
    }
    assert by_model["glm-5.3"]["cachedInputTokens"] == 40
    assert by_model["mystery"]["totalTokens"] == 10


def test_the_record_has_what_the_run_used_and_what_it_cost(server: Server) -> None:
    body = run_body(spender("a", HAIKU, GLM, UNKNOWN))
    stream(server, body)

    record = server.get(f"/api/runs/{body['runId']}").json()
    listed = server.get(f"/api/runs?thread={body['threadId']}").json()["runs"]

    assert record["usage"]["costUsd"] == pytest.approx(HAIKU_USD + GLM_USD)
    assert record["usage"]["unpricedTokens"] == 10
    assert (record["usage"]["calls"], record["usage"]["totalTokens"]) == (3, 272)
    assert listed == [record]


def test_a_run_without_models_used_nothing(server: Server) -> None:
    body = run_body({"name": "a", "deltas": 1})

    end = stream(server, body)[-1]

    assert "usage" not in end
    record = server.get(f"/api/runs/{body['runId']}").json()
    assert (record["usage"]["calls"], record["usage"]["costUsd"]) == (0, 0)
    assert usage_of(server, body)["usage"] == []


def test_the_board_shows_usage_by_agent_and_of_the_run(server: Server) -> None:
    body = run_body(spender("a", HAIKU), spender("b", GLM))
    stream(server, body)

    states = server.get(f"/api/copilotkit/status/{body['runId']}").json()["agent_states"]

    assert states["a"]["usage"]["costUsd"] == pytest.approx(HAIKU_USD)
    assert states["b"]["usage"]["totalTokens"] == 142


def test_usage_is_added_up_by_whatever_is_asked(server: Server) -> None:
    body = run_body(spender("a", HAIKU), spender("b", GLM))
    stream(server, body)

    assert keys(usage_of(server, body, "agent")) == ["a", "b"]
    assert keys(usage_of(server, body, "run")) == [body["runId"]]
    assert keys(usage_of(server, body, "thread")) == [body["threadId"]]
    assert keys(usage_of(server, body, "user")) == [""]
    assert keys(usage_of(server, body, "tenant")) == ["local"]
    assert keys(usage_of(server, body, "model")) == ["anthropic/claude-haiku-4-5", "zai/glm-5.3"]
    (day,) = usage_of(server, body, "day")["usage"]
    assert server.get(f"/api/runs/{body['runId']}").json()["createdAt"].startswith(day["key"])
    assert day["costUsd"] == pytest.approx(HAIKU_USD + GLM_USD)


def test_usage_comes_in_pages_with_the_total_of_all(server: Server) -> None:
    body = run_body(*(spender(name, HAIKU) for name in ("a", "b", "c")))
    stream(server, body)

    first = usage_of(server, body, "agent", limit=2)
    second = usage_of(server, body, "agent", limit=2, after=first["nextCursor"])

    assert (keys(first), keys(second)) == (["a", "b"], ["c"])
    assert (first["nextCursor"], second["nextCursor"]) == ("b", None)
    assert first["total"] == second["total"]
    assert first["total"]["calls"] == 3


def test_usage_is_that_of_a_stretch_of_time(server: Server) -> None:
    body = run_body(spender("a", HAIKU))
    stream(server, body)
    created = server.get(f"/api/runs/{body['runId']}").json()["createdAt"]

    assert usage_of(server, body, **{"from": created})["total"]["calls"] == 1
    assert usage_of(server, body, **{"from": "2020-01-01", "to": created})["total"]["calls"] == 0
    assert usage_of(server, body, **{"from": "2999-01-01"})["total"]["calls"] == 0


def test_usage_outlives_the_conversation(server: Server) -> None:
    body = run_body(spender("a", HAIKU))
    stream(server, body)

    deleted = server.delete(f"/api/copilotkit/threads/{body['threadId']}")

    assert deleted.status_code == 200
    assert server.get(f"/api/runs/{body['runId']}").status_code == 404
    assert usage_of(server, body, "thread")["total"]["calls"] == 1


@pytest.mark.parametrize(
    "query", ["", "by=colour", "by=run&limit=0", "by=run&from=yesterday", "by=run&user=x"]
)
def test_a_question_that_is_none_is_refused(server: Server, query: str) -> None:
    answer = server.get(f"/api/usage?{query}")

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


def test_usage_needs_a_token(server: Server) -> None:
    assert httpx.get(f"{server.url}/api/usage?by=run").status_code == 401


def test_metrics_have_tokens_and_cost_by_model_and_no_ids(server: Server) -> None:
    model = f"model-{uuid4()}"
    body = run_body(spender("a", HAIKU, UNKNOWN | {"model": model}))
    stream(server, body)

    lines = [
        line for line in server.get("/metrics").text.splitlines() if line.startswith("sergas_model")
    ]

    assert f'sergas_model_unpriced_tokens_total{{model="{model}",provider="own"}} 10.0' in lines
    assert any("sergas_model_cost_usd_total" in line and "haiku" in line for line in lines)
    assert not [line for line in lines if body["runId"] in line or body["threadId"] in line]


def test_a_run_beyond_its_budget_ends_with_what_to_do(server: Server) -> None:
    tokens = [HAIKU | {"after": n} for n in range(1, 5)]
    body = with_budget(run_body(spender("a", *tokens)), tokens=300)

    events = stream(server, body)

    error = events[-1]
    assert (error["type"], error["code"]) == ("RUN_ERROR", "budget_exceeded")
    assert "360 of 300 tokens" in error["message"]
    assert error["metadata"]["budget"] == {"limit": "tokens", "allowed": 300, "used": 360}
    assert error["usage"][0]["totalTokens"] == 360
    assert kinds(events).count("SUBAGENT_ERROR") == 1
    record = server.get(f"/api/runs/{body['runId']}").json()
    assert record["outcome"]["error"]["budget"] == error["metadata"]["budget"]


def test_a_retry_may_raise_the_budget_and_does_not_pay_for_finished_agents_again(
    server: Server,
) -> None:
    costly = spender("costly", *(HAIKU | {"after": n} for n in range(1, 5)))
    body = with_budget(run_body(spender("cheap", HAIKU), costly), tokens=300)
    stream(server, body)

    retried = server.post(f"/api/runs/{body['runId']}/retry", {"budget": {"tokens": 1000}}).json()
    with opened(server, None, f"/api/runs/{retried['id']}/events") as frames:
        end = [event for _, event in frames][-1]

    assert end["type"] == "RUN_FINISHED"
    assert end["usage"][0]["totalTokens"] == 480
    assert usage_of(server, {"runId": retried["id"]}, "agent")["usage"][0]["key"] == "costly"


def test_a_retry_without_a_budget_keeps_the_one_of_its_run(server: Server) -> None:
    costly = spender("costly", *(HAIKU | {"after": n} for n in range(1, 5)))
    body = with_budget(run_body(costly), tokens=300)
    stream(server, body)

    retried = server.post(f"/api/copilotkit/retry/{body['runId']}").json()
    with opened(server, None, f"/api/runs/{retried['workflow_id']}/events") as frames:
        end = [event for _, event in frames][-1]

    assert end["code"] == "budget_exceeded"


@pytest.mark.parametrize("budget", [{"token": 5}, {"tokens": -5}, 5, {"costUsd": "much"}])
def test_a_budget_that_is_none_is_refused(server: Server, budget: Json) -> None:
    body = run_body({"name": "a"})
    body["forwardedProps"]["budget"] = budget

    started = server.post("/api/copilotkit", body)
    retried = server.post("/api/runs/whatever/retry", {"budget": budget})

    for answer in (started, retried):
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
        assert "tokens, costUsd, toolCalls, seconds" in answer.json()["detail"]
