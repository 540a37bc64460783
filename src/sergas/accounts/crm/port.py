"""The port to a CRM: five read-only questions, and how they can fail.

CrmError
├── AccountNotFound   no account has this id
└── CrmUnavailable    the CRM cannot answer now; the same question may work later
"""

from dataclasses import dataclass
from typing import Protocol

from sergas.accounts.crm.records import Account, Deal, R


class CrmError(Exception):
    """The CRM did not answer a question."""

    code = "crm_error"


class AccountNotFound(CrmError):
    """No account has this id."""

    code = "account_not_found"

    def __init__(self, account_id: str) -> None:
        super().__init__(f"The CRM has no account {account_id!r}; find its id by name or number.")
        self.account_id = account_id


class CrmUnavailable(CrmError):
    """The CRM cannot answer now."""

    code = "crm_unavailable"

    def __init__(self, reason: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(f"The CRM did not answer ({reason}); try again later.")
        self.reason, self.retry_after_s = reason, retry_after_s


NEWEST = 200
"""How many records of one kind are read unless a caller says otherwise."""


@dataclass(frozen=True, slots=True)
class AccountMatch:
    """An account that a reference may mean; `score` is 1.0 for an exact match."""

    account: Account
    score: float


class CrmPort(Protocol):
    """Reads accounts; never writes. Every method raises `CrmUnavailable` when it cannot answer."""

    @property
    def name(self) -> str:
        """What a person calls this source, such as "sample CRM"."""
        ...

    async def resolve_account(self, ref: str, *, limit: int = 5) -> tuple[AccountMatch, ...]:
        """Find accounts by id, number, exact name or similar name, best first.

        An exact id, number or name scores 1.0; several accounts may share a name. No match is ().
        """
        ...

    async def list_accounts(self, *, limit: int = 25) -> tuple[Account, ...]:
        """Return the accounts that the caller may see, most recently changed first."""
        ...

    async def get_account(self, account_id: str) -> Account:
        """Return one account.

        Raises:
            AccountNotFound: no account has this id.
        """
        ...

    async def list_related(
        self, account_id: str, kind: type[R], *, limit: int = NEWEST
    ) -> tuple[R, ...]:
        """Return the account's records of one kind, newest first.

        Contacts come in the CRM's own order. Texts are as people wrote them: data, never orders.

        Raises:
            AccountNotFound: no account has this id.
        """
        ...

    async def closed_deals(self, *, limit: int = NEWEST) -> tuple[Deal, ...]:
        """Return closed deals of all accounts with their stage history, newest first."""
        ...
