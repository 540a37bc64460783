"""Tells whoever watches a tenant's threads which of them changed, wherever that happened."""

import asyncio
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from sergas.core.ids import TenantId, ThreadId

# A watcher that is further behind than this looks at the list anew.
_MOST_WAITING = 500


@dataclass(frozen=True, slots=True)
class News:
    """What happened since somebody looked: these threads changed, or nobody knows which."""

    changed: Sequence[ThreadId] = ()
    is_gap: bool = False


@dataclass(slots=True)
class Watch:
    """One watcher: what it has not heard of yet."""

    _changed: dict[ThreadId, None] = field(default_factory=dict[ThreadId, None])
    _is_gap: bool = False
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    async def next(self, timeout_s: float) -> News:
        """Return what is new; nothing after the time-out."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._woken.wait()
        except TimeoutError:
            return News()
        news = News(tuple(self._changed), self._is_gap)
        self._changed.clear()
        self._is_gap = False
        self._woken.clear()
        return news

    def tell(self, thread_id: ThreadId) -> None:
        """Note that a thread changed."""
        self._changed[thread_id] = None
        if len(self._changed) > _MOST_WAITING:
            self.tell_gap()
        self._woken.set()

    def tell_gap(self) -> None:
        """Note that anything may have changed."""
        self._changed.clear()
        self._is_gap = True
        self._woken.set()


class ThreadHub:
    """Local fan-out of changes of threads."""

    def __init__(self) -> None:
        self._watches: dict[TenantId, list[Watch]] = {}

    @contextmanager
    def watched(self, tenant: TenantId) -> Generator[Watch]:
        """Collect what changes in a tenant's threads for as long as somebody watches."""
        watch = Watch()
        self._watches.setdefault(tenant, []).append(watch)
        try:
            yield watch
        finally:
            left = [other for other in self._watches[tenant] if other is not watch]
            if left:
                self._watches[tenant] = left
            else:
                del self._watches[tenant]

    def changed(self, tenant: TenantId, thread_id: ThreadId) -> None:
        """Tell the tenant's watchers that a thread was made, changed or deleted."""
        for watch in self._watches.get(tenant, ()):
            watch.tell(thread_id)

    def gap(self) -> None:
        """Tell every watcher that a change may have gone unheard."""
        for watches in self._watches.values():
            for watch in watches:
                watch.tell_gap()
