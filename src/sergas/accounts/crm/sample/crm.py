"""A CRM in memory; it answers as of the day on which it is asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources

import msgspec

from sergas import Json
from sergas.accounts.crm.matching import match_accounts
from sergas.accounts.crm.port import NEWEST, AccountMatch, AccountNotFound
from sergas.accounts.crm.records import (
    Account,
    Activity,
    Change,
    Contact,
    Deal,
    Note,
    R,
    Related,
    Task,
)
from sergas.accounts.days import day_of, shift

SAMPLE_COMPETITORS = ("Optivara", "Plannode")
"""Rivals of the invented company that keeps this CRM."""


@dataclass(frozen=True, slots=True)
class AccountFile:
    """All records of one account."""

    account: Account
    contacts: tuple[Contact, ...] = ()
    deals: tuple[Deal, ...] = ()
    activities: tuple[Activity, ...] = ()
    tasks: tuple[Task, ...] = ()
    notes: tuple[Note, ...] = ()
    changes: tuple[Change, ...] = ()

    def related(self) -> tuple[Related, ...]:
        """Return every record but the account, newest first; contacts keep their order."""
        dated = sorted(
            [*self.deals, *self.activities, *self.tasks, *self.notes, *self.changes],
            key=_written_on,
            reverse=True,
        )
        return (*self.contacts, *dated)


class SampleCrm:
    """A `CrmPort` over records with day offsets; `clock` gives milliseconds since 1970."""

    name = "sample CRM"

    def __init__(self, rows: Json, clock: Callable[[], int]) -> None:
        self._rows = rows
        self._clock = clock
        self._today: date | None = None
        self._files: Mapping[str, AccountFile] = {}

    async def resolve_account(self, ref: str, *, limit: int = 5) -> tuple[AccountMatch, ...]:
        """Find accounts by id, number, exact name or similar name, best first."""
        return match_accounts(ref, await self.list_accounts(limit=10_000), limit=limit)

    async def list_accounts(self, *, limit: int = 25) -> tuple[Account, ...]:
        """Return accounts, most recently changed first."""
        accounts = [file.account for file in self._current().values()]
        accounts.sort(key=lambda account: account.modified_on, reverse=True)
        return tuple(accounts[:limit])

    async def get_account(self, account_id: str) -> Account:
        """Return one account."""
        return self._file(account_id).account

    async def list_related(
        self, account_id: str, kind: type[R], *, limit: int = NEWEST
    ) -> tuple[R, ...]:
        """Return the account's records of one kind, newest first."""
        records = self._file(account_id).related()
        return tuple(record for record in records if isinstance(record, kind))[:limit]

    async def closed_deals(self, *, limit: int = NEWEST) -> tuple[Deal, ...]:
        """Return closed deals of all accounts, newest first."""
        deals = [deal for file in self._current().values() for deal in file.deals]
        closed = [deal for deal in deals if not deal.is_open]
        closed.sort(key=lambda deal: deal.closing_date, reverse=True)
        return tuple(closed[:limit])

    def _file(self, account_id: str) -> AccountFile:
        file = self._current().get(account_id)
        if file is None:
            raise AccountNotFound(account_id)
        return file

    def _current(self) -> Mapping[str, AccountFile]:
        """Return the records as of today; computed once a day."""
        today = day_of(self._clock())
        if today != self._today:
            files = msgspec.convert(shift(self._rows, today), list[AccountFile])
            self._files = {file.account.id: file for file in files}
            self._today = today
        return self._files


def sample_crm(clock: Callable[[], int]) -> SampleCrm:
    """Load the sample CRM; its stories are relative to the day that `clock` says when asked."""
    data = resources.files("sergas.accounts.crm.sample").joinpath("crm.json").read_bytes()
    return SampleCrm(msgspec.json.decode(data), clock)


def _written_on(record: Deal | Activity | Task | Note | Change) -> date:
    match record:
        case Deal() | Task():
            return record.created_on
        case Activity() | Note() | Change():
            return record.at
