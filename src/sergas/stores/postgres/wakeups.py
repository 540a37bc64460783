"""Wake-ups on PostgreSQL: a connection that does nothing but LISTEN, made anew for ever."""

import asyncio
from collections.abc import Callable

import asyncpg
import structlog

from sergas.core.ids import RunId, TenantId, ThreadId
from sergas.core.ports import OnWakeUp
from sergas.stores.outages import Pauses
from sergas.stores.postgres.database import Connection
from sergas.stores.postgres.faults import PASSING_ERRORS
from sergas.stores.postgres.notices import (
    CONTROL_CHANNEL,
    EVENTS_CHANNEL,
    THREADS_CHANNEL,
    Notices,
)

_log = structlog.get_logger()
_CONNECT_WITHIN_S = 10.0
# A server that vanished without a word is noticed this late at most.
_PROBE_EVERY_S = 15.0
_PROBE_WITHIN_S = 5.0


class WakeUps:
    """`core.ports.WakeUps` on LISTEN and NOTIFY."""

    def __init__(self, url: str, notices: Notices) -> None:
        self._url, self._notices = url, notices

    async def listen(self, on: OnWakeUp) -> None:
        """Call back until cancelled, connecting again whenever the connection is lost."""
        pauses = Pauses()
        while True:
            try:
                connection = await asyncpg.connect(
                    self._url,
                    timeout=_CONNECT_WITHIN_S,
                    server_settings={"application_name": "sergas-listen"},
                )
                pauses.reset()
                await self._listen_on(connection, on)
            except PASSING_ERRORS as error:
                _log.warning("wakeups_lost", error=type(error).__name__)
            await pauses.take()

    async def _listen_on(
        self, connection: "asyncpg.Connection[asyncpg.Record]", on: OnWakeUp
    ) -> None:
        try:
            await connection.add_listener(EVENTS_CHANNEL, self._listener(on.events))
            await connection.add_listener(CONTROL_CHANNEL, self._listener(on.control))
            await connection.add_listener(THREADS_CHANNEL, _thread_listener(on.thread))
            on.gap()
            await _wait_until_lost(connection)
        finally:
            connection.terminate()

    def _listener(
        self, call: Callable[[RunId], None]
    ) -> Callable[[Connection, int, str, object], None]:
        def heard(_connection: Connection, _pid: int, _channel: str, payload: object) -> None:
            for run_id in self._notices.read(str(payload)):
                call(run_id)

        return heard


def _thread_listener(
    call: Callable[[TenantId, ThreadId], None],
) -> Callable[[Connection, int, str, object], None]:
    def heard(_connection: Connection, _pid: int, _channel: str, payload: object) -> None:
        tenant, _, thread_id = str(payload).partition(" ")
        call(TenantId(tenant), ThreadId(thread_id))

    return heard


async def _wait_until_lost(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    lost = asyncio.Event()
    connection.add_termination_listener(lambda _: lost.set())
    while not connection.is_closed():
        try:
            async with asyncio.timeout(_PROBE_EVERY_S):
                await lost.wait()
        except TimeoutError:
            await connection.execute("SELECT 1", timeout=_PROBE_WITHIN_S)
