"""What goes to which provider, and what its failures mean: as for any other runtime."""

from collections.abc import AsyncGenerator
from dataclasses import replace

import httpx
import pytest

from sergas.agents.claude import ClaudeRuntime, HallLimits, claude_agents
from sergas.agents.claude.watch import StreamWatch
from sergas.agents.models.endpoint import Endpoint, Provider
from sergas.core.chunks import Usage
from tests.models.fake import FakeModels
from tests.models.turns import refuses, says
from tests.runtimes.houses import SECRET, Heard, House, a_spec, endpoint_of

pytestmark = pytest.mark.claude


async def heard_at(models: FakeModels, endpoint: Endpoint) -> Heard:
    """Let an agent ask a model once."""
    runtime = ClaudeRuntime(endpoint, HallLimits(2, 1), silence_s=10)
    async with runtime.opened():
        return await House("anthropic", claude_agents(runtime), models).hear(a_spec())


@pytest.fixture
async def relay(models: FakeModels) -> AsyncGenerator[httpx.AsyncClient]:
    """Give a client of the relay that has no process."""
    runtime = ClaudeRuntime(endpoint_of(models, "anthropic"), HallLimits(2, 1), silence_s=10)
    async with runtime.opened(), httpx.AsyncClient(base_url=runtime.relay_url) as client:
        yield client


async def test_glm_gets_a_bearer_token_and_no_field_that_it_does_not_know(
    models: FakeModels,
) -> None:
    models.answer(says("Fine."))
    glm = replace(endpoint_of(models, "anthropic", Provider.ZAI), model="glm-5.3")

    heard = await heard_at(models, glm)

    (call,) = models.calls
    assert call.headers["authorization"] == f"Bearer {SECRET}"
    assert "x-api-key" not in call.headers
    assert call.body["model"] == "glm-5.3"
    assert {"thinking", "context_management"}.isdisjoint(call.body)
    used = heard.of(Usage)[-1]
    assert (used.provider, used.model) == ("zai", "glm-5.3")


async def test_a_key_of_anthropic_goes_where_anthropic_wants_it(models: FakeModels) -> None:
    models.answer(says("Fine."))

    await heard_at(models, replace(endpoint_of(models, "anthropic"), is_bearer=False))

    (call,) = models.calls
    assert call.headers["x-api-key"] == SECRET
    assert "authorization" not in call.headers


async def test_a_glm_account_without_money_is_not_asked_again(models: FakeModels) -> None:
    models.answer(refuses("anthropic", 429, "rate_limit_error", "No balance.", code="1113"))

    heard = await heard_at(models, endpoint_of(models, "anthropic", Provider.ZAI))

    assert heard.failure is not None
    assert (heard.failure.code, heard.failure.recoverable) == ("model_quota", False)
    assert len(models.calls) == 1


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer guessed"}])
async def test_the_relay_serves_no_stranger(
    relay: httpx.AsyncClient, models: FakeModels, headers: dict[str, str]
) -> None:
    answer = await relay.post("/v1/messages", json={"stream": True}, headers=headers)

    assert answer.status_code == 404
    assert models.requests == []


@pytest.mark.parametrize("step", [1, 7, 1000])
def test_a_stream_is_complete_with_its_last_event_however_it_is_cut(step: int) -> None:
    stream = b'event: ping\r\ndata: {"type":"ping"}\r\n\r\ndata: {"type":"message_stop"}'
    watch = StreamWatch()

    for at in range(0, len(stream), step):
        watch.read(stream[at : at + step])
    was_complete = watch.is_complete
    watch.read(b"\n")

    assert not was_complete
    assert watch.is_complete
    assert watch.error is None
