"""How a leg begins for its reader, and how a run goes on after its executor was lost."""

from collections.abc import Mapping

from sergas.core.agents import RunInput
from sergas.core.chunks import AgentState
from sergas.core.ids import RunId
from sergas.core.json import Json, as_object
from sergas.core.runs import Step
from sergas.engine import events
from sergas.engine.board import Board, activity_id
from sergas.engine.closing import (
    Reason,
    close_attempt,
    close_scopes,
    open_attempts,
    withdraw,
)
from sergas.engine.events import AgUiEvent
from sergas.engine.fold import Fold

_LOST = Reason(
    code="replica_lost",
    message="The server that ran this agent stopped; the agent runs again.",
    metadata={"recoverable": True},
)


def open_board(run_id: RunId, view: Fold, fresh: Board) -> Board:
    """Return the board as the run's readers know it, or the fresh one if they know none."""
    shown = view.transcript.activity(activity_id(run_id))
    return Board(run_id, as_object(shown)) if shown else fresh


def is_open(run_id: RunId, view: Fold) -> bool:
    """Say whether the leg's readers have seen more of it than its RUN_STARTED."""
    return view.transcript.activity(activity_id(run_id)).get("status") == "running"


def shown_at_start(run_input: RunInput, view: Fold, board: Board) -> list[AgUiEvent]:
    """Return the snapshots that open a leg: the shared state, then the board.

    The client's own copy of the state is the start of it, except for what is the server's to say.
    """
    state: dict[str, Json] = {
        **run_input.state,
        **view.state_object,
        "workflow": board.workflow_state,
    }
    board.set_run(status="running")
    return [events.state_snapshot(state), board.snapshot()]


def heal(view: Fold, board: Board, steps: Mapping[str, Step], at_ms: int) -> list[AgUiEvent]:
    """Return the events that close what a lost executor left open.

    What a finished agent said stays; what a lost attempt said that is said again is withdrawn.

    Args:
        view: the run so far.
        board: its status board.
        steps: what is stored of the agents; of one that is done only the news was lost.
        at_ms: the time.
    """
    healing: list[AgUiEvent] = []
    for subagent_id in open_attempts(view):
        name = str(view.open["subagent", subagent_id]["name"])
        step = steps.get(name, Step(name, attempt=0, is_done=False, result=None))
        if step.is_done:
            healing += close_scopes(view, subagent_id, _LOST, at_ms)
            healing.append(events.subagent_finished(subagent_id, at_ms))
            finished: AgentState = "completed"
            healing += board.set_agent(
                name, status=finished, progress=100, finishedAt=at_ms, currentTask=""
            )
        else:
            healing += close_attempt(view, subagent_id, _LOST, at_ms)
            healing += withdraw(view, subagent_id, step.kept)
            healing += board.set_agent(
                name, status="initializing", currentTask="Runs again after a restart"
            )
    return healing
