"""What every run store promises: runs, their life, their steps."""

import asyncio
from dataclasses import replace

import pytest

from sergas.core.errors import Fenced, RunIdTaken, RunNotFound, ThreadBusy
from sergas.core.ids import LOCAL_TENANT, ExecutorId, RunId, TenantId, ThreadId
from sergas.core.runs import NextLeg, RunFilter, RunStatus, Step
from sergas.core.stores import Stores
from tests.examples import EXECUTOR, NOW_MS, a_run, an_end, claim, some_events

OTHER = TenantId("other")


async def test_an_added_run_is_found_as_it_was(stores: Stores) -> None:
    run = a_run(
        input={"messages": [{"id": "u", "content": "ünï\x00"}]}, retry_of=RunId("x"), user="ada"
    )

    added = await stores.runs.add(run, "script", "A name")

    assert added == run
    assert await stores.runs.find(LOCAL_TENANT, run.id) == run


async def test_another_tenants_run_does_not_exist(stores: Stores) -> None:
    await stores.runs.add(a_run(), "script", None)

    with pytest.raises(RunNotFound):
        await stores.runs.find(OTHER, a_run().id)
    assert await stores.runs.select(OTHER) == []


async def test_the_same_request_again_is_the_same_run(stores: Stores) -> None:
    await stores.runs.add(a_run(), "script", None)

    again = await stores.runs.add(a_run(created_ms=NOW_MS + 5), "script", None)
    by_key = await stores.runs.add(a_run("run-2", request_key="run:run-1"), "script", None)

    assert again == by_key == a_run()


@pytest.mark.parametrize(
    "changes",
    [{"content_hash": "else"}, {"tenant": OTHER}, {"request_key": "k", "content_hash": "else"}],
)
async def test_the_same_id_for_something_else_is_taken(
    stores: Stores, changes: dict[str, object]
) -> None:
    await stores.runs.add(a_run(), "script", None)

    with pytest.raises(RunIdTaken):
        await stores.runs.add(a_run(**changes), "script", None)


async def test_a_thread_has_one_active_run_until_that_ends(stores: Stores) -> None:
    await stores.runs.add(a_run(), "script", None)
    second = a_run("run-2")

    with pytest.raises(ThreadBusy) as busy:
        await stores.runs.add(second, "script", None)
    claimed = await claim(stores, a_run().id, NOW_MS)
    await stores.control.finish(a_run().id, claimed.epoch, an_end(1))
    await stores.runs.add(second, "script", None)

    assert busy.value.run_id == "run-1"
    assert (await stores.runs.find(LOCAL_TENANT, second.id)).status is RunStatus.QUEUED


async def test_two_starts_at_once_on_a_thread_leave_one_run(stores: Stores) -> None:
    runs = [a_run(f"run-{n}") for n in range(10)]

    results = await asyncio.gather(
        *(stores.runs.add(run, "script", None) for run in runs), return_exceptions=True
    )

    assert sum(isinstance(result, ThreadBusy) for result in results) == 9
    assert await stores.runs.count_unfinished() == 1


async def test_a_claim_raises_the_epoch_and_starts_the_clock_once(stores: Stores) -> None:
    await stores.runs.add(a_run(), "script", None)

    first = await claim(stores, a_run().id, NOW_MS + 1)
    second = await claim(stores, a_run().id, NOW_MS + 2)

    assert (first.status, first.epoch, first.started_ms) == (RunStatus.RUNNING, 1, NOW_MS + 1)
    assert (second.epoch, second.started_ms) == (2, NOW_MS + 1)


async def test_a_final_run_is_not_claimed(stores: Stores) -> None:
    await stores.runs.add(a_run(), "script", None)
    claimed = await claim(stores, a_run().id)
    await stores.control.finish(a_run().id, claimed.epoch, an_end(1))

    assert await stores.control.claim(a_run().id, claimed.epoch, EXECUTOR, NOW_MS) is None


async def test_of_many_claims_of_one_epoch_one_gets_the_run(stores: Stores) -> None:
    await stores.runs.add(a_run(), "script", None)
    executors = [ExecutorId(f"exec-{n}") for n in range(8)]

    claims = await asyncio.gather(
        *(stores.control.claim(a_run().id, 0, executor, NOW_MS) for executor in executors)
    )

    (won,) = [run for run in claims if run is not None]
    assert won.epoch == 1
    assert won.owner == executors[[run is not None for run in claims].index(True)]


