"""Which limits a run has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sergas.core.budget import Budget, Limit, asked_limits, limits_of
from sergas.core.errors import InvalidRequest
from sergas.core.json import Json

AMOUNT = st.floats(min_value=0.001, max_value=1e12)
BUDGETS = st.builds(Budget, *[st.none() | AMOUNT] * 4)
ASKED = st.dictionaries(st.sampled_from(Limit), AMOUNT)


def test_a_run_without_any_budget_has_no_limits() -> None:
    assert limits_of(Budget(), Budget(), asked_limits(None)) == {}


def test_a_workflow_has_its_own_limits_and_the_servers_others() -> None:
    server, workflow = Budget(tokens=100, seconds=60), Budget(tokens=500, cost_usd=2)

    limits = limits_of(server, workflow, {})

    assert limits == {Limit.TOKENS: 500, Limit.SECONDS: 60, Limit.COST: 2}


def test_a_request_may_lower_a_limit_and_not_raise_it() -> None:
    asked = asked_limits({"tokens": 50, "seconds": 90, "toolCalls": 3})

    limits = limits_of(Budget(tokens=100, seconds=60), Budget(), asked)

    assert limits == {Limit.TOKENS: 50, Limit.SECONDS: 60, Limit.TOOL_CALLS: 3}


@given(BUDGETS, BUDGETS, ASKED)
def test_no_request_gets_more_than_the_server_and_the_workflow_allow(
    server: Budget, workflow: Budget, asked: dict[Limit, float]
) -> None:
    allowed = limits_of(server, workflow, {})

    limits = limits_of(server, workflow, asked)

    assert limits.keys() == allowed.keys() | asked.keys()
    assert all(limits[limit] <= amount for limit, amount in {**asked}.items())
    assert all(limits[limit] <= amount for limit, amount in allowed.items())
    assert all(limits[limit] in (allowed.get(limit), asked.get(limit)) for limit in limits)


@pytest.mark.parametrize(
    "value",
    [
        7,
        "tokens",
        ["tokens"],
        {"token": 5},
        {"tokens": 0},
        {"tokens": -1},
        {"tokens": "5"},
        {"tokens": True},
        {"tokens": None},
        {"tokens": float("nan")},
        {"tokens": 5, "cost": 1},
    ],
)
def test_what_is_no_budget_is_refused_with_what_one_is(value: Json) -> None:
    with pytest.raises(InvalidRequest, match="tokens, costUsd, toolCalls, seconds"):
        asked_limits(value)
