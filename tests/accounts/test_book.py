"""The book of accounts: scores and briefs without a run."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

import pytest

from sergas import SourceUnavailable
from sergas.accounts import Book, CrmPort, sample_crm, sample_memory
from sergas.accounts.crm.port import AccountMatch, CrmUnavailable
from sergas.accounts.crm.records import Account, Deal, R
from sergas.accounts.memory.port import MemoryPort, MemoryUnavailable
from sergas.accounts.memory.records import Advice, Commitment, Preference
from tests.accounts.studio import CONFIG

# A test looks at the fields that it is about.
Answer: TypeAlias = Any
NOON_MS = 1_795_348_800_000


@dataclass(slots=True)
class Clock:
    """A clock that a test sets."""

    at_ms: int = NOON_MS

    def __call__(self) -> int:
        return self.at_ms


@dataclass(slots=True)
class CountingCrm:
    """The sample CRM, which counts how often its accounts are listed and may be away."""

    inner: CrmPort
    lists: int = 0
    is_away: bool = False
    name: str = "counting CRM"

    async def resolve_account(self, ref: str, *, limit: int = 5) -> tuple[AccountMatch, ...]:
        self._answer()
        return await self.inner.resolve_account(ref, limit=limit)

    async def list_accounts(self, *, limit: int = 25) -> tuple[Account, ...]:
        self._answer()
        self.lists += 1
        return await self.inner.list_accounts(limit=limit)

    async def get_account(self, account_id: str) -> Account:
        return await self.inner.get_account(account_id)

    async def list_related(
        self, account_id: str, kind: type[R], *, limit: int = 200
    ) -> tuple[R, ...]:
        return await self.inner.list_related(account_id, kind, limit=limit)

    async def closed_deals(self, *, limit: int = 200) -> tuple[Deal, ...]:
        return await self.inner.closed_deals(limit=limit)

    def _answer(self) -> None:
        if self.is_away:
            raise CrmUnavailable("no route", retry_after_s=7)


class AbsentMemory:
    """A memory that never answers."""

    async def list_commitments(self, account_id: str) -> tuple[Commitment, ...]:
        raise MemoryUnavailable("away")

    async def list_preferences(self, account_id: str) -> tuple[Preference, ...]:
        raise MemoryUnavailable("away")

    async def list_advice(self, account_id: str) -> tuple[Advice, ...]:
        raise MemoryUnavailable("away")

    async def last_look(self, account_id: str) -> date | None:
        raise MemoryUnavailable("away")


@dataclass(slots=True)
class Desk:
    """A book with the parts that tests turn."""

    clock: Clock = field(default_factory=Clock)
    crm: CountingCrm = field(init=False)
    book: Book = field(init=False)

    def __post_init__(self) -> None:
        self.crm = CountingCrm(sample_crm(self.clock))
        self.book = self.with_memory(sample_memory(self.clock))

    async def overview(self, limit: int = 100, *, is_fresh: bool = False) -> Answer:
        return await self.book.overview(limit=limit, is_fresh=is_fresh)

    async def brief(self, ref: str) -> Answer:
        return await self.book.brief(ref)

    def with_memory(self, memory: MemoryPort) -> Book:
        return Book(self.crm, memory, CONFIG, self.clock)


async def test_accounts_come_with_the_lowest_score_first() -> None:
    answer = await Desk().overview()

    rows = answer["accounts"]
    scores = [row["score"] for row in rows]
    assert len(rows) == 17
    assert scores == sorted(scores)
    assert answer["source"] == "counting CRM"


async def test_an_account_has_a_reason_and_the_date_that_comes_next() -> None:
    answer = await Desk().overview()

    row = next(row for row in answer["accounts"] if row["number"] == "ACC-001")
    assert row["band"] == "at_risk"
    assert "Ingrid Solberg" in row["reason"]
    assert row["next"]["date"] >= "2026-11-22"
    assert 0 < row["coverage"] <= 1


async def test_an_overview_is_read_once_a_minute_and_anew_when_asked() -> None:
    desk = Desk()
    await desk.overview(5)
    await desk.overview(5)
    assert desk.crm.lists == 1

    await desk.overview(5, is_fresh=True)
    assert desk.crm.lists == 2
    await desk.overview(6)
    assert desk.crm.lists == 3
    desk.clock.at_ms += 60_000
    await desk.overview(6)

    assert desk.crm.lists == 4


@pytest.mark.parametrize("field", ["number", "id"])
async def test_a_brief_is_found_by_number_and_by_id(field: str) -> None:
    desk = Desk()
    overview = await desk.overview()
    row = next(row for row in overview["accounts"] if row["number"] == "ACC-001")

    answer = await desk.brief(row[field])

    assert answer["brief"]["account"]["number"] == "ACC-001"
    assert answer["brief"]["attention"]["score"] == row["score"]
    assert answer["brief"]["commitments"]


async def test_a_name_or_a_similar_number_is_no_account() -> None:
    book = Desk().book

    assert await book.brief("ACC-999") is None
    assert await book.brief("Halvorsen Freight") is None


async def test_a_brief_without_memory_says_so() -> None:
    answer: Answer = await Desk().with_memory(AbsentMemory()).brief("ACC-001")

    assert answer["brief"]["gaps"][-1]["text"].startswith("The memory did not answer")
    assert answer["brief"]["commitments"] == []


async def test_a_crm_that_is_away_is_an_error_that_tells_when_to_come_back() -> None:
    desk = Desk()
    desk.crm.is_away = True

    with pytest.raises(SourceUnavailable, match="no route") as raised:
        await desk.brief("ACC-001")
    assert raised.value.retry_after_s == 7
    with pytest.raises(SourceUnavailable):
        await desk.overview(5)
