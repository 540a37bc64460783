"""One account in the overview: its score, the strongest reason, the next date."""

from collections.abc import Iterator
from datetime import date

from sergas import Json, JsonObject
from sergas.accounts.analysis import Analysis
from sergas.accounts.crm.records import Account


def overview_row(account: Account, analysis: Analysis, today: date) -> JsonObject:
    """Return the row of an account as `docs/http.md` describes it."""
    attention = analysis.attention
    row: dict[str, Json] = {
        "id": account.id,
        "number": account.number,
        "name": account.name,
        "owner": account.owner,
        "industry": account.industry,
        "city": account.city,
        "kind": account.kind,
        "currency": account.currency,
        "score": attention.score,
        "band": attention.band,
        "coverage": attention.coverage,
        "provisional": attention.provisional,
        "reason": attention.reasons[0].text if attention.reasons else analysis.headline.text,
        "flags": len([f for f in analysis.flags if f.severity in ("critical", "high")]),
    }
    if account.contract_value is not None:
        row["contractValue"] = account.contract_value
    coming = min(_dates(account, analysis, today), default=None)
    if coming is not None:
        row["next"] = {"date": coming[0].isoformat(), "what": coming[1]}
    return row


def _dates(account: Account, analysis: Analysis, today: date) -> Iterator[tuple[date, str]]:
    if account.renewal_date is not None and account.renewal_date >= today:
        yield account.renewal_date, "Renewal"
    for deal in analysis.deals:
        if deal.is_open and deal.closing_date >= today:
            yield deal.closing_date, f"Closing of {deal.name}"
    for promise in analysis.commitments:
        if promise.status == "open" and promise.due >= today:
            yield promise.due, "Our promise" if promise.by == "us" else "Their promise"
