"""What the agents say, in plain words; [3] marks the source S3.

Scout and author speak from the checked brief alone, so that a statement which the check has left
out is not said either.
"""

from collections.abc import Mapping, Sequence

from sergas import Json, JsonObject
from sergas.accounts.analysis import Snapshot
from sergas.accounts.analysis.factors import count
from sergas.accounts.analysis.result import Promise
from sergas.accounts.crm.port import AccountMatch
from sergas.accounts.crm.records import Account
from sergas.accounts.memory.records import Ledger
from sergas.accounts.sources import cited_ids, memory_sources

Brief = Mapping[str, Json]
Row = dict[str, Json]

NO_FINDINGS = (
    "I work on what the CRM scout and the memory analyst find and have nothing to work on yet. "
    'Run the account review: "Analyze account", and the number or name of the account.'
)
NO_ACCOUNT_NAMED = "No account was named, so I compared the accounts that changed last."
_MOST_LISTED = 5
_MOST_MARKS = 3
_BANDS = {
    "healthy": "healthy",
    "watch": "worth watching",
    "at_risk": "at risk",
    "critical": "critical",
}


def scout_words(snapshot: Snapshot, brief: Brief) -> list[str]:
    """Say what was read and what stands out in it."""
    account = snapshot.account
    pieces = [
        f"I read {account.name} ({account.number}) [1]: "
        f"{count(len(snapshot.contacts), 'contact')}, {count(len(snapshot.deals), 'deal')}, "
        f"{count(len(snapshot.activities), 'conversation')} "
        f"and {count(len(snapshot.notes), 'note')}.",
    ]
    pieces += [
        f"\nOpen: {deal['name']}, {deal['amount']:,} {deal['currency']}, {deal['stage']} for "
        f"{deal['daysInStage']} days{marks(deal.get('evidence'))}."
        for deal in _rows(brief.get("deals"))
        if deal["isOpen"]
    ][:3]
    pieces += [
        f"\nChanged: {line['text']}{marks(line.get('evidence'))}"
        for line in _rows(brief.get("changes"))[:3]
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
        f"{marks(cited_ids(sources, promise.evidence))}."
        for promise in late[:3]
    ]
    pieces += [
        f'\nDeclined before: {item.text} - "{item.reason}"{marks(cited_ids(sources, [item.id]))}.'
        for item in ledger.advice
        if item.decision == "declined"
    ][:2]
    return pieces


def author_words(brief: Brief) -> list[str]:
    """Sum the brief up: headline, score, next steps, and what is not suggested again."""
    headline, attention = _row(brief.get("headline")), _row(brief.get("attention"))
    actions = _rows(brief.get("actions"))
    provisional = ", provisional" if attention["provisional"] else ""
    return [
        f"{headline['text']}{marks(headline.get('evidence'))}",
        f"\n\nAttention score {attention['score']} of 100: {_BANDS[str(attention['band'])]}"
        f"{provisional} (based on {attention['coverage']:.0%} of what is usually weighed).",
        "\n\nNext steps:" if actions else "\n\nNo next step is pressing.",
        *(
            f"\n{place}. {action['title']}.{marks(action.get('evidence'))}"
            for place, action in enumerate(actions, start=1)
        ),
        *(
            f'\n\nNot suggested again: {line["text"]}. You declined it: "{line["reason"]}"'
            f"{marks(line.get('evidence'))}."
            for line in _rows(brief.get("advice"))
            if line["decision"] == "declined"
        ),
    ]


def unknown_words(ref: str, matches: Sequence[AccountMatch]) -> list[str]:
    """Say that the account is not certain."""
    if not matches:
        return [f'The CRM has no account like "{ref}".']
    return [f'"{ref}" may mean {count(len(matches), "account")}; I did not guess.']


def choice_words(scouted: JsonObject) -> list[str]:
    """Help a person who named an account that is unknown or not certain."""
    matches = _rows(scouted.get("matches"))
    if not matches:
        return [
            f'I found no account like "{scouted.get("ref")}" and so wrote no brief. ',
            "Check the spelling, or ask with the account number.",
        ]
    return [
        "I wrote no brief, for I am not sure which account you mean:",
        *(f"\n- {row['name']} ({row['number']}, {row['city']})" for row in matches),
        f'\nAsk again with the number, for example "Analyze account {matches[0]["number"]}".',
    ]


def attention_words(scouted: JsonObject) -> list[str]:
    """Say what can be asked, and which accounts need attention most."""
    rows = _rows(scouted.get("accounts"))[:_MOST_LISTED]
    if not rows:
        return ["Name an account and I review it; the CRM shows none yet."]
    return [
        f'Name an account and I review it, for example "Analyze account {rows[0]["number"]}" '
        f'or "Review {rows[-1]["name"]}".',
        "\n\nBy their CRM records these need attention most:",
        *(f"\n- {row['number']}, score {row['score']}: {row['text']}" for row in rows),
    ]


def marks(evidence: Json) -> str:
    """Return the marks of a statement in a text, " [3][12]"."""
    ids = evidence if isinstance(evidence, list) else []
    shown = "".join(f"[{str(part).removeprefix('S')}]" for part in ids[:_MOST_MARKS])
    return f" {shown}" if shown else ""


def _row(value: Json) -> Row:
    return value if isinstance(value, dict) else {}


def _rows(value: Json) -> list[Row]:
    rows = value if isinstance(value, list) else []
    return [row for row in rows if isinstance(row, dict)]
