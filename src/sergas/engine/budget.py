"""When a budget is nearly used up, and when it is. Pure."""

from collections.abc import Collection

from sergas.core.budget import Amounts, Limit
from sergas.core.errors import BudgetExceeded

_WARN_AT = 0.8
_UNITS = {
    Limit.TOKENS: "tokens",
    Limit.TOOL_CALLS: "tool calls",
    Limit.SECONDS: "seconds",
}


def nearly_used_up(limits: Amounts, used: Amounts, warned: Collection[str]) -> list[Limit]:
    """Return the limits of which 80 % are used and nobody has been warned."""
    return [
        limit
        for limit, amount in limits.items()
        if limit not in warned and used[limit] >= _WARN_AT * amount
    ]


def exceeded(limits: Amounts, used: Amounts) -> BudgetExceeded | None:
    """Say which limit is exceeded, if one is: more is used than it allows."""
    for limit, amount in limits.items():
        if used[limit] > amount:
            what = (
                f"The run used {share(limit, amount, used[limit])}, more than its budget, and was "
                "ended. Retry it: agents that have finished do not run again, and a retry has a "
                f"budget of its own; `budget.{limit}` of the retry, the server's settings "
                "(SERGAS_BUDGET_...) or the workflow allow more."
            )
            amounts = (amount, used[limit])
            return BudgetExceeded(what, code="budget_exceeded", limit=limit, amounts=amounts)
    return None


def cost_unknown(limits: Amounts, used: Amounts, provider: str, model: str) -> BudgetExceeded:
    """Say that a budget of money cannot be kept, because a model has no price."""
    what = (
        f"The run has a budget of US dollars, and nobody knows what the model {model!r} of "
        f"{provider!r} costs, so the run was ended. Add the price (SERGAS_PRICES_FILE), or limit "
        "tokens instead."
    )
    amounts = (limits[Limit.COST], used[Limit.COST])
    return BudgetExceeded(what, code="cost_unknown", limit=Limit.COST, amounts=amounts)


def seconds_until_next(limits: Amounts, used: Amounts) -> float | None:
    """Return when to look at the time again: when 80 % of it are used, then when all is."""
    allowed = limits.get(Limit.SECONDS)
    if allowed is None:
        return None
    moments = [at - used[Limit.SECONDS] for at in (_WARN_AT * allowed, allowed)]
    return next((wait for wait in moments if wait > 0), 0)


def share(limit: Limit, allowed: float, used: float) -> str:
    """Say how much is used of how much, for a person."""
    if limit is Limit.COST:
        return f"${used:,.4f} of ${allowed:,.4f}"
    return f"{used:,.0f} of {allowed:,.0f} {_UNITS[limit]}"
