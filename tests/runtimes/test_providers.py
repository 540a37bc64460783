"""What is particular about a provider: its addresses, its keys, its codes, what it refuses."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

import pytest

from sergas.agents.messages import CallLimits, ModelClient, messages_runtime
from sergas.agents.models.endpoint import Provider
from sergas.agents.models.selection import Wanted, select
from sergas.core.chunks import Reasoning, Usage
from tests.models.fake import FakeModels
from tests.models.turns import Call, Refuse, Say, Think, Turn, Wire, calls, says
from tests.runtimes.houses import House, a_lookup, a_spec

KEY = "sk-of-the-provider"


@dataclass(frozen=True, slots=True)
class Place:
    """A provider over a wire, as settings name it."""

    provider: Provider
    wire: Wire


PLACES = (
    Place(Provider.ANTHROPIC, "anthropic"),
    Place(Provider.ZAI, "anthropic"),
    Place(Provider.ZAI, "openai"),
    Place(Provider.OPENAI_COMPATIBLE, "openai"),
    Place(Provider.OLLAMA, "openai"),
)
GLM = [place for place in PLACES if place.provider is Provider.ZAI]
everywhere = pytest.mark.parametrize("place", PLACES, ids=lambda p: f"{p.provider}-{p.wire}")
glm = pytest.mark.parametrize("place", GLM, ids=lambda p: f"{p.provider}-{p.wire}")


@pytest.fixture
async def house(place: Place, models: FakeModels) -> AsyncGenerator[House]:
    """Give the `messages` runtime as the settings of an operator make it."""
    model = f"{place.provider}:fake-1"
    wanted = Wanted(model, models.url_of(place.wire), KEY, place.wire)
    endpoint = select(wanted, {}).endpoint
    assert endpoint is not None
    client = ModelClient(endpoint, CallLimits())
    async with client.opened():
        yield House(place.wire, messages_runtime(client), models)


@everywhere
async def test_a_provider_is_called_at_its_address_and_counted_under_its_name(
    house: House, place: Place
) -> None:
    turn = Turn((Think("Let me see."), Say("I look it up."), Call("lookup", {"account": "Acme"})))
    house.models.answer(turn, says("Fine."))

    heard = await house.hear(a_spec(a_lookup()))

    assert heard.result == {"text": "Fine.", "notes": {"Acme": "seen"}}
    assert "".join(chunk.delta for chunk in heard.of(Reasoning)) == "Let me see."
    first, second = house.models.calls
    path = "/v1/messages" if place.wire == "anthropic" else "/v1/chat/completions"
    assert first.path.partition("?")[0] == second.path.partition("?")[0] == path
    assert first.headers["authorization"] == f"Bearer {KEY}"
    assert {used.provider for used in heard.of(Usage)} == {place.provider.value}


@everywhere
async def test_nothing_is_sent_that_only_one_maker_knows(house: House, place: Place) -> None:
    house.models.answer(calls(Call("lookup", {"account": "Acme"})), says("Fine."))

    await house.hear(a_spec(a_lookup()))

    for call in house.models.calls:
        known = {"model", "messages", "stream", "tools", "tool_choice"}
        ours = {"max_tokens", "system"} if place.wire == "anthropic" else {"stream_options"}
        own = {"cache_control"} if place.provider is Provider.ANTHROPIC else set[str]()
        assert set(call.body) <= known | ours | own
        assert "anthropic-beta" not in call.headers


@glm
@pytest.mark.parametrize(
    ("code", "failure"), [("1113", "model_quota"), ("1302", "model_rate_limited")]
)
async def test_a_429_of_glm_is_told_by_its_code_at_either_address(
    house: House, place: Place, code: str, failure: str
) -> None:
    error = {"code": code, "message": "No."}
    body = {"type": "error", "error": error} if place.wire == "anthropic" else {"error": error}
    house.models.answer(Refuse(429, body))

    heard = await house.hear(a_spec())

    assert heard.failure is not None
    assert (heard.failure.code, code in str(heard.failure)) == (failure, True)


@pytest.mark.parametrize("place", [Place(Provider.ZAI, "openai")])
@pytest.mark.parametrize(
    ("stop", "failure"),
    [
        ("sensitive", "model_refused"),
        ("network_error", "model_unavailable"),
        ("model_context_window_exceeded", "model_context_too_long"),
        ("length", "model_output_limit"),
    ],
)
async def test_an_answer_that_glm_broke_off_is_none(
    house: House, place: Place, stop: str, failure: str
) -> None:
    house.models.answer(Turn((Say("It is go"),), stop=stop))

    heard = await house.hear(a_spec())

    assert heard.failure is not None
    assert heard.failure.code == failure
