"""What the agents say, in plain words; [3] marks the source S3."""

from collections.abc import Sequence

from sergas import Json, JsonObject
from sergas.accounts.analysis import Analysis, Snapshot
from sergas.accounts.analysis.factors import count
from sergas.accounts.analysis.result import Promise
from sergas.accounts.crm.port import AccountMatch
from sergas.accounts.crm.records import Account
from sergas.accounts.memory.records import Ledger
from sergas.accounts.sources import crm_sources, marks, memory_sources

NO_FINDINGS = (
    "I work on what the CRM scout and the memory analyst find and have nothing to work on yet. "
    'Run the account review, for example: "Analyze account ACC-001".'
)
NO_ACCOUNT_NAMED = "No account was named, so I compared the accounts that changed last."
_MOST_LISTED = 5
_BANDS = {
    "healthy": "healthy",
    "watch": "worth watching",
    "at_risk": "at risk",
    "critical": "critical",
}


def scout_words(snapshot: Snapshot, analysis: Analysis) -> list[str]:
    """Say what was read and what stands out in it."""
    sources, account = crm_sources(snapshot), snapshot.account
    talks, deals = len(snapshot.activities), [line for line in analysis.deals if line.is_open]
    pieces = [
        f"I read {account.name} ({account.number}){marks(sources, [account.id])}: "
        f"{count(len(snapshot.contacts), 'contact')}, {count(len(snapshot.deals), 'deal')}, "
        f"{count(talks, 'conversation')} and {count(len(snapshot.notes), 'note')}.",
    ]
    pieces += [
        f"\nOpen: {deal.name}, {deal.amount:,} {deal.currency}, {deal.stage} for "
        f"{count(deal.days_in_stage, 'day')}{marks(sources, deal.evidence[:1])}."
        for deal in deals[:3]
    ]
    pieces += [
        f"\nChanged: {line.text}{marks(sources, line.evidence)}" for line in analysis.changes[:3]
    ]
    return pieces


def memory_words(account: Account, ledger: Ledger, promises: Sequence[Promise]) -> list[str]:
    """Say what is remembered."""
    sources = memory_sources(ledger)
    if not sources:
        return [f"Nothing is remembered about {account.name} yet."]
    late = [promise for promise in promises if promise.status == "late"]
    pieces = [
        f"I remember {count(len(promises), 'promise')}, {len(late)} late, and "
        f"{count(len(ledger.advice), 'earlier suggestion')}."
    ]
    pieces += [
        f"\nLate by {count(promise.overdue_days, 'day')}: {promise.text} "
        f"({'ours' if promise.by == 'us' else 'theirs'}, {promise.who})"
        f"{marks(sources, promise.evidence[:1])}."
        for promise in late[:3]
    ]
    pieces += [
        f'\nDeclined before: {item.text} - "{item.reason}"{marks(sources, [item.id])}.'
        for item in ledger.advice
        if item.decision == "declined"
    ][:2]
    return pieces


def author_words(snapshot: Snapshot, ledger: Ledger, analysis: Analysis) -> list[str]:
    """Sum the brief up: headline, score, next steps, and what is not suggested again."""
    sources = crm_sources(snapshot) | memory_sources(ledger)
    attention = analysis.attention
    provisional = ", provisional" if attention.provisional else ""
    pieces = [
        f"{analysis.headline.text}{marks(sources, analysis.headline.evidence)}",
        f"\n\nAttention score {attention.score} of 100: {_BANDS[attention.band]}{provisional} "
        f"(based on {attention.coverage:.0%} of what is usually weighed).",
    ]
    pieces.append("\n\nNext steps:" if analysis.actions else "\n\nNo next step is pressing.")
    pieces += [
        f"\n{place}. {action.title}.{marks(sources, action.evidence)}"
        for place, action in enumerate(analysis.actions, start=1)
    ]
    pieces += [
        f'\n\nNot suggested again: {line.text}. You declined it: "{line.reason}"'
        f"{marks(sources, line.evidence)}."
        for line in analysis.advice
        if line.decision == "declined"
    ]
    return pieces


def unknown_words(ref: str, matches: Sequence[AccountMatch]) -> list[str]:
    """Say that the account is not certain."""
    if not matches:
        return [f'The CRM has no account like "{ref}".']
    return [f'"{ref}" may mean {count(len(matches), "account")}; I did not guess.']


def choice_words(scouted: JsonObject) -> list[str]:
    """Help a person who named an account that is unknown or not certain."""
    matches = _rows(scouted.get("matches"))
    lines = [f"\n- {row['name']} ({row['number']}, {row['city']})" for row in matches]
    if not lines:
        return [
            f'I found no account like "{scouted.get("ref")}" and so wrote no brief. ',
            "Check the spelling, or ask with the account number, for example "
            '"Analyze account ACC-001".',
        ]
    example = f'"Analyze account {matches[0]["number"]}"'
    return [
        "I wrote no brief, for I am not sure which account you mean:",
        *lines,
        f"\nAsk again with the number, for example {example}.",
    ]


def attention_words(scouted: JsonObject) -> list[str]:
    """Say what can be asked, and which accounts need attention most."""
    rows = _rows(scouted.get("accounts"))[:_MOST_LISTED]
    return [
        'Name an account and I review it, for example "Analyze account ACC-001" or '
        '"Review" and a company name.',
        "\n\nBy their CRM records these need attention most:" if rows else "",
        *(f"\n- {row['number']}, score {row['score']}: {row['text']}" for row in rows),
    ]


def _rows(value: Json) -> list[dict[str, Json]]:
    rows = value if isinstance(value, list) else []
    return [row for row in rows if isinstance(row, dict)]
