"""How a leg of a run ends: what its readers see last, and what is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass

from sergas.core.errors import AgentFailed, BudgetExceeded, SergasError
from sergas.core.json import Json, JsonObject, as_object
from sergas.core.runs import Run, RunStatus
from sergas.engine import events
from sergas.engine.board import Board
from sergas.engine.closing import Reason, close_attempt, open_attempts
from sergas.engine.events import AgUiEvent
from sergas.engine.fold import Fold
from sergas.engine.interrupts import frontend_tools_of, interrupts_of
from sergas.engine.setting import Suspended
from sergas.engine.work import RunWork


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a leg.

    Attributes:
        outcome: what is recorded beside the status: `error`, `reason`, `interrupts`,
            `frontendTools` or `skipped`.
        board: the run's board; None when the run ended before it had one.
        reason: why attempts and tool calls that are still open end without a result.
        calls: ids of tool calls that were waiting for an answer when the leg began.
    """

    status: RunStatus
    outcome: JsonObject
    board: Board | None
    reason: Reason
    calls: Sequence[str] = ()

    def events(self, view: Fold, at_ms: int) -> list[AgUiEvent]:
        """Return everything between the agents' last event and the terminal one."""
        closing: list[AgUiEvent] = []
        for subagent_id in open_attempts(view):
            name = str(view.open["subagent", subagent_id]["name"])
            closing += close_attempt(view, subagent_id, self.reason, at_ms)
            if self.board is not None:
                closing += self.board.set_agent(name, status="cancelled", finishedAt=at_ms)
        closing += [
            events.tool_result(call_id, None, self.reason.message, {"isError": True})
            for call_id in self.calls
            if call_id not in view.answered
        ]
        if self.board is None:
            return closing
        closing += self.board.set_run(
            status=self.status.value, finishedAt=at_ms, **self._reason_shown
        )
        return [
            *closing,
            events.state_snapshot({**view.state_object, "workflow": self.board.workflow_state}),
        ]

    def terminal(self, run: Run, at_ms: int, usage: Sequence[Json]) -> AgUiEvent:
        """Return the leg's last event, with what the run used of each model."""
        match self.status:
            case RunStatus.FAILED:
                return self._run_error(at_ms, usage)
            case RunStatus.INTERRUPTED:
                outcome = _interrupted(self.outcome)
            case RunStatus.CANCELLED:
                outcome: JsonObject = {"type": "cancelled"}
            case _:
                outcome = {"type": "success"}
        return events.run_finished(run.thread_id, run.id, at_ms, outcome, usage)

    @property
    def log_fields(self) -> JsonObject:
        """What the server's log says of the end."""
        error = self.outcome.get("error")
        return {"code": error.get("code")} if isinstance(error, dict) else {}

    @property
    def _reason_shown(self) -> JsonObject:
        return {"reason": self.outcome["reason"]} if "reason" in self.outcome else {}

    def _run_error(self, at_ms: int, usage: Sequence[Json]) -> AgUiEvent:
        error = self.outcome["error"]
        assert isinstance(error, dict)  # noqa: S101 - made by `ending_of` below
        metadata: JsonObject = {
            key: error[key]
            for key in ("type", "recoverable", "retryAfter", "budget")
            if key in error
        }
        message, code = str(error["message"]), str(error["code"])
        return events.run_error(message, code, at_ms, metadata, usage)


def ending_of(
    work: RunWork | None, *, error: Exception | None = None, cancel_reason: str | None = None
) -> Ending:
    """Say how a leg ended, from what stopped its workflow (nothing, a person, an error)."""
    board = work.board if work is not None else None
    calls = tuple(work.open_calls) if work is not None else ()
    if cancel_reason is not None:
        stopped = Reason("cancelled", "The run was stopped.", {"recoverable": True})
        return Ending(RunStatus.CANCELLED, {"reason": cancel_reason}, board, stopped, calls)
    if isinstance(error, Suspended) and work is not None:
        waits = Reason("suspended", "The run waits for a person.", {"recoverable": True})
        outcome: JsonObject = {
            "interrupts": interrupts_of(work.waiting),
            "frontendTools": frontend_tools_of(work.waiting),
        }
        kept = {name: value for name, value in outcome.items() if value}
        return Ending(RunStatus.INTERRUPTED, kept, board, waits)
    if error is not None:
        described = _described(error)
        return Ending(RunStatus.FAILED, {"error": described}, board, _failed(error), calls)
    done = Reason("run_ended", "The run ended before this agent.", {"recoverable": False})
    skipped: JsonObject = {"skipped": work.skipped} if work is not None and work.skipped else {}
    return Ending(RunStatus.COMPLETED, skipped, board, done)


def _failed(error: Exception) -> Reason:
    if isinstance(error, BudgetExceeded):
        return Reason(error.code, "The run's budget stopped this agent.", {"recoverable": True})
    message = "The run failed before this agent ended."
    return Reason("run_failed", message, {"recoverable": False})


def _interrupted(outcome: JsonObject) -> JsonObject:
    """Say what waits for a person; what the page is to run is no interrupt, but its next run."""
    if "interrupts" in outcome:
        return {"type": "interrupt", "interrupts": outcome["interrupts"]}
    tools = outcome["frontendTools"]
    assert isinstance(tools, list)  # noqa: S101 - made by `ending_of` below
    return {"type": "success", "pendingToolCallIds": [as_object(tool)["id"] for tool in tools]}


def _described(error: Exception) -> JsonObject:
    described: dict[str, Json] = {"type": type(error).__name__, "recoverable": False}
    match error:
        case AgentFailed():
            described |= {
                "code": error.code,
                "message": str(error),
                "recoverable": error.recoverable,
            }
            if error.retry_after_s is not None:
                described["retryAfter"] = error.retry_after_s
        case BudgetExceeded():
            described |= {
                "code": error.code,
                "message": str(error),
                "recoverable": True,
                "budget": {
                    "limit": error.limit,
                    "allowed": error.allowed,
                    "used": error.used,
                },
            }
        case SergasError():
            described |= {"code": error.code, "message": str(error)}
        case _:
            message = f"The workflow failed with {type(error).__name__}; see the server's log."
            described |= {"code": "internal_error", "message": message}
    return described
