"""What every thread store promises."""

import pytest

from sergas.core.errors import ThreadNotFound
from sergas.core.ids import LOCAL_TENANT, RunId, TenantId, ThreadId
from sergas.core.runs import RunFilter, RunStatus, ThreadPlace
from sergas.core.stores import Stores
from tests.examples import EXECUTOR, NOW_MS, a_run, an_end, claim

THREAD = ThreadId("thread-1")


async def test_a_run_makes_its_thread_and_names_it_once(stores: Stores) -> None:
    await stores.runs.add(a_run(), "default", "First words")
    claimed = await claim(stores, a_run().id, NOW_MS)
    assert claimed.thread_id == THREAD

    thread = await stores.threads.find_thread(LOCAL_TENANT, THREAD)

    assert thread is not None
    assert (thread.name, thread.agent_id, thread.is_archived) == ("First words", "default", False)
    assert (thread.created_ms, thread.updated_ms, thread.last_run_ms) == (NOW_MS, NOW_MS, NOW_MS)


async def test_threads_are_listed_by_last_use_in_pages(stores: Stores) -> None:
    for number in range(5):
        run = a_run(f"run-{number}", thread_id=ThreadId(f"t{number}"), created_ms=NOW_MS + number)
        await stores.runs.add(run, "even" if number % 2 == 0 else "odd", None)

    page = await stores.threads.threads(LOCAL_TENANT, limit=3)
    rest = await stores.threads.threads(LOCAL_TENANT, after=page[-1].place, limit=3)
    odd = await stores.threads.threads(LOCAL_TENANT, agent_id="odd")

    assert [thread.id for thread in [*page, *rest]] == ["t4", "t3", "t2", "t1", "t0"]
    assert [thread.id for thread in odd] == ["t3", "t1"]
    assert await stores.threads.threads(TenantId("other")) == []


async def test_a_run_after_the_clock_was_set_back_moves_its_thread_no_lower(
    stores: Stores,
) -> None:
    for number in range(2):
        run = a_run(f"run-{number}", thread_id=ThreadId(f"t{number}"), created_ms=NOW_MS + number)
        await stores.runs.add(run, "script", None)

    late = a_run("run-2", thread_id=ThreadId("t1"), created_ms=NOW_MS - 3_600_000)
    await stores.runs.add(late, "script", None, may_wait=True)

    listed = await stores.threads.threads(LOCAL_TENANT)
    runs = await stores.runs.select(LOCAL_TENANT, RunFilter(thread_id=ThreadId("t1")))
    assert [thread.id for thread in listed] == ["t1", "t0"]
    assert [run.id for run in runs] == ["run-2", "run-1"]


async def test_a_thread_is_renamed_archived_and_restored(stores: Stores) -> None:
    await stores.runs.add(a_run(), "default", "Old")

    renamed = await change(stores, name="New", is_archived=None)
    archived = await change(stores, name=None, is_archived=True)
    hidden = await stores.threads.threads(LOCAL_TENANT)
    shown = await stores.threads.threads(LOCAL_TENANT, include_archived=True)
    restored = await change(stores, name=None, is_archived=False)

    assert (renamed.name, archived.name, archived.is_archived) == ("New", "New", True)
    assert hidden == []
    assert list(shown) == [archived]
    assert restored.is_archived is False


async def test_a_text_may_hold_nul(stores: Stores) -> None:
    await stores.runs.add(a_run(), "default", "a\0b")

    named = await change(stores, name="a\0b", is_archived=None)
    asked = await stores.control.ask_cancel(a_run().id, "a\0b")

    assert {named.name, asked.cancel_reason} <= {"a\0b", "a\ufffdb"}
    assert await stores.threads.find_thread(LOCAL_TENANT, ThreadId("thread-1\0")) is None
    assert await stores.runs.select(LOCAL_TENANT, RunFilter(thread_id=ThreadId("\0"))) == []


async def test_a_place_holds_though_its_thread_has_moved_or_is_gone(stores: Stores) -> None:
    for number in range(6):
        run = a_run(f"run-{number}", thread_id=ThreadId(f"t{number}"), created_ms=NOW_MS)
        await stores.runs.add(run, "default", None)
        await ended(stores, run.id)
    page = await stores.threads.threads(LOCAL_TENANT, limit=2)

    await stores.threads.change_thread(
        LOCAL_TENANT, ThreadId("t4"), name="Top", is_archived=None, at_ms=NOW_MS + 20
    )
    rest = await stores.threads.threads(LOCAL_TENANT, after=page[-1].place)
    await stores.threads.delete_thread(LOCAL_TENANT, ThreadId("t4"))
    gone = await stores.threads.threads(LOCAL_TENANT, after=ThreadPlace(NOW_MS + 10, page[-1].id))

    assert [thread.id for thread in rest] == ["t3", "t2", "t1", "t0"]
    assert [thread.id for thread in gone] == ["t5", "t3", "t2", "t1", "t0"]


async def test_a_thread_tells_how_its_runs_stand(stores: Stores) -> None:
    async def status() -> RunStatus | None:
        thread = await stores.threads.find_thread(LOCAL_TENANT, THREAD)
        assert thread is not None
        return thread.run_status

    await stores.runs.add(a_run(), "default", None)
    queued = await status()
    await claim(stores, a_run().id)
    running = await status()
    await stores.runs.add(a_run("waiting"), "default", None, may_wait=True)
    with_a_waiting_one = await status()
    run = await stores.runs.find(LOCAL_TENANT, a_run().id)
    await stores.control.finish(run.id, run.epoch, an_end(1))
    listed = await stores.threads.threads(LOCAL_TENANT)
    await stores.control.promote(EXECUTOR)
    await ended(stores, RunId("waiting"), RunStatus.FAILED)

    assert (queued, running) == (RunStatus.QUEUED, RunStatus.RUNNING)
    assert with_a_waiting_one is RunStatus.RUNNING
    assert listed[0].run_status is RunStatus.QUEUED
    assert listed[0].run_count == 2
    assert await status() is RunStatus.FAILED
    changed = await change(stores, name="Named", is_archived=None)
    assert (changed.run_status, changed.run_count) == (RunStatus.FAILED, 2)


async def ended(stores: Stores, run_id: RunId, status: RunStatus = RunStatus.COMPLETED) -> None:
    epoch = (await claim(stores, run_id)).epoch
    await stores.control.finish(run_id, epoch, an_end(1, status))


async def test_another_tenants_thread_does_not_exist(stores: Stores) -> None:
    await stores.runs.add(a_run(), "default", "Mine")
    other = TenantId("other")

    assert await stores.threads.find_thread(other, THREAD) is None
    with pytest.raises(ThreadNotFound):
        await stores.threads.change_thread(
            other, THREAD, name="Theirs", is_archived=None, at_ms=NOW_MS
        )


async def change(stores: Stores, *, name: str | None, is_archived: bool | None):
    return await stores.threads.change_thread(
        LOCAL_TENANT, THREAD, name=name, is_archived=is_archived, at_ms=NOW_MS + 1
    )
