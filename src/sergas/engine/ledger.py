"""The ledger of a run at work: books what its agents use, shows it, and keeps its budget.

What a model call used is durable before anybody sees it, and before the agent's next chunk is asked
for. So a crash loses nothing of it, and whoever takes the run over begins with the same totals.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sergas.core.budget import Amounts, Budget, Limit
from sergas.core.chunks import ToolStart, Usage
from sergas.core.clock import Clock
from sergas.core.errors import BudgetExceeded, Fenced
from sergas.core.prices import Prices
from sergas.core.runs import Run
from sergas.core.usage import ModelCall, UsageStore
from sergas.engine.active import ActiveRun
from sergas.engine.background import uninterrupted
from sergas.engine.board import Board
from sergas.engine.budget import (
    cost_unknown,
    exceeded,
    nearly_used_up,
    seconds_until_next,
    share,
)
from sergas.engine.runlog import RunLog
from sergas.engine.tally import Entry, Tally
from sergas.telemetry.metrics import observe_budget, observe_usage

_SHORTEST_LOOK_S = 0.02


@dataclass(frozen=True, slots=True)
class Accounting:
    """What keeping ledgers takes.

    Attributes:
        budget: of every run, unless its workflow has another one.
    """

    store: UsageStore
    prices: Prices
    budget: Budget

    async def tally_of(self, run: Run) -> Tally:
        """Return what the run has used so far."""
        return Tally(self.prices, await self.store.sums([run.id]))


@dataclass(slots=True)
class Ledger:
    """Agents' usage and tool calls go in; the store, the board and the budget hear of them."""

    run: Run
    store: UsageStore
    tally: Tally
    limits: Amounts
    log: RunLog
    board: Board
    active: ActiveRun
    clock: Clock
    _unwritten: dict[tuple[str, int, int], ModelCall] = field(
        default_factory=dict[tuple[str, int, int], ModelCall]
    )
    _writing: asyncio.Lock = field(default_factory=asyncio.Lock)
    _timer: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def open(self) -> AsyncGenerator[None]:
        """Keep the budget while the run is at work; what is not written yet is written at its end.

        A run whose budget is used up already is stopped at once.
        """
        self.log.emit_all(self.board.set_limits(self.limits))
        self._show_all()
        self._look()
        try:
            yield
        finally:
            if self._timer is not None:
                self._timer.cancel()
            await uninterrupted(self._write())
            self._show_all()

    async def count(self, agent: str, attempt: int, said: Usage | ToolStart) -> None:
        """Book what an agent uses.

        Raises:
            BudgetExceeded: the budget is used up; everything else of the run is being stopped.
        """
        if isinstance(said, Usage):
            entry = self.tally.book(agent, attempt, said, self.clock())
            call = entry.call
            _observe(entry)
            self._unwritten[call.agent, call.attempt, call.number] = call
            await uninterrupted(self._write())
            self._show(agent)
        try:
            self._check()
        except BudgetExceeded as error:
            self._stop(error)
            raise

    async def _write(self) -> None:
        """Write everything that waits, in one batch; others that come meanwhile are the next."""
        async with self._writing:
            batch = dict(self._unwritten)
            if not batch:
                return
            await self.store.record(self.run, list(batch.values()))
            for key, call in batch.items():
                if self._unwritten[key] is call:
                    del self._unwritten[key]

    def _show_all(self) -> None:
        for agent in self.tally.agents:
            self._show(agent)

    def _show(self, agent: str) -> None:
        of_agent, total = self.tally.of_agent(agent), self.tally.total
        self.log.emit_all(self.board.set_usage(agent, of_agent.described, total.described))

    def _look(self) -> None:
        """Check the time, now and when it matters next."""
        try:
            self._check()
        except BudgetExceeded as error:
            self._stop(error)
            return
        except Fenced:
            return
        wait_s = seconds_until_next(self.limits, self._used())
        if wait_s is not None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(max(wait_s, _SHORTEST_LOOK_S), self._look)

    def _check(self) -> None:
        used = self._used()
        for limit in nearly_used_up(self.limits, used, self.board.warned):
            message = f"{share(limit, self.limits[limit], used[limit])} used"
            self.log.emit_all(self.board.warn(limit, self.limits[limit], used[limit], message))
            observe_budget(limit, "warning")
        unpriced = self.tally.unpriced_model
        if unpriced is not None and Limit.COST in self.limits:
            raise cost_unknown(self.limits, used, *unpriced)
        error = exceeded(self.limits, used)
        if error is not None:
            raise error

    def _stop(self, error: BudgetExceeded) -> None:
        if self.active.stop(error):
            observe_budget(error.limit, error.code)

    def _used(self) -> dict[Limit, float]:
        total, view = self.tally.total, self.log.view
        return {
            Limit.TOKENS: total.tokens,
            Limit.COST: total.cost_usd,
            Limit.TOOL_CALLS: view.tool_calls,
            Limit.SECONDS: view.worked_ms(self.clock()) / 1000,
        }


def _observe(entry: Entry) -> None:
    usage, added = entry.call.usage, entry.added
    observe_usage(
        usage.provider,
        usage.model,
        calls=added.calls,
        tokens=added.kinds,
        cost_usd=added.cost_usd,
        unpriced_tokens=added.unpriced_tokens,
    )
