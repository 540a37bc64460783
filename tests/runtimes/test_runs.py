"""What every runtime's agents do in a run: keep its budget, take back what broke off, count."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from sergas.core.agents import Agent
from sergas.core.budget import Budget
from sergas.core.json import Json, JsonObject, as_object
from sergas.core.runs import Run, RunStatus
from sergas.core.stores import Stores
from sergas.stores.sqlite import open_stores
from tests.examples import a_run
from tests.models.turns import Call, Ending, Say, Tokens, Turn, calls, says
from tests.runtimes.houses import House, a_lookup, a_spec
from tests.working import error_of, events_of, executor_of, leg

ACME = Call("lookup", {"account": "Acme"})
ENDLESS = Turn((Say("word " * 5000),), pause_s=0.005)


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncGenerator[Stores]:
    """Give empty stores of the test's own."""
    async with open_stores(tmp_path) as opened:
        yield opened


async def worked_off(
    stores: Stores, agent: Agent, budget: Budget | None = None
) -> tuple[Run, list[dict[str, Json]]]:
    """Work off a run of one agent."""
    messages = [{"id": "u1", "role": "user", "content": "How is Acme?"}]
    await stores.runs.add(a_run(input={"messages": messages}), "script", None)
    run = await leg(stores, executor_of(stores, [agent], budget=budget))
    return run, await events_of(stores)


def warnings_in(events: list[dict[str, Json]]) -> list[str]:
    """Return the limits of the budget that the reader was warned of, in order."""
    patches = [event["patch"] for event in events if event["type"] == "ACTIVITY_DELTA"]
    changes = [as_object(one) for patch in patches if isinstance(patch, list) for one in patch]
    warned = [change["value"] for change in changes if change["path"] == "/warnings"]
    return [
        str(as_object(one)["limit"]) for some in warned if isinstance(some, list) for one in some
    ]


async def test_a_used_up_budget_ends_the_run_and_asks_the_model_no_more(
    house: House, stores: Stores
) -> None:
    house.models.otherwise = Turn((ACME,), Tokens(input=100, output=42))

    run, events = await worked_off(stores, house.runtime(a_spec(a_lookup())), Budget(tokens=300))

    assert (run.status, error_of(run)["code"]) == (RunStatus.FAILED, "budget_exceeded")
    assert as_object(error_of(run)["budget"])["limit"] == "tokens"
    assert warnings_in(events) == ["tokens"]
    assert len(house.models.calls) == 3
    assert (events[-1]["type"], events[-1]["code"]) == ("RUN_ERROR", "budget_exceeded")


async def test_a_budget_of_tool_calls_ends_the_run_before_the_call_too_many(
    house: House, stores: Stores
) -> None:
    house.models.otherwise = calls(ACME)
    made: list[JsonObject] = []

    run, _ = await worked_off(
        stores, house.runtime(a_spec(a_lookup(made=made))), Budget(tool_calls=2)
    )

    assert error_of(run)["code"] == "budget_exceeded"
    assert len(made) == 2


async def test_a_budget_of_time_hangs_up_on_a_model_that_speaks(
    house: House, stores: Stores
) -> None:
    house.models.answer(ENDLESS)

    run, _ = await worked_off(stores, house.runtime(a_spec()), Budget(seconds=0.3))

    assert error_of(run)["code"] == "budget_exceeded"
    house.models.wait_for(lambda models: models.calls[0].closed_at is not None)
    assert len(house.models.calls) == 1


@pytest.mark.parametrize("ends", ["truncated", "dropped", "stalled", "garbled", "error"])
async def test_what_was_said_before_it_broke_off_is_withdrawn_and_said_once(
    house: House, stores: Stores, ends: Ending
) -> None:
    broken = Turn((Say("It is probably bad."),), ends=ends, after=2)
    house.models.answer(calls(ACME), broken, says("It is good."))

    run, events = await worked_off(stores, house.runtime(a_spec(a_lookup())))

    assert run.status is RunStatus.COMPLETED
    spoken = [e["messageId"] for e in events if e["type"] == "TEXT_MESSAGE_START"]
    (withdrawn,) = [e["value"] for e in events if e.get("name") == "messages_withdrawn"]
    assert withdrawn == {"messageIds": spoken[:1]}
    assert len(spoken) == 2
    assert len(house.models.calls) == 3


async def test_the_end_of_a_run_tells_what_each_model_used_cache_and_all(
    house: House, stores: Stores
) -> None:
    tokens = Tokens(input=10, output=20, cache_read=3, cache_write=4, reasoning=5)
    house.models.answer(Turn((ACME,), tokens), Turn((Say("Good."),), tokens))

    _, events = await worked_off(stores, house.runtime(a_spec(a_lookup())))

    usage = events[-1]["usage"]
    assert isinstance(usage, list)
    (used,) = map(as_object, usage)
    assert (used["model"], used["inputTokens"], used["outputTokens"]) == ("fake-1", 34, 40)
    assert used["cachedInputTokens"] == 6
