"""The sample memory: the ledger that belongs to the sample CRM, as of the day it is asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources

import msgspec

from sergas import Json
from sergas.accounts.days import day_of, shift
from sergas.accounts.memory.records import Advice, Commitment, Preference


@dataclass(frozen=True, slots=True)
class _MemoryFile:
    account_id: str
    last_look: date | None = None
    commitments: tuple[Commitment, ...] = ()
    advice: tuple[Advice, ...] = ()
    preferences: tuple[Preference, ...] = ()


class SampleMemory:
    """A `MemoryPort` over entries with day offsets; `clock` gives milliseconds since 1970."""

    def __init__(self, rows: Json, clock: Callable[[], int]) -> None:
        self._rows = rows
        self._clock = clock
        self._today: date | None = None
        self._files: Mapping[str, _MemoryFile] = {}

    async def list_commitments(self, account_id: str) -> tuple[Commitment, ...]:
        """Return the promises of both sides, newest first."""
        entries = self._file(account_id).commitments
        return tuple(sorted(entries, key=lambda entry: entry.made_on, reverse=True))

    async def list_preferences(self, account_id: str) -> tuple[Preference, ...]:
        """Return how people like to be treated, newest first."""
        entries = self._file(account_id).preferences
        return tuple(sorted(entries, key=lambda entry: entry.at, reverse=True))

    async def list_advice(self, account_id: str) -> tuple[Advice, ...]:
        """Return earlier advice, newest first."""
        entries = self._file(account_id).advice
        return tuple(sorted(entries, key=lambda entry: entry.at, reverse=True))

    async def last_look(self, account_id: str) -> date | None:
        """Return the day of the last recorded review."""
        return self._file(account_id).last_look

    def _file(self, account_id: str) -> _MemoryFile:
        today = day_of(self._clock())
        if today != self._today:
            files = msgspec.convert(shift(self._rows, today), list[_MemoryFile])
            self._files = {file.account_id: file for file in files}
            self._today = today
        return self._files.get(account_id, _MemoryFile(account_id))


def sample_memory(clock: Callable[[], int]) -> SampleMemory:
    """Load the ledger of the sample CRM."""
    data = resources.files("sergas.accounts.crm.sample").joinpath("memory.json").read_bytes()
    return SampleMemory(msgspec.json.decode(data), clock)
