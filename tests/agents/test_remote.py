"""Agents on other AG-UI servers: a Sergas server plays the other one."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest

from sergas import AgentFailed, AgentTask, Chunk, Done, JsonObject, RemoteServer, remote_agent
from sergas.agents.remote.refusals import refusal_of
from sergas.core.chunks import (
    FrontendTool,
    Interrupt,
    Memory,
    StatePatch,
    Text,
    ToolResult,
    innermost,
)
from sergas.core.ids import new_run_id
from tests.accounts.studio import task
from tests.server import Server, free_port, serving
from tests.streams import AgUiEvent, kinds, opened, run_body, stream

RUN = "/api/copilotkit/agent/script/run"


def there(server: Server) -> RemoteServer:
    """Return the server as an agent's place."""
    stop = f"{server.url}/api/runs/{{runId}}/cancel"
    return RemoteServer(server.url + RUN, server.headers, stop)


def script(*agents: JsonObject, parallel: bool = False) -> JsonObject:
    """Return what the other server is to do."""
    return {"script": {"agents": agents, "parallel": parallel}}


def asked(name: str, **changes: Any) -> AgentTask:
    """Make a task with a run id of its own."""
    from sergas.core.ids import RunId

    made = task("Go.")
    run_id: RunId = new_run_id()
    return replace(made, run_id=run_id, agent=name, **changes)


async def work(server: Server, options: JsonObject, given: AgentTask) -> list[Chunk]:
    """Run the agent there to its end."""
    agent = remote_agent("far", there(server), state_key="far", options=options)
    return [chunk async for chunk in agent.run(given)]


def text_in(chunks: Sequence[Chunk]) -> str:
    """Join what was said, by whomever."""
    said = map(innermost, chunks)
    return "".join(chunk.delta for chunk in said if isinstance(chunk, Text))


async def test_its_words_tools_and_state_become_this_agents(server: Server) -> None:
    chunks = await work(server, script({"name": "a", "deltas": 5, "tools": 2}), asked("far"))

    assert len(text_in(chunks)) == 5 * 12
    assert [c.content for c in map(innermost, chunks) if isinstance(c, ToolResult)] == [
        '{"number":1,"square":1}',
        '{"number":2,"square":4}',
    ]
    paths = {str(op["path"]) for c in chunks if isinstance(c, StatePatch) for op in c.operations}
    assert "/far" in paths
    assert all(path.startswith("/far") for path in paths)
    assert isinstance(chunks[-1], Done)
    assert chunks[-1].result == {"text": text_in(chunks)}


async def test_its_failure_is_this_agents_failure(server: Server) -> None:
    with pytest.raises(AgentFailed, match="'far' failed: no luck") as failed:
        await work(server, script({"name": "a", "deltas": 2, "error": "no luck"}), asked("far"))

    assert failed.value.code == "agent_failed"
    assert failed.value.recoverable is False


async def test_its_question_is_passed_on_and_the_answer_goes_back(server: Server) -> None:
    options = script({"name": "a", "deltas": 3, "interrupt": "May I?"})
    first = await work(server, options, asked("far"))
    memory, interrupt = first[-2], innermost(first[-1])
    assert isinstance(memory, Memory)
    assert isinstance(interrupt, Interrupt)

    answers = {interrupt.key: {"status": "resolved", "payload": True}}
    later = asked("far", memory=json.loads(json.dumps(memory.data)), answers=answers)
    second = await work(server, options, later)

    assert interrupt.message == "May I?"
    assert len(text_in(second)) == 3 * 12


async def test_a_page_tool_that_it_calls_is_run_by_our_page(server: Server) -> None:
    options = script({"name": "a", "deltas": 3, "frontend_tool": "confetti"})
    given = asked("far")
    tools: tuple[JsonObject, ...] = ({"name": "confetti", "description": "", "parameters": {}},)
    given = replace(given, input=replace(given.input, tools=tools))
    first = await work(server, options, given)
    memory, call = first[-2], innermost(first[-1])
    assert isinstance(memory, Memory)
    assert isinstance(call, FrontendTool)

    answers = {call.call_id: {"status": "resolved", "payload": "thrown"}}
    second = await work(
        server, options, replace(given, attempt=2, memory=memory.data, answers=answers)
    )

    assert len(text_in(second)) == 3 * 12


async def test_closing_the_agent_stops_the_run_there(server: Server) -> None:
    given = asked("far")
    options = script({"name": "a", "deltas": 5000, "delay_ms": 10})
    agent = remote_agent("far", there(server), options=options)
    chunks = agent.run(given)
    async for chunk in chunks:
        if isinstance(innermost(chunk), Text):
            break

    await chunks.aclose()

    run_id = f"{given.run_id}-far-1"
    events = stream(server, None, f"/api/runs/{run_id}/events")
    assert events[-1]["outcome"] == {"type": "cancelled"}


