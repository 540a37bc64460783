"""A server whose agents think with a model: from the settings to what a client sees."""

import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.models.fake import FakeModels, running_models
from tests.models.turns import Call, Say, Tokens, Turn, calls, refuses, says
from tests.server import Server, serving
from tests.streams import AgUiEvent, kinds, opened, stream, text_of

SECRET = "sk-secret-0123456789"
RUN = "/api/copilotkit/agent/thinker/run"
# `messages` is what a server chooses by itself.
RUNTIMES = (
    pytest.param("auto", id="messages"),
    pytest.param("claude", marks=pytest.mark.claude),
)
SETTINGS = {
    "SERGAS_MODEL": "anthropic:fake-1",
    "SERGAS_MODEL_API_KEY": SECRET,
    "SERGAS_WORKFLOWS": "tests.model_agents:offer",
    "SERGAS_LOG_LEVEL": "debug",
}


def a_body() -> AgUiEvent:
    """Make the body of a run."""
    message = {"id": "u1", "role": "user", "content": "What is the square of three?"}
    return {"threadId": f"t-{uuid4()}", "runId": f"r-{uuid4()}", "messages": [message]}


@pytest.fixture(scope="module")
def fake() -> Generator[FakeModels]:
    """Give a fake model server for all tests of this file."""
    with running_models() as running:
        yield running


@pytest.fixture(scope="module", params=RUNTIMES)
def thinking(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, fake: FakeModels
) -> Generator[Server]:
    """Give a server that thinks with the fake model, on each runtime in turn."""
    settings = SETTINGS | {
        "SERGAS_RUNTIME": request.param,
        "SERGAS_MODEL_BASE_URL": fake.url_of("anthropic"),
    }
    with serving(tmp_path_factory.mktemp("thinking"), **settings) as server:
        yield server


@pytest.fixture
def runtime(thinking: Server) -> str:
    """Give the name of the server's runtime."""
    asked_for = thinking.settings["SERGAS_RUNTIME"]
    return "messages" if asked_for == "auto" else asked_for


def test_the_server_says_what_its_agents_think_with(
    thinking: Server, fake: FakeModels, runtime: str
) -> None:
    health = thinking.get("/health/enhanced").json()

    words = f"with fake-1 of Anthropic at 127.0.0.1:{fake.port} ({runtime} runtime)"
    assert (health["runtime"], health["model"]) == (runtime, "fake-1")
    assert words in health["components"]["agent_runtime"]["detail"]
    assert f"Agents think {words}; SERGAS_MODEL=anthropic:fake-1." in thinking.log_text()


def test_a_run_streams_what_the_model_says_and_counts_it(
    thinking: Server, fake: FakeModels, runtime: str
) -> None:
    fake.answer(
        Turn((Say("Squaring. "), Call("square", {"number": 3})), tokens=Tokens(10, 20, 3, 4)),
        says("It is nine."),
    )

    events = stream(thinking, a_body(), RUN)

    (result,) = [event for event in events if event["type"] == "TOOL_CALL_RESULT"]
    started = next(event for event in events if event["type"] == "SUBAGENT_STARTED")
    board = next(event for event in events if event["type"] == "ACTIVITY_SNAPSHOT")["content"]
    assert text_of(events, "thinker") == "Squaring. It is nine."
    assert result["content"] == '{"square":9}'
    assert started["metadata"]["runtime"] == runtime
    assert board["agents"]["thinker"]["model"] == "fake-1"
    (usage,) = events[-1]["usage"]
    assert (usage["inputTokens"], usage["outputTokens"]) == (117, 62)
    assert (usage["cachedInputTokens"], usage["cacheWriteInputTokens"]) == (3, 4)


def test_what_a_broken_stream_said_is_withdrawn_and_said_again(
    thinking: Server, fake: FakeModels
) -> None:
    broken = Turn((Say("It is probably eight."),), ends="truncated", after=2)
    fake.answer(calls(Call("square", {"number": 3})), broken, says("It is nine."))
    body = a_body()

    events = stream(thinking, body, RUN)

    errors = [event["code"] for event in events if event["type"] == "SUBAGENT_ERROR"]
    messages = thinking.get(f"/api/copilotkit/threads/{body['threadId']}/messages").json()
    said = [
        m["content"] for m in messages["messages"] if m["role"] == "assistant" and "content" in m
    ]
    assert errors == ["model_truncated"]
    assert kinds(events)[-1] == "RUN_FINISHED"
    assert said == ["It is nine."]


def test_a_wrong_key_ends_the_run_at_once_and_names_the_setting(
    thinking: Server, fake: FakeModels
) -> None:
    fake.answer(refuses("anthropic", 401, "authentication_error", f"invalid key {SECRET}"))
    before = len(fake.calls)

    events = stream(thinking, a_body(), RUN)

    assert (events[-1]["type"], events[-1]["code"]) == ("RUN_ERROR", "model_auth")
    assert "check SERGAS_MODEL_API_KEY" in events[-1]["message"]
    assert len(fake.calls) == before + 1


def test_no_failing_model_is_replaced_by_rules(thinking: Server, fake: FakeModels) -> None:
    fake.answer(refuses("anthropic", 404, "not_found_error", "model: fake-1"))

    events = stream(thinking, a_body(), RUN)

    assert events[-1]["code"] == "model_not_found"
    assert "TEXT_MESSAGE_START" not in kinds(events)


