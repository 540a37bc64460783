"""What every store promises about replicas, lost runs, wishes and waiting runs."""

import asyncio

from sergas.core.ids import LOCAL_TENANT, ExecutorId, RunId, ThreadId
from sergas.core.runs import NextLeg, Run, RunStatus
from sergas.core.stores import Stores
from tests.contracts.conftest import StoreClock
from tests.examples import a_run, an_end, claim

ALIVE, DEAD, NEW = ExecutorId("alive"), ExecutorId("dead"), ExecutorId("new")


async def owned(stores: Stores, run_id: str, owner: ExecutorId) -> Run:
    run = a_run(run_id, thread_id=ThreadId(f"thread-of-{run_id}"), owner=owner)
    return await stores.runs.add(run, "script", None)


async def test_an_executor_is_alive_until_its_lease_runs_out_or_it_leaves(stores: Stores) -> None:
    await stores.replicas.beat(ALIVE, 60)
    await stores.replicas.beat(DEAD, 0)
    await stores.replicas.beat(NEW, 60)
    await stores.replicas.leave(NEW)

    assert list(await stores.replicas.live()) == [ALIVE]


async def test_a_beat_renews_the_lease(stores: Stores) -> None:
    await stores.replicas.beat(ALIVE, 0)
    await stores.replicas.beat(ALIVE, 60)

    assert list(await stores.replicas.live()) == [ALIVE]


async def test_runs_that_nobody_alive_owns_are_taken_over_once(stores: Stores) -> None:
    await stores.replicas.beat(ALIVE, 60)
    await owned(stores, "kept", ALIVE)
    await owned(stores, "queued", DEAD)
    await owned(stores, "running", DEAD)
    await claim(stores, RunId("running"), owner=DEAD)
    await owned(stores, "over", DEAD)
    over = await claim(stores, RunId("over"), owner=DEAD)
    await stores.control.finish(over.id, over.epoch, an_end(1))
    await stores.replicas.beat(NEW, 60)

    newer = ExecutorId("newer")
    await stores.replicas.beat(newer, 60)
    taken = await asyncio.gather(*(stores.replicas.take_over(e, ()) for e in (NEW, newer)))

    runs = {run.id: run for batch in taken for run in batch}
    assert sum(len(batch) for batch in taken) == 2
    assert set(runs) == {"queued", "running"}
    assert {run.owner for run in runs.values()} <= {NEW, newer}
    assert (runs[RunId("queued")].epoch, runs[RunId("running")].epoch) == (1, 2)
    assert list(await stores.replicas.take_over(NEW, set(runs))) == []


async def test_a_run_that_was_taken_over_is_lost_to_its_old_ticket(stores: Stores) -> None:
    run = await owned(stores, "run-1", DEAD)
    (taken,) = await stores.replicas.take_over(NEW, ())

    assert await stores.control.claim(run.id, run.epoch, DEAD, 1) is None
    assert await stores.control.claim(run.id, taken.epoch, NEW, 1) is not None


async def test_an_executor_hears_of_the_wishes_for_its_own_runs(stores: Stores) -> None:
    for run_id, owner in (("mine", ALIVE), ("other", NEW), ("content", ALIVE)):
        await owned(stores, run_id, owner)
    await stores.control.ask_cancel(RunId("mine"), "enough")
    await stores.control.ask_cancel(RunId("other"), "enough")

    wishes = await stores.replicas.wishes(ALIVE)

    assert [(run.id, run.cancel_reason) for run in wishes] == [("mine", "enough")]


async def test_a_run_waits_for_its_thread_and_goes_when_that_is_free(stores: Stores) -> None:
    first = await stores.runs.add(a_run("run-1"), "script", None)
    second = await stores.runs.add(a_run("run-2"), "script", None, may_wait=True)
    third = await stores.runs.add(a_run("run-3"), "script", None, may_wait=True)
    assert [run.is_waiting for run in (first, second, third)] == [False, True, True]
    assert list(await stores.control.promote(NEW)) == []
    assert await stores.control.claim(second.id, 0, NEW, 1) is None

    claimed = await claim(stores, first.id)
    await stores.control.finish(first.id, claimed.epoch, an_end(1))
    promoted = await asyncio.gather(stores.control.promote(NEW), stores.control.promote(NEW))

    (ready,) = [run for batch in promoted for run in batch]
    assert (ready.id, ready.is_waiting, ready.owner) == ("run-2", False, NEW)
    assert (await stores.runs.find(LOCAL_TENANT, third.id)).is_waiting is True


