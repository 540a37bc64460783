"""What is special about PostgreSQL: many processes, lost connections, restarts."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager

import pytest

from sergas.core.errors import Fenced
from sergas.core.ids import LOCAL_TENANT, RunId, ThreadId
from sergas.core.ports import OnWakeUp
from sergas.core.runs import Event
from sergas.core.stores import Stores
from sergas.engine.compaction import Merge
from sergas.stores.postgres import migrate, open_stores
from sergas.stores.postgres.notices import Notices
from tests.examples import a_run, an_end, claim, some_events
from tests.postgres import Postgres, drop_database, empty, execute, make_database

RUN = a_run().id
_CUT_LISTENERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE application_name = 'sergas-listen' AND datname = current_database()
"""
_CUT_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture
def fresh_url(postgres_server: Postgres) -> Generator[str]:
    """Give the address of a database without tables."""
    url = make_database(postgres_server)
    yield url
    drop_database(postgres_server, url)


@pytest.fixture
async def stores(postgres_url: str) -> AsyncGenerator[Stores]:
    """Give empty stores."""
    async with open_stores(postgres_url) as opened:
        empty(postgres_url)
        yield opened


async def test_of_many_that_start_at_once_one_migrates(fresh_url: str) -> None:
    applied = await asyncio.gather(*(migrate(fresh_url) for _ in range(6)))

    *others, one = sorted(map(list, applied))
    assert others == [[]] * 5
    assert one == sorted(one)
    assert one[0] == "0001_runs"
    assert await migrate(fresh_url) == []


async def test_what_was_stored_is_there_for_another_process(
    stores: Stores, postgres_url: str
) -> None:
    await stores.runs.add(a_run(), "script", None)

    async with open_stores(postgres_url) as others:
        assert await others.runs.find(LOCAL_TENANT, RUN) == a_run()


async def test_a_restart_in_the_middle_of_appends_loses_and_doubles_nothing(
    stores: Stores, postgres_server: Postgres
) -> None:
    if postgres_server.folder is None:
        pytest.skip("The server is not ours to restart.")
    epochs = {RunId(name): await claimed(stores, name) for name in ("a", "b", "c", "d")}
    lasts, restarted = dict.fromkeys(epochs, 0), asyncio.Event()

    async def write(run_id: RunId, epoch: int) -> None:
        """Append until some time after the last restart."""
        rounds_after = 0
        while rounds_after < 50:
            await stores.events.append(run_id, epoch, some_events(lasts[run_id] + 1, 3))
            lasts[run_id] += 3
            rounds_after += restarted.is_set()

    async def restart() -> None:
        for how in ("fast", "immediate"):
            await asyncio.to_thread(postgres_server.restart, how)
        restarted.set()

    await asyncio.gather(*(write(run_id, epoch) for run_id, epoch in epochs.items()), restart())

    for run_id, last in lasts.items():
        assert await stores.events.read(run_id, 0, last + 1) == some_events(1, last)


async def test_connections_cut_again_and_again_harm_no_write(
    stores: Stores, postgres_url: str
) -> None:
    epoch = await claimed(stores, "run-1")

    for seq in range(1, 101):
        await asyncio.gather(
            stores.events.append(RUN, epoch, some_events(seq, 1)),
            asyncio.to_thread(execute, postgres_url, _CUT_OTHERS),
        )
    await stores.control.finish(RUN, epoch, an_end(101))

    assert await stores.events.read(RUN, 0, 200) == [*some_events(1, 100), an_end(101).last]


async def test_connections_cut_in_the_middle_of_compactions_lose_nothing(
    stores: Stores, postgres_url: str
) -> None:
    merge = Merge()
    merge.add(deltas := [Event(n, b'{"type":"STATE_DELTA","delta":[1]}') for n in range(1, 501)])
    merge.add([an_end(501).last])

    for name in map(RunId, "abcdefghij"):
        epoch = await claimed(stores, name)
        await stores.events.append(name, epoch, deltas)
        await stores.control.finish(name, epoch, an_end(501))
        await asyncio.gather(
            stores.events.compact(name, merge.compacted()),
            asyncio.to_thread(execute, postgres_url, _CUT_OTHERS),
        )

        assert await stores.events.read(name, 0, 999) == merge.compacted().events
        assert await stores.events.read(name, 1, 999) == [*deltas[1:], an_end(501).last]


async def test_an_append_or_end_whose_acknowledgement_was_lost_counts_as_stored(
    stores: Stores,
) -> None:
    epoch = await claimed(stores, "run-1")

    for _ in range(2):
        await stores.events.append(RUN, epoch, some_events(1, 3))
    for _ in range(2):
        await stores.control.finish(RUN, epoch, an_end(4))

    assert await stores.events.read(RUN, 0, 10) == [*some_events(1, 3), an_end(4).last]
    with pytest.raises(Exception, match="unique"):
        await stores.events.append(RUN, epoch, [Event(1, b"other")])


