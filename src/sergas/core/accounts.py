"""The port to a book of accounts: what people look up without a run."""

from typing import Protocol

from sergas.core.errors import SergasError
from sergas.core.json import JsonObject


class SourceUnavailable(SergasError):
    """A source of records, such as a CRM, cannot answer now; the same question may work later."""

    code = "source_unavailable"

    def __init__(self, source: str, reason: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(f"The {source} did not answer ({reason}); try again later.")
        self.source, self.retry_after_s = source, retry_after_s


class AccountBook(Protocol):
    """Answers from records alone; no model is asked. Both methods raise `SourceUnavailable`."""

    async def overview(self, *, limit: int, is_fresh: bool) -> JsonObject:
        """Return the accounts that need attention most, lowest score first.

        An answer may be a minute old, unless `is_fresh`.
        """
        ...

    async def brief(self, ref: str) -> JsonObject | None:
        """Return the brief of the account with this id or number; None if there is none."""
        ...
