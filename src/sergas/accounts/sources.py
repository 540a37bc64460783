"""Sources: every record that a statement may cite, numbered, with what it says.

The numbers follow from the records alone, so that the scout, the memory analyst and the author
give the same record the same number without asking each other: CRM records from S1, entries of
the ledger S101 to S199, and further CRM records from S200.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sergas import Json
from sergas.accounts.analysis.phrases import READ_CHARS
from sergas.accounts.analysis.snapshot import Snapshot, StageNorm
from sergas.accounts.crm.records import Account, Activity, Change, Contact, Deal, Note, Task
from sergas.accounts.memory.records import Advice, Commitment, Ledger, Preference

Module = Literal[
    "Accounts",
    "Contacts",
    "Deals",
    "Notes",
    "Tasks",
    "Events",
    "Calls",
    "Emails",
    "Timeline",
    "Memory",
]
_FIRST_MEMORY, _MOST_MEMORY = 101, 99


@dataclass(frozen=True, slots=True)
class Source:
    """One record as evidence."""

    id: str
    module: Module
    record_id: str
    label: str
    excerpt: str
    at: date | None = None
    field: str = ""

    def as_json(self) -> dict[str, Json]:
        """Return it as the brief shows it; what is not known is absent."""
        shown: dict[str, Json] = {
            "id": self.id,
            "module": self.module,
            "recordId": self.record_id,
            "label": self.label,
            "excerpt": self.excerpt,
        }
        if self.field:
            shown["field"] = self.field
        if self.at:
            shown["at"] = self.at.isoformat()
        return shown


def crm_sources(snapshot: Snapshot) -> dict[str, Source]:
    """Return the sources of a snapshot by record id."""
    sources = list(_crm_parts(snapshot))
    return {
        part.record_id: _numbered(part, place if place < _FIRST_MEMORY else place + _MOST_MEMORY)
        for place, part in enumerate(sources, start=1)
    }


def memory_sources(ledger: Ledger) -> dict[str, Source]:
    """Return the sources of a ledger by record id; of a long ledger the newest entries."""
    entries = [*ledger.commitments, *ledger.advice, *ledger.preferences]
    return {
        entry.id: _numbered(_of_memory(entry), _FIRST_MEMORY + place)
        for place, entry in enumerate(entries[:_MOST_MEMORY])
    }


def cited_ids(sources: Mapping[str, Source], evidence: Iterable[str]) -> list[Json]:
    """Return the source ids of records, each once; a record without a source is left out."""
    return list(dict.fromkeys(sources[part].id for part in evidence if part in sources))


def _numbered(part: Source, number: int) -> Source:
    return Source(
        id=f"S{number}",
        module=part.module,
        record_id=part.record_id,
        label=part.label,
        excerpt=part.excerpt[:READ_CHARS],
        at=part.at,
        field=part.field,
    )


def _crm_parts(snapshot: Snapshot) -> Iterator[Source]:
    yield _of_account(snapshot.account)
    yield from (_of_contact(person) for person in snapshot.contacts)
    deals = sorted(snapshot.deals, key=lambda deal: not deal.is_open)
    yield from (_of_deal(deal) for deal in deals)
    yield from (_of_norm(norm) for norm in snapshot.norms)
    yield from (_of_change(change) for change in snapshot.changes)
    yield from (_of_task(task) for task in snapshot.tasks)
    yield from (_of_note(note) for note in snapshot.notes)
    yield from (_of_activity(activity) for activity in snapshot.activities)


def _of_account(account: Account) -> Source:
    parts = [
        f"{account.name}, {account.number}, {account.kind}",
        f"{account.industry}, {account.city}, {account.country}",
        f"owner {account.owner}",
        f"last changed {account.modified_on}",
    ]
    if account.contract_value is not None:
        parts.append(f"contract {account.contract_value:,} {account.currency}")
    if account.renewal_date is not None:
        parts.append(f"renewal {account.renewal_date}")
    return Source("", "Accounts", account.id, f"Account {account.name}", "; ".join(parts))


def _of_contact(person: Contact) -> Source:
    left = f"; left {person.left_on}" if person.left_on else ""
    role = "role unknown" if person.role == "unknown" else person.role.replace("_", " ")
    text = f"{person.name}, {person.title}; {role}, {person.seniority}"
    text += f"; on file since {person.created_on}{left}"
    return Source("", "Contacts", person.id, f"Contact {person.name}", text, at=person.left_on)


def _of_deal(deal: Deal) -> Source:
    text = (
        f"{deal.name}: {deal.stage} since {deal.in_stage_since}; "
        f"{deal.amount:,} {deal.currency}, {deal.probability}%; closing {deal.closing_date}"
    )
    if deal.next_step:
        text += f"; next step: {deal.next_step}"
    if deal.pushes:
        moves = ", ".join(f"{move.old} to {move.new}" for move in deal.pushes)
        text += f"; closing date pushed {len(deal.pushes)} times: {moves}"
    return Source("", "Deals", deal.id, f"Deal {deal.name}", text, deal.in_stage_since, "Stage")


def _of_norm(norm: StageNorm) -> Source:
    basis = f"{norm.samples} closed deals of this CRM" if norm.samples else "the default table"
    text = f"Deals usually spend {norm.days} days in {norm.stage} (median, from {basis})."
    return Source("", "Deals", norm.id, f"Usual time in {norm.stage}", text, field="Stage")


def _of_change(change: Change) -> Source:
    text = f"{change.record}: {change.field} from {change.old or 'nothing'} to {change.new}"
    label = f"Change of {change.record}"
    text += f", by {change.by}"
    return Source("", "Timeline", change.id, label, text, change.at, change.field)


def _of_task(task: Task) -> Source:
    state = f"closed {task.closed_on}" if task.closed_on else "open"
    text = f"{task.subject}; {task.owner}; due {task.due}; {state}"
    return Source("", "Tasks", task.id, f'Task "{task.subject}"', text, at=task.due)


def _of_note(note: Note) -> Source:
    label = f'Note "{note.title}" by {note.author}'
    return Source("", "Notes", note.id, label, note.text, at=note.at)


def _of_activity(activity: Activity) -> Source:
    people = ", ".join(activity.people) or "nobody named"
    match activity.kind:
        case "meeting":
            module, label = "Events", "Meeting"
            who = f"{activity.by} with {people}"
        case "call":
            module, label = "Calls", "Call"
            who = f"{activity.by} with {people}" + ("" if activity.answered else ", no answer")
        case "email":
            module, label = "Emails", "E-mail"
            is_ours = activity.direction == "out"
            who = f"{activity.by} to {people}" if is_ours else f"From {people}"
    label = f'{label} "{activity.subject}"'
    return Source("", module, activity.id, label, f"{who}: {activity.text}", at=activity.at)


def _of_memory(entry: Commitment | Advice | Preference) -> Source:
    match entry:
        case Commitment():
            kept = f"; kept {entry.kept_on}" if entry.kept_on else ""
            text = f"{entry.text}; {entry.who}; due {entry.due}{kept}; said: {entry.quote}"
            return Source("", "Memory", entry.id, f"Promise of {entry.who}", text, entry.made_on)
        case Advice():
            by = f" by {entry.decided_by}" if entry.decided_by else ""
            text = f"{entry.text}; {entry.decision}{by}; {entry.reason}; {entry.outcome}"
            return Source("", "Memory", entry.id, "Earlier advice", text, entry.at)
        case Preference():
            text = f"{entry.who}: {entry.text}"
            return Source("", "Memory", entry.id, f"Preference of {entry.who}", text, entry.at)
