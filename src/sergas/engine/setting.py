"""What the work on a run finds, and the one way in which it ends without result or failure."""

from collections.abc import Collection
from dataclasses import dataclass

from sergas.core.agents import RunInput
from sergas.core.clock import Clock
from sergas.core.ids import RunId, TenantId, ThreadId
from sergas.core.retries import RetryPolicy
from sergas.engine.active import ActiveRun
from sergas.engine.ledger import Ledger
from sergas.engine.patience import Patience
from sergas.engine.providers import Providers


class Suspended(Exception):
    """An agent waits for a person, so the workflow ends here for now."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What stays the same for all agents of a run."""

    run_id: RunId
    thread_id: ThreadId
    tenant: TenantId
    epoch: int
    active: ActiveRun
    input: RunInput
    optional: Collection[str]
    ledger: Ledger
    clock: Clock
    retries: RetryPolicy
    patience: Patience
    providers: Providers