async def test_a_duplicate_harms_no_neighbour_in_its_batch(stores: Stores) -> None:
    good, double, old = [await claimed(stores, name) for name in ("good", "double", "old")]
    await stores.events.append(RunId("double"), double, some_events(1, 1))

    results = await asyncio.gather(
        stores.events.append(RunId("good"), good, some_events(1, 1)),
        stores.events.append(RunId("double"), double, [Event(1, b"other")]),
        stores.events.append(RunId("old"), old - 1, some_events(1, 1)),
        stores.events.append(RunId("good"), good, some_events(2, 1)),
        return_exceptions=True,
    )

    assert (results[0], results[3]) == (None, None)
    assert "unique" in str(results[1])
    assert isinstance(results[2], Fenced)
    assert await stores.events.last_seq(RunId("good")) == 2


async def test_a_writer_that_was_frozen_is_fenced(stores: Stores, postgres_url: str) -> None:
    await stores.runs.add(a_run(), "script", None)
    frozen = await claim(stores, RUN)

    async with open_stores(postgres_url) as others:
        going_on = await claim(others, RUN)
        await others.events.append(RUN, going_on.epoch, some_events(1, 2))
        with pytest.raises(Fenced):
            await stores.events.append(RUN, frozen.epoch, some_events(1, 2))
        with pytest.raises(Fenced):
            await stores.control.finish(RUN, frozen.epoch, an_end(1))
        await others.control.finish(RUN, going_on.epoch, an_end(3))

    assert await stores.events.read(RUN, 0, 10) == [*some_events(1, 2), an_end(3).last]


async def test_wake_ups_reach_the_other_process_and_not_the_sender(
    stores: Stores, postgres_url: str
) -> None:
    async with open_stores(postgres_url) as peer, hearing(stores) as own, hearing(peer) as far:
        epoch = await claimed(stores, "run-1")
        await claimed(stores, "run-2")
        await eventually(lambda: "control run-1" in far, wish(stores, "run-1"))
        await eventually(lambda: "control run-2" in own, wish(peer, "run-2"))

        await stores.events.append(RUN, epoch, some_events(1, 1))
        await stores.control.finish(RUN, epoch, an_end(2))
        await eventually(lambda: far.count("events run-1") == 2)

    assert set(own) == {"control run-2"}


async def test_listening_goes_on_after_its_connection_was_cut(
    stores: Stores, postgres_url: str
) -> None:
    async with open_stores(postgres_url) as others, hearing(others) as far:
        await claimed(stores, "run-1")
        await claimed(stores, "run-2")
        await eventually(lambda: "control run-1" in far, wish(stores, "run-1"))

        assert await asyncio.to_thread(execute, postgres_url, _CUT_LISTENERS) == 1

        await eventually(lambda: "control run-2" in far, wish(stores, "run-2"))


async def test_notices_fit_into_a_payload() -> None:
    run_ids = [RunId(f"{n:0200}") for n in range(100)]

    payloads = Notices("a").about(run_ids)

    assert max(map(len, payloads)) < 8000
    assert [run_id for p in payloads for run_id in Notices("b").read(p)] == run_ids
    assert [Notices("a").read(payload) for payload in payloads] == [[]] * len(payloads)


@asynccontextmanager
async def hearing(stores: Stores) -> AsyncGenerator[list[str]]:
    """Give what the stores hear, as it comes."""
    heard: list[str] = []
    async with asyncio.TaskGroup() as group:
        on = OnWakeUp(
            events=lambda run_id: heard.append(f"events {run_id}"),
            control=lambda run_id: heard.append(f"control {run_id}"),
            thread=lambda _tenant, _thread_id: None,
            gap=lambda: None,
        )
        listener = group.create_task(stores.wakeups.listen(on))
        yield heard
        listener.cancel()


async def eventually(
    is_so: Callable[[], bool], doing: Callable[[], Awaitable[object]] | None = None
) -> None:
    """Wait until it is so, doing something again and again meanwhile."""
    async with asyncio.timeout(10):
        while not is_so():
            if doing is not None:
                await doing()
            await asyncio.sleep(0.01)


def wish(stores: Stores, run_id: str) -> Callable[[], Awaitable[object]]:
    """Ask for a run to be cancelled."""
    return lambda: stores.control.ask_cancel(RunId(run_id), "enough")


async def claimed(stores: Stores, run_id: str) -> int:
    """Add and claim a run on a thread of its own, and return its epoch."""
    run = a_run(run_id, thread_id=ThreadId(f"thread-of-{run_id}"))
    await stores.runs.add(run, "script", None)
    return (await claim(stores, run.id)).epoch
