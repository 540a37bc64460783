"""Wake-ups on SQLite: there is no other process, so nothing can be missed.

Followers of runs are told by the hub, in this process; what happens to threads is heard from the
writer.
"""

from sergas.core.ports import OnWakeUp
from sergas.stores.sqlite.thread_news import ThreadNews


class WakeUps:
    """`core.ports.WakeUps` for one process."""

    def __init__(self, news: ThreadNews) -> None:
        self._news = news

    async def listen(self, on: OnWakeUp) -> None:
        """Pass the writer's news on until cancelled."""
        await self._news.listen(on.thread)