def test_a_cancel_stops_the_model(thinking: Server, fake: FakeModels) -> None:
    fake.answer(Turn((Say("word " * 3000),), pause_s=0.005))
    body = a_body()

    with opened(thinking, body, RUN) as frames:
        assert any(event["type"] == "TEXT_MESSAGE_CONTENT" for _, event in frames)
        thinking.post(f"/api/runs/{body['runId']}/cancel")

    fake.wait_for(lambda models: models.calls[-1].closed_at is not None)
    assert not fake.calls[-1].is_answered


def test_a_person_approves_a_call_of_the_model(thinking: Server, fake: FakeModels) -> None:
    fake.answer(calls(Call("pay", {"number": 5})))
    body = a_body()
    (question,) = stream(thinking, body, RUN)[-1]["outcome"]["interrupts"]

    fake.answer(says("Paid."))
    answer = {"interruptId": question["id"], "status": "resolved", "payload": {"approved": True}}
    events = stream(thinking, body | {"resume": [answer]}, RUN)

    results = [event for event in events if event["type"] == "TOOL_CALL_RESULT"]
    assert question["message"] == "Allow thinker to call pay?"
    assert [result["toolCallId"] for result in results] == [question["toolCallId"]]
    assert text_of(events, "thinker") == "Paid."


@pytest.mark.parametrize(("budget", "squares"), [({"tokens": 550}, 3), ({"toolCalls": 3}, 2)])
def test_what_nested_agents_use_and_call_counts_to_the_budget_of_the_run(
    thinking: Server, fake: FakeModels, budget: AgUiEvent, squares: int
) -> None:
    (limit,) = budget
    asks = Turn((Call("delegate_to_helper", {"task": "Square."}),), Tokens(50, 10))
    square = Turn((Call("square", {"number": 3}),), Tokens(120, 30))
    fake.answer(asks)
    fake.answer(*[square] * (squares + 1), when="You help.")
    before = len(fake.calls)

    body = a_body() | {"forwardedProps": {"budget": budget}}
    events = stream(thinking, body, RUN.replace("thinker", "lead"))

    done = [e for e in events if e["type"] == "TOOL_CALL_RESULT" and e["content"] == '{"square":9}']
    patches = [op for e in events if e["type"] == "ACTIVITY_DELTA" for op in e["patch"]]
    warned = [op["value"][0]["limit"] for op in patches if op["path"] == "/warnings"]
    errors = [e["code"] for e in events if e["type"] == "SUBAGENT_ERROR"]
    assert len(done) == squares
    assert len(fake.calls) == before + 1 + squares + 1
    assert warned == [limit]
    assert errors == ["budget_exceeded"] * 2
    assert (events[-1]["type"], events[-1]["code"]) == ("RUN_ERROR", "budget_exceeded")
    exceeded = events[-1]["metadata"]["budget"]
    assert (exceeded["limit"], exceeded["used"] > budget[limit]) == (limit, True)


def test_the_key_is_nowhere_to_be_seen(thinking: Server, fake: FakeModels) -> None:
    fake.answer(
        refuses("anthropic", 400, "invalid_request_error", f"{SECRET} is odd"), says("Fine.")
    )
    stream(thinking, a_body(), RUN)
    events: list[AgUiEvent] = stream(thinking, a_body(), RUN)

    shown = [
        thinking.log_text(),
        str(events),
        *(thinking.get(path).text for path in ("/metrics", "/health/enhanced", "/api/runs")),
    ]
    assert fake.calls[-1].headers["authorization"] == f"Bearer {SECRET}"
    assert [SECRET in text for text in shown] == [False] * len(shown)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"SERGAS_MODEL": "zai:glm-5.3"}, "set ZAI_API_KEY or SERGAS_MODEL_API_KEY"),
        ({"SERGAS_RUNTIME": "messages"}, "SERGAS_RUNTIME=messages needs a model"),
        ({"SERGAS_RUNTIME": "claude"}, "SERGAS_RUNTIME=claude needs a model"),
        (
            {
                "SERGAS_RUNTIME": "claude",
                "SERGAS_MODEL": "ollama:qwen3:8b",
                "SERGAS_MODEL_BASE_URL": "http://127.0.0.1:9/v1",
            },
            "SERGAS_RUNTIME=claude speaks Anthropic's API",
        ),
        ({"SERGAS_MODEL_WIRE": "grpc"}, "A setting is wrong: SERGAS_MODEL_WIRE"),
    ],
)
def test_a_model_that_cannot_be_used_ends_the_start_with_the_reason(
    tmp_path: Path, settings: dict[str, str], words: str
) -> None:
    assert words in refusal_of(["-m", "sergas"], tmp_path, settings)


def test_a_runtime_whose_extra_is_missing_says_how_to_get_it(tmp_path: Path) -> None:
    without = "import sys; sys.modules['claude_agent_sdk'] = None; from sergas.cli import main"
    settings = {
        "SERGAS_RUNTIME": "claude",
        "SERGAS_MODEL": "zai:glm-5.3",
        "SERGAS_MODEL_API_KEY": SECRET,
    }

    said = refusal_of(["-c", f"{without}; main()"], tmp_path, settings)

    assert "'claude_agent_sdk', which is missing; run: pip install 'claude-agent-sdk" in said


def refusal_of(program: list[str], folder: Path, settings: dict[str, str]) -> str:
    """Start a server that refuses to serve, and return its words."""
    foreign = ("ANTHROPIC_", "ZAI_", "OPENAI_", "OLLAMA_", "SERGAS_")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
    command = [sys.executable, *program, "serve", "--port", "0", "--data-dir", str(folder)]

    ended = subprocess.run(
        command, env=environment | settings, capture_output=True, text=True, timeout=50
    )

    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    return " ".join(ended.stderr.split())
