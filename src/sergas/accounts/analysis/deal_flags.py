"""Warnings about open deals: the eight that Gong describes, and closing dates that move."""

from sergas.accounts.analysis.case import Case, ids
from sergas.accounts.analysis.factors import ago, count, describe_touch, times
from sergas.accounts.analysis.result import Flag, Severity
from sergas.accounts.crm.records import Activity, Deal


def deal_flags(case: Case) -> list[Flag]:
    """Return the warnings about this account's open deals."""
    flags = [flag for flag in (_no_activity(case), _ghosted(case)) if flag]
    for deal in case.open_deals:
        rules = (
            _overdue(case, deal),
            _stalled(case, deal),
            _close_date_pushed(case, deal),
            _not_enough_contacts(case, deal),
            _no_power(case, deal),
            _pricing_not_mentioned(case, deal),
        )
        flags += [flag for flag in rules if flag]
    return flags


def money(amount: int, currency: str) -> str:
    """Write an amount, "46,000 EUR"."""
    return f"{amount:,} {currency}"


def _no_activity(case: Case) -> Flag | None:
    config = case.config
    limit = config.no_activity_open_deal if case.open_deals else config.no_activity_at_all
    if not case.touches or case.days_since(case.touches[0].at) < limit:
        return None
    last = case.touches[0]
    days = case.days_since(last.at)
    severity: Severity = "high" if case.open_deals else "medium"
    if case.open_deals and days >= config.no_activity_at_all:
        severity = "critical"
    return Flag(
        "no_activity",
        severity,
        f"Nothing came from the customer since the {describe_touch(case, last)}.",
        f"no contact for {count(days, 'day')}",
        (last.id,),
    )


def _ghosted(case: Case) -> Flag | None:
    last = case.touches[0] if case.touches else None
    tries = [
        act
        for act in case.snapshot.activities
        if act.at <= case.today and not act.is_touch and (last is None or act.at > last.at)
    ]
    if not case.open_deals or len(tries) < case.config.ghosted_messages:
        return None
    if case.days_since(last.at if last else tries[-1].at) < case.config.ghosted_after:
        return None
    shown = tries[:8]
    since = f"since the {describe_touch(case, last)}" if last else "so far"
    number = count(len(shown), "message") if len(tries) == len(shown) else "more than 8 messages"
    return Flag(
        "ghosted",
        "high",
        f"{number} or calls of ours went unanswered {since}.",
        f"{number} unanswered",
        ids([*shown, *([last] if last else [])]),
    )


def _overdue(case: Case, deal: Deal) -> Flag | None:
    """A date that passes again after two moves is worse than any of its parts."""
    days = case.days_since(deal.closing_date)
    if days <= 0:
        return None
    return Flag(
        "overdue",
        "critical" if len(deal.pushes) > 1 else "high",
        f"{deal.name} should have closed on {case.say(deal.closing_date)}, {ago(days)}, "
        f"and is still in {deal.stage}.",
        f"is {count(days, 'day')} past its closing date",
        (deal.id,),
        deal.name,
    )


def _stalled(case: Case, deal: Deal) -> Flag | None:
    norm, days = case.norm(deal.stage), case.days_since(deal.in_stage_since)
    if norm is None or days < case.config.stalled_factor * norm.days:
        return None
    return Flag(
        "stalled_in_stage",
        "high" if days >= 3 * norm.days else "medium",
        f"{deal.name} has been in {deal.stage} for {count(days, 'day')}; usual: {norm.days}.",
        f"has been in {deal.stage} for {count(days, 'day')}",
        (deal.id, norm.id),
        deal.name,
    )


def _close_date_pushed(case: Case, deal: Deal) -> Flag | None:
    pushes = deal.pushes
    if not pushes:
        return None
    first, last = pushes[0], pushes[-1]
    return Flag(
        "close_date_pushed",
        "high" if len(pushes) > 1 else "medium",
        f"The closing date of {deal.name} was pushed {times(len(pushes))}, "
        f"from {case.say(first.old)} to {case.say(last.new)}.",
        f"was pushed {times(len(pushes))}",
        (deal.id,),
        deal.name,
    )


def _not_enough_contacts(case: Case, deal: Deal) -> Flag | None:
    active = case.active_contacts()
    if deal.amount < case.config.big_deal or len(active) > 1:
        return None
    touches: list[Activity] = [
        touch for person in active if (touch := case.last_touch_with(person))
    ]
    who = f"{active[0].name} alone" if active else "nobody"
    return Flag(
        "not_enough_contacts",
        "high",
        f"{deal.name} ({money(deal.amount, deal.currency)}) rests on {who} "
        "in the last three months.",
        f"rests on {who}",
        ids([deal, *active, *touches]),
        deal.name,
    )


def _no_power(case: Case, deal: Deal) -> Flag | None:
    if deal.stage not in case.config.late_stages or not case.snapshot.contacts:
        return None
    active = {person.id for person in case.active_contacts()}
    if any(person.id in active for person in case.deciders):
        return None
    people = case.deciders[:3]
    names = ", ".join(person.name for person in people)
    said = f"{names} took no part in the last three months"
    return Flag(
        "no_power",
        "medium",
        f"{deal.name} is in {deal.stage}, and "
        f"{said if people else 'nobody who decides is on record'}.",
        "has no decision maker in it",
        ids([deal, *people]),
        deal.name,
    )


def _pricing_not_mentioned(case: Case, deal: Deal) -> Flag | None:
    if deal.stage not in case.config.late_stages:
        return None
    if case.found("price", within=case.days_since(deal.created_on)):
        return None
    return Flag(
        "pricing_not_mentioned",
        "low",
        f"{deal.name} is in {deal.stage}, yet no note, call or e-mail of the customer "
        "mentions a price.",
        "has no word about price",
        (deal.id,),
        deal.name,
    )
