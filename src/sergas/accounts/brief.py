"""The brief as `docs/http.md` describes it, from an analysis and its sources."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from sergas import Json
from sergas.accounts.analysis import Analysis, Snapshot
from sergas.accounts.analysis.result import (
    Action,
    AdviceLine,
    Attention,
    DealLine,
    PersonLine,
    Promise,
    Statement,
)
from sergas.accounts.crm.records import Account
from sergas.accounts.memory.records import Ledger
from sergas.accounts.sources import Source, cited_ids, crm_sources, memory_sources

METHOD_NOTE = "Computed by rules from the records; no model was used."


def build_brief(
    snapshot: Snapshot, ledger: Ledger, analysis: Analysis, now_ms: int
) -> dict[str, Json]:
    """Assemble the whole brief; `sources` holds what is cited and nothing else."""
    sources = crm_sources(snapshot) | memory_sources(ledger)
    brief = _opening(snapshot.account, now_ms)
    brief["headline"] = _statement(analysis.headline, sources)
    brief["attention"] = _attention(analysis.attention, sources)
    brief |= _records(analysis, sources)
    brief["flags"] = [
        {"key": flag.key, "severity": flag.severity, "text": flag.text}
        | _evidence(flag.evidence, sources)
        for flag in analysis.flags
    ]
    brief["commitments"] = commitment_rows(analysis.commitments, sources)
    brief["advice"] = advice_rows(analysis.advice, sources)
    brief["actions"] = [_action(action, sources) for action in analysis.actions]
    brief["gaps"] = [{"text": gap} for gap in analysis.gaps]
    return brief | {"sources": cited_sources(brief, sources)}


def first_brief(snapshot: Snapshot, analysis: Analysis, now_ms: int) -> dict[str, Json]:
    """Assemble what is known as soon as the CRM has been read; the account itself is a source."""
    sources = crm_sources(snapshot)
    brief = _opening(snapshot.account, now_ms) | _records(analysis, sources)
    account = _evidence([snapshot.account.id], sources)
    return brief | {"sources": cited_sources([brief, account], sources)}


def commitment_rows(promises: Iterable[Promise], sources: Mapping[str, Source]) -> list[Json]:
    """Return the commitments of both sides as the brief shows them."""
    return [
        {
            "text": promise.text,
            "by": promise.by,
            "who": promise.who,
            "due": promise.due.isoformat(),
            "status": promise.status,
            "overdueDays": promise.overdue_days,
        }
        | _evidence(promise.evidence, sources)
        for promise in promises
    ]


def advice_rows(advice: Iterable[AdviceLine], sources: Mapping[str, Source]) -> list[Json]:
    """Return the earlier advice as the brief shows it."""
    return [
        {
            "text": line.text,
            "at": line.at.isoformat(),
            "decision": line.decision,
            "reason": line.reason,
            "outcome": line.outcome,
        }
        | _evidence(line.evidence, sources)
        for line in advice
    ]


def cited_sources(part: Json, sources: Mapping[str, Source]) -> list[Json]:
    """Return the sources that a part of a brief cites, in their order."""
    cited = set(_cited_in(part))
    return [source.as_json() for source in sources.values() if source.id in cited]


def _opening(account: Account, now_ms: int) -> dict[str, Json]:
    return {
        "method": "rules",
        "methodNote": METHOD_NOTE,
        "generatedAt": _iso(now_ms),
        "account": _account(account),
    }


def _account(account: Account) -> dict[str, Json]:
    shown: dict[str, Json] = {
        "id": account.id,
        "number": account.number,
        "name": account.name,
        "owner": account.owner,
        "industry": account.industry,
        "city": account.city,
        "country": account.country,
        "currency": account.currency,
    }
    if account.contract_value is not None:
        shown["contractValue"] = account.contract_value
    if account.renewal_date is not None:
        shown["renewalDate"] = account.renewal_date.isoformat()
    return shown


def _records(analysis: Analysis, sources: Mapping[str, Source]) -> dict[str, Json]:
    return {
        "changes": [
            {"text": line.text, "at": line.at.isoformat()} | _evidence(line.evidence, sources)
            for line in analysis.changes
        ],
        "people": [_person(line, sources) for line in analysis.people],
        "deals": [_deal(line, sources) for line in analysis.deals],
    }


def _attention(attention: Attention, sources: Mapping[str, Source]) -> dict[str, Json]:
    return {
        "score": attention.score,
        "band": attention.band,
        "coverage": attention.coverage,
        "provisional": attention.provisional,
        "reasons": [_statement(reason, sources) for reason in attention.reasons],
        "factors": [
            {
                "key": factor.key,
                "label": factor.label,
                "points": factor.points,
                "max": factor.max,
                "reason": factor.reason.text,
            }
            | _evidence(factor.reason.evidence, sources)
            for factor in attention.factors
        ],
    }


def _person(line: PersonLine, sources: Mapping[str, Source]) -> dict[str, Json]:
    shown: dict[str, Json] = {
        "name": line.name,
        "title": line.title,
        "role": line.role,
        "status": line.status,
    }
    if line.last_contact:
        shown["lastContact"] = line.last_contact.isoformat()
    return shown | _evidence(line.evidence, sources)


def _deal(line: DealLine, sources: Mapping[str, Source]) -> dict[str, Json]:
    shown: dict[str, Json] = {
        "name": line.name,
        "stage": line.stage,
        "amount": line.amount,
        "currency": line.currency,
        "closingDate": line.closing_date.isoformat(),
        "daysInStage": line.days_in_stage,
        "isOpen": line.is_open,
    }
    if line.usual_days is not None:
        shown["usualDays"] = line.usual_days
    return shown | _evidence(line.evidence, sources)


def _action(action: Action, sources: Mapping[str, Source]) -> dict[str, Json]:
    return {
        "key": action.key,
        "type": action.type,
        "priority": action.priority,
        "title": action.title,
        "why": action.why,
        "due": action.due.isoformat(),
        "draft": action.draft,
    } | _evidence(action.evidence, sources)


def _statement(statement: Statement, sources: Mapping[str, Source]) -> dict[str, Json]:
    return {"text": statement.text} | _evidence(statement.evidence, sources)


def _evidence(evidence: Iterable[str], sources: Mapping[str, Source]) -> dict[str, Json]:
    return {"evidence": cited_ids(sources, evidence)}


def _cited_in(part: Json) -> Iterable[str]:
    if isinstance(part, list):
        for item in part:
            yield from _cited_in(item)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key == "evidence" and isinstance(value, list):
                yield from (str(item) for item in value)
            else:
                yield from _cited_in(value)


def _iso(at_ms: int) -> str:
    moment = datetime.fromtimestamp(at_ms / 1000, tz=UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
