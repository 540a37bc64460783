"""The ASGI application, from the settings."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import resources
from pathlib import Path
from typing import TypeAlias

from fastapi import FastAPI

from sergas.app.database import migrate, open_database
from sergas.app.opening import kept_open
from sergas.app.prices import read_prices
from sergas.app.replica import open_replica
from sergas.app.runtime import ChosenRuntime
from sergas.app.tools import ToolServers, tool_servers
from sergas.app.workflows import Offered, offered_workflows
from sergas.core.clock import system_clock
from sergas.core.prices import Prices
from sergas.settings import Settings
from sergas.stores.sqlite import check_free
from sergas.web.application import make_application
from sergas.web.door import Door
from sergas.web.page_state import server_keys

_LIMITS = (
    *("max_active_runs", "max_queued_runs", "max_runs_total", "max_body_bytes"),
    *("run_timeout_seconds", "agent_timeout_seconds", "agent_idle_seconds", "agent_attempts"),
    *("budget_tokens", "budget_cost_usd", "budget_tool_calls", "budget_seconds"),
    "retention_days",
)
NO_CONSOLE = (
    "is not there; the API works without it. In a checkout `make run` builds it, and `make wheel` "
    "makes a package that has it."
)
Leaving: TypeAlias = Callable[[], AbstractAsyncContextManager[asyncio.Event]]


def create_app(settings: Settings, runtime: ChosenRuntime, leaving: Leaving) -> FastAPI:
    """Make the ASGI application; stores open and runs go on when its lifespan begins.

    Args:
        settings: what the server needs to know.
        runtime: what its agents think with.
        leaving: gives an event that is set when the server is told to stop, so that open streams
            end in time.

    Raises:
        BadOffer: the setting `workflows` names something that cannot be offered.
        BadSetting: the setting `mcp_servers` or `prices_file` names a file that cannot be used.
    """
    prices = read_prices(settings.prices_file)
    servers = tool_servers(settings)
    offered = offered_workflows(settings, servers.by_name, runtime.make)
    return make_application(
        _lifespan(settings, runtime, offered, servers, prices, leaving),
        cors_origins=settings.cors_origin_list,
        console=console_folder(),
    )


def check_can_start(settings: Settings) -> None:
    """Make sure, before anything is built, that the database lets us in.

    Raises:
        StoreRefused: the data folder cannot be written or is another process's, or PostgreSQL does
            not let us in.
        StoreUnavailable: PostgreSQL is away; a server waits for it.
    """
    if settings.database_url:
        asyncio.run(migrate(settings, patience_s=0))
    else:
        check_free(settings.data_dir)


def console_folder() -> Path | None:
    """Find the built console: inside the installed package, or beside it in a checkout."""
    packaged = Path(str(resources.files("sergas") / "web" / "console"))
    checkout = Path(__file__).parents[3] / "frontend" / "apps" / "console" / "dist"
    for folder in (packaged, checkout):
        if (folder / "index.html").is_file():
            return folder
    return None


def _lifespan(
    settings: Settings,
    runtime: ChosenRuntime,
    offered: Offered,
    servers: ToolServers,
    prices: Prices,
    leaving: Leaving,
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def opened() -> AsyncGenerator[Door]:
        async with (
            open_database(settings) as database,
            open_replica(settings, database, offered.workflows, prices) as replica,
            leaving() as left,
        ):
            yield Door(
                engine=replica.engine,
                threads=database.stores.threads,
                usage=database.stores.usage,
                workflows=offered.workflows,
                server_keys=server_keys(offered.workflows.values()),
                default_workflow=offered.default,
                tokens=settings.token_list,
                cors_origins=settings.cors_origin_list,
                max_body_bytes=settings.max_body_bytes,
                clock=system_clock,
                runtime=runtime.name,
                model=runtime.model,
                checks={**replica.checks, "agent_runtime": runtime.check},
                side_checks=servers.checks,
                accounts=offered.accounts,
                limits=_limits(settings),
                leaving=left,
            )

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        async with servers.connected(), runtime.opened(), kept_open(app, opened):
            yield

    return lifespan


def _limits(settings: Settings) -> dict[str, float]:
    return {name: getattr(settings, name) for name in _LIMITS}