@pytest.mark.parametrize(
    ("path", "headers", "code", "recoverable"),
    [
        (RUN, {}, "remote_auth", False),
        ("/api/copilotkit/agent/nobody/run", None, "remote_refused", False),
        ("/livez", None, "remote_refused", False),
        ("/docs", None, "remote_refused", False),
    ],
)
async def test_a_refusal_says_what_it_was(
    path: str, headers: dict[str, str] | None, code: str, *, recoverable: bool, server: Server
) -> None:
    place = RemoteServer(server.url + path, server.headers if headers is None else headers)
    agent = remote_agent("far", place)

    with pytest.raises(AgentFailed) as failed:
        _ = [chunk async for chunk in agent.run(asked("far"))]

    assert (failed.value.code, failed.value.recoverable) == (code, recoverable)
    assert server.token not in str(failed.value)


@pytest.mark.parametrize("status", [401, 400, 503])
async def test_no_failure_tells_what_lets_us_in(status: int) -> None:
    url = "https://me:pass-word-1@agents.example.com/far?key=key-1"
    place = RemoteServer(url, {"Authorization": "Bearer tok-en-1"})
    says = "What is tok-en-1 to me? Or pass-word-1, or key-1?"

    refusal = refusal_of(place, httpx2.Response(status), json.dumps({"detail": says}).encode())

    assert str(refusal).startswith("https://agents.example.com/far ")
    assert str(refusal).endswith("What is *** to me? Or ***, or ***?")
    assert "1" not in repr(place)


async def test_a_server_that_is_not_there_may_be_tried_again() -> None:
    agent = remote_agent("far", RemoteServer(f"http://127.0.0.1:{free_port()}/agent"))

    with pytest.raises(AgentFailed) as failed:
        _ = [chunk async for chunk in agent.run(asked("far"))]

    assert failed.value.code == "remote_unavailable"
    assert failed.value.recoverable
    assert failed.value.is_provider_fault


def test_a_question_far_away_is_answered_by_our_page(server: Server, tmp_path: Path) -> None:
    far = script({"name": "a", "deltas": 3, "approval": "Square 3?"})
    settings = {
        "SERGAS_WORKFLOWS": "tests.own_agents:offer",
        "FAR_URL": server.url + RUN,
        "FAR_TOKEN": server.token,
        "FAR_OPTIONS": json.dumps(far),
    }
    with serving(tmp_path, **settings) as near:
        body: AgUiEvent = {**run_body(), "forwardedProps": {}}
        first = stream(near, body, "/api/copilotkit/agent/both/run")
        (interrupt,) = first[-1]["outcome"]["interrupts"]
        near.stop()
        near.start()
        answer = {"interruptId": interrupt["id"], "status": "resolved"}
        body["resume"] = [{**answer, "payload": {"approved": True}}]
        second = stream(near, body, "/api/copilotkit/agent/both/run")

    assert interrupt["message"] == "Square 3?"
    results = [e["content"] for e in second if e["type"] == "TOOL_CALL_RESULT"]
    assert results == ['{"square":9}']
    assert second[-1]["outcome"] == {"type": "success"}
    for leg, type_of_end in ((first, "suspended"), (second, "success")):
        started = [e for e in leg if e["type"] == "SUBAGENT_STARTED" and e["name"] != "greeter"]
        ended = [e for e in leg if e["type"] == "SUBAGENT_FINISHED"][-2:]
        assert [e["name"] for e in started] == ["far", "a"]
        assert started[1]["parentSubagentRunId"] == started[0]["subagentRunId"]
        assert [e["subagentRunId"] for e in reversed(ended)] == [
            e["subagentRunId"] for e in started
        ]
        assert {e["outcome"]["type"] for e in ended} == {type_of_end}


def test_stopping_our_run_stops_the_run_far_away(server: Server, tmp_path: Path) -> None:
    far = script({"name": "a", "deltas": 5000, "delay_ms": 10})
    settings = {
        "SERGAS_WORKFLOWS": "tests.own_agents:offer",
        "FAR_URL": server.url + RUN,
        "FAR_TOKEN": server.token,
        "FAR_OPTIONS": json.dumps(far),
        "FAR_STOP_URL": f"{server.url}/api/runs/{{runId}}/cancel",
    }
    with serving(tmp_path, **settings) as near:
        body: AgUiEvent = {**run_body(), "forwardedProps": {}}
        with opened(near, body, "/api/copilotkit/agent/far/run") as frames:
            next(e for _, e in frames if e["type"] == "TEXT_MESSAGE_CONTENT")
            near.post(f"/api/runs/{body['runId']}/cancel")
            rest = [event for _, event in frames]

    assert rest[-1]["type"] == "RUN_FINISHED"
    events = stream(server, None, f"/api/runs/{body['runId']}-far-1/events")
    assert events[-1]["outcome"] == {"type": "cancelled"}
    assert "SUBAGENT_ERROR" in kinds(events)
