"""The book of accounts: scores and briefs by rules, for whoever looks without starting a run."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from sergas import Json, JsonObject, SourceUnavailable
from sergas.accounts.agents.tools import CrmDesk, MemoryDesk
from sergas.accounts.analysis import AnalysisConfig, Snapshot, analyze
from sergas.accounts.brief import build_brief
from sergas.accounts.check import keep_grounded
from sergas.accounts.crm.port import CrmPort, CrmUnavailable
from sergas.accounts.crm.records import Account
from sergas.accounts.days import day_of
from sergas.accounts.memory.port import MemoryPort, MemoryUnavailable
from sergas.accounts.memory.records import Ledger
from sergas.accounts.overview_row import overview_row

Clock: TypeAlias = Callable[[], int]
KEPT_MS = 60_000
"""How long an overview is good: each account in it takes several questions to the CRM."""

_NO_MEMORY: JsonObject = {"text": "The memory did not answer: promises and advice are missing."}


@dataclass(frozen=True, slots=True)
class _Overview:
    at_ms: int
    limit: int
    rows: list[Json]


class Book:
    """Reads the CRM and the memory; keeps the newest overview for a minute."""

    def __init__(
        self, crm: CrmPort, memory: MemoryPort, config: AnalysisConfig, clock: Clock
    ) -> None:
        self._crm, self._memory, self._config, self._clock = crm, memory, config, clock
        self._reading = asyncio.Lock()
        self._newest: _Overview | None = None

    async def overview(self, *, limit: int, is_fresh: bool) -> JsonObject:
        """Return accounts with their scores, lowest first; who asks meanwhile gets the same."""
        async with self._reading:
            known = self._newest
            if is_fresh or known is None or not self._is_good(known, limit):
                known = self._newest = await self._overview(limit)
        return {"accounts": known.rows[:limit], "source": self._crm.name, "readAt": known.at_ms}

    async def brief(self, ref: str) -> JsonObject | None:
        """Return the whole brief; None if no account has this id or number."""
        try:
            matches = await self._crm.resolve_account(ref)
            exact = (m.account for m in matches if ref in (m.account.id, m.account.number))
            account = next(exact, None)
            if account is None:
                return None
            snapshot, ledger = await self._read(account)
        except CrmUnavailable as error:
            raise _unavailable(error) from error
        now_ms, kept = self._clock(), ledger or Ledger()
        analysis = analyze(snapshot, kept, day_of(now_ms), self._config)
        brief = keep_grounded(build_brief(snapshot, kept, analysis, now_ms))
        return {"brief": brief if ledger is not None else _without_memory(brief)}

    def _is_good(self, known: _Overview, limit: int) -> bool:
        return self._clock() - known.at_ms < KEPT_MS and limit <= known.limit

    async def _overview(self, limit: int) -> _Overview:
        today = day_of(self._clock())
        scored: list[tuple[int, JsonObject]] = []
        try:
            for account in await self._crm.list_accounts(limit=limit):
                snapshot, ledger = await self._read(account)
                analysis = analyze(snapshot, ledger or Ledger(), today, self._config)
                row = overview_row(account, analysis, today)
                scored.append((analysis.attention.score, row))
        except CrmUnavailable as error:
            raise _unavailable(error) from error
        rows: list[Json] = [row for _, row in sorted(scored, key=lambda pair: pair[0])]
        return _Overview(self._clock(), limit, rows)

    async def _read(self, account: Account) -> tuple[Snapshot, Ledger | None]:
        """Read one account; the ledger is None when the memory does not answer."""
        snapshot = await CrmDesk(self._crm, self._config).read(account.id)
        desk = MemoryDesk(self._crm, self._memory)
        try:
            await desk.get_ledger(account.id)
            await desk.list_advice(account.id)
        except MemoryUnavailable:
            return snapshot, None
        return snapshot, desk.ledger


def _unavailable(error: CrmUnavailable) -> SourceUnavailable:
    return SourceUnavailable("CRM", error.reason, retry_after_s=error.retry_after_s)


def _without_memory(brief: JsonObject) -> JsonObject:
    gaps = brief.get("gaps")
    return {**brief, "gaps": [*(gaps if isinstance(gaps, list) else []), _NO_MEMORY]}
