"""Start, resume, retry: how a request becomes a run, once, however often it is sent."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from sergas.core.clock import Clock, iso
from sergas.core.errors import DuplicateRequest, NothingWaits, RunNotFound, RunNotRetryable
from sergas.core.ids import ExecutorId, RunId, TenantId, new_run_id
from sergas.core.ports import EventLog, RunControl, RunStore
from sergas.core.room import ENDLESS, Room
from sergas.core.runs import NextLeg, Run, RunFilter, RunStatus
from sergas.engine.cancel import Canceller
from sergas.engine.interrupts import check_answers, has_results, results_in
from sergas.engine.legs import start_of_leg
from sergas.engine.requests import (
    OnBusy,
    RetryAsked,
    RunRequest,
    input_from,
    with_earlier_legs,
)

_NAME_CHARS = 60


@dataclass(frozen=True, slots=True)
class Started:
    """A run that was asked for.

    Attributes:
        after: the seq after which the asker's stream begins.
        is_new: this very request started it; False means it was there already.
    """

    run: Run
    after: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Starter:
    """What starting takes.

    Attributes:
        on_busy: what happens on a busy thread, if the request does not say.
        room: how many runs there may be; more are refused, but an answer is always taken.
    """

    runs: RunStore
    control: RunControl
    log: EventLog
    canceller: Canceller
    dispatch: Callable[[Run], Awaitable[None]]
    executor: ExecutorId
    clock: Clock
    on_busy: OnBusy = OnBusy.REJECT
    room: Room = ENDLESS
    rejects_duplicates: bool = False

    async def start(self, request: RunRequest) -> Started:
        """Start a run, or find the one that the same request started.

        Raises:
            ThreadBusy: another run of the thread is active, and this one is not to wait.
            RunIdTaken: the run id or key came before with other content.
            DuplicateRequest: it came before, and duplicates are refused.
            InvalidRequest: it answers interrupts that nobody waits for.
            Busy: there is no room for another run.
        """
        request = await self._with_results(request)
        if request.answers:
            return await self._resume(request)
        return await self._add(request, retry_of=None, room=self.room)

    async def retry(self, tenant: TenantId, run_id: RunId, asked: RetryAsked) -> Started:
        """Start a run that does what is missing of an ended one, once for a key.

        Where a run waits for a person, it is retried once in all.

        Raises:
            RunNotFound: there is no such run.
            RunNotRetryable: it is active, or it completed.
            ThreadBusy: another run of the thread is active.
            RunIdTaken: the key came before with another request.
            DuplicateRequest: it came before, and duplicates are refused.
            Busy: there is no room for another run.
        """
        run = await self.runs.find(tenant, run_id)
        if not run.status.is_final or run.status is RunStatus.COMPLETED:
            raise RunNotRetryable(run_id, run.status.value)
        run_input = input_from(run.input)
        if asked.budget is not None:
            options = {**run_input.options, "budget": asked.budget}
            run_input = replace(run_input, options=options)
        request = RunRequest(
            tenant=tenant,
            thread_id=run.thread_id,
            run_id=new_run_id(),
            workflow=run.workflow,
            agent_id=run.workflow,
            input=run_input,
            key=continuation_key(run) if run.status is RunStatus.INTERRUPTED else asked.key,
            user=run.user,
            repeats=run_id,
        )
        return await self._add(request, retry_of=run_id, room=self.room)

    async def _add(self, request: RunRequest, *, retry_of: RunId | None, room: Room) -> Started:
        on_busy = request.on_busy or self.on_busy
        before = await self._active_before(request, on_busy)
        replaces = before.id if before is not None and on_busy is OnBusy.ROLLBACK else None
        run = self._new_run(request, retry_of=retry_of, replaces=replaces)
        may_wait = on_busy is not OnBusy.REJECT
        name = _thread_name(request)
        stored = await self.runs.add(run, request.agent_id, name, may_wait=may_wait, room=room)
        if stored != replace(run, is_waiting=stored.is_waiting):
            return await self._repeated(stored)
        if not stored.is_waiting:
            await self.dispatch(stored)
        elif before is not None:
            await self.canceller.cancel(request.tenant, before.id, f"Run {run.id} took its place.")
        return Started(stored, after=0, is_new=True)

    async def _active_before(self, request: RunRequest, on_busy: OnBusy) -> Run | None:
        if on_busy not in (OnBusy.INTERRUPT, OnBusy.ROLLBACK):
            return None
        statuses = (RunStatus.QUEUED, RunStatus.RUNNING)
        active = RunFilter(request.thread_id, statuses, is_waiting=False)
        runs = await self.runs.select(request.tenant, active, limit=1)
        return next((run for run in runs if run.id != request.run_id), None)

    async def _repeated(self, run: Run) -> Started:
        if self.rejects_duplicates:
            raise DuplicateRequest(run.id)
        return Started(run, after=await start_of_leg(self.log, run), is_new=False)

    async def _resume(self, request: RunRequest) -> Started:
        waiting = await self._waiting_run(request)
        if waiting.content_hash == request.content_hash:
            return await self._repeated(waiting)
        check_answers(waiting.outcome, request.answers, iso(self.clock()))
        sent_hash = request.content_hash
        whole = replace(request, goes_on=input_from(waiting.input), sent_hash=sent_hash)
        if waiting.id != request.run_id:
            # The answer goes to whoever asked, whatever agent the page sent it to.
            key = continuation_key(waiting)
            same = replace(whole, workflow=waiting.workflow, key=key)
            return await self._add(same, retry_of=waiting.id, room=ENDLESS)
        after = await self.log.last_seq(waiting.id)
        asked = with_earlier_legs(whole.stored, waiting.input)
        leg = NextLeg(self.executor, asked, request.content_hash)
        stored = await self.control.resume(waiting.id, leg)
        await self.dispatch(stored)
        return Started(stored, after=after, is_new=True)

    async def _with_results(self, request: RunRequest) -> RunRequest:
        """Find the results of frontend tools among the messages, if a run waits for them."""
        if not has_results(request.input.messages):
            return request
        waiting = await self._interrupted_run(request)
        if waiting is None:
            return request
        return replace(request, results=results_in(request.input.messages, waiting.outcome))

    async def _waiting_run(self, request: RunRequest) -> Run:
        try:
            return await self.runs.find(request.tenant, request.run_id)
        except RunNotFound:
            waiting = await self._interrupted_run(request)
        if waiting is None:
            raise NothingWaits
        return waiting

    async def _interrupted_run(self, request: RunRequest) -> Run | None:
        interrupted = RunFilter(request.thread_id, (RunStatus.INTERRUPTED,))
        latest = await self.runs.select(request.tenant, interrupted, limit=1)
        return latest[0] if latest else None

    def _new_run(
        self, request: RunRequest, *, retry_of: RunId | None, replaces: RunId | None
    ) -> Run:
        return Run(
            id=request.run_id,
            thread_id=request.thread_id,
            tenant=request.tenant,
            workflow=request.workflow,
            status=RunStatus.QUEUED,
            leg=1,
            epoch=0,
            owner=self.executor,
            is_waiting=False,
            cancel_reason=None,
            cancel_agents=(),
            retry_of=retry_of,
            request_key=request.request_key,
            content_hash=request.content_hash,
            input=request.stored | ({"replaces": replaces} if replaces else {}),
            outcome={},
            created_ms=self.clock(),
            started_ms=None,
            finished_ms=None,
            user=request.user,
        )


def continuation_key(run: Run) -> str:
    """Return the request key of the one run that may go on where this leg waits."""
    return f"{run.id}:{run.leg}"


def _thread_name(request: RunRequest) -> str | None:
    printable = "".join(c if c.isprintable() else " " for c in request.input.last_user_text)
    words = " ".join(printable.split())
    if not words:
        return None
    return words if len(words) <= _NAME_CHARS else f"{words[: _NAME_CHARS - 1]}…"
