"""The fake model server, read by the providers' own SDKs."""

import time

import anthropic
import httpx2
import openai
import pytest

from tests.models.fake import FakeModels
from tests.models.turns import (
    Call,
    Reset,
    Say,
    Silence,
    Think,
    Tokens,
    Turn,
    Wire,
    WireJson,
    calls,
    refuses,
    says,
)

WIRES: list[Wire] = ["anthropic", "openai"]
BODY: WireJson = {"model": "fake-1", "stream": True, "messages": []}
TURN = Turn(
    (Think("Let me see."), Say("Looking."), Call("look", {"n": 1}), Call("look", {"n": 2})),
    tokens=Tokens(input=10, output=20, cache_read=3, cache_write=4, reasoning=5),
)


def anthropic_of(models: FakeModels) -> anthropic.Anthropic:
    """Make the provider's own client; to be closed."""
    return anthropic.Anthropic(
        auth_token="fake", base_url=models.url_of("anthropic"), max_retries=0, timeout=5
    )


def openai_of(models: FakeModels) -> openai.OpenAI:
    """Make the provider's own client; to be closed."""
    return openai.OpenAI(api_key="fake", base_url=models.url_of("openai"), max_retries=0, timeout=5)


def text_over(wire: Wire, models: FakeModels, prompt: str = "Go.") -> str:
    """Ask over a wire, and return what was said."""
    if wire == "anthropic":
        with (
            anthropic_of(models) as client,
            client.messages.stream(
                model="fake-1", max_tokens=100, messages=[{"role": "user", "content": prompt}]
            ) as stream,
        ):
            return "".join(stream.text_stream)
    with (
        openai_of(models) as client,
        client.chat.completions.create(
            model="fake-1", messages=[{"role": "user", "content": prompt}], stream=True
        ) as chunks,
    ):
        return "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)


def test_anthropics_sdk_reads_a_turn_with_everything(models: FakeModels) -> None:
    models.answer(TURN)

    with (
        anthropic_of(models) as client,
        client.messages.stream(
            model="fake-1",
            max_tokens=100,
            messages=[{"role": "user", "content": "Go."}],
            tools=[{"name": "mcp__crm__look", "input_schema": {"type": "object"}}],
        ) as stream,
    ):
        message = stream.get_final_message()

    kinds = [block.type for block in message.content]
    assert kinds == ["thinking", "text", "tool_use", "tool_use"]
    assert [b.input for b in message.content if b.type == "tool_use"] == [{"n": 1}, {"n": 2}]
    assert {b.name for b in message.content if b.type == "tool_use"} == {"mcp__crm__look"}
    assert message.stop_reason == "tool_use"
    assert (message.usage.input_tokens, message.usage.output_tokens) == (10, 20)
    assert message.usage.cache_read_input_tokens == 3
    assert message.usage.cache_creation_input_tokens == 4


def test_openais_sdk_reads_a_turn_with_everything(models: FakeModels) -> None:
    models.answer(TURN)

    with (
        openai_of(models) as client,
        client.chat.completions.stream(
            model="fake-1",
            messages=[{"role": "user", "content": "Go."}],
            stream_options={"include_usage": True},
        ) as stream,
    ):
        completion = stream.get_final_completion()

    choice, usage = completion.choices[0], completion.usage
    arguments = [c.function.arguments for c in choice.message.tool_calls or []]
    assert choice.message.content == "Looking."
    assert arguments == ['{"n": 1}', '{"n": 2}']
    assert choice.finish_reason == "tool_calls"
    assert usage is not None
    assert (usage.prompt_tokens, usage.completion_tokens) == (17, 20)


@pytest.mark.parametrize("wire", WIRES)
def test_what_is_scripted_for_a_text_waits_for_a_request_that_holds_it(
    models: FakeModels, wire: Wire
) -> None:
    models.answer(says("About Acme."), when="Acme")
    models.answer(says("First."), says("Second."))

    answers = [text_over(wire, models, prompt) for prompt in ("Go.", "On Acme?", "More on Acme?")]

    assert answers == ["First.", "About Acme.", "Second."]
    assert [call.body["model"] for call in models.calls] == ["fake-1"] * 3
    assert all(call.is_answered and call.closed_at is None for call in models.calls)


def test_what_is_not_scripted_is_refused(models: FakeModels) -> None:
    with pytest.raises(anthropic.BadRequestError, match="Nothing is scripted"):
        text_over("anthropic", models)


@pytest.mark.parametrize("wire", WIRES)
def test_it_refuses_on_command(models: FakeModels, wire: Wire) -> None:
    models.answer(refuses(wire, 429, "rate_limit_error", "Slow down.", retry_after="7"))

    with pytest.raises((anthropic.RateLimitError, openai.RateLimitError)) as caught:
        text_over(wire, models)

    assert caught.value.response.headers["retry-after"] == "7"


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("answer", [Reset(), Turn((Say("a" * 30),), ends="dropped", after=2)])
def test_it_breaks_connections_on_command(
    models: FakeModels, wire: Wire, answer: Reset | Turn
) -> None:
    models.answer(answer)

    with pytest.raises(
        (anthropic.APIConnectionError, openai.APIConnectionError, httpx2.TransportError)
    ):
        text_over(wire, models)


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("answer", [Silence(), Turn((Say("a" * 30),), ends="stalled", after=1)])
def test_it_notes_when_a_client_hangs_up(
    models: FakeModels, wire: Wire, answer: Silence | Turn
) -> None:
    models.answer(answer)
    path = "/v1/messages" if wire == "anthropic" else "/v1/chat/completions"

    with (
        pytest.raises(httpx2.ReadTimeout),
        httpx2.Client(timeout=0.2) as http,
        http.stream("POST", f"http://127.0.0.1:{models.port}{path}", json=BODY) as stream,
    ):
        stream.read()

    models.wait_for(lambda m: m.calls[0].closed_at is not None)
    assert (models.calls[0].closed_at or 0) <= time.monotonic()
    assert not models.calls[0].is_answered


def test_a_truncated_turn_ends_without_its_stop_reason(models: FakeModels) -> None:
    models.answer(Turn((Say("a" * 30), Call("look")), ends="truncated", after=2))

    with (
        anthropic_of(models) as client,
        client.messages.stream(
            model="fake-1", max_tokens=100, messages=[{"role": "user", "content": "Go."}]
        ) as stream,
    ):
        message = stream.get_final_message()

    assert message.stop_reason is None


def test_a_connection_serves_one_request_after_the_other(models: FakeModels) -> None:
    models.answer(calls(Call("look")), says("Done."))

    with httpx2.Client() as http:
        answers = [
            http.post(f"http://127.0.0.1:{models.port}/v1/messages", json=BODY) for _ in range(2)
        ]

    assert ["message_stop" in answer.text for answer in answers] == [True, True]
