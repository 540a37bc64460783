"""What every store promises about the news of threads: who listens hears of each change."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

from sergas.core.ids import LOCAL_TENANT, TenantId, ThreadId
from sergas.core.ports import OnWakeUp
from sergas.core.runs import RunStatus
from sergas.core.stores import Stores
from tests.examples import NOW_MS, a_run, an_end, claim

THREAD = a_run().thread_id
OTHER = TenantId("other")


async def test_every_change_of_a_thread_and_of_its_runs_is_heard_of(stores: Stores) -> None:
    async with hearing(stores) as heard:
        await stores.runs.add(a_run(), "default", "Made")
        await told_of(heard, THREAD)
        run = await claim(stores, a_run().id)
        await told_of(heard, THREAD)
        await stores.control.finish(run.id, run.epoch, an_end(1, RunStatus.FAILED))
        await told_of(heard, THREAD)
        await change(stores, THREAD, name="Renamed")
        await told_of(heard, THREAD)
        await change(stores, THREAD, is_archived=True)
        await told_of(heard, THREAD)
        await stores.threads.delete_thread(LOCAL_TENANT, THREAD)
        await told_of(heard, THREAD)


async def test_threads_that_retention_deletes_are_heard_of(stores: Stores) -> None:
    async with hearing(stores) as heard:
        await stores.runs.add(a_run(), "default", None)
        run = await claim(stores, a_run().id)
        await stores.control.finish(run.id, run.epoch, an_end(1))
        await told_of(heard, THREAD)

        assert await stores.runs.delete_ended(NOW_MS + 1000, 10) == 1
        await told_of(heard, THREAD)


async def test_news_name_the_tenant(stores: Stores) -> None:
    async with hearing(stores) as heard:
        await stores.runs.add(a_run("run-of-other", tenant=OTHER), "default", None)

        await until(lambda: (OTHER, THREAD) in heard)
        assert (LOCAL_TENANT, THREAD) not in heard


async def test_what_is_told_of_can_be_read(stores: Stores) -> None:
    async with hearing(stores) as heard:
        for number in range(20):
            thread_id = ThreadId(f"t{number}")
            await stores.runs.add(a_run(f"r{number}", thread_id=thread_id), "default", None)
        await until(lambda: len(heard) == 20)

        for tenant, thread_id in heard:
            assert await stores.threads.find_thread(tenant, thread_id) is not None


async def told_of(heard: list[tuple[TenantId, ThreadId]], thread_id: ThreadId) -> None:
    """Wait for news of a thread, and forget them."""
    await until(lambda: (LOCAL_TENANT, thread_id) in heard)
    heard.clear()


async def change(
    stores: Stores, thread_id: ThreadId, *, name: str | None = None, is_archived: bool | None = None
) -> None:
    await stores.threads.change_thread(
        LOCAL_TENANT, thread_id, name=name, is_archived=is_archived, at_ms=NOW_MS + 1
    )


@asynccontextmanager
async def hearing(stores: Stores) -> AsyncGenerator[list[tuple[TenantId, ThreadId]]]:
    """Give the threads that are told of, as it comes, once somebody listens."""
    heard: list[tuple[TenantId, ThreadId]] = []
    early, ready = ThreadId("early"), ThreadId("ready")
    on = OnWakeUp(
        events=lambda _: None,
        control=lambda _: None,
        thread=lambda tenant, thread_id: heard.append((tenant, thread_id)),
        gap=lambda: None,
    )
    await stores.runs.add(a_run("early", thread_id=early), "default", None)
    async with asyncio.TaskGroup() as group:
        listener = group.create_task(stores.wakeups.listen(on))
        await until(lambda: bool(heard), lambda: change(stores, early, name="Hello?"))
        # News come in the order of the commits, so nothing of the early thread comes after this.
        await stores.runs.add(a_run("ready", thread_id=ready), "default", None)
        await told_of(heard, ready)
        yield heard
        listener.cancel()


async def until(
    is_so: Callable[[], bool], doing: Callable[[], Awaitable[None]] | None = None
) -> None:
    """Wait until it is so, doing something again and again meanwhile."""
    async with asyncio.timeout(10):
        while not is_so():
            if doing is not None:
                await doing()
            await asyncio.sleep(0.01)