async def test_the_end_and_its_event_are_stored_together_or_not_at_all(stores: Stores) -> None:
    await stores.runs.add(a_run(), "script", None)
    old = await claim(stores, a_run().id, NOW_MS)
    new = await claim(stores, a_run().id, NOW_MS)

    with pytest.raises(Fenced):
        await stores.control.finish(a_run().id, old.epoch, an_end(1))
    assert await stores.events.last_seq(a_run().id) == 0
    await stores.control.finish(a_run().id, new.epoch, an_end(1, RunStatus.FAILED))

    ended = await stores.runs.find(LOCAL_TENANT, a_run().id)
    assert (ended.status, ended.outcome, ended.finished_ms) == (
        RunStatus.FAILED,
        {"reason": "test"},
        NOW_MS + 9,
    )
    assert await stores.events.last_seq(a_run().id) == 1


async def test_an_interrupted_run_is_resumed_once(stores: Stores) -> None:
    await stores.runs.add(a_run(), "script", None)
    claimed = await claim(stores, a_run().id, NOW_MS)
    await stores.control.finish(a_run().id, claimed.epoch, an_end(1, RunStatus.INTERRUPTED))

    resumed = await stores.control.resume(a_run().id, NextLeg(EXECUTOR, {"answers": {}}, "answer"))
    again = await stores.control.resume(a_run().id, NextLeg(EXECUTOR, {"answers": {}}, "answer"))

    assert (resumed.status, resumed.leg, resumed.finished_ms) == (RunStatus.QUEUED, 2, None)
    assert again == resumed
    with pytest.raises(RunIdTaken):
        await stores.control.resume(
            a_run().id, NextLeg(EXECUTOR, {"answers": {}}, "another answer")
        )


async def test_the_first_wish_to_cancel_stays_and_a_final_run_takes_none(stores: Stores) -> None:
    await stores.runs.add(a_run(), "script", None)

    await stores.control.ask_cancel(a_run().id, "first")
    wished = await stores.control.ask_cancel(a_run().id, "second")
    claimed = await claim(stores, a_run().id, NOW_MS)
    await stores.control.finish(a_run().id, claimed.epoch, an_end(1))
    other = a_run("run-2")
    await stores.runs.add(other, "script", None)
    done = await claim(stores, other.id, NOW_MS)
    await stores.control.finish(other.id, done.epoch, an_end(1))
    late = await stores.control.ask_cancel(other.id, "late")

    assert wished.cancel_reason == claimed.cancel_reason == "first"
    assert late.cancel_reason is None


async def test_runs_are_selected_by_thread_and_status_in_pages(stores: Stores) -> None:
    for number in range(5):
        await stores.runs.add(
            a_run(f"run-{number}", thread_id=ThreadId(f"t{number % 2}-{number}")), "s", None
        )
    await claim(stores, RunId("run-3"), NOW_MS)

    page = await stores.runs.select(LOCAL_TENANT, limit=2)
    rest = await stores.runs.select(LOCAL_TENANT, before=page[-1].id, limit=10)
    running = await stores.runs.select(LOCAL_TENANT, RunFilter(statuses=(RunStatus.RUNNING,)))
    of_thread = await stores.runs.select(LOCAL_TENANT, RunFilter(ThreadId("t0-2")))
    await stores.runs.add(a_run("late", thread_id=ThreadId("t0-2")), "s", None, may_wait=True)
    waiting = await stores.runs.select(LOCAL_TENANT, RunFilter(is_waiting=True))
    others = await stores.runs.select(LOCAL_TENANT, RunFilter(is_waiting=False))

    assert [run.id for run in [*page, *rest]] == ["run-4", "run-3", "run-2", "run-1", "run-0"]
    assert [run.id for run in running] == ["run-3"]
    assert [run.id for run in of_thread] == ["run-2"]
    assert [run.id for run in waiting] == ["late"]
    assert len(others) == 5
    assert await stores.runs.count_unfinished() == 6


async def test_runs_are_selected_by_workflow_and_by_when_they_were_made(stores: Stores) -> None:
    for number in range(3):
        await stores.runs.add(
            a_run(
                f"run-{number}",
                thread_id=ThreadId(f"t{number}"),
                workflow=f"w{number % 2}",
                created_ms=NOW_MS + number,
            ),
            "s",
            None,
        )

    of_workflow = await stores.runs.select(LOCAL_TENANT, RunFilter(workflow="w0"))
    since = await stores.runs.select(LOCAL_TENANT, RunFilter(since_ms=NOW_MS + 1))
    until = await stores.runs.select(LOCAL_TENANT, RunFilter(until_ms=NOW_MS + 1))

    assert [run.id for run in of_workflow] == ["run-2", "run-0"]
    assert [run.id for run in since] == ["run-2", "run-1"]
    assert [run.id for run in until] == ["run-0"]


