"""Budgets: how much a run may use of tokens, money, tool calls and time."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, TypeGuard

from sergas.core.errors import InvalidRequest
from sergas.core.json import Json


class Limit(StrEnum):
    """What a budget limits, in the words of a request."""

    TOKENS = "tokens"
    COST = "costUsd"
    TOOL_CALLS = "toolCalls"
    SECONDS = "seconds"


Amounts: TypeAlias = Mapping[Limit, float]


@dataclass(frozen=True, slots=True)
class Budget:
    """How much a run may use, all its legs and attempts together; None is any amount.

    Attributes:
        tokens: read and written by models.
        cost_usd: of model calls, in US dollars; a call whose cost is not known ends the run.
        tool_calls: begun by agents.
        seconds: at work; waiting for a person does not count.
    """

    tokens: float | None = None
    cost_usd: float | None = None
    tool_calls: float | None = None
    seconds: float | None = None

    @property
    def limits(self) -> dict[Limit, float]:
        """What is limited, and to how much."""
        limits = {
            Limit.TOKENS: self.tokens,
            Limit.COST: self.cost_usd,
            Limit.TOOL_CALLS: self.tool_calls,
            Limit.SECONDS: self.seconds,
        }
        return {limit: amount for limit, amount in limits.items() if amount is not None}


def limits_of(server: Budget, workflow: Budget, asked: Amounts) -> dict[Limit, float]:
    """Return the limits of a run: the server's, else as the workflow has them, at most as asked."""
    limits = {**server.limits, **workflow.limits}
    for limit, amount in asked.items():
        limits[limit] = min(amount, limits.get(limit, amount))
    return limits


def asked_limits(value: Json) -> dict[Limit, float]:
    """Read the budget of a request; None is none.

    Raises:
        InvalidRequest: it is no budget.
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not all(_is_limit(*item) for item in value.items()):
        known = ", ".join(Limit)
        raise InvalidRequest(f"A budget has to be an object of numbers above 0 for any of {known}.")
    return {Limit(name): amount for name, amount in value.items() if _is_amount(amount)}


def _is_limit(name: str, amount: Json) -> bool:
    return name in tuple(Limit) and _is_amount(amount)


def _is_amount(value: Json) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0
