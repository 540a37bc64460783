"""The five groups of the attention score. A group without data is None and is not scored."""

from sergas.accounts.analysis.case import Case, ids
from sergas.accounts.analysis.result import Factor, Statement
from sergas.accounts.crm.records import Activity, Contact, Deal

MOST_CITED = 12
LABELS = {
    "engagement": "Engagement",
    "relationship": "Relationship",
    "pipeline": "Pipeline",
    "commercial": "Renewal",
    "commitments": "Commitments",
}


def score_factors(case: Case) -> tuple[Factor, ...]:
    """Score every group that has data, in the order of `LABELS`."""
    scored = {
        "engagement": _engagement(case),
        "relationship": _relationship(case),
        "pipeline": _pipeline(case),
        "commercial": _commercial(case),
        "commitments": _commitments(case),
    }
    return tuple(
        Factor(key, LABELS[key], result[0], case.config.weights[key], result[1])
        for key, result in scored.items()
        if result is not None
    )


def describe_touch(case: Case, touch: Activity) -> str:
    """Say who was in touch and when, "e-mail from Aylin Demir, 9 days ago"."""
    days = case.days_since(touch.at)
    kind = {"email": "e-mail from", "call": "call with", "meeting": "meeting with"}[touch.kind]
    return f"{kind} {touch.people[0] if touch.people else 'the customer'}, {ago(days)}"


def ago(days: int) -> str:
    """Say how long ago, "today", "1 day ago", "9 days ago"."""
    return "today" if days == 0 else f"{count(days, 'day')} ago"


def count(number: int, noun: str) -> str:
    """Write a number and its noun, "1 day", "2 days"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def times(number: int) -> str:
    """Say how often, "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _engagement(case: Case) -> tuple[float, Statement] | None:
    if not case.touches:
        return None
    config, last = case.config, case.touches[0]
    recent, before = case.touches_between(0, 31), case.touches_between(31, 61)
    recency = _between(case.days_since(last.at), config.touch_good, config.touch_bad)
    trend = min(1.0, len(recent) / max(1, len(before)))
    text = (
        f"Last contact: {describe_touch(case, last)}. "
        f"In the last month {_times(len(recent))}, in the month before {_times(len(before))}."
    )
    cited = [last, *recent[:MOST_CITED], *before[:MOST_CITED]]
    return 0.6 * recency + 0.4 * trend, Statement(text, ids(cited))


def _times(number: int) -> str:
    if number > MOST_CITED:
        return "more than a dozen contacts"
    return count(number, "contact") if number else "none"


def _relationship(case: Case) -> tuple[float, Statement] | None:
    if not case.snapshot.contacts:
        return None
    config, active = case.config, case.active_contacts()
    breadth = _between(len(active), config.contacts_good, 1) if active else 0.0
    touches = [case.last_touch_with(person) for person in active]
    evidence: list[Contact | Activity] = [*active, *(touch for touch in touches if touch)]
    people = "person was" if len(active) == 1 else "people were"
    text = f"{len(active) or 'No'} {people} in touch in the last three months."
    power, said, cited = _power(case)
    evidence += cited or list(case.snapshot.contacts[:1])
    return 0.5 * breadth + 0.5 * power, Statement(f"{text} {said}", ids(evidence))


def _power(case: Case) -> tuple[float, str, list[Contact | Activity]]:
    """Judge the contact with people who decide; a lost champion leaves nothing of it."""
    if champion := case.lost_champion:
        left_on = champion.left_on or case.today
        return 0.0, f"The champion {champion.name} left on {case.say(left_on)}.", [champion]
    touched = [
        (touch, person) for person in case.deciders if (touch := case.last_touch_with(person))
    ]
    if not touched:
        said = "No contact with anybody who decides is recorded."
        return 0.0, said, list(case.deciders[:3])
    touch, person = max(touched, key=lambda pair: pair[0].at)
    config, days = case.config, case.days_since(touch.at)
    said = f"{person.name} ({person.title}) was last in touch {ago(days)}."
    return _between(days, config.executive_good, config.executive_bad), said, [person, touch]


def _pipeline(case: Case) -> tuple[float, Statement] | None:
    if not case.open_deals:
        return None
    risks = {deal.id: _deal_risk(case, deal) for deal in case.open_deals}
    worst = max(case.open_deals, key=lambda deal: risks[deal.id])
    share = 1 - sum(risks.values()) / len(risks)
    days, norm = case.days_since(worst.in_stage_since), case.norm(worst.stage)
    usual = f" (usual: {norm.days})" if norm else ""
    text = (
        f"{'Slowest' if risks[worst.id] else 'Open'} deal: {worst.name}, "
        f"{count(days, 'day')} in {worst.stage}{usual}{_trouble(case, worst)}."
    )
    return share, Statement(text, (worst.id, *([norm.id] if norm else [])))


def _deal_risk(case: Case, deal: Deal) -> float:
    norm = case.norm(deal.stage)
    ratio = case.days_since(deal.in_stage_since) / norm.days if norm else 1.0
    overdue = 0.5 if deal.closing_date < case.today else 0.0
    return min(1.0, 0.5 * max(0.0, ratio - 1) + 0.25 * len(deal.pushes) + overdue)


def _trouble(case: Case, deal: Deal) -> str:
    pushed = f", closing date pushed {times(len(deal.pushes))}" if deal.pushes else ""
    overdue = ", closing date has passed" if deal.closing_date < case.today else ""
    return pushed + overdue


def _commercial(case: Case) -> tuple[float, Statement] | None:
    account, days = case.snapshot.account, case.days_to_renewal
    if account.renewal_date is None or days is None:
        return None
    far, near = case.config.renewal_far, case.config.renewal_near
    share = 1.0 if case.renewal_started else _between(days, far, near)
    when = f"in {count(days, 'day')}" if days >= 0 else f"overdue by {count(-days, 'day')}"
    deal = case.renewal_deal
    said = (
        f"the deal {deal.name} is in {deal.stage}" if deal else "there is no open deal for it yet"
    )
    text = f"Renewal {when}, on {case.say(account.renewal_date)}; {said}."
    return share, Statement(text, (account.id, *([deal.id] if deal else [])))


def _commitments(case: Case) -> tuple[float, Statement] | None:
    promises = case.promises[:MOST_CITED]
    if not promises:
        return None
    late = [promise for promise in promises if promise.status == "late"]
    states = [promise.status for promise in promises]
    counted = ", ".join(
        f"{states.count(status)} {status}"
        for status in ("kept", "open", "late")
        if status in states
    )
    text = f"{count(len(promises), 'promise')} on record: {counted}."
    if late:
        worst = late[0]
        text += f" Longest overdue: {worst.text}, {count(worst.overdue_days, 'day')}."
    evidence = tuple(dict.fromkeys(part for promise in promises for part in promise.evidence))
    return 1 - len(late) / len(promises), Statement(text, evidence)


def _between(value: float, good: float, bad: float) -> float:
    """Return 1 at `good` or better, 0 at `bad` or worse, and a straight line in between."""
    return max(0.0, min(1.0, (value - bad) / (good - bad)))
