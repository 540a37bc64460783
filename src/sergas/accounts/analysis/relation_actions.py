"""Steps about people and promises."""

from collections.abc import Iterator, Mapping, Sequence

from sergas.accounts.analysis.case import Case
from sergas.accounts.analysis.drafts import correspondent, decider, letter, speaker, successor
from sergas.accounts.analysis.factors import count
from sergas.accounts.analysis.result import Action, Flag, Promise
from sergas.accounts.crm.records import Contact


def relation_actions(case: Case, flags: Mapping[str, Flag]) -> Iterator[Action]:
    """Suggest what to do about promises, lost people and sharp words."""
    late = [promise for promise in case.promises if promise.status == "late"]
    ours = [promise for promise in late if promise.by == "us"]
    theirs = [promise for promise in late if promise.by == "them"]
    if ours:
        yield _keep_promise(case, ours)
    if flag := flags.get("owner_changed"):
        yield _introduce_owner(case, flag)
    if flag := flags.get("champion_left"):
        yield _rebuild_champion(case, flag)
        yield _executive_alignment(case, flag)
    elif flag := flags.get("no_power"):
        yield _executive_alignment(case, flag)
    if flag := flags.get("negative_language") or flags.get("red_flag"):
        yield _address_concern(case, flag)
    if theirs:
        yield _ask_for_promise(case, theirs[0])


def _keep_promise(case: Case, late: Sequence[Promise]) -> Action:
    promise, others = late[0], late[1:4]
    also = "".join(f' Also late: "{other.text}".' for other in others)
    evidence = [part for one in (promise, *others) for part in one.evidence]
    to = _asked_by(case, promise) or correspondent(case)
    return Action(
        key="keep_promise",
        type="follow_up_email",
        priority="now",
        title=f"Keep the promise: {promise.text}",
        why=f"It was due on {case.say(promise.due)} and is "
        f"{count(promise.overdue_days, 'day')} late.{also}",
        due=case.today,
        draft=letter(
            case,
            to,
            f'We promised this by {case.say(promise.due)} and did not deliver: "{promise.text}". '
            "That is our fault, and I am sorry for the wait.",
            "[Attach it, or name the day on which it comes.]",
        ),
        evidence=cited(case, to, *evidence),
    )


def _introduce_owner(case: Case, flag: Flag) -> Action:
    to = correspondent(case)
    return Action(
        key="introduce_owner",
        type="follow_up_email",
        priority="high",
        title=f"Introduce yourself to {to.name if to else 'the customer'}",
        why=flag.text,
        due=case.today,
        draft=letter(
            case,
            to,
            "I look after you from now on. I have read what we have on file and would rather "
            "hear from you what is open and what should not get lost.",
            "Do you have twenty minutes on [day]?",
        ),
        evidence=cited(case, to, *flag.evidence),
    )


def _rebuild_champion(case: Case, flag: Flag) -> Action:
    to = successor(case)
    who = to.name if to else "the successor"
    return Action(
        key="rebuild_champion",
        type="meeting",
        priority="now" if flag.severity == "critical" else "high",
        title=f"Meet {who} and win a new champion",
        why=flag.text,
        due=case.today,
        draft=letter(
            case,
            to,
            "I would like to hear what matters to you now, and show what your colleagues use "
            "our platform for today.",
            "Would half an hour suit you on [day] or [day]?",
        ),
        evidence=cited(case, to, *flag.evidence),
    )


def _executive_alignment(case: Case, flag: Flag) -> Action:
    to = decider(case)
    who = to.name if to else "the person who decides"
    return Action(
        key="executive_alignment",
        type="executive_alignment",
        priority="high" if flag.key == "champion_left" else "medium",
        title=f"Get an executive of ours to talk with {who}",
        why=flag.text,
        due=case.today,
        draft=letter(
            case,
            to,
            "I would like to bring you together with our management for half an hour: what has "
            "been reached, what is open, what you expect next.",
            "Which day next week suits you?",
        ),
        evidence=cited(case, to, *flag.evidence),
    )


def _address_concern(case: Case, flag: Flag) -> Action:
    to = speaker(case, flag) or correspondent(case)
    return Action(
        key="address_concern",
        type="risk_mitigation",
        priority="high" if flag.key == "negative_language" else "medium",
        title=f"Call {to.name if to else 'the customer'} about the concern",
        why=flag.text,
        due=case.today,
        draft="Ask first, answer later: what happened, what it cost them, what would put it right. "
        "Write down the answer in their words.",
        evidence=cited(case, to, *flag.evidence),
    )


def _ask_for_promise(case: Case, promise: Promise) -> Action:
    to = next((who for who in case.present_contacts if who.name == promise.who), None)
    to = to or correspondent(case)
    return Action(
        key="ask_for_promise",
        type="follow_up_email",
        priority="medium",
        title=f"Ask for what was promised to us: {promise.text}",
        why=f"{promise.who} wanted to do this by {case.say(promise.due)}; it is "
        f"{count(promise.overdue_days, 'day')} late.",
        due=case.today,
        draft=letter(
            case,
            to,
            f'A short question about "{promise.text}", which we expected by '
            f"{case.say(promise.due)}: is anything in the way that we can help with?",
        ),
        evidence=cited(case, to, *promise.evidence),
    )


def _asked_by(case: Case, promise: Promise) -> Contact | None:
    """Return who of those present when the promise was made wrote to us last."""
    said_in = next((act for act in case.snapshot.activities if act.id == promise.said_in), None)
    names = said_in.people if said_in else ()
    present = [who for who in case.present_contacts if who.name in names]
    touched = [(touch.at, who) for who in present if (touch := case.last_touch_with(who))]
    return max(touched, key=lambda pair: pair[0])[1] if touched else None


def cited(case: Case, to: Contact | None, *evidence: str) -> tuple[str, ...]:
    """Return evidence with the account (its owner signs) and the person written to."""
    parts = (*evidence, *([to.id] if to else []), case.snapshot.account.id)
    return tuple(dict.fromkeys(parts))
