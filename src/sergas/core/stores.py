"""All the ports of one store together: what `stores` opens and `app` hands to the engine."""

from dataclasses import dataclass

from sergas.core.ports import (
    EventLog,
    Replicas,
    RunControl,
    RunStore,
    StepStore,
    ThreadStore,
    WakeUps,
)
from sergas.core.usage import UsageStore


@dataclass(frozen=True, slots=True)
class Stores:
    """One adapter per port, all on the same database.

    Attributes:
        kind: what the database is, for a person: SQLite, PostgreSQL.
    """

    kind: str
    events: EventLog
    runs: RunStore
    control: RunControl
    steps: StepStore
    threads: ThreadStore
    usage: UsageStore
    replicas: Replicas
    wakeups: WakeUps
