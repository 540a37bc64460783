"""What a trial does: its size, and from a seed the runs, their cancels, answers and late readers.

The seed decides the plan and the order of the faults. Where a fault meets a run is up to the clock,
except for those that are aimed at a moment.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal, TypeAlias

from ag_ui.core import PROTOCOL_VERSION

from tests.streams import AgUiEvent, run_body

Version: TypeAlias = Literal["1.0.0", "0.0.59"]
VERSIONS: tuple[Version, ...] = ("1.0.0", "0.0.59")
_CHARS = 12
_ASKER = 2
NESTED_DELTAS = 8
"""How much agents say that another one asks."""
# What agents of the workflow `script` say, over and over.
_WORDS = "every delta of this text is counted by the test that asked for it "


class Moment(StrEnum):
    """What a watcher sees, and a fault may be aimed at."""

    RUN_STARTED = "RUN_STARTED"
    DELTA = "a delta"
    AGENT_FINISHED = "SUBAGENT_FINISHED"
    ASKED = "an interrupt"
    ENDED = "the end"


class Deed(StrEnum):
    """What is done at such a moment."""

    KILL = "kill -9"
    CANCEL = "cancel"
    CANCEL_AND_KILL = "cancel and kill -9"


@dataclass(frozen=True, slots=True)
class Aim:
    """A deed for the moment in which a watcher sees something for the nth time."""

    deed: Deed
    moment: Moment
    nth: int = 1

    def __str__(self) -> str:
        """Name it for the report."""
        return f"{self.deed} at {self.moment}"

    @property
    def cancels_question(self) -> bool:
        """Nobody needs to answer, because the run is cancelled when it asks."""
        return self.deed is not Deed.KILL and self.moment is Moment.ASKED


class Answerer(StrEnum):
    """Who answers what the agents of a run ask."""

    SAME_RUN = "in the same run"
    NEW_RUN = "in a new run"
    STOCK = "by a stock client"


# Every moment with every deed that can make a difference there.
_AIMS = (
    Aim(Deed.KILL, Moment.AGENT_FINISHED),
    Aim(Deed.CANCEL, Moment.AGENT_FINISHED),
    Aim(Deed.KILL, Moment.RUN_STARTED),
    Aim(Deed.CANCEL_AND_KILL, Moment.AGENT_FINISHED, 2),
    Aim(Deed.KILL, Moment.ENDED),
    Aim(Deed.CANCEL, Moment.RUN_STARTED),
    Aim(Deed.KILL, Moment.DELTA),
    Aim(Deed.CANCEL_AND_KILL, Moment.DELTA),
    Aim(Deed.KILL, Moment.AGENT_FINISHED, 4),
    Aim(Deed.CANCEL, Moment.ENDED),
    Aim(Deed.CANCEL, Moment.DELTA),
    Aim(Deed.CANCEL_AND_KILL, Moment.RUN_STARTED),
    Aim(Deed.CANCEL, Moment.AGENT_FINISHED, 4),
)
# For runs that ask; the second leg of a run begins with its second RUN_STARTED.
_ASKING = (
    (Answerer.SAME_RUN, Aim(Deed.KILL, Moment.ASKED)),
    (Answerer.STOCK, Aim(Deed.KILL, Moment.ASKED)),
    (Answerer.NEW_RUN, Aim(Deed.KILL, Moment.ASKED)),
    (Answerer.SAME_RUN, Aim(Deed.CANCEL, Moment.ASKED)),
    (Answerer.STOCK, Aim(Deed.KILL, Moment.RUN_STARTED, 2)),
    (Answerer.SAME_RUN, Aim(Deed.CANCEL_AND_KILL, Moment.RUN_STARTED, 2)),
)


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
    """One run of a line of retries, and what people and faults do to it.

    Attributes:
        cancel_after: it is cancelled after so many events.
        join_after: a reader joins after so many events.
        guests: stock clients that join, each after so many events.
        host: the stock client that starts the run; without one, a plain request does.
        answerer: who answers, if an agent asks.
    """

    cancel_after: int | None = None
    join_after: int | None = None
    guests: tuple[tuple[Version, int], ...] = ()
    host: Version | None = None
    aim: Aim | None = None
    answerer: Answerer | None = None


@dataclass(frozen=True, slots=True)
class RunPlan:
    """A request, and what happens to its run and to the runs that go on where it ended."""

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
    place, kind = divmod(number, 5)
    parts = [_part(size, name, chance) for name in range(1, size.agents + 1)]
    match kind:
        case 0:
            turns = _plain(size, chance, is_cancelled=place % 2 == 0)
        case 2:
            turns = _asking(size, chance, *_ASKING[(size.seed + place) % len(_ASKING)])
            for part in chance.sample(parts, 2):
                part["interrupt"] = "May this agent begin?"
        case 4:
            parts[-1]["error"] = "This agent fails, as the trial says."
            turns = [_turn(size, chance), *_plain(size, chance, is_cancelled=place % 2 == 1)]
        case _:
            aim = _AIMS[(size.seed + 2 * place + kind // 2) % len(_AIMS)]
            turns = [replace(_turn(size, chance), aim=aim)]
            turns += _plain(size, chance, is_cancelled=False)
    # Later turns are begun by a retry or an answer.
    turns = [turns[0], *(replace(turn, host=None) for turn in turns[1:])]
    return RunPlan(_body(size, number, parts, chance), tuple(turns))


def _plain(size: Size, chance: random.Random, *, is_cancelled: bool) -> list[Turn]:
    first = _turn(size, chance)
    if not is_cancelled:
        return [first]
    cancel_after = chance.randint(10, size.agents * size.deltas * 2 // 3)
    return [replace(first, cancel_after=cancel_after), _turn(size, chance), _turn(size, chance)]


def _asking(size: Size, chance: random.Random, answerer: Answerer, aim: Aim) -> list[Turn]:
    host = chance.choice(VERSIONS) if answerer is Answerer.STOCK else None
    first = replace(_turn(size, chance), answerer=answerer, aim=aim, host=host)
    return [first, *(replace(_turn(size, chance), answerer=Answerer.SAME_RUN) for _ in range(2))]


def _turn(size: Size, chance: random.Random) -> Turn:
    most = size.agents * size.deltas
    return Turn(
        join_after=chance.randint(5, most) if chance.random() < 0.5 else None,
        guests=tuple((v, chance.randint(5, most)) for v in VERSIONS if chance.random() < 0.3),
        host=chance.choice(VERSIONS) if chance.random() < 0.2 else None,
    )


def _part(size: Size, number: int, chance: random.Random) -> AgUiEvent:
    return {
        "name": f"agent{number}",
        "deltas": size.deltas,
        "delta_chars": _CHARS,
        "delay_ms": round(chance.uniform(*size.delay_ms), 1),
        "tools": chance.randint(0, 2),
        "fail_times": int(chance.random() < 0.1),
        "subagents": _asked(size) if number == _ASKER else [],
    }


def _asked(size: Size) -> list[AgUiEvent]:
    """Return two agents that are asked at once, the first of which asks another one and fails."""
    one = {"deltas": NESTED_DELTAS, "delta_chars": _CHARS, "delay_ms": size.delay_ms[0]}
    deep = {"name": "deep", "tools": 1, **one}
    return [
        {"name": "fails", "error": "It fails, as the trial says.", "subagents": [deep], **one},
        {"name": "works", "tools": 1, **one},
    ]


def _body(size: Size, number: int, parts: Sequence[AgUiEvent], chance: random.Random) -> AgUiEvent:
    return run_body(
        *parts,
        parallel=chance.random() < 0.5,
        runId=f"chaos-{size.seed}-{number}",
        threadId=f"chaos-thread-{size.seed}-{number}",
        protocolVersion=PROTOCOL_VERSION,
    )
