"""What every event log promises."""

import asyncio

import pytest

from sergas.core.errors import Fenced
from sergas.core.runs import Event
from sergas.core.stores import Stores
from tests.examples import NOW_MS, a_run, claim, some_events


async def claimed(stores: Stores, run_id: str = "run-1") -> int:
    run = a_run(run_id, thread_id=f"thread-of-{run_id}")
    await stores.runs.add(run, "script", None)
    return (await claim(stores, run.id, NOW_MS)).epoch


async def test_what_was_appended_is_read_in_order(stores: Stores) -> None:
    epoch = await claimed(stores)
    await stores.events.append(a_run().id, epoch, some_events(1, 3))
    await stores.events.append(a_run().id, epoch, some_events(4, 2))

    assert await stores.events.read(a_run().id, 0, 100) == some_events(1, 5)
    assert await stores.events.read(a_run().id, 3, 100) == some_events(4, 2)
    assert await stores.events.read(a_run().id, 1, 2) == some_events(2, 2)
    assert await stores.events.last_seq(a_run().id) == 5


async def test_a_run_without_events_reads_empty(stores: Stores) -> None:
    assert await stores.events.read(a_run().id, 0, 100) == []
    assert await stores.events.last_seq(a_run().id) == 0


async def test_a_writer_of_an_older_epoch_is_fenced_and_stores_nothing(stores: Stores) -> None:
    old = await claimed(stores)
    new = (await claim(stores, a_run().id, NOW_MS)).epoch

    with pytest.raises(Fenced):
        await stores.events.append(a_run().id, old, some_events(1, 2))
    await stores.events.append(a_run().id, new, some_events(1, 1))

    assert await stores.events.read(a_run().id, 0, 100) == some_events(1, 1)


async def test_a_seq_is_stored_once_and_a_failed_append_stores_nothing(stores: Stores) -> None:
    epoch = await claimed(stores)
    await stores.events.append(a_run().id, epoch, some_events(1, 2))

    with pytest.raises(Exception, match=r"(?i)unique"):
        await stores.events.append(a_run().id, epoch, [*some_events(3, 1), *some_events(2, 1)])

    assert await stores.events.last_seq(a_run().id) == 2


async def test_many_runs_that_append_at_once_do_not_mix(stores: Stores) -> None:
    ids = [f"run-{n}" for n in range(20)]
    epochs = [await claimed(stores, run_id) for run_id in ids]
    runs = [a_run(run_id) for run_id in ids]

    await asyncio.gather(
        *(
            stores.events.append(r.id, e, some_events(1, 50))
            for r, e in zip(runs, epochs, strict=True)
        )
    )

    for run in runs:
        assert await stores.events.read(run.id, 0, 100) == some_events(1, 50)


async def test_one_failing_append_does_not_harm_those_beside_it(stores: Stores) -> None:
    good, bad = await claimed(stores, "good"), await claimed(stores, "bad")
    await claim(stores, a_run("bad").id, NOW_MS)

    results = await asyncio.gather(
        stores.events.append(a_run("good").id, good, some_events(1, 2)),
        stores.events.append(a_run("bad").id, bad, some_events(1, 2)),
        return_exceptions=True,
    )

    assert results[0] is None
    assert isinstance(results[1], Fenced)
    assert await stores.events.last_seq(a_run("good").id) == 2


@pytest.mark.parametrize("data", [b"\x00", b"{}", "\u2028 \U0001f600".encode(), b"a" * 100_000])
async def test_bytes_come_back_as_they_went_in(stores: Stores, data: bytes) -> None:
    epoch = await claimed(stores)

    await stores.events.append(a_run().id, epoch, [Event(1, data)])

    assert await stores.events.read(a_run().id, 0, 10) == [Event(1, data)]
