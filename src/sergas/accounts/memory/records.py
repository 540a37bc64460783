"""What is remembered about an account beside the CRM; each entry has a record id."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise: who gives what, by when.

    Attributes:
        by: `us` or `them`.
        quote: the words in which it was made, with the place in `said_in`.
        task: subject of the CRM task that fulfils it; the promise is kept when that task closes.
    """

    id: str
    text: str
    by: Literal["us", "them"]
    who: str
    made_on: date
    due: date
    said_in: str
    quote: str
    kept_on: date | None = None
    task: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """An earlier suggestion of ours and what a person decided about it; `key` names the action."""

    id: str
    key: str
    text: str
    at: date
    decision: Literal["accepted", "declined", "open"]
    decided_by: str = ""
    reason: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Preference:
    """How a person likes to be treated."""

    id: str
    who: str
    text: str
    at: date


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything remembered about one account, newest first; `last_look` is the last review."""

    commitments: tuple[Commitment, ...] = ()
    preferences: tuple[Preference, ...] = ()
    advice: tuple[Advice, ...] = ()
    last_look: date | None = None
