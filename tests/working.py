"""Works runs off in tests, without a server, with agents that are given as functions."""

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Callable, Collection, Sequence
from dataclasses import dataclass

from sergas.app.prices import read_prices
from sergas.core.agents import Agent, AgentTask, Work, Workflow
from sergas.core.budget import Budget
from sergas.core.chunks import Chunk
from sergas.core.clock import system_clock
from sergas.core.ids import LOCAL_TENANT
from sergas.core.json import Json, JsonObject, as_object, decode
from sergas.core.retries import RetryPolicy
from sergas.core.runs import NextLeg, Run
from sergas.core.stores import Stores
from sergas.engine.active import ActiveRuns
from sergas.engine.breaker import BreakerPolicy
from sergas.engine.executor import Executor
from sergas.engine.hub import Hub
from sergas.engine.ledger import Accounting
from sergas.engine.patience import Patience
from sergas.engine.providers import Providers
from tests.examples import EXECUTOR, a_run

Says = Callable[[AgentTask], AsyncGenerator[Chunk, None]]


@dataclass(frozen=True, slots=True)
class TestAgent:
    """An agent whose `run` is given."""

    __test__ = False
    says: Says
    name: str = "odd"
    title: str = "Odd"
    description: str = "For tests."
    runtime: str = "test"

    def run(self, task: AgentTask) -> AsyncGenerator[Chunk, None]:
        """Say what was given."""
        return self.says(task)


def executor_of(
    stores: Stores,
    agents: Sequence[Agent],
    patience: Patience | None = None,
    *,
    optional: Collection[str] = (),
    budget: Budget | None = None,
    providers: Providers | None = None,
) -> Executor:
    """Make an executor whose only workflow, `script`, runs the agents at once."""

    async def run(work: Work) -> None:
        await work.parallel([agent.name for agent in agents])

    plan = tuple(agents)
    workflow = Workflow("script", "Test", "For tests.", lambda _: plan, run, lambda _: optional)
    return Executor(
        executor=EXECUTOR,
        log=stores.events,
        control=stores.control,
        steps=stores.steps,
        accounting=Accounting(stores.usage, read_prices(None), budget or Budget()),
        hub=Hub(),
        active=ActiveRuns(),
        workflows={"script": workflow},
        clock=system_clock,
        retries=RetryPolicy(attempts=2, base_s=0.001),
        patience=patience or Patience(),
        providers=providers or Providers(BreakerPolicy(), time.monotonic, random.random),
        flush_interval_s=0.001,
    )


async def worked_off(
    stores: Stores, *agents: TestAgent, patience: Patience | None = None
) -> tuple[Run, list[dict[str, Json]]]:
    """Work a run off and return it with its events."""
    await stores.runs.add(a_run(), "script", None)
    async with asyncio.timeout(10):
        await executor_of(stores, agents, patience).execute(a_run().id, 0)
    return await stores.runs.find(LOCAL_TENANT, a_run().id), await events_of(stores)


async def leg(stores: Stores, executor: Executor) -> Run:
    """Work off one leg and return the run."""
    run = await stores.runs.find(LOCAL_TENANT, a_run().id)
    async with asyncio.timeout(10):
        await executor.execute(run.id, run.epoch)
    return await stores.runs.find(LOCAL_TENANT, run.id)


async def answer_all(stores: Stores, run: Run) -> None:
    """Answer everything that the run waits for."""
    answers: JsonObject = {waiting: {"status": "resolved"} for waiting in waiting_for(run)}
    leg = NextLeg(EXECUTOR, {"messages": [], "answers": answers}, f"answers to leg {run.leg}")
    await stores.control.resume(run.id, leg)


def waiting_for(run: Run) -> list[str]:
    """Return the ids of the interrupts that the run waits for."""
    interrupts = run.outcome["interrupts"]
    assert isinstance(interrupts, list)
    return [str(interrupt["id"]) for interrupt in interrupts if isinstance(interrupt, dict)]


async def events_of(stores: Stores) -> list[dict[str, Json]]:
    """Return the events of the run that the tests work off."""
    return [as_object(decode(e.data)) for e in await stores.events.read(a_run().id, 0, 1000)]


def error_of(run: Run) -> dict[str, Json]:
    """Return why the run failed."""
    return as_object(run.outcome["error"])
