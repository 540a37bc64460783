"""Next actions: at most five, ranked; what a person declined before is not suggested again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sergas.accounts.analysis.case import Case
from sergas.accounts.analysis.deal_actions import deal_actions
from sergas.accounts.analysis.lines import declined_keys
from sergas.accounts.analysis.relation_actions import relation_actions
from sergas.accounts.analysis.result import Action, Flag, Priority
from sergas.accounts.analysis.upkeep_actions import upkeep_actions

MOST = 5
_PRIORITIES: tuple[Priority, ...] = ("now", "high", "medium", "low")
_DAYS: dict[Priority, int] = {"now": 1, "high": 5, "medium": 14, "low": 30}


def next_actions(case: Case, flags: Sequence[Flag]) -> tuple[Action, ...]:
    """Return the most urgent steps that the flags ask for."""
    by_key: dict[str, Flag] = {}
    for flag in flags:
        by_key.setdefault(flag.key, flag)
    wanted = [
        *relation_actions(case, by_key),
        *deal_actions(case, by_key),
        *upkeep_actions(case, by_key),
    ]
    declined = declined_keys(case)
    allowed = [action for action in wanted if action.key not in declined]
    allowed.sort(key=lambda action: _PRIORITIES.index(action.priority))
    return tuple(_finished(case, action) for action in allowed[:MOST])


def _finished(case: Case, action: Action) -> Action:
    """Set the day, and say so if the same was accepted before without a recorded result."""
    action = _mindful(case, action)
    due = working_day(case.today + timedelta(days=_DAYS[action.priority]))
    known = next(
        (
            item
            for item in case.ledger.advice
            if item.key == action.key and item.decision == "accepted" and not item.outcome
        ),
        None,
    )
    if known is None:
        return replace(action, due=due)
    why = f"{action.why} You accepted this on {case.say(known.at)}; no result is recorded yet."
    return replace(action, due=due, why=why, evidence=(*action.evidence, known.id))


def _mindful(case: Case, action: Action) -> Action:
    """Remind of how the person written to likes to be treated."""
    known = next((one for one in case.ledger.preferences if one.who in action.title), None)
    known = known or next(
        (one for one in case.ledger.preferences if f"Hello {one.who}," in action.draft), None
    )
    if known is None:
        return action
    why = f'{action.why} Keep in mind about {known.who}: "{known.text}".'
    return replace(action, why=why, evidence=(*action.evidence, known.id))


def working_day(day: date) -> date:
    """Return the day, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
