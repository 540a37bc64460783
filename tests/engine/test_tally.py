"""The tally of what a run's model calls used."""

from dataclasses import replace
from typing import Any

import pytest
from ag_ui.core import TokenUsage
from hypothesis import given
from hypothesis import strategies as st

from sergas.app.prices import read_prices
from sergas.core.chunks import Usage
from sergas.core.errors import AgentFailed
from sergas.core.ids import RunId
from sergas.core.usage import UsageSum, UsageTotal
from sergas.engine.tally import Tally

PRICES = read_prices(None)
COUNT = st.integers(0, 10**7)


@st.composite
def reports(draw: st.DrawFn) -> tuple[str, int, Usage]:
    plain, cached, written, out, reasoning = (draw(COUNT) for _ in range(5))
    provider, model = draw(
        st.sampled_from([("anthropic", "claude-opus-5-5"), ("zai", "glm-5.3"), ("x", "unknown")])
    )
    usage = Usage(
        provider,
        model,
        plain + cached + written,
        out + reasoning,
        reasoning,
        cached,
        written,
        draw(st.sampled_from(["", "", "one", "two"])),
    )
    return draw(st.sampled_from(["alpha", "beta"])), draw(st.integers(1, 2)), usage


def latest(said: list[tuple[str, int, Usage]]) -> list[tuple[str, int, Usage]]:
    """Return the reports that count: the last one of each named call, and all without a name."""
    counted: dict[object, tuple[str, int, Usage]] = {}
    for place, (agent, attempt, usage) in enumerate(said):
        counted[agent, attempt, usage.call_id or place] = (agent, attempt, usage)
    return list(counted.values())


def tally_of(said: list[tuple[str, int, Usage]], *earlier: UsageSum) -> Tally:
    tally = Tally(PRICES, earlier)
    for agent, attempt, usage in said:
        tally.book(agent, attempt, usage, 0)
    return tally


@given(st.lists(reports(), max_size=12))
def test_the_total_is_that_of_the_latest_report_of_each_call(
    said: list[tuple[str, int, Usage]],
) -> None:
    tally = tally_of(said)

    counted = [usage for _, _, usage in latest(said)]
    costs = [PRICES.cost_nanousd(usage) for usage in counted]
    assert tally.total.calls == len(counted)
    assert tally.total.input_tokens == sum(usage.input_tokens for usage in counted)
    assert tally.total.output_tokens == sum(usage.output_tokens for usage in counted)
    assert tally.total.cost_nanousd == sum(cost for cost in costs if cost is not None)
    assert tally.total == tally.of_agent("alpha").plus(tally.of_agent("beta"))


@given(st.lists(reports(), max_size=12))
def test_what_each_report_adds_sums_up_to_the_total(said: list[tuple[str, int, Usage]]) -> None:
    tally, added = Tally(PRICES, ()), UsageTotal()

    for agent, attempt, usage in said:
        added = added.plus(tally.book(agent, attempt, usage, 0).added)

    assert added == tally.total


@given(st.lists(reports(), max_size=12))
def test_the_calls_have_numbers_of_their_own_within_an_attempt(
    said: list[tuple[str, int, Usage]],
) -> None:
    tally = Tally(PRICES, ())
    calls = [tally.book(agent, attempt, usage, 0).call for agent, attempt, usage in said]

    kept = {(call.agent, call.attempt, call.number): call.usage for call in calls}
    assert sorted(map(repr, kept.values())) == sorted(repr(usage) for _, _, usage in latest(said))


@given(st.lists(reports(), max_size=8), st.integers(0, 8))
def test_whoever_takes_the_run_over_comes_to_the_same_total(
    said: list[tuple[str, int, Usage]], cut: int
) -> None:
    unnamed = [(agent, attempt, replace(u, call_id="")) for agent, attempt, u in said]
    before, after = unnamed[:cut], unnamed[cut:]
    first = tally_of(before)
    sums = [
        UsageSum(RunId("run"), agent, provider, model, tally_of([one]).total)
        for one in before
        for agent, provider, model in [(one[0], one[2].provider, one[2].model)]
    ]
    stored: dict[tuple[str, str, str], UsageSum] = {}
    for one in sums:
        key = (one.agent, one.provider, one.model)
        total = stored[key].total if key in stored else UsageTotal()
        stored[key] = replace(one, total=total.plus(one.total))

    second = tally_of(after, *stored.values())

    assert Tally(PRICES, tuple(stored.values())).total == first.total
    assert second.total == tally_of(unnamed).total


@given(st.lists(reports(), max_size=12))
def test_usage_by_model_is_valid_and_adds_up(said: list[tuple[str, int, Usage]]) -> None:
    tally = tally_of(said)

    models = [TokenUsage.model_validate(one) for one in tally.by_model]

    assert len({(one.provider, one.model) for one in models}) == len(models)
    assert sum(one.total_tokens or 0 for one in models) == tally.total.tokens
    for one in models:
        assert (one.cached_input_tokens or 0) <= (one.input_tokens or 0)


def test_a_run_that_used_no_model_has_no_usage() -> None:
    assert Tally(PRICES, ()).by_model == []
    assert Tally(PRICES, ()).total.described["costUsd"] == 0


def test_a_cost_that_nobody_knows_is_not_said_to_be_nothing() -> None:
    unknown, known = Usage("x", "unknown", 7, 3), Usage("zai", "glm-5.3", 100, 42)

    alone, mixed = tally_of([("a", 1, unknown)]), tally_of([("a", 1, unknown), ("a", 1, known)])

    assert "costUsd" not in alone.total.described
    assert alone.total.described["unpricedTokens"] == 10
    assert mixed.total.described["costUsd"] == 0.0003248
    assert mixed.total.described["unpricedTokens"] == 10
    assert mixed.unpriced_model == ("x", "unknown")


@pytest.mark.parametrize(
    ("given", "counted"),
    [
        ({"input_tokens": -5}, {"input_tokens": 0}),
        ({"input_tokens": 3, "cached_input_tokens": 8}, {"input_tokens": 8}),
        ({"output_tokens": 1, "reasoning_tokens": 9}, {"output_tokens": 9}),
        ({"output_tokens": 10**30}, {"output_tokens": 10**9}),
        ({"model": "m\0\ud800" + "x" * 500}, {"model": "m\ufffd" + "x" * 198}),
    ],
)
def test_counts_that_cannot_be_are_taken_for_the_nearest_that_can(
    given: dict[str, Any], counted: dict[str, Any]
) -> None:
    call = Tally(PRICES, ()).book("a", 1, replace(Usage("p", "m", 0, 0), **given), 0).call

    assert {name: getattr(call.usage, name) for name in counted} == counted


@pytest.mark.parametrize(
    "fault", [{"input_tokens": None}, {"output_tokens": "7"}, {"model": None}, {"call_id": 5}]
)
def test_a_report_that_is_not_of_numbers_and_texts_breaks_the_agents_contract(
    fault: dict[str, Any],
) -> None:
    with pytest.raises(AgentFailed) as broken:
        Tally(PRICES, ()).book("a", 1, replace(Usage("p", "m", 1, 1), **fault), 0)

    assert broken.value.code == "agent_contract"
