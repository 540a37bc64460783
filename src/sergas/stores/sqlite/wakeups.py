"""Wake-ups on SQLite: there is no other process, and this one tells its own followers itself."""

import asyncio
from collections.abc import Callable

from sergas.core.ids import RunId


class WakeUps:
    """`core.ports.WakeUps` for one process."""

    async def listen(
        self, on_events: Callable[[RunId], None], on_control: Callable[[RunId], None]
    ) -> None:
        """Wait until cancelled; nobody else has anything to tell."""
        await asyncio.get_running_loop().create_future()