async def test_only_runs_that_wait_for_a_worker_and_came_before_are_counted(stores: Stores) -> None:
    for number in range(5):
        own_thread = ThreadId(f"thread-{max(number, 1)}")
        await stores.runs.add(
            a_run(f"run-{number}", thread_id=own_thread), "s", None, may_wait=True
        )
    await claim(stores, RunId("run-2"))

    before = [await stores.runs.count_queued_before(RunId(f"run-{n}")) for n in range(5)]

    assert (await stores.runs.find(LOCAL_TENANT, RunId("run-1"))).is_waiting
    assert before == [0, 1, 1, 1, 2]


async def test_a_step_is_kept_replaced_and_copied(stores: Stores) -> None:
    source = await claimed_epoch(stores, "run-1")
    target = await claimed_epoch(stores, "run-2")
    begun = Step("scout", 1, is_done=False, result=None)
    done = replace(
        begun, is_done=True, result={"a": [1]}, patches=({"op": "add", "path": "/x", "value": 1},)
    )
    asked = Step("asker", 2, is_done=False, result=None, waiting=({"id": "i1"},))
    await stores.steps.save(RunId("run-1"), source, begun)
    await stores.steps.save(RunId("run-1"), source, done)
    await stores.steps.save(RunId("run-1"), source, asked)
    own = replace(asked, attempt=7)
    await stores.steps.save(RunId("run-2"), target, own)

    await stores.steps.copy(RunId("run-1"), RunId("run-2"))

    assert list(await stores.steps.steps(RunId("run-1"))) == [asked, done]
    assert list(await stores.steps.steps(RunId("run-2"))) == [own, done]


async def test_a_step_of_an_older_epoch_is_refused(stores: Stores) -> None:
    old = await claimed_epoch(stores, "run-1")
    await claim(stores, RunId("run-1"), NOW_MS)

    with pytest.raises(Fenced):
        await stores.steps.save(RunId("run-1"), old, Step("a", 1, is_done=True, result=None))

    assert list(await stores.steps.steps(RunId("run-1"))) == []


async def claimed_epoch(stores: Stores, run_id: str) -> int:
    await stores.runs.add(a_run(run_id, thread_id=ThreadId(f"thread-of-{run_id}")), "script", None)
    return (await claim(stores, RunId(run_id), NOW_MS)).epoch


async def test_deleting_a_thread_deletes_its_runs_events_and_steps(stores: Stores) -> None:
    epoch = await claimed_epoch(stores, "run-1")
    thread = ThreadId("thread-of-run-1")
    await stores.events.append(RunId("run-1"), epoch, some_events(1, 3))
    await stores.steps.save(RunId("run-1"), epoch, Step("a", 1, is_done=True, result=None))

    with pytest.raises(ThreadBusy):
        await stores.threads.delete_thread(LOCAL_TENANT, thread)
    await stores.control.finish(RunId("run-1"), epoch, an_end(4))
    await stores.threads.delete_thread(OTHER, thread)
    assert await stores.threads.find_thread(LOCAL_TENANT, thread) is not None
    await stores.threads.delete_thread(LOCAL_TENANT, thread)

    assert await stores.threads.find_thread(LOCAL_TENANT, thread) is None
    assert await stores.events.read(RunId("run-1"), 0, 10) == []
    assert list(await stores.steps.steps(RunId("run-1"))) == []


async def test_old_ended_runs_are_deleted_with_all_that_is_theirs(stores: Stores) -> None:
    ends = {
        "done": RunStatus.COMPLETED,
        "failed": RunStatus.FAILED,
        "asks": RunStatus.INTERRUPTED,
    }
    for run_id, status in ends.items():
        epoch = await claimed_epoch(stores, run_id)
        await stores.control.finish(RunId(run_id), epoch, an_end(1, status))
    await claimed_epoch(stores, "active")

    too_early = await stores.runs.delete_ended(NOW_MS, 100)
    first = await stores.runs.delete_ended(NOW_MS + 60_000, 1)
    second = await stores.runs.delete_ended(NOW_MS + 60_000, 100)

    assert (too_early, first, second) == (0, 1, 1)
    left = await stores.runs.select(LOCAL_TENANT)
    assert {run.id for run in left} == {"asks", "active"}
    assert await stores.events.read(RunId("done"), 0, 10) == []
    threads = await stores.threads.threads(LOCAL_TENANT)
    assert {thread.id for thread in threads} == {"thread-of-asks", "thread-of-active"}
