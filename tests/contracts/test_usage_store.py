"""What every usage store promises."""

import asyncio
from dataclasses import replace

import pytest

from sergas.core.chunks import Usage
from sergas.core.ids import LOCAL_TENANT, RunId, TenantId, ThreadId
from sergas.core.runs import Run
from sergas.core.stores import Stores
from sergas.core.usage import ModelCall, UsageBy, UsageFilter, UsageRow, UsageSum, UsageTotal
from tests.examples import NOW_MS, a_run, an_end, claim

DAY_MS = 24 * 3600 * 1000
ALL = UsageFilter(LOCAL_TENANT)
ONE = UsageTotal(1, 100, 20, 5, 40, 10, 3_000, 0)


def a_call(number: int = 1, agent: str = "alpha", **changes: object) -> ModelCall:
    usage = Usage("anthropic", "claude-haiku-4-5", 100, 20, 5, 40, 10)
    return replace(ModelCall(agent, 1, number, usage, 3_000, NOW_MS), **changes)


def times(count: int) -> UsageTotal:
    total = UsageTotal()
    for _ in range(count):
        total = total.plus(ONE)
    return total


async def added(stores: Stores, run: Run) -> Run:
    return await stores.runs.add(run, "script", None)


async def ended(stores: Stores, run: Run) -> Run:
    await added(stores, run)
    claimed = await claim(stores, run.id)
    await stores.control.finish(run.id, claimed.epoch, an_end(1))
    return run


async def test_what_was_recorded_is_summed_up_by_agent_and_model(stores: Stores) -> None:
    run = await added(stores, a_run())
    other_model = Usage("zai", "glm-5.3", 7, 3)
    calls = [a_call(1), a_call(2), a_call(1, "beta"), a_call(3, usage=other_model, cost_nanousd=1)]

    await stores.usage.record(run, calls)

    assert await stores.usage.sums([run.id, RunId("unknown")]) == [
        UsageSum(run.id, "alpha", "anthropic", "claude-haiku-4-5", times(2)),
        UsageSum(run.id, "alpha", "zai", "glm-5.3", UsageTotal(1, 7, 3, 0, 0, 0, 1, 0)),
        UsageSum(run.id, "beta", "anthropic", "claude-haiku-4-5", ONE),
    ]


async def test_nothing_recorded_is_nothing_used(stores: Stores) -> None:
    run = await added(stores, a_run())

    await stores.usage.record(run, [])

    assert await stores.usage.sums([run.id]) == []
    assert await stores.usage.table(ALL, UsageBy.TENANT) == []


async def test_a_call_reported_again_is_counted_once_as_it_was_reported_last(
    stores: Stores,
) -> None:
    run = await added(stores, a_run())
    first = a_call(usage=Usage("anthropic", "claude-haiku-4-5", 100, 1), cost_nanousd=None)

    await stores.usage.record(run, [first, a_call(2)])
    await stores.usage.record(run, [a_call(), a_call(2)])
    await stores.usage.record(run, [a_call()])

    assert [one.total for one in await stores.usage.sums([run.id])] == [times(2)]


async def test_tokens_without_a_price_are_told_apart_from_those_that_cost_nothing(
    stores: Stores,
) -> None:
    run = await added(stores, a_run())

    await stores.usage.record(run, [a_call(1, cost_nanousd=None), a_call(2, cost_nanousd=0)])

    (total,) = [one.total for one in await stores.usage.sums([run.id])]
    assert (total.cost_nanousd, total.unpriced_tokens, total.calls) == (0, 120, 2)


async def test_sums_beyond_32_bits_are_exact(stores: Stores) -> None:
    run = await added(stores, a_run())
    large = Usage("p", "m", 10**12, 10**12)

    await stores.usage.record(
        run, [a_call(n, usage=large, cost_nanousd=10**16 + n) for n in (1, 2, 3)]
    )

    (total,) = [one.total for one in await stores.usage.sums([run.id])]
    assert (total.tokens, total.cost_nanousd) == (6 * 10**12, 3 * 10**16 + 6)


async def test_an_executor_that_lost_the_run_still_records_what_it_used(stores: Stores) -> None:
    await added(stores, a_run())
    lost = await claim(stores, a_run().id)
    await claim(stores, a_run().id)

    await stores.usage.record(lost, [a_call()])

    assert [one.total for one in await stores.usage.sums([lost.id])] == [ONE]


