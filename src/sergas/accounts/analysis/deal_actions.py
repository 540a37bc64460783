"""Steps about the renewal and open deals."""

from collections.abc import Iterator, Mapping

from sergas.accounts.analysis.case import Case, ids
from sergas.accounts.analysis.deal_flags import money
from sergas.accounts.analysis.drafts import correspondent, decider, letter, speaker
from sergas.accounts.analysis.relation_actions import cited
from sergas.accounts.analysis.result import SEVERITIES, Action, Flag
from sergas.accounts.crm.records import Deal


def deal_actions(case: Case, flags: Mapping[str, Flag]) -> Iterator[Action]:
    """Suggest what to do about the renewal, silence, standstill, rivals and thin contacts."""
    if flag := flags.get("renewal_near_unstarted"):
        yield _start_renewal(case, flag)
    if (flag := _worst(flags, "ghosted", "no_activity")) and not _is_new_owner_quiet(case, flags):
        yield _re_engage(case, flag)
    if flag := flags.get("competitor_named"):
        yield _answer_competitor(case, flag)
    if flag := _worst(flags, "overdue", "close_date_pushed", "stalled_in_stage"):
        yield _unblock_deal(case, flag)
    if flag := flags.get("not_enough_contacts"):
        yield _widen_contacts(case, flag)
    if flag := flags.get("pricing_not_mentioned"):
        yield _talk_price(case, flag)


def _worst(flags: Mapping[str, Flag], *keys: str) -> Flag | None:
    """Return the most severe of these flags, the first of equals."""
    found = [flag for key in keys if (flag := flags.get(key))]
    return min(found, key=lambda flag: SEVERITIES.index(flag.severity), default=None)


def _is_new_owner_quiet(case: Case, flags: Mapping[str, Flag]) -> bool:
    """An introduction of the new owner is reason enough to write; no need to press as well."""
    return "owner_changed" in flags and not case.open_deals


def _start_renewal(case: Case, flag: Flag) -> Action:
    to, account = decider(case) or correspondent(case), case.snapshot.account
    value = account.contract_value
    worth = f" It is worth {money(value, account.currency)}." if value else ""
    day = case.say(account.renewal_date) if account.renewal_date else "[day]"
    return Action(
        key="start_renewal",
        type="renewal_reminder",
        priority="now" if flag.severity == "critical" else "high",
        title=f"Start the renewal talk with {to.name if to else 'the customer'}",
        why=f"{flag.text}{worth}",
        due=case.today,
        draft=letter(
            case,
            to,
            f"Our contract runs until {day}. Before we talk about terms I would like to hear "
            "what worked, what did not, and what you need in the coming year.",
            "May I suggest half an hour on [day]? I bring one page with usage and price.",
        ),
        evidence=cited(case, to, *flag.evidence),
    )


def _re_engage(case: Case, flag: Flag) -> Action:
    to = correspondent(case)
    deal = next(iter(case.open_deals), None)
    who = to.name if to else "the customer"
    return Action(
        key="re_engage",
        type="re_engagement",
        priority="now" if flag.severity == "critical" else "high",
        title=f"Ask {who} for a plain yes, no or not now" if deal else f"Ask {who} how it goes",
        why=flag.text,
        due=case.today,
        draft=letter(case, to, *(_about_the_deal(deal) if deal else _about_nothing_special())),
        evidence=cited(case, to, *flag.evidence, *ids([deal] if deal else [])),
    )


def _about_the_deal(deal: Deal) -> tuple[str, ...]:
    return (
        f'I have not heard from you about "{deal.name}" and do not want to crowd your inbox.',
        "Is it still on, is it for later, or has it been decided otherwise? One word is "
        "enough, and each of the three helps me.",
    )


def _about_nothing_special() -> tuple[str, ...]:
    return ("We have not spoken for a while. How is it going, and what could be better?",)


def _answer_competitor(case: Case, flag: Flag) -> Action:
    to = speaker(case, flag) or correspondent(case)
    return Action(
        key="answer_competitor",
        type="risk_mitigation",
        priority="high",
        title=f"Ask {to.name if to else 'the customer'} what the comparison is about",
        why=flag.text,
        due=case.today,
        draft="Ask which points are compared, who compares them and by when; offer a talk with a "
        "customer of ours in a like position. Say nothing about the other vendor.",
        evidence=cited(case, to, *flag.evidence),
    )


def _unblock_deal(case: Case, flag: Flag) -> Action:
    to = decider(case) or correspondent(case)
    deal = next(deal for deal in case.open_deals if deal.id in flag.evidence)
    return Action(
        key="unblock_deal",
        type="meeting",
        priority="high" if flag.severity in {"critical", "high"} else "medium",
        title=f"Agree the remaining steps of {deal.name} with dates",
        why=flag.text,
        due=case.today,
        draft=letter(
            case,
            to,
            f'We have been on "{deal.name}" for a while. Could we write down together what is '
            "still missing, who does it, and by which day? If the date is not real, I would "
            "rather know it now.",
        ),
        evidence=cited(case, to, *flag.evidence),
    )


def _widen_contacts(case: Case, flag: Flag) -> Action:
    known = correspondent(case)
    return Action(
        key="widen_contacts",
        type="meeting",
        priority="high",
        title="Bring a second and third person into the deal",
        why=flag.text,
        due=case.today,
        draft=letter(
            case,
            known,
            "Who else will work with this, and who signs? I would like to meet them while "
            "there is still time to change things.",
        ),
        evidence=cited(case, known, *flag.evidence),
    )


def _talk_price(case: Case, flag: Flag) -> Action:
    to = correspondent(case)
    return Action(
        key="talk_price",
        type="task",
        priority="low",
        title="Put the price on the table",
        why=flag.text,
        due=case.today,
        draft="Bring one page with the price to the next talk and ask whether it fits the budget.",
        evidence=cited(case, to, *flag.evidence),
    )
