"""The port to the memory of accounts: four read-only questions."""

from datetime import date
from typing import Protocol

from sergas.accounts.memory.records import Advice, Commitment, Preference


class MemoryUnavailable(Exception):
    """The memory cannot answer now; the same question may work later."""

    code = "memory_unavailable"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The memory did not answer ({reason}); try again later.")


class MemoryPort(Protocol):
    """Reads what is remembered about an account, newest first.

    An account without memories gives empty answers. Every method raises `MemoryUnavailable` when
    it cannot answer.
    """

    async def list_commitments(self, account_id: str) -> tuple[Commitment, ...]:
        """Return the promises of both sides, kept ones too."""
        ...

    async def list_preferences(self, account_id: str) -> tuple[Preference, ...]:
        """Return how people there like to be treated."""
        ...

    async def list_advice(self, account_id: str) -> tuple[Advice, ...]:
        """Return earlier advice and what a person decided about it."""
        ...

    async def last_look(self, account_id: str) -> date | None:
        """Return the day of the last recorded review, or None."""
        ...
