"""What is stored of a run, of its agents' work, and of a thread."""

from dataclasses import dataclass
from enum import StrEnum

from sergas.core.ids import ExecutorId, RunId, TenantId, ThreadId
from sergas.core.json import Json, JsonObject


class RunStatus(StrEnum):
    """The life of a run: queued, running, then one of the four ends."""

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    INTERRUPTED = "interrupted"
    CANCELLED = "cancelled"
    FAILED = "failed"

    @property
    def is_final(self) -> bool:
        """Whether nothing more happens to the run by itself."""
        return self not in (RunStatus.QUEUED, RunStatus.RUNNING)


@dataclass(frozen=True, slots=True)
class Run:
    """One request worked off by a workflow.

    Attributes:
        leg: 1, and one more for each time a person's answer lets the same run go on.
        epoch: raised whenever an executor takes the run; older epochs can no longer write.
        owner: the executor that works the run off, or is to; None only before anybody is.
        is_waiting: another run of the thread has to end first.
        cancel_reason: somebody wants it stopped, and why; None while nobody does.
        cancel_agents: agents that somebody wants stopped in this leg, while the run goes on.
        request_key: makes a repeated request find this run; unique per tenant.
        content_hash: of the request, to tell a repetition from another request with the same key.
        input: the request, as `engine.requests` stores it.
        outcome: details of the end: error, interrupts, reason (JSON); empty before the end.
        user: who asked for it; "" while callers have no names.
    """

    id: RunId
    thread_id: ThreadId
    tenant: TenantId
    workflow: str
    status: RunStatus
    leg: int
    epoch: int
    owner: ExecutorId | None
    is_waiting: bool
    cancel_reason: str | None
    cancel_agents: tuple[str, ...]
    retry_of: RunId | None
    request_key: str
    content_hash: str
    input: JsonObject
    outcome: JsonObject
    created_ms: int
    started_ms: int | None
    finished_ms: int | None
    user: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One stored event: its place in the run (from 1) and the AG-UI JSON, encoded once."""

    seq: int
    data: bytes


@dataclass(frozen=True, slots=True)
class RunEnd:
    """How a leg of a run ends: what is recorded of it, and the last event its readers see."""

    status: RunStatus
    outcome: JsonObject
    at_ms: int
    last: Event


@dataclass(frozen=True, slots=True)
class NextLeg:
    """What lets an interrupted run go on: the request with the answers, and who works it off."""

    owner: ExecutorId
    input: JsonObject
    content_hash: str


@dataclass(frozen=True, slots=True)
class Step:
    """What one agent delivered in one run.

    Attributes:
        name: the agent's name.
        is_done: finished; its result is used instead of running it again.
        result: what its `Done` carried.
        patches: the state operations it made, in order, for a run that takes the result over.
        waiting: what it waits for (JSON): interrupts, calls of frontend tools.
        memory: what an unfinished agent wants to know in its next attempt.
        kept: the ids of the messages that stay said when it runs again.
    """

    name: str
    attempt: int
    is_done: bool
    result: Json
    patches: tuple[JsonObject, ...] = ()
    waiting: tuple[JsonObject, ...] = ()
    memory: Json = None
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunFilter:
    """Which runs; what is None, and no statuses, takes every run.

    Attributes:
        since_ms, until_ms: when they were made; the beginning included, the end not.
        is_waiting: only runs that wait for their thread, or only those that do not.
        is_waiting_for_answer: only runs that are interrupted and that no other run went on with.
    """

    thread_id: ThreadId | None = None
    statuses: tuple[RunStatus, ...] = ()
    workflow: str | None = None
    since_ms: int | None = None
    until_ms: int | None = None
    is_waiting: bool | None = None
    is_waiting_for_answer: bool = False


@dataclass(frozen=True, slots=True)
class ThreadPlace:
    """A place in the list of threads: after this one, as it stood in the list then."""

    updated_ms: int
    thread_id: ThreadId


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation.

    Attributes:
        agent_id: the CopilotKit agent it belongs to.
        run_status: of its active run, or else of its newest; None without runs.
    """

    id: ThreadId
    tenant: TenantId
    agent_id: str
    name: str | None
    is_archived: bool
    created_ms: int
    updated_ms: int
    last_run_ms: int | None
    run_status: RunStatus | None
    run_count: int

    @property
    def place(self) -> ThreadPlace:
        """Where it stands in the list now."""
        return ThreadPlace(self.updated_ms, self.id)
