"""What was read about an account, and the stage durations to compare its deals with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from sergas.accounts.analysis.config import AnalysisConfig
from sergas.accounts.crm.records import Account, Activity, Change, Contact, Deal, Note, Task


@dataclass(frozen=True, slots=True)
class StageNorm:
    """How many days deals usually spend in a stage; `samples` is 0 for the default table."""

    stage: str
    days: int
    samples: int

    @property
    def id(self) -> str:
        """Its record id among the evidence."""
        return f"stage-norm:{self.stage}"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One account as the CRM showed it; lists are newest first."""

    account: Account
    contacts: tuple[Contact, ...] = ()
    deals: tuple[Deal, ...] = ()
    activities: tuple[Activity, ...] = ()
    tasks: tuple[Task, ...] = ()
    notes: tuple[Note, ...] = ()
    changes: tuple[Change, ...] = ()
    norms: tuple[StageNorm, ...] = ()
    same_name: tuple[Account, ...] = ()


def stage_norms(closed_deals: Sequence[Deal], config: AnalysisConfig) -> tuple[StageNorm, ...]:
    """Return the median days per stage of the org's closed deals, or the default table.

    A stage with fewer samples than `config.norm_samples` keeps its default.
    """
    days_by_stage = _days_by_stage(closed_deals)
    norms: list[StageNorm] = []
    for stage, usual in config.default_stage_days.items():
        days = days_by_stage.get(stage, [])
        if len(days) >= config.norm_samples:
            norms.append(StageNorm(stage, max(1, round(median(days))), len(days)))
        else:
            norms.append(StageNorm(stage, usual, 0))
    return tuple(norms)


def _days_by_stage(deals: Iterable[Deal]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for deal in deals:
        for entry, following in pairwise(deal.stage_history):
            found.setdefault(entry.stage, []).append((following.since - entry.since).days)
    return found
