"""Builds every concrete class from the settings and joins the rooms. Nobody else does."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from importlib import resources
from pathlib import Path

import structlog
from dbos import DBOSConfig
from fastapi import FastAPI

from sergas.accounts import build_sample_accounts
from sergas.agents.script import script_workflow
from sergas.core.agents import Agent, Workflow
from sergas.core.clock import system_clock
from sergas.engine.active import ActiveRuns
from sergas.engine.durable import Durable, open_durable
from sergas.engine.engine import Engine
from sergas.engine.executor import Executor
from sergas.engine.follow import Follower
from sergas.engine.hub import Hub
from sergas.engine.join import Joiner
from sergas.engine.retries import RetryPolicy
from sergas.engine.start import Starter
from sergas.engine.workflows import alone, chosen
from sergas.settings import Settings
from sergas.stores.sqlite import Stores, open_stores
from sergas.stores.sqlite.dbos import dbos_engine
from sergas.telemetry.metrics import ACTIVE_WORKFLOWS
from sergas.web.application import make_application
from sergas.web.door import Door

_log = structlog.get_logger()


def create_app(settings: Settings) -> FastAPI:
    """Make the ASGI application; stores open and runs go on when its lifespan begins."""
    return make_application(
        _lifespan(settings), cors_origins=settings.cors_origin_list, console=console_folder()
    )


def console_folder() -> Path | None:
    """Find the built console: inside the installed package, or beside it in a checkout."""
    packaged = Path(str(resources.files("sergas") / "web" / "console"))
    checkout = Path(__file__).parents[2] / "frontend" / "apps" / "console" / "dist"
    for folder in (packaged, checkout):
        if (folder / "index.html").is_file():
            return folder
    return None


def _lifespan(settings: Settings) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        async with AsyncExitStack() as stack:
            stores = await stack.enter_async_context(open_stores(settings.data_dir))
            active, hub = ActiveRuns(), Hub()
            workflows = _workflows(settings)
            executor = _executor(settings, stores, active=active, hub=hub, workflows=workflows)
            durable = await stack.enter_async_context(
                open_durable(
                    _dbos_config(settings),
                    execute=executor.execute,
                    active_count=lambda: len(active),
                    limit=settings.max_active_runs,
                )
            )
            engine = _engine(settings, stores, active=active, hub=hub, durable=durable)
            app.state.door = _door(
                settings, workflows, stores=stores, engine=engine, durable=durable
            )
            ACTIVE_WORKFLOWS.set_function(lambda: len(active))
            await _go_on(stores, durable)
            yield
            await active.leave()

    return lifespan


async def _go_on(stores: Stores, durable: Durable) -> None:
    """Dispatch what an earlier process left unfinished; DBOS knows most of it, this knows all."""
    unfinished = await stores.runs.unfinished()
    for run in unfinished:
        await durable.dispatch(run)
    if unfinished:
        _log.info("runs_go_on", count=len(unfinished))


def _workflows(settings: Settings) -> Mapping[str, Workflow]:
    accounts = build_sample_accounts(system_clock, pace_s=settings.agent_pause_ms / 1000)
    agents: dict[str, Agent] = {agent.name: agent for agent in accounts.agents}
    offered = [*accounts.workflows, *(alone(agent) for agent in accounts.agents), chosen(agents)]
    if settings.dev_agents:
        offered.append(script_workflow())
    return {workflow.name: workflow for workflow in offered}


def _executor(
    settings: Settings,
    stores: Stores,
    *,
    active: ActiveRuns,
    hub: Hub,
    workflows: Mapping[str, Workflow],
) -> Executor:
    return Executor(
        log=stores.events,
        control=stores.control,
        steps=stores.steps,
        hub=hub,
        active=active,
        workflows=workflows,
        clock=system_clock,
        retries=RetryPolicy(attempts=settings.agent_attempts),
        flush_interval_s=settings.flush_interval_ms / 1000,
    )


def _engine(
    settings: Settings, stores: Stores, *, active: ActiveRuns, hub: Hub, durable: Durable
) -> Engine:
    starter = Starter(
        runs=stores.runs,
        control=stores.control,
        log=stores.events,
        dispatch=durable.dispatch,
        clock=system_clock,
        rejects_duplicates=settings.duplicates == "reject",
    )
    return Engine(
        starter=starter,
        follower=Follower(stores.events, stores.runs, hub),
        joiner=Joiner(stores.events, stores.runs),
        runs=stores.runs,
        control=stores.control,
        active=active,
    )


def _door(
    settings: Settings,
    workflows: Mapping[str, Workflow],
    *,
    stores: Stores,
    engine: Engine,
    durable: Durable,
) -> Door:
    return Door(
        engine=engine,
        threads=stores.threads,
        workflows=workflows,
        default_workflow="account_review",
        tokens=settings.token_list,
        max_body_bytes=settings.max_body_bytes,
        clock=system_clock,
        checks=_checks(stores, durable),
    )


def _checks(stores: Stores, durable: Durable) -> Mapping[str, Callable[[], Awaitable[str]]]:
    async def database() -> str:
        unfinished = await stores.runs.unfinished()
        return f"SQLite answers; {len(unfinished)} runs are unfinished"

    async def agents() -> str:
        return "rules runtime, sample CRM; no model is configured"

    return {"database": database, "durable_queue": durable.check, "agent_runtime": agents}


def _dbos_config(settings: Settings) -> DBOSConfig:
    # One process owns the file, so its executor id may stay the same over restarts.
    return {
        "name": "sergas",
        "executor_id": "local",
        "max_executor_threads": 16,
        "system_database_url": f"sqlite:///{settings.data_dir / 'dbos.sqlite'}",
        "system_database_engine": dbos_engine(settings.data_dir),
    }
