"""Warnings about the account as a whole: people, promises, renewal, texts, upkeep."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sergas.accounts.analysis.case import Case
from sergas.accounts.analysis.factors import ago, count
from sergas.accounts.analysis.phrases import Finding, Kind
from sergas.accounts.analysis.result import Flag, Promise, Severity


def account_flags(case: Case) -> list[Flag]:
    """Return the warnings about this account."""
    single = (
        _champion_left(case),
        _renewal_near_unstarted(case),
        _overdue_task(case),
        _owner_changed(case),
        _data_stale(case),
        _notes_disagree(case),
    )
    flags = [flag for flag in single if flag]
    flags += _commitments_overdue(case)
    flags += _phrases(case)
    return flags


def _champion_left(case: Case) -> Flag | None:
    champion = case.lost_champion
    if champion is None or champion.left_on is None:
        return None
    days, to_renewal = case.days_since(champion.left_on), case.days_to_renewal
    near = to_renewal is not None and 0 <= to_renewal <= 180
    return Flag(
        "champion_left",
        "critical" if near or case.open_deals else "high",
        f"{champion.name} ({champion.title}), the champion, left {ago(days)}; "
        "nobody has taken that place.",
        f"the champion {champion.name} left {ago(days)}",
        (champion.id,),
    )


def _renewal_near_unstarted(case: Case) -> Flag | None:
    account, days = case.snapshot.account, case.days_to_renewal
    if account.renewal_date is None or days is None or case.renewal_started:
        return None
    if days > case.config.renewal_far:
        return None
    deal = case.renewal_deal
    when = f"in {count(days, 'day')}" if days >= 0 else f"due {ago(-days)}"
    renews = f"renews {when}" if days >= 0 else f"was to renew {ago(-days)}"
    state = f"{deal.name} is still in {deal.stage}" if deal else "no renewal deal is open"
    return Flag(
        "renewal_near_unstarted",
        "critical" if days <= case.config.renewal_critical else "high",
        f"The contract {renews}, on {case.say(account.renewal_date)}, and {state}.",
        f"the renewal {when} has not started",
        (account.id, *([deal.id] if deal else [])),
    )


def _commitments_overdue(case: Case) -> list[Flag]:
    late = [promise for promise in case.promises if promise.status == "late"]
    ours = [promise for promise in late if promise.by == "us"]
    theirs = [promise for promise in late if promise.by == "them"]
    flags = [_overdue_promises(ours, "We are late with", "high")] if ours else []
    flags += [_overdue_promises(theirs, "They are late with", "medium")] if theirs else []
    return flags


def _overdue_promises(late: list[Promise], opening: str, severity: Severity) -> Flag:
    shown = late[:4]
    parts = [f'"{promise.text}" ({count(promise.overdue_days, "day")})' for promise in shown]
    worst = shown[0]
    whose = "our promise" if worst.by == "us" else "their promise"
    return Flag(
        "commitment_overdue",
        "critical" if worst.by == "us" and len(late) >= 3 else severity,
        f"{opening} {', '.join(parts)}.",
        f"{whose} is {count(worst.overdue_days, 'day')} late",
        tuple(dict.fromkeys(part for promise in shown for part in promise.evidence)),
    )


def _overdue_task(case: Case) -> Flag | None:
    late = [
        task for task in case.snapshot.tasks if task.closed_on is None and task.due < case.today
    ]
    if not late:
        return None
    worst = min(late, key=lambda task: task.due)
    days = case.days_since(worst.due)
    more = f" {count(len(late), 'overdue task')} in all." if len(late) > 1 else ""
    return Flag(
        "overdue_task",
        "medium",
        f'The task "{worst.subject}" of {worst.owner} is {count(days, "day")} overdue.{more}',
        f"a task is {count(days, 'day')} overdue",
        (worst.id, *(task.id for task in late if task.id != worst.id)),
    )


def _owner_changed(case: Case) -> Flag | None:
    window = case.today - timedelta(days=case.config.owner_change_window)
    change = next(
        (
            change
            for change in case.snapshot.changes
            if change.field == "Owner" and window <= change.at <= case.today
        ),
        None,
    )
    if change is None:
        return None
    return Flag(
        "owner_changed",
        "low",
        f"The account went from {change.old} to {change.new} on {case.say(change.at)}.",
        f"the owner changed on {case.say(change.at)}",
        (change.id,),
    )


def _data_stale(case: Case) -> Flag | None:
    snapshot = case.snapshot
    dated = [(act.at, act.id) for act in snapshot.activities]
    dated += [(note.at, note.id) for note in snapshot.notes]
    newest, record_id = max(dated or [(snapshot.account.modified_on, snapshot.account.id)])
    days = case.days_since(newest)
    if days < case.config.stale_after:
        return None
    return Flag(
        "data_stale",
        "medium",
        f"The newest conversation or note is {count(days, 'day')} old; "
        "what is said here may be out of date.",
        f"the newest conversation or note is {count(days, 'day')} old",
        (record_id,),
    )


def _notes_disagree(case: Case) -> Flag | None:
    window = case.config.disagreement_window
    good = case.found("positive", within=window)
    bad = case.found("red_flag", "negative", within=window)
    pair = next(((one, two) for one in good for two in bad if one.author != two.author), None)
    if pair is None:
        return None
    one, two = pair
    return Flag(
        "notes_disagree",
        "medium",
        f'Two records disagree: the {one.where} by {one.author} says "{one.words}", '
        f'the {two.where} by {two.author} says "{two.words}".',
        "two records disagree",
        (one.record_id, two.record_id),
    )


def _phrases(case: Case) -> list[Flag]:
    window = case.config.active_window
    flags = [
        _quoting("competitor_named", "high", case.found("competitor", within=window)),
        _quoting("red_flag", _by_age(case, "red_flag"), case.found("red_flag")),
        _quoting("negative_language", _by_age(case, "negative"), case.found("negative")),
    ]
    hidden = case.found("instruction", within=3650)
    flags.append(_instruction(hidden))
    return [flag for flag in flags if flag]


def _by_age(case: Case, kind: Kind) -> Severity:
    return "high" if case.found(kind, within=case.config.fresh_phrase) else "medium"


def _quoting(key: str, severity: Severity, found: Sequence[Finding]) -> Flag | None:
    """Quote the newest finding, and the one before it."""
    if not found:
        return None
    newest, *before = found[:2]
    opening = {
        "competitor_named": "Another vendor is named",
        "red_flag": "A warning phrase was written down",
        "negative_language": "Sharp words were written down",
    }[key]
    clause = {
        "competitor_named": "another vendor is named",
        "red_flag": "a warning phrase was found",
        "negative_language": "sharp words were found",
    }[key]
    return Flag(
        key,
        severity,
        f'{opening}: "{newest.words}", in the {newest.where}.'
        + "".join(f' Before that: "{old.words}", in the {old.where}.' for old in before),
        f'{clause} ("{newest.words}")',
        tuple(finding.record_id for finding in (newest, *before)),
    )


def _instruction(found: Iterable[Finding]) -> Flag | None:
    first = next(iter(found), None)
    if first is None:
        return None
    return Flag(
        "instruction_in_note",
        "medium",
        f'The {first.where} contains an instruction to software ("{first.words}"). '
        "It was treated as text and not followed; nothing in it was counted.",
        "a text tries to instruct software",
        (first.record_id,),
    )
