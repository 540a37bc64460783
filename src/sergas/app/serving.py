"""Runs the application with uvicorn, and sees to it that nobody holds the server up when it leaves.

Oddity: uvicorn waits for every open connection until its grace is over. A connection that nobody
reads cannot even be closed, for what is still to be sent is in the way; so it is cut.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import NoReturn

import structlog
import uvicorn

from sergas.app.application import create_app
from sergas.app.runtime import ChosenRuntime
from sergas.engine.background import beside
from sergas.settings import Settings

_log = structlog.get_logger()
_GRACE_S = 5
_LOOK_S = 0.1
_UNREAD_S = 1.0


def make_server(settings: Settings, runtime: ChosenRuntime) -> uvicorn.Server:
    """Make the server; `run` serves until the process is told to stop.

    Raises:
        BadOffer: the setting `workflows` names something that cannot be offered.
    """
    servers: list[uvicorn.Server] = []
    config = uvicorn.Config(
        create_app(settings, runtime, lambda: _leaving(servers)),
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=_GRACE_S,
        server_header=False,
        # Twice the limit, so that a message slightly beyond it is answered and not cut off.
        ws_max_size=2 * settings.max_body_bytes,
    )
    servers.append(uvicorn.Server(config))
    return servers[0]


@asynccontextmanager
async def _leaving(servers: list[uvicorn.Server]) -> AsyncGenerator[asyncio.Event]:
    """Give an event that is set soon after the server has been told to stop."""
    leaving = asyncio.Event()

    async def watch() -> None:
        # uvicorn tells nobody that it was told to stop; it only shows it.
        while not any(server.should_exit for server in servers):  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_S)
        leaving.set()
        await _cut_unread(servers[0])

    async with beside(watch()):
        yield leaving


async def _cut_unread(server: uvicorn.Server) -> NoReturn:
    """Cut connections whose clients take nothing for a second, until cancelled."""
    unsent = dict[asyncio.Transport, int]()
    while True:
        transports = [connection.transport for connection in server.server_state.connections]
        now = {transport: transport.get_write_buffer_size() for transport in transports}
        for transport, size in now.items():
            if 0 < unsent.get(transport, 0) <= size:
                _log.warning("unread_connection_cut", unsent_bytes=size)
                transport.abort()
        unsent = now
        await asyncio.sleep(_UNREAD_S)
