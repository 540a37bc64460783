"""The ports: what the engine needs from a store, with the promises every adapter keeps.

`tests/contracts/` holds one suite per port; an adapter is done when it passes.
"""

from collections.abc import Sequence
from typing import Protocol

from sergas.core.ids import RunId, TenantId, ThreadId
from sergas.core.json import JsonObject
from sergas.core.runs import Event, Run, RunEnd, RunStatus, Step, Thread


class EventLog(Protocol):
    """The append-only log of every run's events."""

    async def append(self, run_id: RunId, epoch: int, events: Sequence[Event]) -> None:
        """Store the events; when this returns they survive a crash.

        The caller numbers events from 1 without gaps. All of one call are stored, or none.

        Raises:
            Fenced: the run's epoch is not `epoch` any more; nothing was stored.
        """
        ...

    async def read(self, run_id: RunId, after: int, limit: int) -> Sequence[Event]:
        """Return up to `limit` events with seq > `after`, in order, without gaps."""
        ...

    async def last_seq(self, run_id: RunId) -> int:
        """Return the highest stored seq, 0 if there is none."""
        ...


class RunStore(Protocol):
    """The runs themselves."""

    async def add(self, run: Run, agent_id: str, thread_name: str | None) -> Run:
        """Store a queued run and its thread (made and named if new), and return the run.

        A run with the same tenant and request key is returned as it is stored instead.

        Raises:
            ThreadBusy: another run of the thread is queued or running.
            RunIdTaken: the id belongs to another request.
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
        *,
        thread_id: ThreadId | None = None,
        statuses: Sequence[RunStatus] = (),
        before: str | None = None,
        limit: int = 50,
    ) -> Sequence[Run]:
        """Return runs, newest first; no `statuses` means all; `before` is a run id to page on."""
        ...

    async def unfinished(self) -> Sequence[Run]:
        """Return every queued or running run of every tenant, oldest first."""
        ...


class RunControl(Protocol):
    """What changes in a run's life."""

    async def claim(self, run_id: RunId, at_ms: int) -> Run:
        """Raise the epoch by one, set the status to running, and return the run.

        A run that is final already is returned unchanged.
        """
        ...

    async def finish(self, run_id: RunId, epoch: int, end: RunEnd) -> None:
        """Store the leg's last event and how it ended, both or neither.

        Raises:
            Fenced: the run's epoch is not `epoch` any more; nothing was stored.
        """
        ...

    async def resume(self, run_id: RunId, input: JsonObject, content_hash: str) -> Run:
        """Queue the next leg of an interrupted run with the given input, and return the run.

        The same content for a leg that was queued already returns the run as it is.

        Raises:
            RunIdTaken: the run is not interrupted (any more) and the content differs.
        """
        ...

    async def ask_cancel(self, run_id: RunId, reason: str) -> Run:
        """Record the wish to cancel, if the run is not final, and return the run."""
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
        cursor: str | None = None,
        limit: int = 50,
    ) -> Sequence[Thread]:
        """Return threads, the most recently used first; `cursor` is a thread id to page on."""
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
