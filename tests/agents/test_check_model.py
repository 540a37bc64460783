"""One cheap call says whether a model can be used, and if not, what to do."""

from dataclasses import replace

import pytest

from sergas.agents.messages.check import check_model
from sergas.core.errors import AgentFailed
from tests.models.fake import FakeModels
from tests.models.turns import Say, Silence, Tokens, Turn, Wire, refuses, says
from tests.runtimes.houses import SECRET, endpoint_of

WIRES: tuple[Wire, Wire] = ("anthropic", "openai")


@pytest.mark.parametrize("wire", WIRES)
async def test_a_model_that_answers_can_be_used(models: FakeModels, wire: Wire) -> None:
    models.answer(Turn((Say("OK"),), Tokens(input=9, output=1)))

    checked = await check_model(endpoint_of(models, wire))

    assert (checked.input_tokens, checked.output_tokens) == (9, 1)
    assert len(models.calls) == 1


@pytest.mark.parametrize(("wire", "stop"), [("anthropic", "max_tokens"), ("openai", "length")])
async def test_a_model_that_thinks_beyond_the_limit_can_be_used(
    models: FakeModels, wire: Wire, stop: str
) -> None:
    models.answer(Turn((Say("Well, let me see"),), stop=stop))

    assert (await check_model(endpoint_of(models, wire))).output_tokens > 0


@pytest.mark.parametrize("wire", WIRES)
async def test_a_wrong_key_names_its_setting_and_not_itself(models: FakeModels, wire: Wire) -> None:
    models.answer(refuses(wire, 401, "authentication_error", f"bad key {SECRET}"))

    with pytest.raises(AgentFailed, match="check SERGAS_MODEL_API_KEY") as failed:
        await check_model(endpoint_of(models, wire))

    assert SECRET not in str(failed.value)


async def test_a_model_that_is_unknown_is_named(models: FakeModels) -> None:
    models.answer(refuses("anthropic", 404, "not_found_error", "model: nope"))

    with pytest.raises(AgentFailed, match="has no model 'nope'"):
        await check_model(replace(endpoint_of(models, "anthropic"), model="nope"))


async def test_a_provider_that_says_nothing_is_given_up(models: FakeModels) -> None:
    models.answer(Silence())

    with pytest.raises(AgentFailed, match="said nothing for too long"):
        await check_model(endpoint_of(models, "anthropic"), silence_s=0.2)


async def test_an_address_where_nobody_listens_is_said(models: FakeModels) -> None:
    models.answer(says("OK"))
    nowhere = replace(endpoint_of(models, "anthropic"), base_url="http://127.0.0.1:9")

    with pytest.raises(AgentFailed, match="cannot be reached"):
        await check_model(nowhere)
