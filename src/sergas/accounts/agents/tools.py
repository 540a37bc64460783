"""The tools that read the CRM and the ledger: they answer JSON and keep the typed records."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

import msgspec

from sergas import Json, JsonObject
from sergas.accounts.agents.request import Found, chosen
from sergas.accounts.analysis import AnalysisConfig, Snapshot, stage_norms
from sergas.accounts.analysis.phrases import READ_CHARS
from sergas.accounts.crm.port import AccountMatch, CrmPort
from sergas.accounts.crm.records import (
    Account,
    Activity,
    Change,
    Contact,
    Deal,
    Note,
    Related,
    Task,
)
from sergas.accounts.memory.port import MemoryPort
from sergas.accounts.memory.records import Advice, Commitment, Ledger, Preference

LIMIT_BYTES = 16_000
"""How much of one tool's answer is shown in the stream; the rules read all of it."""

Entry = TypeVar("Entry", bound=Related | Account | Advice | Commitment | Preference)


class CrmDesk:
    """One attempt's view of the CRM; `snapshot` is complete after every tool has run."""

    def __init__(self, crm: CrmPort, config: AnalysisConfig) -> None:
        self._crm, self._config = crm, config
        self.found = Found()
        self.snapshot: Snapshot | None = None

    async def find_account(self, ref: str) -> Json:
        """Find accounts by id, number or name."""
        matches = await self._crm.resolve_account(ref)
        self.found = chosen(matches)
        return {"matches": match_rows(matches)}

    async def get_account(self, account_id: str) -> Json:
        """Read one account, and see whether another has the same name."""
        account = await self._crm.get_account(account_id)
        matches = await self._crm.resolve_account(account.name)
        twins = [match.account for match in matches if match.account.name == account.name]
        self.snapshot = Snapshot(
            account, same_name=tuple(twin for twin in twins if twin.id != account.id)
        )
        return {"account": _builtins(account)}

    async def list_contacts(self, account_id: str) -> Json:
        """Read the people."""
        contacts = await self._crm.list_related(account_id, Contact)
        self.snapshot = replace(self._opened(), contacts=contacts)
        return shown(contacts)

    async def list_deals(self, account_id: str) -> Json:
        """Read the deals, and how long deals of this org usually stay in a stage."""
        deals = await self._crm.list_related(account_id, Deal)
        norms = stage_norms(await self._crm.closed_deals(), self._config)
        self.snapshot = replace(self._opened(), deals=deals, norms=norms)
        return {**shown(deals), "usual_days": {norm.stage: norm.days for norm in norms}}

    async def list_activities(self, account_id: str) -> Json:
        """Read calls, meetings, e-mails and tasks."""
        activities = await self._crm.list_related(account_id, Activity)
        tasks = await self._crm.list_related(account_id, Task)
        self.snapshot = replace(self._opened(), activities=activities, tasks=tasks)
        return {**shown(activities), "tasks": shown(tasks, room_bytes=LIMIT_BYTES // 8)}

    async def list_notes(self, account_id: str) -> Json:
        """Read the notes."""
        notes = await self._crm.list_related(account_id, Note)
        self.snapshot = replace(self._opened(), notes=notes)
        return shown(notes)

    async def list_changes(self, account_id: str) -> Json:
        """Read the timeline."""
        changes = await self._crm.list_related(account_id, Change)
        self.snapshot = replace(self._opened(), changes=changes)
        return shown(changes)

    async def read(self, account_id: str) -> Snapshot:
        """Read the whole account without showing it."""
        await self.get_account(account_id)
        await self.list_contacts(account_id)
        await self.list_deals(account_id)
        await self.list_activities(account_id)
        await self.list_notes(account_id)
        await self.list_changes(account_id)
        return self._opened()

    def _opened(self) -> Snapshot:
        assert self.snapshot is not None, "get_account comes first"  # noqa: S101 - order of calls
        return self.snapshot


class MemoryDesk:
    """One attempt's view of the ledger of one account."""

    def __init__(self, crm: CrmPort, memory: MemoryPort) -> None:
        self._crm, self._memory = crm, memory
        self.found = Found()
        self.ledger = Ledger()
        self.tasks: tuple[Task, ...] = ()

    async def find_account(self, ref: str) -> Json:
        """Find accounts by id, number or name."""
        matches = await self._crm.resolve_account(ref)
        self.found = chosen(matches)
        return {"matches": match_rows(matches)}

    async def get_ledger(self, account_id: str) -> Json:
        """Read promises, preferences and the day of the last review."""
        self.ledger = replace(
            self.ledger,
            commitments=await self._memory.list_commitments(account_id),
            preferences=await self._memory.list_preferences(account_id),
            last_look=await self._memory.last_look(account_id),
        )
        last_look = self.ledger.last_look
        return {
            "commitments": shown(self.ledger.commitments),
            "preferences": shown(self.ledger.preferences),
            "last_look": last_look.isoformat() if last_look else None,
        }

    async def list_advice(self, account_id: str) -> Json:
        """Read earlier advice and the decisions on it."""
        advice = await self._memory.list_advice(account_id)
        self.ledger = replace(self.ledger, advice=advice)
        return shown(advice)

    async def list_tasks(self, account_id: str) -> Json:
        """Read our tasks, to see which promises were kept meanwhile."""
        self.tasks = await self._crm.list_related(account_id, Task)
        return shown(self.tasks)


def match_rows(matches: Iterable[AccountMatch]) -> list[Json]:
    """Return matches as the shared state and the tools show them."""
    return [
        {
            "id": match.account.id,
            "number": match.account.number,
            "name": match.account.name,
            "city": match.account.city,
            "score": match.score,
        }
        for match in matches
    ]


def shown(records: Sequence[Entry], *, room_bytes: int = LIMIT_BYTES) -> JsonObject:
    """Return records as JSON, as many as fit, and say how many there are."""
    rows: list[Json] = []
    for record in records:
        row = _builtins(record)
        room_bytes -= len(msgspec.json.encode(row))
        if room_bytes < 0:
            break
        rows.append(row)
    return {"total": len(records), "shown": len(rows), "records": rows}


def _builtins(record: Related | Account | Advice | Commitment | Preference) -> dict[str, Json]:
    row: dict[str, Json] = msgspec.to_builtins(record)
    text = row.get("text")
    return row | {"text": text[:READ_CHARS]} if isinstance(text, str) else row
