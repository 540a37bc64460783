"""`analyze`: from one account's records to everything the brief says about it."""

from collections.abc import Sequence
from datetime import date

from sergas.accounts.analysis.account_flags import account_flags
from sergas.accounts.analysis.actions import next_actions
from sergas.accounts.analysis.attention import attention
from sergas.accounts.analysis.case import Case, open_case
from sergas.accounts.analysis.config import AnalysisConfig
from sergas.accounts.analysis.deal_flags import deal_flags
from sergas.accounts.analysis.factors import describe_touch, score_factors
from sergas.accounts.analysis.gaps import data_gaps
from sergas.accounts.analysis.lines import advice_lines, change_lines, deal_lines, person_lines
from sergas.accounts.analysis.result import SEVERITIES, Analysis, Attention, Flag, Statement
from sergas.accounts.analysis.snapshot import Snapshot
from sergas.accounts.memory.records import Ledger

_LOUDEST = (
    "champion_left",
    "renewal_near_unstarted",
    "no_activity",
    "ghosted",
    "commitment_overdue",
    "competitor_named",
    "not_enough_contacts",
    "negative_language",
    "red_flag",
)


def analyze(
    snapshot: Snapshot, ledger: Ledger, today: date, config: AnalysisConfig | None = None
) -> Analysis:
    """Apply every rule; the same input gives the same answer on the same day."""
    case = open_case(snapshot, ledger, today, config or AnalysisConfig())
    flags = _ranked([*account_flags(case), *deal_flags(case)])
    factors = score_factors(case)
    judged = attention(case, factors, flags)
    return Analysis(
        headline=_headline(case, judged, flags),
        attention=judged,
        changes=change_lines(case),
        flags=flags,
        people=person_lines(case),
        deals=deal_lines(case),
        commitments=case.promises,
        advice=advice_lines(case),
        actions=next_actions(case, flags),
        gaps=data_gaps(case, factors),
    )


def _ranked(flags: list[Flag]) -> tuple[Flag, ...]:
    def rank(flag: Flag) -> tuple[int, int]:
        loud = _LOUDEST.index(flag.key) if flag.key in _LOUDEST else len(_LOUDEST)
        return SEVERITIES.index(flag.severity), loud

    return tuple(sorted(flags, key=rank))


def _headline(case: Case, judged: Attention, flags: tuple[Flag, ...]) -> Statement:
    account = case.snapshot.account
    loud = [flag for flag in flags if flag.severity in {"critical", "high"}][:3]
    if not loud and judged.band not in {"healthy", "watch"}:
        loud = list(flags[:3])
    if loud:
        evidence = tuple(dict.fromkeys(part for flag in loud for part in flag.evidence))
        text = f"{account.name}: {'; '.join(_clauses(loud))}."
        return Statement(text, (account.id, *evidence))
    if not case.touches:
        return Statement(f"{account.name}: too little is recorded to say how it is.", (account.id,))
    mood = {"healthy": "in good order", "watch": "worth a look"}.get(judged.band, "needs a look")
    last = case.touches[0]
    text = f"{account.name}: {mood}; last contact was the {describe_touch(case, last)}."
    return Statement(text, (account.id, last.id))


def _clauses(flags: Sequence[Flag]) -> list[str]:
    """Join what is said of the same deal, so that its name stands there once."""
    by_subject: dict[str, list[str]] = {}
    for flag in flags:
        by_subject.setdefault(flag.subject or flag.clause, []).append(flag.clause)
    return [
        subject if subject == clauses[0] else f"{subject} {_listed(clauses)}"
        for subject, clauses in by_subject.items()
    ]


def _listed(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
