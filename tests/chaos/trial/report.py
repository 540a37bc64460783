"""What a trial tells at its end."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sergas.engine.naming import is_nested
from tests.chaos.trial.checks import Violation, same_thread
from tests.chaos.trial.clients import Tally
from tests.chaos.trial.faults import Fault
from tests.chaos.trial.lives import Life
from tests.chaos.trial.plan import Moment, Size
from tests.chaos.trial.readers import Watcher


@dataclass(slots=True)
class Report:
    """What was done to the runs, and what came of it.

    Attributes:
        aims: how many deeds met the moment they were aimed at, by their names; missed ones too.
        statuses: how many runs ended how.
        nested: how many nested subagent runs began, by how deep they are.
        checked: how many events the clients got; each was compared with the log.
        stock: how many stock clients there were, by version and part.
        compared: how many messages of stock clients were compared with the server's.
        mismatched: how many stock clients showed something else, or broke.
        violations: by run id.
    """

    size: Size
    faults: Mapping[Fault, int]
    tally: Tally
    seconds: float
    aims: Counter[str] = field(default_factory=Counter[str])
    statuses: Counter[str] = field(default_factory=Counter[str])
    nested: Counter[str] = field(default_factory=Counter[str])
    checked: int = 0
    stored: int = 0
    lost: int = 0
    duplicated: int = 0
    cancels: int = 0
    retries: int = 0
    questions: int = 0
    answers: int = 0
    joins: int = 0
    stock: Counter[str] = field(default_factory=Counter[str])
    stock_cuts: int = 0
    stock_joins: int = 0
    compared: int = 0
    mismatched: int = 0
    violations: list[tuple[str, Violation]] = field(default_factory=list[tuple[str, Violation]])

    def add(self, life: Life, stored: Watcher, violations: Sequence[Violation]) -> None:
        """Count one life, given a watcher that has read its whole log."""
        seqs, seen = ([frame.seq for frame in one.frames] for one in (stored, life.watcher))
        self.stored += len(seqs)
        self.checked += len(seen)
        begun = [e["subagentRunId"] for e in stored.events if e["type"] == "SUBAGENT_STARTED"]
        self.nested += Counter(f"depth {who.count('/')}" for who in begun if is_nested(who))
        self.lost += missing(seen, seqs)
        self.duplicated += repeated(seen)
        self.violations += [(life.run_id, violation) for violation in violations]
        self._add_people(life)
        self._add_stock_clients(life)

    def _add_people(self, life: Life) -> None:
        self.statuses[life.record.get("status", "unknown")] += 1
        self.cancels += life.cancelled is not None
        self.retries += bool(life.line) and life.line[-1].record["status"] != "interrupted"
        self.questions += life.watcher.moments[Moment.ASKED]
        self.answers += life.answers
        if life.turn.aim is not None:
            self.aims[str(life.turn.aim) if life.is_hit else "missed"] += 1
        if life.joiner is not None:
            self.joins += 1
            self.checked += len(life.joiner.live)

    def _add_stock_clients(self, life: Life) -> None:
        for visit in life.visits:
            self.stock[str(visit)] += 1
            result = visit.result
            if result is None or result["rejected"]:
                self.mismatched += 1
                continue
            self.stock_cuts += result["cuts"]
            self.stock_joins += result["joins"]
            self.answers += result["answers"]
            self.compared += len(result["messages"])
            self.mismatched += bool(same_thread(result, life.thread))

    def __str__(self) -> str:
        """Tell it in lines of text."""
        size, tally = self.size, self.tally
        shape = f"{size.runs} runs x {size.agents} agents x {size.deltas} deltas"
        lines = [
            f"chaos trial: {shape}, {size.replicas} replicas, seed {size.seed}",
            f"  duration       {self.seconds:.0f} s",
            f"  faults         {_counts(self.faults)}",
            f"  aimed faults   {_counts(self.aims)}",
            f"  client faults  {tally.cut} connections cut, {tally.broken} broken or refused",
            f"  clients        {_counts(tally.streams)} streams, {self.joins} late joins,"
            f" {tally.moved} moves to another replica",
            f"  stock clients  {_counts(self.stock)}",
            f"  stock joins    {self.stock_joins} joins, {self.stock_cuts} connections cut,"
            f" {self.compared} messages compared, {self.mismatched} mismatches",
            f"  people         {self.cancels} cancels, {self.retries} retries,"
            f" {self.questions} questions, {self.answers} answers",
            f"  runs           {_counts(self.statuses)}",
            f"  nested runs    {_counts(self.nested)}",
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
