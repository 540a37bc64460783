"""The tally of a run: what its model calls used, by agent and model. No I/O.

Reports come from agents, which are somebody's code: a count is taken for what it can be at most
and at least, so that sums and prices stay sane.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sergas.core.chunks import Usage
from sergas.core.errors import AgentFailed
from sergas.core.json import Json, clean
from sergas.core.prices import Prices
from sergas.core.usage import ModelCall, UsageSum, UsageTotal

# No call of any model comes near; sums of this fit into 64 bits.
_MOST_TOKENS = 1_000_000_000
_MOST_CHARS = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """A call as it was booked, and what was added to the tally by it."""

    call: ModelCall
    added: UsageTotal


class Tally:
    """What the run used in its earlier legs and epochs, and what its agents report now."""

    def __init__(self, prices: Prices, earlier: Sequence[UsageSum]) -> None:
        self._prices = prices
        self._sums = {(one.agent, one.provider, one.model): one.total for one in earlier}
        self._numbers: Counter[tuple[str, int]] = Counter()
        self._named: dict[tuple[str, int, str], ModelCall] = {}

    @property
    def total(self) -> UsageTotal:
        """What the run used."""
        return _sum(list(self._sums.values()))

    @property
    def agents(self) -> set[str]:
        """The agents that used models."""
        return {agent for agent, _, _ in self._sums}

    def of_agent(self, name: str) -> UsageTotal:
        """Return what an agent used, in all its attempts."""
        return _sum([total for (agent, _, _), total in self._sums.items() if agent == name])

    @property
    def by_model(self) -> list[Json]:
        """What the run used, as AG-UI's list of `TokenUsage`."""
        models: dict[tuple[str, str], UsageTotal] = {}
        for (_, provider, model), total in self._sums.items():
            models[provider, model] = models.get((provider, model), UsageTotal()).plus(total)
        return [_token_usage(*model, total) for model, total in models.items()]

    @property
    def unpriced_model(self) -> tuple[str, str] | None:
        """A provider and its model that the run used and that has no price."""
        unpriced = (key[1:] for key, total in self._sums.items() if total.unpriced_tokens)
        return next(unpriced, None)

    def book(self, agent: str, attempt: int, reported: Usage, at_ms: int) -> Entry:
        """Take a report in; the later report of a named call takes the place of the earlier.

        Raises:
            AgentFailed: it is not made of numbers and texts.
        """
        usage = _sane(reported)
        before = self._named.get((agent, attempt, usage.call_id))
        number = before.number if before is not None else self._next_number(agent, attempt)
        cost = self._prices.cost_nanousd(usage)
        call = ModelCall(agent, attempt, number, usage, cost, at_ms)
        if usage.call_id:
            self._named[agent, attempt, usage.call_id] = call
        taken = UsageTotal() if before is None else _of_call(before)
        if before is not None:
            self._add(before, taken, sign=-1)
        self._add(call, _of_call(call))
        return Entry(call, _of_call(call).plus(taken, -1))

    def _next_number(self, agent: str, attempt: int) -> int:
        self._numbers[agent, attempt] += 1
        return self._numbers[agent, attempt]

    def _add(self, call: ModelCall, total: UsageTotal, sign: int = 1) -> None:
        key = (call.agent, call.usage.provider, call.usage.model)
        self._sums[key] = self._sums.get(key, UsageTotal()).plus(total, sign)
        if not self._sums[key].calls:
            del self._sums[key]


def _of_call(call: ModelCall) -> UsageTotal:
    usage = call.usage
    tokens = usage.input_tokens + usage.output_tokens
    return UsageTotal(
        calls=1,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        reasoning_tokens=usage.reasoning_tokens,
        cached_input_tokens=usage.cached_input_tokens,
        cache_write_input_tokens=usage.cache_write_input_tokens,
        cost_nanousd=call.cost_nanousd or 0,
        unpriced_tokens=tokens if call.cost_nanousd is None else 0,
    )


def _sum(totals: Sequence[UsageTotal]) -> UsageTotal:
    whole = UsageTotal()
    for total in totals:
        whole = whole.plus(total)
    return whole


def _token_usage(provider: str, model: str, total: UsageTotal) -> Json:
    return {
        "provider": provider,
        "model": model,
        "inputTokens": total.input_tokens,
        "outputTokens": total.output_tokens,
        "totalTokens": total.tokens,
        "reasoningTokens": total.reasoning_tokens,
        "cachedInputTokens": total.cached_input_tokens,
        "cacheWriteInputTokens": total.cache_write_input_tokens,
    }


def _sane(usage: Usage) -> Usage:
    """Return the report with counts that fit together: parts are within their whole."""
    cached, written = _count(usage.cached_input_tokens), _count(usage.cache_write_input_tokens)
    reasoning = _count(usage.reasoning_tokens)
    return replace(
        usage,
        provider=_text(usage.provider),
        model=_text(usage.model),
        input_tokens=max(_count(usage.input_tokens), cached + written),
        output_tokens=max(_count(usage.output_tokens), reasoning),
        reasoning_tokens=reasoning,
        cached_input_tokens=cached,
        cache_write_input_tokens=written,
        call_id=_text(usage.call_id),
    )


def _count(value: object) -> int:
    if not isinstance(value, int):
        raise _broken(value)
    return max(0, min(int(value), _MOST_TOKENS))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _broken(value)
    return clean(value).replace("\0", "")[:_MOST_CHARS]


def _broken(value: object) -> AgentFailed:
    what = f"The agent reported usage with a {type(value).__name__} in the wrong place."
    return AgentFailed(what, code="agent_contract")
