"""One story as its author wrote it: an account, its records and what the analysis should say."""

from dataclasses import dataclass, field, fields
from typing import TypeAlias

import msgspec

Row: TypeAlias = dict[str, object]
_ACCOUNT = [
    "number",
    "name",
    "owner",
    "kind",
    "industry",
    "city",
    "country",
    "currency",
    "created",
    "modified",
    "contract_value",
    "renewal",
]


@dataclass(frozen=True, slots=True)
class Story:
    """The parts of a story file; days are offsets from the day of loading."""

    account: Row
    expected: Row
    last_look: int | None = None
    contacts: list[Row] = field(default_factory=list[Row])
    deals: list[Row] = field(default_factory=list[Row])
    closed: list[Row] = field(default_factory=list[Row])
    activities: list[Row] = field(default_factory=list[Row])
    tasks: list[Row] = field(default_factory=list[Row])
    notes: list[Row] = field(default_factory=list[Row])
    changes: list[Row] = field(default_factory=list[Row])
    commitments: list[Row] = field(default_factory=list[Row])
    advice: list[Row] = field(default_factory=list[Row])
    preferences: list[Row] = field(default_factory=list[Row])

    @property
    def number(self) -> str:
        """The account number."""
        return str(self.account["number"])

    @property
    def domain(self) -> str:
        """A mail domain that nobody can own."""
        letters = (c if c.isascii() and c.isalnum() else "-" for c in str(self.account["name"]))
        slug = "-".join(part for part in "".join(letters).casefold().split("-") if part)
        return f"{slug}.example.com"


def as_story(parsed: Row) -> Story:
    """Sort a parsed story file into its parts.

    Raises:
        ValueError: the file holds something that is not part of a story.
    """
    account = {key: parsed[key] for key in _ACCOUNT if key in parsed}
    rest = {key: value for key, value in parsed.items() if key not in _ACCOUNT}
    if unknown := rest.keys() - {part.name for part in fields(Story)}:
        raise ValueError(f"{account.get('number')}: no part of a story is called {unknown}.")
    return msgspec.convert({"account": account, **rest}, Story)
