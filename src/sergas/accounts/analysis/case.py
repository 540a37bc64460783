"""One account on one day: the snapshot, the ledger and what every rule needs to know of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sergas.accounts.analysis.config import AnalysisConfig
from sergas.accounts.analysis.phrases import Finding, Kind, find_phrases
from sergas.accounts.analysis.promises import promises_today
from sergas.accounts.analysis.result import Promise
from sergas.accounts.analysis.snapshot import Snapshot, StageNorm
from sergas.accounts.crm.records import Activity, Contact, Deal
from sergas.accounts.memory.records import Ledger


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a rule may look at; lists are newest first.

    Attributes:
        touches: past activities in which the customer took part.
        findings: phrases found in notes, calls, meetings and their e-mails.
    """

    snapshot: Snapshot
    ledger: Ledger
    today: date
    config: AnalysisConfig
    touches: tuple[Activity, ...]
    findings: tuple[Finding, ...]
    promises: tuple[Promise, ...]

    @property
    def open_deals(self) -> tuple[Deal, ...]:
        """The deals that are neither won nor lost."""
        return tuple(deal for deal in self.snapshot.deals if deal.is_open)

    @property
    def renewal_deal(self) -> Deal | None:
        """The open deal that renews the contract."""
        return next((deal for deal in self.open_deals if deal.type == "renewal"), None)

    @property
    def renewal_started(self) -> bool:
        """A renewal deal has moved beyond its first stage."""
        deal = self.renewal_deal
        return deal is not None and deal.stage not in self.config.first_stages

    @property
    def days_to_renewal(self) -> int | None:
        """Days until the contract ends; None without a date."""
        renewal = self.snapshot.account.renewal_date
        return None if renewal is None else (renewal - self.today).days

    @property
    def present_contacts(self) -> tuple[Contact, ...]:
        """The people who still work there."""
        return tuple(person for person in self.snapshot.contacts if not self.has_left(person))

    @property
    def lost_champion(self) -> Contact | None:
        """A champion who left, while nobody else is the champion now."""
        champions = [person for person in self.snapshot.contacts if person.role == "champion"]
        if any(not self.has_left(person) for person in champions):
            return None
        left = [person for person in champions if person.left_on is not None]
        return max(left, key=lambda person: person.left_on or date.min, default=None)

    @property
    def deciders(self) -> tuple[Contact, ...]:
        """Executives and decision makers who still work there."""
        return tuple(
            person
            for person in self.present_contacts
            if person.seniority == "executive" or person.role == "decision_maker"
        )

    @property
    def upcoming(self) -> Activity | None:
        """The next planned meeting or call."""
        planned = [act for act in self.snapshot.activities if act.at > self.today]
        return min(planned, key=lambda act: act.at, default=None)

    def has_left(self, person: Contact) -> bool:
        """Say whether the person has left by today."""
        return person.left_on is not None and person.left_on <= self.today

    def days_since(self, day: date) -> int:
        """Count the days from a day to today."""
        return (self.today - day).days

    def say(self, day: date) -> str:
        """Write a day for a person; the year only where it is not obvious."""
        written = f"{day.day} {day:%B}"
        return written if abs(self.days_since(day)) <= 180 else f"{written} {day.year}"

    def last_touch_with(self, person: Contact) -> Activity | None:
        """Return the last activity in which the person took part."""
        return next((touch for touch in self.touches if person.name in touch.people), None)

    def active_contacts(self) -> tuple[Contact, ...]:
        """Return who still works there and took part in something within the active window."""
        return tuple(
            person
            for person in self.present_contacts
            if (touch := self.last_touch_with(person)) is not None
            and self.days_since(touch.at) <= self.config.active_window
        )

    def touches_between(self, newest: int, oldest: int) -> tuple[Activity, ...]:
        """Return the touches that are at least `newest` and less than `oldest` days old."""
        return tuple(act for act in self.touches if newest <= self.days_since(act.at) < oldest)

    def norm(self, stage: str) -> StageNorm | None:
        """Return the usual duration of a stage."""
        return next((norm for norm in self.snapshot.norms if norm.stage == stage), None)

    def found(self, *kinds: Kind, within: int | None = None) -> tuple[Finding, ...]:
        """Return the phrases of these kinds within the last days (the phrase window)."""
        window = self.config.phrase_window if within is None else within
        return tuple(
            finding
            for finding in self.findings
            if finding.kind in kinds and 0 <= self.days_since(finding.at) <= window
        )


def open_case(snapshot: Snapshot, ledger: Ledger, today: date, config: AnalysisConfig) -> Case:
    """Prepare what the rules need; what lies in the future is no history yet."""
    past = [act for act in snapshot.activities if act.at <= today]
    texts = sorted([*snapshot.notes, *past], key=lambda record: record.at, reverse=True)
    return Case(
        snapshot=snapshot,
        ledger=ledger,
        today=today,
        config=config,
        touches=tuple(act for act in past if act.is_touch),
        findings=find_phrases(texts, competitors=config.competitors),
        promises=promises_today(
            ledger.commitments,
            today,
            tasks=snapshot.tasks,
            activities=snapshot.activities,
        ),
    )


def ids(records: Iterable[Contact | Deal | Activity]) -> tuple[str, ...]:
    """Return the ids of records, each once."""
    return tuple(dict.fromkeys(record.id for record in records))
