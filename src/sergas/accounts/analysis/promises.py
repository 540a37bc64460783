"""Commitments of both sides as they stand today."""

from collections.abc import Iterable, Sequence
from datetime import date

from sergas.accounts.analysis.result import Promise
from sergas.accounts.crm.records import Activity, Task
from sergas.accounts.memory.records import Commitment


def promises_today(
    commitments: Iterable[Commitment],
    today: date,
    *,
    tasks: Sequence[Task],
    activities: Sequence[Activity] = (),
) -> tuple[Promise, ...]:
    """Judge each commitment: kept, open, or late; the latest ones first.

    The ledger does not hear of a closed task: `tasks` says what has been done meanwhile.
    """
    promises: list[Promise] = []
    for commitment in commitments:
        task = next((task for task in tasks if task.subject == commitment.task), None)
        said_in = next((act for act in activities if act.subject == commitment.said_in), None)
        promises.append(_promise(commitment, today, task=task, said_in=said_in))
    return tuple(sorted(promises, key=lambda promise: (-promise.overdue_days, promise.due)))


def _promise(
    commitment: Commitment, today: date, *, task: Task | None, said_in: Activity | None
) -> Promise:
    is_kept = commitment.kept_on is not None or (task is not None and task.closed_on is not None)
    overdue_days = 0 if is_kept else max(0, (today - commitment.due).days)
    return Promise(
        text=commitment.text,
        by=commitment.by,
        who=commitment.who,
        due=commitment.due,
        status="kept" if is_kept else "late" if overdue_days else "open",
        overdue_days=overdue_days,
        said_in=said_in.id if said_in else "",
        task=task.id if task else "",
        evidence=tuple(
            record_id
            for record_id in (commitment.id, task and task.id, said_in and said_in.id)
            if record_id
        ),
    )
