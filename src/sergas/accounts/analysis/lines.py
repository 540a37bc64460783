"""The tables of the brief: changes, people, deals and earlier advice."""

from collections.abc import Sequence
from datetime import date, timedelta

from sergas.accounts.analysis.case import Case, ids
from sergas.accounts.analysis.result import AdviceLine, ChangeLine, DealLine, PersonLine
from sergas.accounts.crm.records import Change, Contact, Deal
from sergas.accounts.memory.records import Advice

_MOST_CHANGES = 12


def change_lines(case: Case) -> tuple[ChangeLine, ...]:
    """Return what changed since the last recorded look, else within the look-back."""
    since = case.ledger.last_look or case.today - timedelta(days=case.config.look_back)
    changes = [change for change in case.snapshot.changes if since <= change.at <= case.today]
    return tuple(
        ChangeLine(_change_text(case, change), change.at, (change.id,))
        for change in changes[:_MOST_CHANGES]
    )


def person_lines(case: Case) -> tuple[PersonLine, ...]:
    """Return the people, those who work there first, the latest contact first."""
    lines = [_person(case, person) for person in case.snapshot.contacts]
    lines.sort(key=lambda line: line.last_contact or date.min, reverse=True)
    return tuple(sorted(lines, key=lambda line: line.status == "left"))


def deal_lines(case: Case) -> tuple[DealLine, ...]:
    """Return the deals, open ones first, then the newest."""
    deals = sorted(case.snapshot.deals, key=lambda deal: deal.closing_date, reverse=True)
    return tuple(_deal(case, deal) for deal in sorted(deals, key=lambda deal: not deal.is_open))


def advice_lines(case: Case) -> tuple[AdviceLine, ...]:
    """Return earlier advice, newest first, and what follows from the decision on it."""
    gone = tuple(person for person in case.snapshot.contacts if case.has_left(person))
    return tuple(advice_line(advice, gone) for advice in case.ledger.advice)


def declined_keys(case: Case) -> frozenset[str]:
    """Return the actions that a person has declined; they are not suggested again."""
    return frozenset(item.key for item in case.ledger.advice if item.decision == "declined")


def _change_text(case: Case, change: Change) -> str:
    if change.field == "Created":
        return f"{change.record} was added ({change.new})."
    old, new = _value(case, change.old), _value(case, change.new)
    field = change.field.replace("_", " ").lower()
    return f"{change.record}: {field} went from {old or 'nothing'} to {new} ({change.by})."


def _value(case: Case, text: str) -> str:
    try:
        return case.say(date.fromisoformat(text))
    except ValueError:
        return text


def _person(case: Case, person: Contact) -> PersonLine:
    touch = case.last_touch_with(person)
    is_active = touch is not None and case.days_since(touch.at) <= case.config.active_window
    return PersonLine(
        name=person.name,
        title=person.title,
        role=person.role.replace("_", " "),
        status="left" if case.has_left(person) else "active" if is_active else "quiet",
        last_contact=touch.at if touch else None,
        evidence=ids([person, touch] if touch else [person]),
    )


def _deal(case: Case, deal: Deal) -> DealLine:
    norm = case.norm(deal.stage) if deal.is_open else None
    until = case.today if deal.is_open else deal.closing_date
    return DealLine(
        name=deal.name,
        stage=deal.stage,
        amount=deal.amount,
        currency=deal.currency,
        closing_date=deal.closing_date,
        days_in_stage=max(0, (until - deal.in_stage_since).days),
        usual_days=norm.days if norm else None,
        is_open=deal.is_open,
        evidence=(deal.id, *([norm.id] if norm else [])),
    )


def advice_line(advice: Advice, gone: Sequence[Contact] = ()) -> AdviceLine:
    """Say what became of advice; `gone` are people who have left since."""
    named = next((who for who in gone if who.name.split()[0] in advice.reason.split()), None)
    outcome, evidence = advice.outcome, (advice.id,)
    if advice.decision == "declined":
        outcome = f"{outcome} Not suggested again.".strip()
        if named is not None:
            outcome += f" The reason names {named.name}, who has left since."
            evidence = (advice.id, named.id)
    return AdviceLine(
        key=advice.key,
        text=advice.text,
        at=advice.at,
        decision=advice.decision,
        reason=advice.reason,
        outcome=outcome,
        evidence=evidence,
    )
