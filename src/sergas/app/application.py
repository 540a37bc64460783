"""The ASGI application, from the settings."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import resources
from pathlib import Path

from fastapi import FastAPI

from sergas.app.database import open_database
from sergas.app.replica import open_replica
from sergas.app.workflows import offered_workflows
from sergas.core.clock import system_clock
from sergas.settings import Settings
from sergas.web.application import make_application
from sergas.web.door import Door


def create_app(settings: Settings) -> FastAPI:
    """Make the ASGI application; stores open and runs go on when its lifespan begins."""
    return make_application(
        _lifespan(settings), cors_origins=settings.cors_origin_list, console=console_folder()
    )


def console_folder() -> Path | None:
    """Find the built console: inside the installed package, or beside it in a checkout."""
    packaged = Path(str(resources.files("sergas") / "web" / "console"))
    checkout = Path(__file__).parents[3] / "frontend" / "apps" / "console" / "dist"
    for folder in (packaged, checkout):
        if (folder / "index.html").is_file():
            return folder
    return None


def _lifespan(settings: Settings) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        workflows = offered_workflows(settings)
        async with (
            open_database(settings) as database,
            open_replica(settings, database, workflows) as replica,
        ):
            app.state.door = Door(
                engine=replica.engine,
                threads=database.stores.threads,
                workflows=workflows,
                default_workflow="account_review",
                tokens=settings.token_list,
                max_body_bytes=settings.max_body_bytes,
                clock=system_clock,
                checks=replica.checks,
            )
            yield

    return lifespan
