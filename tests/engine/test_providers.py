"""Agents and their model providers: who is called, who waits, and what counts as an answer."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass

import pytest

from sergas.core.agents import AgentTask
from sergas.core.chunks import Chunk, Done, Interrupt, Text, Usage
from sergas.core.errors import AgentFailed, ProviderUnavailable
from sergas.core.ids import LOCAL_TENANT
from sergas.core.json import Json, JsonObject, as_object
from sergas.core.runs import NextLeg, Run, RunStatus
from sergas.core.stores import Stores
from sergas.engine.breaker import BreakerPolicy
from sergas.engine.providers import Providers
from tests.examples import EXECUTOR, a_run
from tests.working import Says, TestAgent, error_of, events_of, executor_of


@dataclass(slots=True)
class Time:
    """A clock that stands still until it is told to go on."""

    now_s: float = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now_s


@dataclass(frozen=True, slots=True)
class ModelAgent(TestAgent):
    """An agent that depends on a provider."""

    provider: str = "glm"


class House:
    """Providers that open after two faults, for 0.2 s, on a clock of the test's own."""

    def __init__(self) -> None:
        self.time = Time()
        self.providers = Providers(BreakerPolicy(faults=2, open_s=0.2), self.time, lambda: 0.0)

    @property
    def state(self) -> Json:
        """How the provider stands."""
        return self.providers.described()["glm"]["state"]

    def fail(self) -> None:
        """Let the provider fail as often as it takes."""
        for _ in range(2):
            with pytest.raises(AgentFailed):
                fail_after(self)

    async def work_off(self, stores: Stores, *agents: TestAgent) -> Run:
        """Work a run off and return it."""
        await stores.runs.add(a_run(), "script", None)
        executor = executor_of(stores, agents, providers=self.providers)
        async with asyncio.timeout(10):
            await executor.execute(a_run().id, 0)
        return await stores.runs.find(LOCAL_TENANT, a_run().id)


def fail_after(house: House, *chunks: Chunk) -> None:
    """Call the provider, get these chunks, then a fault."""
    with house.providers.call("glm") as learn:
        for chunk in chunks:
            learn(chunk)
        raise AgentFailed("503", is_provider_fault=True)


async def answers(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Text("a")
    yield Done()


async def test_an_agent_whose_provider_stays_away_is_never_called_and_says_so(
    stores: Stores,
) -> None:
    house = House()
    house.fail()

    run = await house.work_off(stores, ModelAgent(answers))

    assert run.status is RunStatus.FAILED
    error = {key: error_of(run)[key] for key in ("code", "recoverable", "retryAfter")}
    assert error == {"code": "provider_unavailable", "recoverable": True, "retryAfter": 0.2}
    events = await events_of(stores)
    assert not [event for event in events if str(event["type"]).startswith("SUBAGENT")]
    assert "glm is not answering; trying again in 1 s" in str(events)
    metadata = {"type": "ProviderUnavailable", "recoverable": True, "retryAfter": 0.2}
    assert events[-1]["metadata"] == metadata


async def test_an_agent_waits_until_its_provider_answers_another(stores: Stores) -> None:
    house = House()
    house.fail()
    house.time.now_s = 0.2
    probe_may_end = asyncio.Event()

    async def probes(task: AgentTask) -> AsyncGenerator[Chunk, None]:
        yield Text("a")
        await probe_may_end.wait()
        yield Usage("glm", "glm-5", 10, 10)
        while "SUBAGENT_FINISHED" not in [event["type"] for event in await events_of(stores)]:
            pass
        yield Done()

    async with asyncio.TaskGroup() as group:
        agents = [ModelAgent(probes, "first"), ModelAgent(answers, "second")]
        working = group.create_task(house.work_off(stores, *agents))
        while "not answering" not in str(await events_of(stores)):
            assert not working.done()
        assert house.state == "half_open"
        probe_may_end.set()

    assert working.result().status is RunStatus.COMPLETED
    assert house.state == "closed"


async def says_then_asks(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Text("Before the question.")
    yield Interrupt("sure", "Sure?")


async def test_what_was_said_before_a_question_stays_though_the_provider_is_away_after_it(
    stores: Stores,
) -> None:
    house = House()
    asked = await house.work_off(stores, ModelAgent(says_then_asks))
    answers: JsonObject = {"run-1:odd:1:sure": {"status": "resolved"}}
    await stores.control.resume(asked.id, NextLeg(EXECUTOR, {"answers": answers}, "answered"))
    house.fail()

    executor = executor_of(stores, [ModelAgent(says_then_asks)], providers=house.providers)
    await executor.execute(asked.id, asked.epoch)

    run, events = await stores.runs.find(LOCAL_TENANT, asked.id), await events_of(stores)
    assert error_of(run)["code"] == "provider_unavailable"
    assert "messages_withdrawn" not in str(events)


async def crashes(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Text("a")
    raise KeyError("ours")


async def is_refused(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Text("a")
    raise AgentFailed("400: the request is wrong.", recoverable=True)


async def asks(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Interrupt("sure", "Sure?")


@pytest.mark.parametrize("says", [crashes, is_refused, asks])
async def test_what_says_nothing_about_the_provider_changes_nothing(
    stores: Stores, says: Says
) -> None:
    house = House()
    agents = [ModelAgent(says, f"agent{number}") for number in range(5)]

    await house.work_off(stores, *agents)

    assert house.providers.described() == {"glm": {"state": "closed", "faults": 0}}


async def test_after_a_probe_that_said_nothing_another_one_goes() -> None:
    house = House()
    house.fail()
    house.time.now_s = 0.2
    with house.providers.call("glm"), pytest.raises(ProviderUnavailable):
        house.providers.call("glm").__enter__()

    house.time.now_s += BreakerPolicy().probe_s
    with house.providers.call("glm") as learn:
        learn(Done())

    assert house.state == "closed"


async def test_an_agent_without_a_provider_is_always_called(stores: Stores) -> None:
    house = House()
    house.fail()

    run = await house.work_off(stores, TestAgent(answers), ModelAgent(answers, "free", provider=""))

    assert run.status is RunStatus.COMPLETED
    assert as_object(house.providers.described()["glm"])["state"] == "open"


async def test_a_call_that_has_only_begun_is_no_answer() -> None:
    house = House()
    house.fail()
    house.time.now_s = 0.2

    with pytest.raises(AgentFailed):
        fail_after(house, Usage("glm", "glm-5", 10, 0, call_id="1", is_final=False))

    assert house.state == "open"


async def test_a_call_that_goes_on_after_an_answer_counts_for_the_present() -> None:
    house = House()
    house.fail()
    house.time.now_s = 0.2

    with pytest.raises(AgentFailed):
        fail_after(house, Usage("glm", "glm-5", 10, 10))

    assert house.providers.described()["glm"] == {"state": "closed", "faults": 1}
