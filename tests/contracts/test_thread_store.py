"""What every thread store promises."""

import pytest

from sergas.core.errors import ThreadNotFound
from sergas.core.ids import LOCAL_TENANT, TenantId, ThreadId
from sergas.core.stores import Stores
from tests.examples import NOW_MS, a_run, claim

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
    rest = await stores.threads.threads(LOCAL_TENANT, cursor=page[-1].id, limit=3)
    odd = await stores.threads.threads(LOCAL_TENANT, agent_id="odd")

    assert [thread.id for thread in [*page, *rest]] == ["t4", "t3", "t2", "t1", "t0"]
    assert [thread.id for thread in odd] == ["t3", "t1"]
    assert await stores.threads.threads(TenantId("other")) == []


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
