"""The engine of this process: an executor with a lease, and the face that the door sees."""

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sergas.app.database import Database
from sergas.core.agents import Workflow
from sergas.core.budget import Budget
from sergas.core.clock import system_clock
from sergas.core.ids import ExecutorId, RunId, new_executor_id
from sergas.core.prices import Prices
from sergas.core.retries import RetryPolicy
from sergas.core.room import Room
from sergas.core.stores import Stores
from sergas.engine.active import ActiveRuns
from sergas.engine.background import beside
from sergas.engine.breaker import BreakerPolicy
from sergas.engine.cancel import Canceller
from sergas.engine.durable import Durable
from sergas.engine.engine import Engine
from sergas.engine.executor import Executor
from sergas.engine.follow import Follower
from sergas.engine.hub import Hub
from sergas.engine.join import Joiner
from sergas.engine.lease import Lease
from sergas.engine.ledger import Accounting
from sergas.engine.patience import Patience
from sergas.engine.providers import Providers
from sergas.engine.requests import OnBusy
from sergas.engine.retention import Retention
from sergas.engine.start import Starter
from sergas.engine.thread_feed import ThreadFeed
from sergas.engine.thread_hub import ThreadHub
from sergas.settings import Settings
from sergas.telemetry.metrics import ACTIVE_WORKFLOWS, EVENT_LOOP_TASKS


@dataclass(frozen=True, slots=True)
class Replica:
    """The running engine, and its health checks by component."""

    engine: Engine
    checks: Mapping[str, Callable[[], Awaitable[str]]]


@dataclass(frozen=True, slots=True)
class _Process:
    """What is one in this process."""

    id: ExecutorId
    stores: Stores
    active: ActiveRuns
    hub: Hub
    thread_hub: ThreadHub
    providers: Providers
    durable: Durable
    prices: Prices

    def at_work(self) -> Collection[RunId]:
        """Return the runs that this process has in hand."""
        return {*self.durable.at_work(), *self.active.ids()}


@asynccontextmanager
async def open_replica(
    settings: Settings, database: Database, workflows: Mapping[str, Workflow], prices: Prices
) -> AsyncGenerator[Replica]:
    """Take up work: new runs, and those that were left behind."""
    process = _process(settings, database, prices)
    executor = _executor(settings, process, workflows)
    lease = _lease(settings, process)

    async def work_off(run_id: RunId, epoch: int) -> None:
        await executor.execute(run_id, epoch)
        await lease.promote()

    loop = asyncio.get_running_loop()
    ACTIVE_WORKFLOWS.set_function(lambda: len(process.active))
    EVENT_LOOP_TASKS.set_function(lambda: len(asyncio.all_tasks(loop)))

    async def sweep() -> int:
        return await process.durable.sweep(await process.stores.replicas.live())

    retention = Retention(
        runs=process.stores.runs,
        log=process.stores.events,
        usage=process.stores.usage,
        sweep=sweep,
        clock=system_clock,
        days=settings.retention_days,
        compact_after_hours=settings.compact_after_hours,
    )
    async with (
        process.durable.opened(work_off),
        lease.kept(),
        beside(retention.keep()),
    ):
        yield Replica(_engine(settings, process, work_off), _checks(process, lease))


def _process(settings: Settings, database: Database, prices: Prices) -> _Process:
    executor_id, active = new_executor_id(), ActiveRuns()
    durable = Durable(
        {**database.dbos, "executor_id": executor_id, "max_executor_threads": 16},
        limit=settings.max_active_runs,
    )
    policy = BreakerPolicy(faults=settings.breaker_faults, open_s=settings.breaker_open_seconds)
    return _Process(
        id=executor_id,
        stores=database.stores,
        active=active,
        hub=Hub(),
        thread_hub=ThreadHub(),
        providers=Providers(policy, time.monotonic, random.random),
        durable=durable,
        prices=prices,
    )


def _executor(settings: Settings, process: _Process, workflows: Mapping[str, Workflow]) -> Executor:
    return Executor(
        executor=process.id,
        log=process.stores.events,
        control=process.stores.control,
        steps=process.stores.steps,
        accounting=Accounting(
            store=process.stores.usage,
            prices=process.prices,
            budget=_budget(settings),
        ),
        hub=process.hub,
        active=process.active,
        workflows=workflows,
        clock=system_clock,
        retries=RetryPolicy(attempts=settings.agent_attempts),
        patience=Patience(
            run_s=settings.run_timeout_seconds,
            agent_s=settings.agent_timeout_seconds,
            idle_s=settings.agent_idle_seconds,
        ),
        providers=process.providers,
        flush_interval_s=settings.flush_interval_ms / 1000,
    )


def _budget(settings: Settings) -> Budget:
    return Budget(
        tokens=settings.budget_tokens or None,
        cost_usd=settings.budget_cost_usd or None,
        tool_calls=settings.budget_tool_calls or None,
        seconds=settings.budget_seconds or None,
    )


def _lease(settings: Settings, process: _Process) -> Lease:
    return Lease(
        executor=process.id,
        replicas=process.stores.replicas,
        control=process.stores.control,
        wakeups=process.stores.wakeups,
        active=process.active,
        hub=process.hub,
        thread_hub=process.thread_hub,
        dispatch=process.durable.dispatch,
        at_work=process.at_work,
        lease_s=settings.lease_seconds,
    )


def _engine(
    settings: Settings, process: _Process, work_off: Callable[[RunId, int], Awaitable[None]]
) -> Engine:
    stores = process.stores
    canceller = Canceller(stores.runs, stores.control, process.active, process.id, work_off)
    starter = Starter(
        runs=stores.runs,
        control=stores.control,
        log=stores.events,
        canceller=canceller,
        dispatch=process.durable.dispatch,
        executor=process.id,
        clock=system_clock,
        on_busy=OnBusy(settings.on_busy),
        room=Room(
            unfinished=settings.max_active_runs + settings.max_queued_runs,
            at_work=settings.max_runs_total or None,
        ),
        rejects_duplicates=settings.duplicates == "reject",
    )
    return Engine(
        starter=starter,
        follower=Follower(stores.events, stores.runs, process.hub),
        joiner=Joiner(stores.events, stores.runs),
        runs=stores.runs,
        canceller=canceller,
        active=process.active,
        providers=process.providers,
        thread_feed=ThreadFeed(stores.threads, process.thread_hub),
    )


def _checks(process: _Process, lease: Lease) -> Mapping[str, Callable[[], Awaitable[str]]]:
    async def database() -> str:
        unfinished = await process.stores.runs.count_unfinished()
        return f"{process.stores.kind} answers; {unfinished} runs are unfinished"

    return {
        "database": database,
        "durable_queue": process.durable.check,
        "replicas": lease.check,
    }