async def test_usage_outlives_its_thread_and_is_not_that_of_a_later_run_with_the_same_id(
    stores: Stores,
) -> None:
    run = await ended(stores, a_run())
    await stores.usage.record(run, [a_call()])
    await stores.threads.delete_thread(LOCAL_TENANT, run.thread_id)
    later = await added(stores, a_run(created_ms=NOW_MS + 1))

    assert await stores.usage.sums([later.id]) == []
    await stores.usage.record(later, [a_call()])

    assert [one.total for one in await stores.usage.sums([later.id])] == [ONE]
    assert await stores.usage.table(ALL, UsageBy.TENANT) == [UsageRow("local", times(2))]


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        (UsageBy.AGENT, ["alpha", "beta"]),
        (UsageBy.RUN, ["run-1", "run-2"]),
        (UsageBy.THREAD, ["thread-1", "thread-2"]),
        (UsageBy.USER, ["", "ada"]),
        (UsageBy.TENANT, ["local"]),
        (UsageBy.MODEL, ["anthropic/claude-haiku-4-5", "zai/glm-5.3"]),
        (UsageBy.DAY, ["2025-11-22", "2025-11-23"]),
    ],
)
async def test_usage_is_added_up_by(stores: Stores, by: UsageBy, keys: list[str]) -> None:
    first = await added(stores, a_run())
    second = await added(stores, a_run("run-2", thread_id=ThreadId("thread-2"), user="ada"))
    glm = replace(a_call().usage, provider="zai", model="glm-5.3")

    await stores.usage.record(first, [a_call(1), a_call(2)])
    await stores.usage.record(second, [a_call(1, "beta", usage=glm, at_ms=NOW_MS + DAY_MS)])

    table = await stores.usage.table(ALL, by)
    assert [row.key for row in table] == keys
    assert sum(row.total.calls for row in table) == 3
    assert table[-1].total == (ONE if len(keys) == 2 else times(3))


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (ALL, 3),
        (UsageFilter(TenantId("other")), 0),
        (UsageFilter(LOCAL_TENANT, since_ms=NOW_MS + 1), 2),
        (UsageFilter(LOCAL_TENANT, until_ms=NOW_MS + 2), 2),
        (UsageFilter(LOCAL_TENANT, since_ms=NOW_MS + 1, until_ms=NOW_MS + 2), 1),
        (UsageFilter(LOCAL_TENANT, run_id=RunId("run-2")), 1),
        (UsageFilter(LOCAL_TENANT, thread_id=ThreadId("thread-1")), 2),
    ],
)
async def test_only_the_wanted_usage_is_added_up(
    stores: Stores, wanted: UsageFilter, count: int
) -> None:
    first = await added(stores, a_run())
    second = await added(stores, a_run("run-2", thread_id=ThreadId("thread-2")))

    await stores.usage.record(first, [a_call(1), a_call(2, at_ms=NOW_MS + 1)])
    await stores.usage.record(second, [a_call(1, at_ms=NOW_MS + 2)])

    table = await stores.usage.table(wanted, UsageBy.TENANT)
    assert sum(row.total.calls for row in table) == count


async def test_a_table_is_read_page_by_page(stores: Stores) -> None:
    run = await added(stores, a_run())
    agents = [f"agent-{n}" for n in range(5)]
    await stores.usage.record(run, [a_call(1, agent) for agent in agents])

    pages: list[str] = []
    while page := await stores.usage.table(
        ALL, UsageBy.AGENT, after=pages[-1] if pages else None, limit=2
    ):
        pages += [row.key for row in page]

    assert pages == agents


async def test_an_empty_key_is_paged_over_like_any_other(stores: Stores) -> None:
    run = await added(stores, a_run())
    await stores.usage.record(run, [a_call()])

    assert [row.key for row in await stores.usage.table(ALL, UsageBy.USER)] == [""]
    assert await stores.usage.table(ALL, UsageBy.USER, after="") == []


async def test_calls_recorded_at_once_are_all_kept(stores: Stores) -> None:
    run = await added(stores, a_run())

    await asyncio.gather(
        *(stores.usage.record(run, [a_call(n, f"agent-{n % 5}")]) for n in range(40))
    )

    assert (await stores.usage.table(ALL, UsageBy.RUN))[0].total == times(40)


async def test_only_old_calls_of_runs_that_are_gone_are_deleted(stores: Stores) -> None:
    gone = await ended(stores, a_run())
    await stores.usage.record(gone, [a_call(1), a_call(2), a_call(3, at_ms=NOW_MS + 10)])
    await stores.threads.delete_thread(LOCAL_TENANT, gone.thread_id)
    kept = await added(stores, a_run("run-2"))
    await stores.usage.record(kept, [a_call(1)])

    assert await stores.usage.delete_orphans(NOW_MS + 10, 1) == 1
    assert await stores.usage.delete_orphans(NOW_MS + 10, 100) == 1
    assert await stores.usage.delete_orphans(NOW_MS + 10, 100) == 0

    left = await stores.usage.table(ALL, UsageBy.RUN)
    assert [(row.key, row.total.calls) for row in left] == [("run-1", 1), ("run-2", 1)]
