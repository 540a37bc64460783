"""What a trial does: its size, and from a seed the runs, their cancels, retries and late readers.

The seed decides the plan and the order of the faults. Where a fault meets a run is up to the clock.
"""

import random
from dataclasses import dataclass

from ag_ui.core import PROTOCOL_VERSION

from tests.streams import AgUiEvent, run_body

_CHARS = 12
# What agents of the workflow `script` say, over and over.
_WORDS = "every delta of this text is counted by the test that asked for it "


@dataclass(frozen=True, slots=True)
class Size:
    """How large a trial is.

    Attributes:
        at_once: how many runs are at work at the same time.
        seconds: no fault is injected later than this.
        delay_ms: the shortest and the longest pause between two deltas of an agent.
    """

    seed: int
    replicas: int = 3
    runs: int = 30
    agents: int = 4
    deltas: int = 200
    at_once: int = 8
    seconds: float = 150
    lease_s: float = 2
    delay_ms: tuple[float, float] = (15, 40)


@dataclass(frozen=True, slots=True)
class Turn:
    """One run of a line of retries: after how many events it is cancelled, and joined."""

    cancel_after: int | None
    join_after: int | None


@dataclass(frozen=True, slots=True)
class RunPlan:
    """A request, and what happens to its run and to the retries of it."""

    body: AgUiEvent
    turns: tuple[Turn, ...]

    @property
    def agents(self) -> list[str]:
        """The names of the agents."""
        return [part["name"] for part in self.body["forwardedProps"]["script"]["agents"]]


def plans(size: Size) -> list[RunPlan]:
    """Plan the runs of a trial; the same size makes the same plans."""
    chance = random.Random(size.seed)
    return [_plan(size, number, chance) for number in range(size.runs)]


def whole_text(deltas: int) -> str:
    """Return what an agent with so many deltas says."""
    length = deltas * _CHARS
    return (_WORDS * (length // len(_WORDS) + 1))[:length]


def _plan(size: Size, number: int, chance: random.Random) -> RunPlan:
    parts = [_part(size, name, chance) for name in range(1, size.agents + 1)]
    is_failing = number % 6 == 4
    if is_failing:
        parts[-1]["error"] = "This agent fails, as the trial says."
    body = run_body(
        *parts,
        parallel=number % 2 == 0,
        runId=f"chaos-{size.seed}-{number}",
        threadId=f"chaos-thread-{size.seed}-{number}",
        protocolVersion=PROTOCOL_VERSION,
    )
    turns = [_turn(size, is_cancelled=number % 3 == 1, chance=chance)]
    if number % 3 == 1 or is_failing:
        turns.append(_turn(size, is_cancelled=number % 4 == 1, chance=chance))
        turns.append(_turn(size, is_cancelled=False, chance=chance))
    return RunPlan(body, tuple(turns))


def _part(size: Size, number: int, chance: random.Random) -> AgUiEvent:
    return {
        "name": f"agent{number}",
        "deltas": size.deltas,
        "delta_chars": _CHARS,
        "delay_ms": round(chance.uniform(*size.delay_ms), 1),
        "tools": chance.randint(0, 2),
        "fail_times": int(chance.random() < 0.1),
    }


def _turn(size: Size, *, is_cancelled: bool, chance: random.Random) -> Turn:
    most = size.agents * size.deltas
    return Turn(
        cancel_after=chance.randint(10, most * 2 // 3) if is_cancelled else None,
        join_after=chance.randint(5, most) if chance.random() < 0.6 else None,
    )