async def test_a_waiting_run_is_not_taken_over(stores: Stores) -> None:
    await stores.replicas.beat(ALIVE, 60)
    await stores.runs.add(a_run("run-1", owner=ALIVE), "script", None)
    await stores.runs.add(a_run("run-2", owner=DEAD), "script", None, may_wait=True)

    assert list(await stores.replicas.take_over(NEW, ())) == []


async def test_a_run_that_may_wait_does_not_wait_for_a_free_thread(stores: Stores) -> None:
    run = await stores.runs.add(a_run(), "script", None, may_wait=True)

    assert run.is_waiting is False
    assert (await claim(stores, run.id)).status is RunStatus.RUNNING


async def test_a_waiting_run_is_claimed_only_to_be_ended(stores: Stores) -> None:
    first = await stores.runs.add(a_run("run-1"), "script", None)
    second = await stores.runs.add(a_run("run-2"), "script", None, may_wait=True)
    assert await stores.control.claim(second.id, 0, NEW, 1) is None

    await stores.control.ask_cancel(second.id, "enough")
    claimed = await claim(stores, second.id)
    await stores.control.finish(second.id, claimed.epoch, an_end(1, RunStatus.CANCELLED))

    assert (await stores.runs.find(LOCAL_TENANT, first.id)).status is RunStatus.QUEUED
    assert list(await stores.control.promote(NEW)) == []


async def test_an_executor_hears_which_agents_are_to_stop_until_the_next_leg(
    stores: Stores,
) -> None:
    await owned(stores, "run-1", ALIVE)

    await stores.control.ask_cancel_agent(RunId("run-1"), "scout")
    wished = await stores.control.ask_cancel_agent(RunId("run-1"), "author")
    heard = await stores.replicas.wishes(ALIVE)
    claimed = await claim(stores, RunId("run-1"), owner=ALIVE)
    await stores.control.finish(claimed.id, claimed.epoch, an_end(1, RunStatus.INTERRUPTED))
    after = await stores.control.ask_cancel_agent(claimed.id, "late")
    resumed = await stores.control.resume(claimed.id, NextLeg(ALIVE, {}, "answer"))

    assert wished.cancel_agents == ("scout", "author")
    assert [run.cancel_agents for run in heard] == [("scout", "author")]
    assert claimed.cancel_agents == after.cancel_agents == ("scout", "author")
    assert resumed.cancel_agents == ()


async def test_an_executor_takes_its_own_runs_that_it_lost_sight_of(stores: Stores) -> None:
    await stores.replicas.beat(ALIVE, 60)
    at_work = await owned(stores, "at-work", ALIVE)
    lost = await owned(stores, "lost", ALIVE)

    (taken,) = await stores.replicas.take_over(ALIVE, {at_work.id})

    assert (taken.id, taken.epoch, taken.owner) == (lost.id, lost.epoch + 1, ALIVE)


async def test_a_clock_that_is_set_back_keeps_no_dead_executor_alive(
    stores: Stores, store_clock: StoreClock
) -> None:
    store_clock.set(3_600_000)
    await stores.replicas.beat(DEAD, 10)
    await owned(stores, "left", DEAD)
    await stores.replicas.beat(ALIVE, 10)

    store_clock.set(0)
    await stores.replicas.beat(ALIVE, 10)

    assert list(await stores.replicas.live()) == [ALIVE]
    assert [run.id for run in await stores.replicas.take_over(ALIVE, ())] == ["left"]


async def test_a_clock_that_is_set_forward_costs_no_executor_its_runs_that_goes_on_beating(
    stores: Stores, store_clock: StoreClock
) -> None:
    await stores.replicas.beat(ALIVE, 10)
    await owned(stores, "kept", ALIVE)

    store_clock.set(3_600_000)
    await stores.replicas.beat(ALIVE, 10)

    assert list(await stores.replicas.take_over(NEW, ())) == []


async def test_a_wish_to_cancel_from_before_the_clock_was_set_back_does_not_wait_for_it(
    stores: Stores, store_clock: StoreClock
) -> None:
    store_clock.set(3_600_000)
    await owned(stores, "stuck", ALIVE)
    await stores.control.ask_cancel(RunId("stuck"), "enough")

    store_clock.set(0)
    await stores.replicas.beat(ALIVE, 10)

    taken = await stores.replicas.take_over(NEW, ())
    assert [(run.id, run.cancel_reason) for run in taken] == [("stuck", "enough")]
