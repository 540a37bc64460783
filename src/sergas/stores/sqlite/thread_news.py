"""Which threads the committed writes were about: triggers note them, the commit tells them.

SQLite notifies nobody, but a trigger may call a function of the connection that writes. The
triggers are that connection's own (TEMP), for the function exists nowhere else.
"""

import asyncio
import sqlite3
from collections.abc import Callable

from sergas.core.ids import TenantId, ThreadId

_TRIGGERS = """
CREATE TEMP TRIGGER thread_made AFTER INSERT ON main.threads
BEGIN SELECT thread_changed(new.tenant, new.id); END;
CREATE TEMP TRIGGER thread_updated AFTER UPDATE ON main.threads
BEGIN SELECT thread_changed(new.tenant, new.id); END;
CREATE TEMP TRIGGER thread_deleted AFTER DELETE ON main.threads
BEGIN SELECT thread_changed(old.tenant, old.id); END;
CREATE TEMP TRIGGER thread_run AFTER UPDATE OF status ON main.runs WHEN new.status <> old.status
BEGIN SELECT thread_changed(new.tenant, new.thread_id); END;
"""


class ThreadNews:
    """Carries the news from the writer's thread to the loop that listens."""

    def __init__(self) -> None:
        self._noted: dict[tuple[TenantId, ThreadId], None] = {}
        self._tell: Callable[[TenantId, ThreadId], None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def attach(self, writer: sqlite3.Connection) -> None:
        """Note what this connection writes from now on."""
        writer.create_function("thread_changed", 2, self._note)
        writer.executescript(_TRIGGERS)

    def committed(self) -> None:
        """Tell what was noted; on the writer's thread, after the commit."""
        noted, self._noted = self._noted, {}
        loop, tell = self._loop, self._tell
        if loop is None or tell is None or loop.is_closed():
            return
        for tenant, thread_id in noted:
            loop.call_soon_threadsafe(tell, tenant, thread_id)

    async def listen(self, tell: Callable[[TenantId, ThreadId], None]) -> None:
        """Call back until cancelled, for one listener."""
        self._loop, self._tell = asyncio.get_running_loop(), tell
        try:
            await self._loop.create_future()
        finally:
            self._loop = self._tell = None

    def _note(self, tenant: str, thread_id: str) -> None:
        # A write that is undone later was about nothing; whoever looks finds the thread unchanged.
        self._noted[TenantId(tenant), ThreadId(thread_id)] = None
