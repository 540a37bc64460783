"""What the analysis says. Every statement names the records it rests on, by record id."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Severity = Literal["critical", "high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = ("critical", "high", "medium", "low")
Priority = Literal["now", "high", "medium", "low"]
Band = Literal["healthy", "watch", "at_risk", "critical"]
ActionType = Literal[
    "follow_up_email",
    "escalation",
    "meeting",
    "task",
    "renewal_reminder",
    "upsell",
    "risk_mitigation",
    "executive_alignment",
    "re_engagement",
    "crm_update",
]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence and the ids of the records that it rests on."""

    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Factor:
    """One group of the attention score."""

    key: str
    label: str
    share: float
    max: int
    reason: Statement

    @property
    def points(self) -> float:
        """What it adds to the score."""
        return round(self.share * self.max, 1)


@dataclass(frozen=True, slots=True)
class Attention:
    """How much attention the account needs: a low score needs much; not a churn probability."""

    score: int
    band: Band
    coverage: float
    provisional: bool
    reasons: tuple[Statement, ...]
    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a person should know.

    Attributes:
        clause: its short form for the headline; it continues `subject` if there is one.
    """

    key: str
    severity: Severity
    text: str
    clause: str
    evidence: tuple[str, ...]
    subject: str = ""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What changed since the last look."""

    text: str
    at: date
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person at the account."""

    name: str
    title: str
    role: str
    status: Literal["active", "quiet", "left"]
    last_contact: date | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DealLine:
    """A deal beside the usual duration of its stage."""

    name: str
    stage: str
    amount: int
    currency: str
    closing_date: date
    days_in_stage: int
    usual_days: int | None
    is_open: bool
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment as it stands today."""

    text: str
    by: Literal["us", "them"]
    who: str
    due: date
    status: Literal["open", "kept", "late"]
    overdue_days: int
    said_in: str
    task: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """Earlier advice and what became of it."""

    key: str
    text: str
    at: date
    decision: Literal["accepted", "declined", "open"]
    reason: str
    outcome: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """A next step that a person may accept or decline; nothing is sent or written."""

    key: str
    type: ActionType
    priority: Priority
    title: str
    why: str
    due: date
    draft: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """All statements about one account on one day."""

    headline: Statement
    attention: Attention
    changes: tuple[ChangeLine, ...]
    flags: tuple[Flag, ...]
    people: tuple[PersonLine, ...]
    deals: tuple[DealLine, ...]
    commitments: tuple[Promise, ...]
    advice: tuple[AdviceLine, ...]
    actions: tuple[Action, ...]
    gaps: tuple[str, ...]
