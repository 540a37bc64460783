"""What a trial tells at its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.chaos.trial.checks import Violation
from tests.chaos.trial.clients import Tally
from tests.chaos.trial.faults import Fault
from tests.chaos.trial.plan import Size


@dataclass(slots=True)
class Report:
    """What was done to the runs, and what came of it.

    Attributes:
        statuses: how many runs ended how.
        checked: how many events the clients got; each was compared with the log.
        violations: by run id.
    """

    size: Size
    faults: Mapping[Fault, int]
    tally: Tally
    statuses: Mapping[str, int]
    seconds: float
    checked: int = 0
    stored: int = 0
    lost: int = 0
    duplicated: int = 0
    cancels: int = 0
    retries: int = 0
    joins: int = 0
    violations: list[tuple[str, Violation]] = field(default_factory=list[tuple[str, Violation]])

    def __str__(self) -> str:
        """Tell it in lines of text."""
        size, tally = self.size, self.tally
        shape = f"{size.runs} runs x {size.agents} agents x {size.deltas} deltas"
        lines = [
            f"chaos trial: {shape}, {size.replicas} replicas, seed {size.seed}",
            f"  duration       {self.seconds:.0f} s",
            f"  faults         {_counts(self.faults)}",
            f"  client faults  {tally.cut} connections cut, {tally.broken} broken or refused",
            f"  clients        {tally.moved} moves to another replica, {self.joins} late joins",
            f"  people         {self.cancels} cancels, {self.retries} retries",
            f"  runs           {_counts(self.statuses)}",
            f"  events         {self.stored} stored, {self.checked} checked at clients",
            f"  lost           {self.lost}",
            f"  duplicated     {self.duplicated}",
            f"  longest pause  {tally.longest_pause_s:.1f} s",
            f"  violations     {len(self.violations)}",
        ]
        return "\n".join([*lines, *(self._told(*one) for one in self.violations)])

    def _told(self, run_id: str, violation: Violation) -> str:
        return f"VIOLATION seed {self.size.seed}, run {run_id}: {violation}"


def missing(seen: Sequence[int], stored: Sequence[int]) -> int:
    """Count the stored events that a client has not seen."""
    return len(set(stored) - set(seen))


def repeated(seen: Sequence[int]) -> int:
    """Count the events that a client has seen before."""
    return len(seen) - len(set(seen))


def _counts(counts: Mapping[Any, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "none"
