"""What models used: tokens and their cost, by model call and in total; and the port that keeps it.

Money is counted in whole billionths of a US dollar (`nanousd`), so that sums are exact.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from sergas.core.chunks import Usage
from sergas.core.ids import RunId, TenantId, ThreadId
from sergas.core.json import Json
from sergas.core.runs import Run

NANOUSD_PER_USD = 1_000_000_000


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One request to a model and its answer.

    Attributes:
        number: from 1 on within the agent's attempt.
        cost_nanousd: None where the price is not known.
        at_ms: when the agent reported it.
    """

    agent: str
    attempt: int
    number: int
    usage: Usage
    cost_nanousd: int | None
    at_ms: int


@dataclass(frozen=True, slots=True)
class UsageTotal:
    """What model calls used together.

    Attributes:
        input_tokens: cache reads and cache writes included.
        output_tokens: reasoning included.
        cost_nanousd: of the calls whose price is known.
        unpriced_tokens: of the calls whose price is not known.
    """

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    cached_input_tokens: int = 0
    cache_write_input_tokens: int = 0
    cost_nanousd: int = 0
    unpriced_tokens: int = 0

    @property
    def tokens(self) -> int:
        """All tokens, in and out."""
        return self.input_tokens + self.output_tokens

    @property
    def kinds(self) -> dict[str, int]:
        """All tokens by kind; each is of one kind."""
        cached, written = self.cached_input_tokens, self.cache_write_input_tokens
        return {
            "input": self.input_tokens - cached - written,
            "cached_input": cached,
            "cache_write_input": written,
            "output": self.output_tokens,
        }

    @property
    def cost_usd(self) -> float:
        """The cost of the calls whose price is known, in US dollars."""
        return self.cost_nanousd / NANOUSD_PER_USD

    def plus(self, other: "UsageTotal", sign: int = 1) -> "UsageTotal":
        """Return this with another total added, or taken away where the sign is -1."""
        return UsageTotal(
            calls=self.calls + sign * other.calls,
            input_tokens=self.input_tokens + sign * other.input_tokens,
            output_tokens=self.output_tokens + sign * other.output_tokens,
            reasoning_tokens=self.reasoning_tokens + sign * other.reasoning_tokens,
            cached_input_tokens=self.cached_input_tokens + sign * other.cached_input_tokens,
            cache_write_input_tokens=self.cache_write_input_tokens
            + sign * other.cache_write_input_tokens,
            cost_nanousd=self.cost_nanousd + sign * other.cost_nanousd,
            unpriced_tokens=self.unpriced_tokens + sign * other.unpriced_tokens,
        )

    @property
    def described(self) -> dict[str, Json]:
        """It as JSON; without `costUsd` where no price is known at all."""
        described: dict[str, Json] = {
            "calls": self.calls,
            "inputTokens": self.input_tokens,
            "outputTokens": self.output_tokens,
            "totalTokens": self.tokens,
            "reasoningTokens": self.reasoning_tokens,
            "cachedInputTokens": self.cached_input_tokens,
            "cacheWriteInputTokens": self.cache_write_input_tokens,
            "unpricedTokens": self.unpriced_tokens,
        }
        if not self.unpriced_tokens or self.tokens > self.unpriced_tokens:
            described["costUsd"] = self.cost_usd
        return described


@dataclass(frozen=True, slots=True)
class UsageSum:
    """What one agent of a run used of one model, in all its attempts."""

    run_id: RunId
    agent: str
    provider: str
    model: str
    total: UsageTotal


class UsageBy(StrEnum):
    """What usage is added up by."""

    AGENT = "agent"
    RUN = "run"
    THREAD = "thread"
    USER = "user"
    TENANT = "tenant"
    MODEL = "model"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class UsageFilter:
    """Which usage is meant; None means any.

    Attributes:
        since_ms: reported then or later.
        until_ms: reported before.
    """

    tenant: TenantId
    since_ms: int | None = None
    until_ms: int | None = None
    run_id: RunId | None = None
    thread_id: ThreadId | None = None


@dataclass(frozen=True, slots=True)
class UsageRow:
    """One line of a table of usage; a model's key is `provider/model`, a day's `2026-11-22`."""

    key: str
    total: UsageTotal


class UsageStore(Protocol):
    """What the model calls of all runs used; kept when a thread is deleted, for it was paid."""

    async def record(self, run: Run, calls: Sequence[ModelCall]) -> None:
        """Store the calls, all or none; when this returns they survive a crash.

        A call with the agent, attempt and number of a stored one takes its place. There is no
        fence: what an executor used that has lost the run was used all the same, and no two
        executors work on one attempt.
        """
        ...

    async def sums(self, run_ids: Collection[RunId]) -> Sequence[UsageSum]:
        """Return what the runs used, in the order of run, agent, provider and model.

        A run that has the id of an older one, which was deleted, has nothing of that one.
        """
        ...

    async def table(
        self, wanted: UsageFilter, by: UsageBy, *, after: str | None = None, limit: int = 50
    ) -> Sequence[UsageRow]:
        """Add the wanted usage up, in the order of the keys; `after` is a key to page on.

        Days are those of UTC.
        """
        ...

    async def delete_orphans(self, before_ms: int, limit: int) -> int:
        """Delete up to `limit` calls reported before a time, and say how many.

        Those of runs that still exist stay.
        """
        ...
