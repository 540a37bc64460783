"""One run of a trial, and what its clients got."""

from dataclasses import dataclass, field
from typing import Any

from tests.chaos.trial.checks import texts_of
from tests.chaos.trial.plan import Answerer, RunPlan, Turn
from tests.chaos.trial.readers import Joiner, Watcher
from tests.chaos.trial.stock import Visit
from tests.streams import AgUiEvent


@dataclass(slots=True)
class Life:
    """One run, and what its clients got.

    Attributes:
        line: the runs that this one goes on from, oldest first.
        visits: the stays of stock clients.
        cancelled: what the server answered to the cancel.
        seen_at_cancel: how many events the watcher had when that answer came.
        answers: how many questions were answered.
        is_hit: the aimed deed met its moment; None without an aim.
        record: the run's record, read at the end.
        thread: the `messages` and the `state` of the thread, as the server tells them then.
    """

    run_id: str
    plan: RunPlan
    turn: Turn
    line: tuple["Life", ...]
    watcher: Watcher
    joiner: Joiner | None = None
    visits: list[Visit] = field(default_factory=list[Visit])
    cancelled: AgUiEvent | None = None
    seen_at_cancel: int = 0
    answers: int = 0
    is_hit: bool | None = None
    record: AgUiEvent = field(default_factory=dict[str, Any])
    thread: AgUiEvent = field(default_factory=dict[str, Any])

    @property
    def thread_id(self) -> str:
        """The thread of the run."""
        return str(self.plan.body["threadId"])

    @property
    def outlives_questions(self) -> bool:
        """Its run goes on after it has asked."""
        return self.turn.answerer is not Answerer.NEW_RUN

    @property
    def thread_texts(self) -> dict[str, str]:
        """What every message of the thread says, up to this run."""
        texts: dict[str, str] = {}
        for one in (*self.line, self):
            texts |= texts_of(one.watcher.events)
        return texts


def new_life(run_id: str, plan: RunPlan, turn: Turn, line: tuple[Life, ...]) -> Life:
    """Begin a life; its watcher starts the run, unless a stock client or an earlier run does."""
    body = None if line or turn.host is not None else plan.body
    life = Life(run_id, plan, turn, line, Watcher(run_id, body))
    life.watcher.outlives_questions = life.outlives_questions
    return life
