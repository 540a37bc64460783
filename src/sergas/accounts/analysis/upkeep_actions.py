"""Steps that keep the account and its records in order, and those that let it grow."""

from collections.abc import Iterator, Mapping

from sergas.accounts.analysis.case import Case
from sergas.accounts.analysis.drafts import correspondent, letter
from sergas.accounts.analysis.factors import ago
from sergas.accounts.analysis.relation_actions import cited
from sergas.accounts.analysis.result import Action, Flag, Priority


def upkeep_actions(case: Case, flags: Mapping[str, Flag]) -> Iterator[Action]:
    """Suggest a check-in, growth, and repairs of the records."""
    if not flags and any(deal.type == "expansion" for deal in case.open_deals):
        yield _grow(case)
    if (flag := flags.get("overdue_task")) and not _is_promise(case, flag):
        yield _do_task(case, flag)
    if not flags.keys() & {"ghosted", "no_activity"} and _is_quiet(case):
        yield _check_in(case)
    for key, title in _REPAIRS.items():
        if flag := flags.get(key):
            yield _repair(case, key=key, title=title, flag=flag)
    if missing := _missing(case):
        yield _complete_record(case, missing)


_REPAIRS = {
    "notes_disagree": "Find out which of the two records is right",
    "data_stale": "Bring the account up to date",
    "instruction_in_note": "Look at the text that tries to instruct software",
}
_REPAIR_PRIORITY: dict[str, Priority] = {
    "notes_disagree": "high",
    "data_stale": "medium",
    "instruction_in_note": "low",
}


def _is_promise(case: Case, flag: Flag) -> bool:
    return flag.evidence[0] in {promise.task for promise in case.promises}


def _is_quiet(case: Case) -> bool:
    limit = case.config.check_in_after
    quiet = bool(case.touches) and case.days_since(case.touches[0].at) >= limit
    return quiet and case.upcoming is None


def _missing(case: Case) -> list[str]:
    account = case.snapshot.account
    parts = {
        "the renewal date": account.renewal_date is None and account.kind == "customer",
        "who decides": not case.deciders,
        "who our champion is": not any(who.role == "champion" for who in case.present_contacts),
    }
    return [part for part, is_missing in parts.items() if is_missing]


def _grow(case: Case) -> Action:
    to = correspondent(case)
    deal = next(deal for deal in case.open_deals if deal.type == "expansion")
    step = f" The next step on record is: {deal.next_step}." if deal.next_step else ""
    return Action(
        key="grow",
        type="upsell",
        priority="medium",
        title=f"Take the next step with {deal.name}",
        why=f"No warning is open and {deal.name} is in {deal.stage}.{step}",
        due=case.today,
        draft=letter(
            case,
            to,
            f'I would like to take the next step with "{deal.name}" while things go well. '
            "What do you need from us for it?",
        ),
        evidence=cited(case, to, deal.id),
    )


def _do_task(case: Case, flag: Flag) -> Action:
    return Action(
        key="do_task",
        type="task",
        priority="high",
        title="Do the overdue task, or close it with a reason",
        why=flag.text,
        due=case.today,
        draft="",
        evidence=cited(case, None, *flag.evidence),
    )


def _check_in(case: Case) -> Action:
    to, last = correspondent(case), case.touches[0]
    return Action(
        key="check_in",
        type="meeting",
        priority="low",
        title=f"Plan a short check-in with {to.name if to else 'the customer'}",
        why=f"The last contact was {ago(case.days_since(last.at))} and nothing is planned.",
        due=case.today,
        draft=letter(
            case, to, "No agenda from my side: how is it going, and what could be better?"
        ),
        evidence=cited(case, to, last.id),
    )


def _repair(case: Case, *, key: str, title: str, flag: Flag) -> Action:
    return Action(
        key=f"repair_{key}",
        type="crm_update",
        priority=_REPAIR_PRIORITY[key],
        title=title,
        why=flag.text,
        due=case.today,
        draft="",
        evidence=cited(case, None, *flag.evidence),
    )


def _complete_record(case: Case, missing: list[str]) -> Action:
    return Action(
        key="complete_record",
        type="crm_update",
        priority="low",
        title="Complete the account record",
        why=f"Not on record: {', '.join(missing)}.",
        due=case.today,
        draft="",
        evidence=cited(case, None, *(who.id for who in case.snapshot.contacts[:5])),
    )
