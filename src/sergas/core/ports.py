"""The ports: what the engine needs from a store, with the promises every adapter keeps.

`tests/contracts/` holds one suite per port; an adapter is done when it passes.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from sergas.core.compaction import Compacted
from sergas.core.ids import ExecutorId, RunId, TenantId, ThreadId
from sergas.core.room import ENDLESS, Room
from sergas.core.runs import Event, NextLeg, Run, RunEnd, RunFilter, Step, Thread, ThreadPlace


class EventLog(Protocol):
    """The log of every run's events: append-only until an old run's log is compacted."""

    async def append(self, run_id: RunId, epoch: int, events: Sequence[Event]) -> None:
        """Store the events; when this returns they survive a crash.

        The caller numbers events from 1 without gaps. All of one call are stored, or none.

        Raises:
            Fenced: the run's epoch is not `epoch` any more; nothing was stored.
        """
        ...

    async def read(
        self, run_id: RunId, after: int, limit: int, until: int | None = None
    ) -> Sequence[Event]:
        """Return up to `limit` events with seq > `after`, and none above `until`, in order.

        Fewer than `limit` are all that there are.
        None is left out and none is told twice, whatever is compacted meanwhile: who has read
        original events goes on with those, and their seqs are from 1 on without gaps. From 0 on, a
        compacted log is its merged events, whose seqs are above all original ones; but until an
        original event it is the original ones.
        """
        ...

    async def last_seq(self, run_id: RunId) -> int:
        """Return the highest stored seq, 0 if there is none."""
        ...

    async def compact(self, run_id: RunId, compacted: Compacted | None) -> bool:
        """Replace a run's events by their compacted form, all or nothing; None leaves them as is.

        Returns False, and changes nothing, if the run is gone, is not over for good, or was
        compacted before; of any number of callers one gets True.

        Raises:
            RuntimeError: other events are stored than were compacted; nothing was changed.
        """
        ...


class RunStore(Protocol):
    """The runs themselves."""

    async def add(
        self,
        run: Run,
        agent_id: str,
        thread_name: str | None,
        *,
        may_wait: bool = False,
        room: Room = ENDLESS,
    ) -> Run:
        """Store a queued run and its thread (made and named if new), and return the run.

        A run with the same tenant and request key, or the same id, is returned as it is stored
        instead. With `may_wait`, a run of a busy thread is stored as waiting. Of any number of
        callers at once, as many new runs are stored as there is room for.

        Raises:
            ThreadBusy: another run of the thread is active, and this one may not wait.
            RunIdTaken: the id or key belongs to another request.
            Busy: there is no room.
        """
        ...

    async def find(self, tenant: TenantId, run_id: RunId) -> Run:
        """Return the run.

        Raises:
            RunNotFound: it does not exist for this tenant.
        """
        ...

    async def select(
        self,
        tenant: TenantId,
        wanted: RunFilter = RunFilter(),
        *,
        before: str | None = None,
        limit: int = 50,
    ) -> Sequence[Run]:
        """Return runs, newest first; `before` is a run id to page on."""
        ...

    async def count_unfinished(self) -> int:
        """Return how many runs are queued or running, of all tenants."""
        ...

    async def count_queued_before(self, run_id: RunId) -> int:
        """Return how many runs, of all tenants, wait for a worker and came before this one."""
        ...

    async def delete_ended(self, before_ms: int, limit: int) -> int:
        """Delete up to `limit` runs that ended before a time, and return how many.

        Their events and steps go with them, and threads that no run is left of. Runs that wait for
        a person stay.
        """
        ...

    async def uncompacted(self, before_ms: int, limit: int) -> Sequence[RunId]:
        """Return runs of all tenants that ended before a time and whose log nobody has compacted.

        The first ones to end come first. Runs that wait for a person are not among them.
        """
        ...


class RunControl(Protocol):
    """What changes in a run's life."""

    async def claim(
        self, run_id: RunId, epoch: int, executor: ExecutorId, at_ms: int
    ) -> Run | None:
        """Take the run if it is unfinished and still in `epoch`: own it, raise the epoch by one.

        A waiting run is only taken to be ended: when somebody wants it cancelled.

        Of any number of callers with the same epoch one gets the run; the others get None.
        """
        ...

    async def finish(self, run_id: RunId, epoch: int, end: RunEnd) -> None:
        """Store the leg's last event and how it ended, both or neither.

        Raises:
            Fenced: the run's epoch is not `epoch` any more; nothing was stored.
        """
        ...

    async def resume(self, run_id: RunId, leg: NextLeg) -> Run:
        """Queue the next leg of an interrupted run, and return the run.

        The same content for a leg that was queued already returns the run as it is.

        Raises:
            RunIdTaken: the content differs, and the run is not interrupted any more or another
                run goes on in its place (has it as `retry_of`).
            ThreadBusy: another run of the thread is active.
        """
        ...

    async def ask_cancel(self, run_id: RunId, reason: str) -> Run:
        """Record the wish to cancel, if the run is not final, and return the run."""
        ...

    async def ask_cancel_agent(self, run_id: RunId, agent: str) -> Run:
        """Record the wish to stop one agent, if the run is not final, and return the run."""
        ...

    async def promote(self, executor: ExecutorId) -> Sequence[Run]:
        """Let waiting runs go whose thread is free, the oldest of each; own and return them."""
        ...


