"""What every store promises about compacted logs: short from the start, whole from anywhere."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sergas.core.compaction import Compacted
from sergas.core.ids import LOCAL_TENANT, RunId, ThreadId
from sergas.core.json import as_object, decode, encode
from sergas.core.runs import Event, NextLeg, RunEnd, RunStatus
from sergas.core.stores import Stores
from sergas.engine import events
from sergas.engine.compaction import Merge
from sergas.engine.events import AgUiEvent
from sergas.engine.fold import fold
from sergas.engine.join import Joiner
from tests.examples import EXECUTOR, NOW_MS, a_run, claim
from tests.valid_streams import seen_in, whole_runs

FINAL = [RunStatus.COMPLETED, RunStatus.CANCELLED, RunStatus.FAILED]
SPOKEN = [
    events.run_started("thread", "run", 1),
    *(events.text_start(message, "s") for message in "ab"),
    *(events.text_content(message, "s", f"{n} ") for n in range(9) for message in "ab"),
    *(events.text_end(message, "s") for message in "ab"),
    events.run_finished("thread", "run", 2, {"type": "success"}),
]
counter = iter(range(1_000_000))


async def written(
    stores: Stores, stream: Sequence[AgUiEvent] = SPOKEN, status: RunStatus = RunStatus.COMPLETED
) -> tuple[RunId, list[Event]]:
    """Store a run that is over, and return its id and events."""
    run = a_run(f"run-{next(counter)}", thread_id=f"thread-{next(counter)}")
    await stores.runs.add(run, "script", None)
    epoch = (await claim(stores, run.id)).epoch
    stored = [Event(seq, encode(event)) for seq, event in enumerate(stream, 1)]
    await stores.events.append(run.id, epoch, stored[:-1])
    await stores.control.finish(run.id, epoch, RunEnd(status, {}, NOW_MS, stored[-1]))
    return run.id, stored


def compacted(stored: Sequence[Event]) -> Compacted:
    merge = Merge()
    merge.add(stored)
    return merge.compacted()


async def read_all(
    stores: Stores, run_id: RunId, after: int = 0, limit: int = 7, until: int | None = None
) -> list[Event]:
    found: list[Event] = []
    while page := await stores.events.read(run_id, after, limit, until):
        assert len(page) <= limit
        found += page
        after = page[-1].seq
    return found


def seen(read: Sequence[Event]) -> object:
    return seen_in(fold(as_object(decode(event.data)) for event in read))


async def test_a_compacted_log_is_its_merged_events_numbered_above_the_original_ones(
    stores: Stores,
) -> None:
    run_id, stored = await written(stores)

    assert await stores.events.compact(run_id, compacted(stored))

    short = await read_all(stores, run_id)
    assert [event.seq for event in short] == list(range(26, 34))
    assert [event.data for event in short] == list(compacted(stored).merged)
    assert await stores.events.last_seq(run_id) == 33
    assert await stores.events.read(run_id, 27, 10) == short[2:]
    assert await stores.events.read(run_id, 33, 10) == []


async def test_a_cursor_from_before_goes_on_with_the_original_events(stores: Stores) -> None:
    run_id, stored = await written(stores)

    await stores.events.compact(run_id, compacted(stored))

    for after in range(1, len(stored) + 1):
        assert await read_all(stores, run_id, after) == stored[after:]


@pytest.mark.parametrize("is_compacted", [False, True])
async def test_a_page_that_is_not_full_is_the_last_one(stores: Stores, is_compacted: bool) -> None:
    run_id, stored = await written(stores)
    if is_compacted:
        await stores.events.compact(run_id, compacted(stored))
    whole = await stores.events.read(run_id, 0, 1000)

    for limit in range(1, len(whole) + 2):
        for after, rest in [(0, whole), (5, stored[5:])]:
            page = await stores.events.read(run_id, after, limit)
            assert list(page) == list(rest[:limit])


async def test_what_was_until_an_event_is_read_as_the_reader_of_that_event_read_it(
    stores: Stores,
) -> None:
    run_id, stored = await written(stores)
    joiner, last = Joiner(stores.events, stores.runs), len(stored)
    before = [await joiner.messages_at(LOCAL_TENANT, run_id, n) for n in range(1, last + 1)]

    await stores.events.compact(run_id, compacted(stored))

    after = [await joiner.messages_at(LOCAL_TENANT, run_id, n) for n in range(1, last + 1)]
    short = await read_all(stores, run_id)
    assert after == before
    for place in range(1, last):
        assert await read_all(stores, run_id, until=place) == stored[:place]
        assert await read_all(stores, run_id, after=2, until=place) == stored[2:place]
    for place, event in enumerate(short, 1):
        assert await read_all(stores, run_id, until=event.seq) == short[:place]


@given(
    stream=whole_runs(), pages=st.lists(st.integers(1, 30), min_size=1), moment=st.integers(0, 9)
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_any_split_of_any_valid_stream_compacted_or_not_resumes_to_the_same_whole(
    stores: Stores, stream: list[AgUiEvent], pages: list[int], moment: int
) -> None:
    run_id, stored = await written(stores, stream)
    read: list[Event] = []

    # Every page ends where a reader may drop and come back, before the compaction or after it.
    for turn in range(len(stored) + 1):
        if turn == moment:
            await stores.events.compact(run_id, compacted(stored))
        after = read[-1].seq if read else 0
        page = await stores.events.read(run_id, after, pages[turn % len(pages)])
        read += page
        if not page and turn >= moment:
            break

    assert seen(read) == seen(stored)
    assert [event.seq for event in read] == sorted({event.seq for event in read})
    assert read == stored or all(event.seq > len(stored) for event in read)


async def test_of_many_that_compact_one_does_and_readers_notice_nothing(stores: Stores) -> None:
    run_id, stored = await written(stores)
    short = compacted(stored)

    async with asyncio.TaskGroup() as group:
        early = [group.create_task(read_all(stores, run_id, limit=2)) for _ in range(5)]
        done = [group.create_task(stores.events.compact(run_id, short)) for _ in range(5)]
        late = [group.create_task(read_all(stores, run_id, limit=2)) for _ in range(5)]

    assert sorted(task.result() for task in done) == [False, False, False, False, True]
    assert all(seen(task.result()) == seen(stored) for task in (*early, *late))
    assert [event.data for event in await read_all(stores, run_id)] == list(short.merged)


async def test_a_compaction_that_fails_in_the_middle_changes_nothing(stores: Stores) -> None:
    run_id, stored = await written(stores)
    short = compacted(stored)
    # The first rows can be stored; what is no bytes cannot.
    broken = replace(short, merged=(*short.merged[:-1], None))

    with pytest.raises(Exception, match=r"(?i)null"):
        await stores.events.compact(run_id, broken)
    with pytest.raises(RuntimeError, match="stays as it is"):
        await stores.events.compact(run_id, compacted(stored[:-1]))

    assert await read_all(stores, run_id) == stored
    assert run_id in await stores.runs.uncompacted(NOW_MS + 1, 9999)
    assert await stores.events.compact(run_id, short)


@pytest.mark.parametrize("status", FINAL)
async def test_runs_that_ended_before_a_time_are_compacted_once(
    stores: Stores, status: RunStatus
) -> None:
    run_id, stored = await written(stores, status=status)

    too_early = await stores.runs.uncompacted(NOW_MS, 9999)
    in_time = await stores.runs.uncompacted(NOW_MS + 1, 9999)
    looked_at = await stores.events.compact(run_id, None)

    assert (run_id in too_early, run_id in in_time, looked_at) == (False, True, True)
    assert run_id not in await stores.runs.uncompacted(NOW_MS + 1, 9999)
    assert await stores.events.compact(run_id, compacted(stored)) is False
    assert await read_all(stores, run_id) == stored


async def test_a_run_that_may_go_on_is_not_compacted(stores: Stores) -> None:
    run_id, stored = await written(stores, status=RunStatus.INTERRUPTED)

    interrupted = await stores.events.compact(run_id, compacted(stored))
    listed = await stores.runs.uncompacted(NOW_MS + 1, 9999)
    await stores.control.resume(run_id, NextLeg(EXECUTOR, {}, "answer"))
    queued = await stores.events.compact(run_id, compacted(stored))
    await claim(stores, run_id)
    running = await stores.events.compact(run_id, compacted(stored))

    assert (interrupted, queued, running, run_id in listed) == (False, False, False, False)
    assert await read_all(stores, run_id) == stored


async def test_a_compacted_run_is_deleted_with_all_that_is_its(stores: Stores) -> None:
    run_id, stored = await written(stores)
    await stores.events.compact(run_id, compacted(stored))
    thread = (await stores.runs.find(LOCAL_TENANT, run_id)).thread_id

    await stores.threads.delete_thread(LOCAL_TENANT, ThreadId(thread))

    assert await read_all(stores, run_id, after=3) == []
    assert await stores.events.compact(run_id, compacted(stored)) is False
