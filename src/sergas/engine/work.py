"""The `Work` that a workflow holds: runs agents, reuses what is done, tries again what failed."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import structlog

from sergas.core.agents import Agent, AgentTask, RunInput
from sergas.core.errors import AgentFailed, AgentNotFound, SergasError
from sergas.core.json import Json, JsonObject
from sergas.core.ports import StepStore
from sergas.core.retries import pause_before_retry
from sergas.core.runs import Step
from sergas.engine import events
from sergas.engine.attempt import Attempt, Stage, run_attempt
from sergas.engine.background import uninterrupted
from sergas.engine.board import Board
from sergas.engine.closing import Reason, close_attempt, withdraw
from sergas.engine.interrupts import (
    answered,
    answers_to,
    calls_of,
    interrupts_of,
    is_open_call,
    unanswered,
)
from sergas.engine.ledger import Ledger
from sergas.engine.naming import subagent_id_of
from sergas.engine.patches import patched
from sergas.engine.providers import Learn, provider_of
from sergas.engine.retries import error_metadata, next_try
from sergas.engine.runlog import RunLog
from sergas.engine.setting import Setting, Suspended
from sergas.telemetry.metrics import observe_agent

_log = structlog.get_logger()


class RunWork:
    """`core.agents.Work` over the run's log, board and steps."""

    def __init__(
        self,
        setting: Setting,
        *,
        plan: Sequence[Agent],
        log: RunLog,
        board: Board,
        store: StepStore,
        steps: Sequence[Step],
    ) -> None:
        self._setting, self._log, self._board, self._store = setting, log, board, store
        self._plan: Mapping[str, Agent] = {agent.name: agent for agent in plan}
        self._steps = {step.name: step for step in steps}
        self._suspended: set[str] = set()
        self.skipped: list[str] = []

    @property
    def input(self) -> RunInput:
        """What the client asked for."""
        return self._setting.input

    @property
    def ledger(self) -> Ledger:
        """The ledger of what the run uses."""
        return self._setting.ledger

    @property
    def board(self) -> Board:
        """The run's status board."""
        return self._board

    @property
    def waiting(self) -> list[JsonObject]:
        """What waits for a person or for the page, as it is stored."""
        # A step keeps what it asked until it is done, also when that was answered in this leg.
        asked = [step.waiting for step in self._steps.values() if step.name in self._suspended]
        return [wait for waiting in asked for wait in unanswered(waiting)]

    @property
    def open_calls(self) -> list[str]:
        """The ids of tool calls that nobody has answered, of agents that are not done."""
        waiting = [wait for step in self._steps.values() for wait in step.waiting]
        return [str(wait["toolCallId"]) for wait in waiting if is_open_call(wait)]

    async def agent(self, name: str, inputs: JsonObject | None = None) -> Json:
        """Run one agent, or take over what it delivered before."""
        if name not in self._plan:
            raise AgentNotFound(name, tuple(self._plan))
        step = self._step(name)
        if step.is_done:
            self._reuse(step)
            return step.result
        await self._take_answers(step)
        try:
            return await self._deliver(name, inputs or {})
        except AgentFailed:
            if name not in self._setting.optional:
                raise
        self.skipped.append(name)
        self._show(name, skipped=True)
        return None

    async def parallel(self, names: Sequence[str], inputs: JsonObject | None = None) -> list[Json]:
        """Run several agents at once; all finish before the first failure is raised."""
        results: dict[int, Json] = {}
        failures: dict[int, Exception] = {}

        async def run_one(place: int, name: str) -> None:
            try:
                results[place] = await self.agent(name, inputs)
            except (SergasError, Suspended) as failure:
                failures[place] = failure

        async with asyncio.TaskGroup() as group:
            for place, name in enumerate(names):
                group.create_task(run_one(place, name))
        for place in sorted(failures, key=lambda p: (isinstance(failures[p], Suspended), p)):
            raise failures[place]
        return [results[place] for place in range(len(names))]

    def _reuse(self, step: Step) -> None:
        if self._board.card(step.name)["status"] == "completed":
            return
        for operation in step.patches:
            self._replay(operation)
        self._log.emit_all(
            self._board.set_agent(
                step.name,
                status="completed",
                progress=100,
                reused=True,
                attempt=step.attempt,
                currentTask="",
            )
        )

    async def _take_answers(self, step: Step) -> None:
        step = replace(step, waiting=answered(step.waiting, self.input.answers))
        self._steps[step.name] = step
        missing = unanswered(step.waiting)
        if self.input.answers and missing:
            # This leg goes on with answers to others, or with some of its own.
            self._suspended.add(step.name)
            await self._save(step)
            self._show(step.name, status="waiting", currentTask=missing[0]["message"])
            raise Suspended

    def _replay(self, operation: JsonObject) -> None:
        try:
            patched(self._log.view.state, [operation])
        except ValueError:
            _log.warning(
                "state_patch_skipped", run_id=self._setting.run_id, path=operation.get("path")
            )
            return
        self._log.emit(events.state_delta([operation]))

    async def _deliver(self, name: str, inputs: JsonObject) -> Json:
        try:
            attempt = await self._setting.active.run_agent(name, lambda: self._tries(name, inputs))
        except AgentFailed as failure:
            self._give_up(name, failure)
            raise
        return await uninterrupted(self._keep(self._step(name), attempt))

    async def _tries(self, name: str, inputs: JsonObject) -> Attempt:
        provider, failures = provider_of(self._plan[name]), 0
        while True:
            try:
                with self._setting.providers.call(provider) as learn:
                    return await self._try(name, inputs, learn)
            except AgentFailed as failure:
                failures += 1
                pause_s = pause_before_retry(
                    self._setting.retries, failure, failures, random.random
                )
                if pause_s is None:
                    raise
                self._close(name, failure, pause_s)
                task = next_try(failure, pause_s)
                self._show(name, status="initializing", currentTask=task)
            await self._setting.providers.rest(provider, pause_s)

    async def _try(self, name: str, inputs: JsonObject, learn: Learn) -> Attempt:
        step, began, is_success = self._step(name), self._setting.clock(), False
        # What it waited for stays until it is done: a crash must not lose the answer.
        answers = answers_to(step.waiting)
        step = await self._save(replace(step, attempt=step.attempt + 1))
        self._show(
            name,
            status="running",
            attempt=step.attempt,
            startedAt=began,
            finishedAt=None,
            error=None,
        )
        try:
            attempt = await run_attempt(
                self._plan[name], self._task(step, inputs, answers), self._stage(step, learn)
            )
            is_success = True
        finally:
            observe_agent(name, (self._setting.clock() - began) / 1000, is_success=is_success)
        return attempt

    def _stage(self, step: Step, learn: Learn) -> Stage:
        async def remember(data: Json) -> None:
            # First what was said, then that it need not be said again.
            await self._log.flush()
            said = self._log.view.transcript.said_by(self._subagent(step.name))
            await self._save(replace(self._step(step.name), memory=data, kept=(*step.kept, *said)))

        return Stage(
            log=self._log,
            board=self._board,
            clock=self._setting.clock,
            patience=self._setting.patience,
            earlier=calls_of(step.waiting),
            remember=remember,
            count=partial(self.ledger.count, step.name, step.attempt),
            learn=learn,
        )

    def _task(self, step: Step, inputs: JsonObject, answers: Mapping[str, JsonObject]) -> AgentTask:
        setting = self._setting
        return AgentTask(
            tenant=setting.tenant,
            thread_id=setting.thread_id,
            run_id=setting.run_id,
            agent=step.name,
            attempt=step.attempt,
            now_ms=setting.clock(),
            input=setting.input,
            inputs=inputs,
            state=self._log.view.state_object,
            answers=answers,
            memory=step.memory,
        )

    def _give_up(self, name: str, failure: AgentFailed) -> None:
        self._close(name, failure, None)
        status = "cancelled" if failure.code == "agent_cancelled" else "error"
        error: JsonObject = {
            "code": failure.code,
            "message": str(failure),
            "recoverable": failure.recoverable,
        }
        self._show(name, status=status, finishedAt=self._setting.clock(), error=error)

    def _close(self, name: str, failure: AgentFailed, pause_s: float | None) -> None:
        """End the attempt that failed, if it had begun; withdraw what is to be said again."""
        subagent_id = self._subagent(name)
        if ("subagent", subagent_id) not in self._log.view.open:
            return
        reason = Reason(failure.code, str(failure), error_metadata(failure, pause_s))
        now = self._setting.clock()
        self._log.emit_all(close_attempt(self._log.view, subagent_id, reason, now))
        if pause_s is not None:
            kept = self._step(name).kept
            self._log.emit_all(withdraw(self._log.view, subagent_id, kept))

    async def _keep(self, step: Step, attempt: Attempt) -> Json:
        now = self._setting.clock()
        if attempt.done is None:
            self._suspended.add(step.name)
            await self._save(replace(step, waiting=attempt.waiting))
            ids = [str(interrupt["id"]) for interrupt in interrupts_of(attempt.waiting)]
            self._log.emit(events.subagent_finished(attempt.subagent_id, now, interrupt_ids=ids))
            self._show(step.name, status="waiting", currentTask=attempt.waiting[0]["message"])
            raise Suspended
        result = attempt.done.result
        # The agent's words, then the fact, then the news of it: who has read that an agent finished
        # can rely on it not running again, and a crash in between loses nothing that it said.
        await self._log.flush()
        done = Step(step.name, step.attempt, is_done=True, result=result)
        await self._save(replace(done, patches=tuple(attempt.patches)))
        self._log.emit(events.subagent_finished(attempt.subagent_id, now))
        self._show(step.name, status="completed", progress=100, finishedAt=now, currentTask="")
        return result

    def _show(self, name: str, **changes: Json) -> None:
        self._log.emit_all(self._board.set_agent(name, **changes))

    def _subagent(self, name: str) -> str:
        return subagent_id_of(self._setting.run_id, name, self._step(name).attempt)

    def _step(self, name: str) -> Step:
        return self._steps.get(name, Step(name=name, attempt=0, is_done=False, result=None))

    async def _save(self, step: Step) -> Step:
        await self._store.save(self._setting.run_id, self._setting.epoch, step)
        self._steps[step.name] = step
        return step