class Replicas(Protocol):
    """The executors that are alive, and what becomes of the runs of those that are not.

    Leases run on the store's clock, so that the replicas' clocks need not agree.
    """

    async def beat(self, executor: ExecutorId, lease_s: float) -> None:
        """Renew the executor's lease; it lives for that long from now."""
        ...

    async def leave(self, executor: ExecutorId) -> None:
        """End the executor's lease."""
        ...

    async def take_over(self, executor: ExecutorId, at_work: Collection[RunId]) -> Sequence[Run]:
        """Take unfinished runs that nobody alive owns: own them, raise their epochs, return them.

        So too the executor's own runs that are not `at_work`: a failure lost their dispatch.
        So too those whose owner did not end them within ten seconds of the wish to cancel. Runs
        that wait for their thread, and that nobody wants cancelled, stay. Of several callers at
        once one gets each run.
        """
        ...

    async def wishes(self, executor: ExecutorId) -> Sequence[Run]:
        """Return the executor's unfinished runs that are to be cancelled, or agents of them."""
        ...

    async def live(self) -> Sequence[ExecutorId]:
        """Return the executors whose leases have not run out."""
        ...


@dataclass(frozen=True, slots=True)
class OnWakeUp:
    """Whom to call when something happens.

    Attributes:
        events: another process stored events of a run, or its end.
        control: another process wants a run, or an agent of it, cancelled.
        thread: anybody made, changed or deleted a thread, or changed the status of a run of it.
        gap: a change of some thread may have gone unheard.
    """

    events: Callable[[RunId], None]
    control: Callable[[RunId], None]
    thread: Callable[[TenantId, ThreadId], None]
    gap: Callable[[], None]


class WakeUps(Protocol):
    """Tells this process at once what happened. One may get lost, so callers look as well."""

    async def listen(self, on: OnWakeUp) -> None:
        """Call back until cancelled, on the loop of the caller, after what is told is committed."""
        ...


class StepStore(Protocol):
    """What the agents of a run delivered."""

    async def save(self, run_id: RunId, epoch: int, step: Step) -> None:
        """Store the step, replacing one with the same name.

        Raises:
            Fenced: the run's epoch is not `epoch` any more; nothing was stored.
        """
        ...

    async def steps(self, run_id: RunId) -> Sequence[Step]:
        """Return the steps of the run."""
        ...

    async def copy(self, source: RunId, target: RunId) -> None:
        """Copy the steps of one run to another, except those whose name it has already."""
        ...


class ThreadStore(Protocol):
    """The threads."""

    async def find_thread(self, tenant: TenantId, thread_id: ThreadId) -> Thread | None:
        """Return the thread, or None."""
        ...

    async def threads(
        self,
        tenant: TenantId,
        *,
        agent_id: str | None = None,
        include_archived: bool = False,
        after: ThreadPlace | None = None,
        limit: int = 50,
    ) -> Sequence[Thread]:
        """Return threads, the most recently used first.

        `after` is a place to page on; it holds though its thread has moved or is gone.
        """
        ...

    async def change_thread(
        self,
        tenant: TenantId,
        thread_id: ThreadId,
        *,
        name: str | None,
        is_archived: bool | None,
        at_ms: int,
    ) -> Thread:
        """Rename or archive; None leaves a field as it is.

        Raises:
            ThreadNotFound: it does not exist for this tenant.
        """
        ...

    async def delete_thread(self, tenant: TenantId, thread_id: ThreadId) -> None:
        """Delete the thread with all its runs and events; a missing one is no error.

        Raises:
            ThreadBusy: a run of the thread is queued or running.
        """
        ...
