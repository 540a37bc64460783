"""What a CRM holds about an account, as typed records; each knows its record id.

Days, not moments: every rule of the analysis counts days, and CRMs disagree about time zones.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias, TypeVar

Seniority = Literal["executive", "manager", "staff"]
Role = Literal["champion", "decision_maker", "influencer", "user", "blocker", "unknown"]
DealType = Literal["new_business", "expansion", "renewal"]
ActivityKind = Literal["call", "meeting", "email"]
Direction = Literal["in", "out"]


@dataclass(frozen=True, slots=True)
class Account:
    """A company we sell to; `number` is what people type, `id` what the CRM uses."""

    id: str
    number: str
    name: str
    owner: str
    kind: Literal["customer", "prospect"]
    industry: str
    city: str
    country: str
    currency: str
    created_on: date
    modified_on: date
    contract_value: int | None = None
    renewal_date: date | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at the account; `left_on` is set once the person has left the company."""

    id: str
    name: str
    title: str
    role: Role
    seniority: Seniority
    email: str
    created_on: date
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class StageEntry:
    """A deal entered a stage."""

    stage: str
    since: date


@dataclass(frozen=True, slots=True)
class CloseDateMove:
    """Somebody moved a deal's closing date."""

    at: date
    old: date
    new: date

    @property
    def is_push(self) -> bool:
        """The date moved to a later day."""
        return self.new > self.old


@dataclass(frozen=True, slots=True)
class Deal:
    """A sale in progress or finished; histories are oldest first."""

    id: str
    name: str
    type: DealType
    stage: str
    amount: int
    currency: str
    probability: int
    closing_date: date
    created_on: date
    next_step: str = ""
    stage_history: tuple[StageEntry, ...] = ()
    close_date_history: tuple[CloseDateMove, ...] = ()

    @property
    def is_open(self) -> bool:
        """The deal is neither won nor lost."""
        return not self.stage.startswith("Closed")

    @property
    def in_stage_since(self) -> date:
        """The day it entered its present stage."""
        return self.stage_history[-1].since if self.stage_history else self.created_on

    @property
    def pushes(self) -> tuple[CloseDateMove, ...]:
        """The moves of the closing date to a later day."""
        return tuple(move for move in self.close_date_history if move.is_push)


@dataclass(frozen=True, slots=True)
class Activity:
    """A call, a meeting or an e-mail; `people` are names of contacts."""

    id: str
    kind: ActivityKind
    at: date
    subject: str
    text: str
    by: str
    people: tuple[str, ...] = ()
    direction: Direction = "out"
    answered: bool = True

    @property
    def is_touch(self) -> bool:
        """The customer took part: a meeting, an answered call, or an e-mail from them."""
        match self.kind:
            case "meeting":
                return True
            case "call":
                return self.answered
            case "email":
                return self.direction == "in"


@dataclass(frozen=True, slots=True)
class Task:
    """Something one of us has to do."""

    id: str
    subject: str
    owner: str
    due: date
    created_on: date
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Free text that somebody wrote down."""

    id: str
    title: str
    text: str
    at: date
    author: str


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the CRM's timeline: a field of a record went from old to new."""

    id: str
    at: date
    module: Literal["Accounts", "Contacts", "Deals"]
    record: str
    field: str
    old: str
    new: str
    by: str


Related: TypeAlias = Contact | Deal | Activity | Task | Note | Change
R = TypeVar("R", bound=Related)
"""A kind of record that belongs to an account."""
