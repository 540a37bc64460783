"""What every run store promises about how many runs there may be at once."""

import asyncio

import pytest

from sergas.core.errors import Busy, ThreadBusy
from sergas.core.ids import RunId, TenantId, ThreadId
from sergas.core.room import Room
from sergas.core.runs import Run
from sergas.core.stores import Stores
from tests.examples import a_run, an_end, claim


def alone(number: int) -> Run:
    """Make a run on a thread of its own."""
    return a_run(f"run-{number}", thread_id=ThreadId(f"thread-{number}"))


async def added(stores: Stores, run: Run, room: Room) -> bool:
    """Add a run and say whether there was room for it."""
    try:
        await stores.runs.add(run, "script", None, room=room)
    except Busy:
        return False
    return True


@pytest.mark.parametrize("room", [Room(unfinished=5), Room(at_work=5), Room(100, 5), Room(5, 100)])
async def test_of_any_number_of_starts_at_once_as_many_succeed_as_there_is_room_for(
    stores: Stores, room: Room
) -> None:
    succeeded = await asyncio.gather(*(added(stores, alone(n), room) for n in range(30)))

    assert sum(succeeded) == 5
    assert await stores.runs.count_unfinished() == 5


async def test_there_is_room_again_when_a_run_has_ended(stores: Stores) -> None:
    room = Room(at_work=1)
    await stores.runs.add(alone(1), "script", None, room=room)
    assert not await added(stores, alone(2), room)

    run = await claim(stores, RunId("run-1"))
    await stores.control.finish(run.id, run.epoch, an_end(1))

    assert await added(stores, alone(2), room)


async def test_runs_of_all_tenants_count(stores: Stores) -> None:
    await stores.runs.add(alone(1), "script", None)

    other = a_run("run-2", tenant=TenantId("other"))

    assert not await added(stores, other, Room(at_work=1))
    assert not await added(stores, other, Room(unfinished=1))


async def test_a_run_that_waits_for_its_thread_is_not_at_work(stores: Stores) -> None:
    room = Room(unfinished=3, at_work=1)
    await stores.runs.add(a_run("run-1"), "script", None, room=room)

    for name in ("run-2", "run-3"):
        waiting = await stores.runs.add(a_run(name), "script", None, may_wait=True, room=room)
        assert waiting.is_waiting
    with pytest.raises(Busy):
        await stores.runs.add(a_run("run-4"), "script", None, may_wait=True, room=room)


async def test_a_repeated_request_needs_no_room_and_a_busy_thread_is_said_first(
    stores: Stores,
) -> None:
    room = Room(unfinished=1, at_work=1)
    first = await stores.runs.add(alone(1), "script", None, room=room)

    again = await stores.runs.add(alone(1), "script", None, room=room)

    assert again == first
    with pytest.raises(ThreadBusy):
        await stores.runs.add(a_run("run-2", thread_id=first.thread_id), "script", None, room=room)


async def test_a_refused_run_leaves_no_thread(stores: Stores) -> None:
    refused = alone(1)

    assert not await added(stores, refused, Room(at_work=0))

    assert await stores.threads.find_thread(refused.tenant, refused.thread_id) is None
