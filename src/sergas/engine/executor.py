"""Works off one leg of a run: claim it, heal what a lost executor left, run the workflow, end it.

Everything here may happen twice, on two replicas, with a crash between any two lines: the epoch
fences the loser out, the log says what was already shown, and the steps say what is already done.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from sergas.core.agents import Workflow
from sergas.core.budget import asked_limits, limits_of
from sergas.core.clock import Clock
from sergas.core.errors import (
    Fenced,
    PlanFailed,
    RunTimedOut,
    SergasError,
    StoreUnavailable,
    WorkflowNotFound,
)
from sergas.core.ids import ExecutorId, RunId
from sergas.core.json import JsonObject, as_object, decode, encode
from sergas.core.ports import EventLog, RunControl, StepStore
from sergas.core.retries import RetryPolicy
from sergas.core.runs import Event, Run, RunEnd, RunStatus
from sergas.engine import events
from sergas.engine.active import ActiveRun, ActiveRuns
from sergas.engine.board import new_board
from sergas.engine.endings import Ending, ending_of
from sergas.engine.fold import Fold
from sergas.engine.hub import Hub
from sergas.engine.ledger import Accounting, Ledger
from sergas.engine.opening import heal, is_open, open_board, shown_at_start
from sergas.engine.patience import Patience
from sergas.engine.providers import Providers
from sergas.engine.requests import input_from
from sergas.engine.runlog import RunLog
from sergas.engine.setting import Setting, Suspended
from sergas.engine.tally import Tally
from sergas.engine.work import RunWork
from sergas.engine.workflows import planned

_log = structlog.get_logger()
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Executor:
    """What working off takes."""

    log: EventLog
    control: RunControl
    steps: StepStore
    accounting: Accounting
    hub: Hub
    active: ActiveRuns
    workflows: Mapping[str, Workflow]
    clock: Clock
    retries: RetryPolicy
    patience: Patience
    providers: Providers
    flush_interval_s: float
    executor: ExecutorId

    async def execute(self, run_id: RunId, epoch: int) -> None:
        """Work off the present leg of the run, if it is still in that epoch.

        Returns when the leg has ended, or was lost to another executor, or was never ours.
        """
        run = await self.control.claim(run_id, epoch, self.executor, self.clock())
        if run is None:
            return
        with self.active.entered(run_id) as active:
            for agent in run.cancel_agents:
                active.cancel_agent(agent)
            if run.cancel_reason is not None:
                active.cancel(run.cancel_reason)
            await self._guarded(run, active)

    async def _guarded(self, run: Run, active: ActiveRun) -> None:
        with structlog.contextvars.bound_contextvars(run_id=run.id, thread_id=run.thread_id):
            try:
                await self._execute(run, active)
            except* Fenced:
                _log.warning("run_lost", epoch=run.epoch)
            except* StoreUnavailable as outage:
                # It stays unfinished: the lease takes it up again when the store is back.
                _log.warning("run_put_off", error=str(outage.exceptions[0]))
            except* Exception:  # noqa: BLE001 - logged and recorded; no run may stay open
                _log.exception("run_broke")
                await self._end_broken(run)
            finally:
                self.hub.forget(run.id)

    async def _execute(self, run: Run, active: ActiveRun) -> None:
        log = await self._open_log(run)
        tally = await self.accounting.tally_of(run)
        async with asyncio.TaskGroup() as group:
            writer = group.create_task(log.write())
            try:
                ending = await self._work_off(run, log, active, tally)
                await self._end(run, log, ending, tally)
            finally:
                writer.cancel()

    async def _end_broken(self, run: Run) -> None:
        """End a run whose execution broke, so that it neither stays open nor breaks again."""
        message = "The server failed to work this run off; its log has the details."
        error: JsonObject = {
            "type": "InternalError",
            "code": "internal_error",
            "message": message,
            "recoverable": True,
        }
        metadata: JsonObject = {"type": "InternalError", "recoverable": True}
        usage = (await self.accounting.tally_of(run)).by_model
        terminal = events.run_error(message, "internal_error", self.clock(), metadata, usage)
        last = Event(await self.log.last_seq(run.id) + 1, encode(terminal))
        end = RunEnd(RunStatus.FAILED, {"error": error}, self.clock(), last)
        await self.control.finish(run.id, run.epoch, end)
        self.hub.publish(run.id, [last])

    async def _open_log(self, run: Run) -> RunLog:
        view, last_seq = Fold(), 0
        while page := await self.log.read(run.id, last_seq, _PAGE):
            for event in page:
                view.apply(as_object(decode(event.data)))
            last_seq = page[-1].seq
        return RunLog(
            run=run,
            log=self.log,
            hub=self.hub,
            last_seq=last_seq,
            view=view,
            interval_s=self.flush_interval_s,
        )

    async def _work_off(self, run: Run, log: RunLog, active: ActiveRun, tally: Tally) -> Ending:
        try:
            work, workflow = await self._prepare(run, log, active, tally)
        except (Fenced, StoreUnavailable):
            raise
        except SergasError as error:
            if isinstance(error, PlanFailed):
                _log.exception("plan_failed", workflow=run.workflow)
            return ending_of(None, error=error)
        return await self._run_workflow(workflow, work, active)

    async def _prepare(
        self, run: Run, log: RunLog, active: ActiveRun, tally: Tally
    ) -> tuple[RunWork, Workflow]:
        run_input = input_from(run.input)
        if not log.view.started:
            log.emit(events.run_started(run.thread_id, run.id, self.clock()))
        workflow = self.workflows.get(run.workflow)
        if workflow is None:
            raise WorkflowNotFound(run.workflow, tuple(self.workflows))
        plan = planned(workflow, run_input)
        board = open_board(run.id, log.view, new_board(run.id, workflow, plan, self.clock()))
        if run.retry_of is not None:
            await self.steps.copy(run.retry_of, run.id)
        steps = await self.steps.steps(run.id)
        if is_open(run.id, log.view):
            by_name = {step.name: step for step in steps}
            log.emit_all(heal(log.view, board, by_name, self.clock()))
        else:
            log.emit_all(shown_at_start(run_input, log.view, board))
        asked = asked_limits(run_input.options.get("budget"))
        ledger = Ledger(
            run=run,
            store=self.accounting.store,
            tally=tally,
            limits=limits_of(self.accounting.budget, workflow.budget, asked),
            log=log,
            board=board,
            active=active,
            clock=self.clock,
        )
        setting = Setting(
            run_id=run.id,
            thread_id=run.thread_id,
            tenant=run.tenant,
            epoch=run.epoch,
            active=active,
            input=run_input,
            optional=workflow.optional(run_input),
            ledger=ledger,
            clock=self.clock,
            retries=self.retries,
            patience=self.patience,
            providers=self.providers,
        )
        return RunWork(
            setting, plan=plan, log=log, board=board, store=self.steps, steps=steps
        ), workflow

    async def _run_workflow(self, workflow: Workflow, work: RunWork, active: ActiveRun) -> Ending:
        alarm = asyncio.timeout(self.patience.run_s)
        try:
            async with alarm, work.ledger.open():
                await active.run(lambda: workflow.run(work))
        except asyncio.CancelledError:
            if active.cancel_reason is None and active.error is None:
                raise
            return ending_of(work, error=active.error, cancel_reason=active.cancel_reason)
        except (Fenced, StoreUnavailable):
            raise
        except TimeoutError as error:
            late = RunTimedOut(self.patience.run_s)
            return ending_of(work, error=late if alarm.expired() else error)
        except (SergasError, Suspended) as error:
            return ending_of(work, error=error)
        except Exception as error:  # noqa: BLE001 - logged and recorded; it ends its run
            _log.exception("workflow_crashed", workflow=workflow.name)
            return ending_of(work, error=error)
        return ending_of(work)

    async def _end(self, run: Run, log: RunLog, ending: Ending, tally: Tally) -> None:
        log.emit_all(ending.events(log.view, self.clock()))
        terminal = ending.terminal(run, self.clock(), tally.by_model)

        async def record(last: Event) -> None:
            end = RunEnd(ending.status, ending.outcome, self.clock(), last)
            await self.control.finish(run.id, run.epoch, end)

        await log.end(terminal, record)
        _log.info("run_ended", status=ending.status.value, **ending.log_fields)
