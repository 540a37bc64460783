"""Puts routes, errors and middleware together into one ASGI application."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from sergas.web import (
    accounts,
    blueprint,
    copilotkit,
    operations,
    runs,
    telemetry,
    thread_stream,
    threads,
    usage,
    websocket,
)
from sergas.web.console import install_console
from sergas.web.errors import install_error_handlers
from sergas.web.middleware import Around
from sergas.web.openapi import install_document
from sergas.web.reference import install_reference

_EXPOSED = ["X-Request-ID", "Retry-After", "Location"]


def make_application(
    lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]],
    *,
    cors_origins: Sequence[str],
    console: Path | None,
) -> FastAPI:
    """Make the application.

    Args:
        lifespan: sets `app.state.door` before the first request: a `Door`, or the error that every
            request is answered with until there is one.
        cors_origins: origins of pages elsewhere that may talk to this server.
        console: the folder of the built console, if there is one.
    """
    app = FastAPI(
        title="Sergas",
        description="Durable multi-agent runs for CopilotKit, from Python.",
        version=version("sergas"),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        separate_input_output_schemas=False,
    )
    for room in (
        copilotkit,
        threads,
        thread_stream,
        blueprint,
        runs,
        operations,
        usage,
        telemetry,
        accounts,
        websocket,
    ):
        app.include_router(room.router)
    install_error_handlers(app)
    install_document(app)
    install_reference(app)
    install_console(app, console)
    if cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(cors_origins),
            allow_credentials=True,
            allow_methods=["*"],
            allow_headers=["*"],
            expose_headers=_EXPOSED,
        )
    app.add_middleware(Around)
    return app
