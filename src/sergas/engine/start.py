"""Start, resume, retry: how a request becomes a run, once, however often it is sent."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sergas.core.clock import Clock
from sergas.core.errors import DuplicateRequest, InvalidRequest, RunNotFound, RunNotRetryable
from sergas.core.ids import ExecutorId, RunId, TenantId, new_run_id
from sergas.core.json import JsonObject
from sergas.core.ports import EventLog, RunControl, RunStore
from sergas.core.runs import NextLeg, Run, RunStatus
from sergas.engine.requests import RunRequest, input_from, input_to

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
    """What starting takes."""

    runs: RunStore
    control: RunControl
    log: EventLog
    dispatch: Callable[[Run], Awaitable[None]]
    executor: ExecutorId
    clock: Clock
    rejects_duplicates: bool = False

    async def start(self, request: RunRequest) -> Started:
        """Start a run, or find the one that the same request started.

        Raises:
            ThreadBusy: another run of the thread is active.
            RunIdTaken: the run id or key came before with other content.
            DuplicateRequest: it came before, and duplicates are refused.
            InvalidRequest: it answers interrupts that nobody waits for.
        """
        if request.input.answers:
            return await self._resume(request)
        return await self._add(request, retry_of=None)

    async def retry(self, tenant: TenantId, run_id: RunId) -> Started:
        """Start a run that does what is missing of an ended one.

        Raises:
            RunNotFound: there is no such run.
            RunNotRetryable: it is active, or it completed.
            ThreadBusy: another run of the thread is active.
        """
        run = await self.runs.find(tenant, run_id)
        if not run.status.is_final or run.status is RunStatus.COMPLETED:
            raise RunNotRetryable(run_id, run.status.value)
        request = RunRequest(
            tenant=tenant,
            thread_id=run.thread_id,
            run_id=new_run_id(),
            workflow=run.workflow,
            agent_id=run.workflow,
            input=input_from(run.input),
        )
        return await self._add(request, retry_of=run_id)

    async def _add(self, request: RunRequest, *, retry_of: RunId | None) -> Started:
        run = self._new_run(request, retry_of)
        stored = await self.runs.add(run, request.agent_id, _thread_name(request))
        if stored != run:
            return self._repeated(stored)
        await self.dispatch(stored)
        return Started(stored, after=0, is_new=True)

    def _repeated(self, run: Run) -> Started:
        if self.rejects_duplicates:
            raise DuplicateRequest(run.id)
        return Started(run, after=0, is_new=False)

    async def _resume(self, request: RunRequest) -> Started:
        waiting = await self._waiting_run(request)
        if waiting is None:
            raise InvalidRequest(
                "Nobody waits for these answers; the interrupt ended or is of another thread."
            )
        if waiting.id != request.run_id:
            return await self._add(request, retry_of=waiting.id)
        after = await self.log.last_seq(waiting.id)
        leg = NextLeg(self.executor, input_to(request.input), request.content_hash)
        stored = await self.control.resume(waiting.id, leg)
        await self.dispatch(stored)
        return Started(stored, after=after, is_new=True)

    async def _waiting_run(self, request: RunRequest) -> Run | None:
        try:
            run = await self.runs.find(request.tenant, request.run_id)
        except RunNotFound:
            interrupted = (RunStatus.INTERRUPTED,)
            latest = await self.runs.select(
                request.tenant, thread_id=request.thread_id, statuses=interrupted, limit=1
            )
            run = latest[0] if latest else None
        return run if run is not None and _awaits(run.outcome, set(request.input.answers)) else None

    def _new_run(self, request: RunRequest, retry_of: RunId | None) -> Run:
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
            retry_of=retry_of,
            request_key=request.request_key,
            content_hash=request.content_hash,
            input=input_to(request.input),
            outcome={},
            created_ms=self.clock(),
            started_ms=None,
            finished_ms=None,
        )


def _awaits(outcome: JsonObject, answered: set[str]) -> bool:
    interrupts = outcome.get("interrupts")
    if not isinstance(interrupts, list):
        return False
    waiting = {str(interrupt["id"]) for interrupt in interrupts if isinstance(interrupt, dict)}
    return bool(waiting) and answered == waiting


def _thread_name(request: RunRequest) -> str | None:
    printable = "".join(c if c.isprintable() else " " for c in request.input.last_user_text)
    words = " ".join(printable.split())
    if not words:
        return None
    return words if len(words) <= _NAME_CHARS else f"{words[: _NAME_CHARS - 1]}…"
