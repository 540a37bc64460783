"""When a budget is nearly used up, and when it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sergas.core.budget import Limit
from sergas.engine.budget import cost_unknown, exceeded, nearly_used_up, seconds_until_next

AMOUNTS = st.floats(min_value=0, max_value=1e9)
LIMITS = st.dictionaries(st.sampled_from(Limit), st.floats(min_value=0.01, max_value=1e9))
USED = st.fixed_dictionaries(dict.fromkeys(Limit, AMOUNTS))
NOTHING = dict.fromkeys(Limit, 0.0)


@given(LIMITS, USED)
def test_a_limit_is_exceeded_if_and_only_if_more_is_used(
    limits: dict[Limit, float], used: dict[Limit, float]
) -> None:
    error = exceeded(limits, used)

    over = {str(limit) for limit in limits if used[limit] > limits[limit]}
    assert (error is None) == (not over)
    assert error is None or error.limit in over


@given(LIMITS, USED)
def test_who_is_beyond_a_limit_has_been_warned_or_is_now(
    limits: dict[Limit, float], used: dict[Limit, float]
) -> None:
    warned = nearly_used_up(limits, used, ())

    assert all(limit in warned for limit in limits if used[limit] > limits[limit])
    assert not [limit for limit in warned if used[limit] < 0.79 * limits[limit]]
    assert nearly_used_up(limits, used, warned) == []


@given(st.floats(min_value=0.01, max_value=1e6), st.floats(min_value=0, max_value=1e6))
def test_the_time_is_looked_at_when_it_is_nearly_used_up_and_when_it_is(
    allowed: float, used: float
) -> None:
    wait = seconds_until_next({Limit.SECONDS: allowed}, {**NOTHING, Limit.SECONDS: used})

    assert wait is not None
    assert wait >= 0
    assert used + wait == pytest.approx(
        max(used, 0.8 * allowed if used < 0.8 * allowed else allowed)
    )


def test_without_a_limit_of_time_nobody_looks_at_it() -> None:
    assert seconds_until_next({Limit.TOKENS: 5}, NOTHING) is None


@pytest.mark.parametrize(
    ("limit", "allowed", "used", "said"),
    [
        (Limit.TOKENS, 10_000, 12_345, "12,345 of 10,000 tokens"),
        (Limit.COST, 0.5, 0.512345, "$0.5123 of $0.5000"),
        (Limit.TOOL_CALLS, 3, 4, "4 of 3 tool calls"),
        (Limit.SECONDS, 60, 61, "61 of 60 seconds"),
    ],
)
def test_the_error_says_which_limit_how_much_was_used_and_what_to_do(
    limit: Limit, allowed: float, used: float, said: str
) -> None:
    error = exceeded({limit: allowed}, {**NOTHING, limit: used})

    assert error is not None
    assert (error.code, error.limit) == ("budget_exceeded", limit)
    assert (error.allowed, error.used) == (allowed, used)
    assert said in str(error)
    assert "Retry it" in str(error)


def test_a_model_without_a_price_is_named_with_what_to_do() -> None:
    error = cost_unknown({Limit.COST: 2}, NOTHING, "openai-compatible", "llama")

    assert error.code == "cost_unknown"
    assert "'llama' of 'openai-compatible'" in str(error)
    assert "SERGAS_PRICES_FILE" in str(error)
