"""Which accounts need attention most, by their CRM records alone."""

from datetime import date

from sergas import Json
from sergas.accounts.agents.tools import CrmDesk
from sergas.accounts.analysis import AnalysisConfig, analyze
from sergas.accounts.crm.port import CrmPort
from sergas.accounts.memory.records import Ledger

OVERVIEW_ACCOUNTS = 25
"""How many accounts are read when none is named."""


async def ranked_accounts(
    crm: CrmPort, config: AnalysisConfig, today: date, limit: int = OVERVIEW_ACCOUNTS
) -> list[Json]:
    """Score the accounts that changed last; the lowest score first."""
    scored: list[tuple[int, dict[str, Json]]] = []
    for account in await crm.list_accounts(limit=limit):
        snapshot = await CrmDesk(crm, config).read(account.id)
        analysis = analyze(snapshot, Ledger(), today, config)
        row: dict[str, Json] = {
            "id": account.id,
            "number": account.number,
            "name": account.name,
            "score": analysis.attention.score,
            "band": analysis.attention.band,
            "text": analysis.headline.text,
        }
        scored.append((analysis.attention.score, row))
    return [row for _, row in sorted(scored, key=lambda pair: pair[0])]
