"""The list of threads: a page of it, and the whole of it live."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sergas.core.ids import TenantId, ThreadId
from sergas.core.ports import ThreadStore
from sergas.core.runs import Thread, ThreadPlace
from sergas.engine.thread_hub import ThreadHub, Watch

# A run is made, claimed and begun within milliseconds; one look at its thread is enough.
_GATHER_S = 0.05
_SAFETY_NET_S = 5.0


@dataclass(frozen=True, slots=True)
class ThreadQuery:
    """Which threads somebody wants to see; no agent means those of all."""

    tenant: TenantId
    agent_id: str | None = None
    include_archived: bool = False
    limit: int = 50


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """Threads, the most recently used first, and the place after which the next page begins."""

    threads: Sequence[Thread]
    next: ThreadPlace | None


@dataclass(frozen=True, slots=True)
class Removed:
    """A thread that was deleted."""

    thread_id: ThreadId


ThreadNews: TypeAlias = ThreadPage | Thread | Removed


@dataclass(frozen=True, slots=True)
class ThreadFeed:
    """What the list takes."""

    threads: ThreadStore
    hub: ThreadHub

    async def page(self, query: ThreadQuery, after: ThreadPlace | None = None) -> ThreadPage:
        """Return a page of the list."""
        found = await self.threads.threads(
            query.tenant,
            agent_id=query.agent_id,
            include_archived=query.include_archived,
            after=after,
            limit=query.limit + 1,
        )
        page = found[: query.limit]
        return ThreadPage(page, page[-1].place if len(found) > query.limit else None)

    async def follow(self, query: ThreadQuery) -> AsyncGenerator[Sequence[ThreadNews], None]:
        """Yield the first page, then what changes, for ever.

        A changed thread comes whole, also when it lies on a later page or has been archived. After
        a gap the first page comes again. Nothing is yielded after five seconds of silence, so that
        the caller can keep its connection alive.
        """
        with self.hub.watched(query.tenant) as watch:
            yield [await self.page(query)]
            while True:
                yield await self._next(query, watch)

    async def _next(self, query: ThreadQuery, watch: Watch) -> Sequence[ThreadNews]:
        news = await watch.next(_SAFETY_NET_S)
        if news.changed and not news.is_gap:
            await asyncio.sleep(_GATHER_S)
        if news.is_gap:
            return [await self.page(query)]
        found = [await self._look(query, thread_id) for thread_id in news.changed]
        return [told for told in found if told is not None]

    async def _look(self, query: ThreadQuery, thread_id: ThreadId) -> Thread | Removed | None:
        thread = await self.threads.find_thread(query.tenant, thread_id)
        if thread is None:
            return Removed(thread_id)
        is_wanted = query.agent_id is None or thread.agent_id == query.agent_id
        return thread if is_wanted else None
