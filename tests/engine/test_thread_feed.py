"""The live list: whoever follows it from anywhere sees what the list says."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sergas.core.errors import ThreadBusy, ThreadNotFound
from sergas.core.ids import LOCAL_TENANT, RunId, TenantId, ThreadId
from sergas.core.ports import OnWakeUp
from sergas.core.runs import Thread
from sergas.core.stores import Stores
from sergas.engine.thread_feed import Removed, ThreadFeed, ThreadNews, ThreadPage, ThreadQuery
from sergas.engine.thread_hub import News, ThreadHub
from sergas.stores.sqlite import open_stores
from tests.examples import NOW_MS, a_run, an_end, claim

QUERY = ThreadQuery(LOCAL_TENANT, include_archived=True, limit=200)
Step = tuple[str, int]
STEPS = st.lists(
    st.tuples(st.sampled_from(["run", "rename", "archive", "delete", "gap"]), st.integers(0, 3)),
    max_size=12,
)


@given(before=STEPS, while_watched=STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_who_follows_the_list_ends_with_what_the_list_says(
    before: list[Step], while_watched: list[Step]
) -> None:
    async def check() -> None:
        with TemporaryDirectory() as folder:
            async with feeding(Path(folder)) as (stores, feed):
                await carry_out(stores, feed, before, first=0)
                async with watching(feed, QUERY) as shown:
                    await carry_out(stores, feed, while_watched, first=len(before))
                    wanted = {t.id: t for t in (await feed.page(QUERY)).threads}
                    await until(lambda: shown == wanted)

    asyncio.run(check())


async def test_an_archived_thread_is_told_of_though_the_list_leaves_it_out(tmp_path: Path) -> None:
    async with feeding(tmp_path) as (stores, feed):
        await carry_out(stores, feed, [("run", 1)], first=0)
        async with watching(feed, ThreadQuery(LOCAL_TENANT)) as shown:
            await carry_out(stores, feed, [("archive", 1)], first=2)

            await until(lambda: shown[ThreadId("t1")].is_archived)


async def test_threads_of_other_agents_and_tenants_are_not_told_of(tmp_path: Path) -> None:
    async with feeding(tmp_path) as (stores, feed):
        query = ThreadQuery(LOCAL_TENANT, agent_id="wanted")
        async with watching(feed, query) as shown:
            other = a_run("run-other", tenant=TenantId("other"), thread_id=ThreadId("theirs"))
            await stores.runs.add(other, "wanted", None)
            await stores.runs.add(a_run("run-a", thread_id=ThreadId("a")), "unwanted", None)
            await stores.runs.add(a_run("run-b", thread_id=ThreadId("b")), "wanted", None)

            await until(lambda: bool(shown))
            assert set(shown) == {"b"}


async def test_a_watcher_that_is_far_behind_looks_anew_and_keeps_little() -> None:
    hub = ThreadHub()
    with hub.watched(LOCAL_TENANT) as watch:
        for number in range(10_000):
            hub.changed(LOCAL_TENANT, ThreadId(f"t{number}"))
        news = await watch.next(1)

    assert news.is_gap
    assert len(news.changed) < 500


async def test_a_change_while_nobody_waits_is_kept_and_told_once() -> None:
    hub = ThreadHub()
    with hub.watched(LOCAL_TENANT) as watch:
        for _ in range(3):
            hub.changed(LOCAL_TENANT, ThreadId("t"))
        first, second = await watch.next(1), await watch.next(0.01)

    assert first == News((ThreadId("t"),))
    assert second == News()


async def test_a_watcher_who_leaves_as_news_come_does_leave() -> None:
    hub = ThreadHub()
    with hub.watched(LOCAL_TENANT) as watch:
        waiting = asyncio.create_task(watch.next(5))
        await asyncio.sleep(0)
        hub.changed(LOCAL_TENANT, ThreadId("t"))
        waiting.cancel()

        with pytest.raises(asyncio.CancelledError):
            await waiting


async def test_a_hub_forgets_who_has_gone() -> None:
    hub = ThreadHub()
    with pytest.raises(RuntimeError), hub.watched(LOCAL_TENANT):
        raise RuntimeError
    with hub.watched(LOCAL_TENANT) as watch, hub.watched(LOCAL_TENANT):
        hub.changed(LOCAL_TENANT, ThreadId("t"))

        assert (await watch.next(1)).changed == (ThreadId("t"),)


async def carry_out(stores: Stores, feed: ThreadFeed, steps: Sequence[Step], first: int) -> None:
    """Do to threads what the steps say; what cannot be done is not."""
    for number, (what, place) in enumerate(steps, start=first):
        thread_id, at_ms = ThreadId(f"t{place}"), NOW_MS + number
        try:
            match what:
                case "run":
                    await run_once(stores, RunId(f"r{number}"), thread_id, at_ms)
                case "gap":
                    feed.hub.gap()
                case "delete":
                    await stores.threads.delete_thread(LOCAL_TENANT, thread_id)
                case change:
                    await stores.threads.change_thread(
                        LOCAL_TENANT,
                        thread_id,
                        name=f"name {number}" if change == "rename" else None,
                        is_archived=number % 2 == 0 if change == "archive" else None,
                        at_ms=at_ms,
                    )
        except (ThreadNotFound, ThreadBusy):
            pass


async def run_once(stores: Stores, run_id: RunId, thread_id: ThreadId, at_ms: int) -> None:
    await stores.runs.add(a_run(run_id, thread_id=thread_id, created_ms=at_ms), "default", None)
    epoch = (await claim(stores, run_id, at_ms)).epoch
    if at_ms % 3:
        await stores.control.finish(run_id, epoch, an_end(1))


@asynccontextmanager
async def feeding(folder: Path) -> AsyncGenerator[tuple[Stores, ThreadFeed]]:
    """Give stores, and the feed that hears of what happens in them."""
    async with open_stores(folder) as stores, asyncio.TaskGroup() as group:
        hub = ThreadHub()
        on = OnWakeUp(lambda _: None, lambda _: None, hub.changed, hub.gap)
        listening = group.create_task(stores.wakeups.listen(on))
        await asyncio.sleep(0)
        yield stores, ThreadFeed(stores.threads, hub)
        listening.cancel()


@asynccontextmanager
async def watching(feed: ThreadFeed, query: ThreadQuery) -> AsyncGenerator[dict[ThreadId, Thread]]:
    """Give the list as a follower shows it, from its first page on."""
    shown: dict[ThreadId, Thread] = {}
    begun = asyncio.Event()

    async def watch() -> None:
        async with aclosing(feed.follow(query)) as batches:
            async for batch in batches:
                for news in batch:
                    show(shown, news)
                begun.set()

    async with asyncio.TaskGroup() as group:
        watcher = group.create_task(watch())
        await begun.wait()
        yield shown
        watcher.cancel()


def show(shown: dict[ThreadId, Thread], news: ThreadNews) -> None:
    match news:
        case ThreadPage():
            shown.clear()
            shown.update({thread.id: thread for thread in news.threads})
        case Removed(thread_id):
            shown.pop(thread_id, None)
        case thread:
            shown[thread.id] = thread


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        # What is waited for happens in the stores, which tell nobody but the feed under test.
        while not is_so():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
