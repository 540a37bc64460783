"""Why a request is refused."""

from sergas.core.errors.root import SergasError


class NotFound(SergasError):
    """Something named by an id does not exist, or belongs to another tenant."""

    code = "not_found"


class RunNotFound(NotFound):
    """No such run."""

    code = "run_not_found"

    def __init__(self, run_id: str) -> None:
        super().__init__(f"There is no run {run_id!r}; GET /api/runs lists the runs.")
        self.run_id = run_id


class ThreadNotFound(NotFound):
    """No such thread."""

    code = "thread_not_found"

    def __init__(self, thread_id: str) -> None:
        super().__init__(f"There is no thread {thread_id!r}.")
        self.thread_id = thread_id


class AgentNotFound(NotFound):
    """No such agent."""

    code = "agent_not_found"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"There is no agent {name!r}; known agents: {', '.join(known)}.")
        self.name = name


class WorkflowNotFound(NotFound):
    """No such workflow."""

    code = "workflow_not_found"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"There is no workflow {name!r}; known workflows: {', '.join(known)}.")
        self.name = name


class Conflict(SergasError):
    """The request is fine, but not in the present state."""

    code = "conflict"


class ThreadBusy(Conflict):
    """Another run of the thread is active."""

    code = "thread_busy"

    def __init__(self, thread_id: str, run_id: str) -> None:
        super().__init__(
            f"Thread {thread_id!r} is busy with run {run_id!r}; "
            "wait for it, stop it, or use another thread."
        )
        self.thread_id, self.run_id = thread_id, run_id


class RunNotRetryable(Conflict):
    """The run has nothing to retry: it is active or it completed."""

    code = "run_not_retryable"

    def __init__(self, run_id: str, status: str) -> None:
        super().__init__(
            f"Run {run_id!r} is {status}; "
            "only a failed, cancelled or interrupted run can be retried."
        )
        self.run_id = run_id


class RunIdTaken(Conflict):
    """The same run id or idempotency key came with other content."""

    code = "run_id_taken"

    def __init__(self, key: str) -> None:
        super().__init__(f"{key!r} was used before with other content; send a new id.")
        self.key = key


class DuplicateRequest(Conflict):
    """The same request again, where the setting `duplicates` is `reject`."""

    code = "duplicate_request"

    def __init__(self, run_id: str) -> None:
        super().__init__(f"This request already started run {run_id!r}; follow that run instead.")
        self.run_id = run_id


class InvalidRequest(SergasError):
    """The caller sent something that cannot be worked with."""

    code = "invalid_request"


class InvalidCursor(InvalidRequest):
    """A cursor that belongs to nothing we stored."""

    code = "invalid_cursor"

    def __init__(self, cursor: str) -> None:
        super().__init__(
            f"Last-Event-ID {cursor[:80]!r} is not an event of this run or thread; "
            "connect without it."
        )


class NothingWaits(InvalidRequest):
    """Answers to interrupts that are not open, or not to all that are."""

    code = "nothing_waits"

    def __init__(self) -> None:
        super().__init__(
            "The answers do not fit the open interrupts of this thread; answer all of them, once. "
            "GET /api/runs?asks=true lists what waits."
        )


class AnswerRefused(InvalidRequest):
    """An answer that its interrupt's `responseSchema` does not allow; the interrupt stays open."""

    code = "invalid_answer"

    def __init__(self, interrupt_id: str, problems: str) -> None:
        super().__init__(
            f"The answer to interrupt {interrupt_id!r} does not fit its responseSchema: "
            f"{problems}. Nothing was answered; send another one, or cancel it."
        )


class InterruptExpired(InvalidRequest):
    """An answer that came too late; only `cancelled` is still taken."""

    code = "interrupt_expired"

    def __init__(self, interrupt_id: str, expired_at: str) -> None:
        super().__init__(
            f"Interrupt {interrupt_id!r} expired at {expired_at}; it can only be cancelled now."
        )


class Busy(SergasError):
    """No room for another run now."""

    code = "too_many_runs"

    def __init__(self, limit: int, retry_after_s: int = 5) -> None:
        super().__init__(
            f"{limit} runs are at work or waiting already; try again in {retry_after_s} s."
        )
        self.retry_after_s = retry_after_s
