"""Every error the house raises on purpose.

SergasError
├── NotFound                something named by an id does not exist (for this tenant)
│   ├── RunNotFound
│   ├── ThreadNotFound
│   ├── AgentNotFound
│   └── WorkflowNotFound
├── Conflict                the request is fine, the present state is not
│   ├── ThreadBusy          another run of the thread is active
│   ├── RunNotRetryable     the run is active or completed
│   ├── RunIdTaken          the same id or key with other content
│   └── DuplicateRequest    the same request again, where duplicates are refused
├── InvalidRequest          the caller sent something that cannot be worked with
│   ├── InvalidCursor       a cursor that belongs to nothing
│   ├── NothingWaits        answers that do not fit the open interrupts
│   └── InterruptExpired    an answer that came too late
├── Busy                    no room: come back later
├── Fenced                  another executor has taken the run over; stop writing
├── RunTimedOut             a leg of a run took too long
├── BadOffer                what `sergas serve module:attribute` names cannot be offered
├── BudgetExceeded          a run used more than it may
├── StoreRefused            the database does not let us in; waiting would not help
├── StoreUnavailable        the database does not work at the moment
├── SourceUnavailable       a source of records does not answer (in `core.accounts`)
├── BadSetting              what a setting names cannot be worked with
├── ToolFailed              a tool could not do what it was asked; the model reads the message
└── AgentFailed             an agent's attempt ended without a result
    └── ProviderUnavailable its model provider does not answer; it was not called
"""


class SergasError(Exception):
    """Root of the family; `code` is stable and the same over HTTP and in `RUN_ERROR`."""

    code = "internal_error"


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
            "The answers do not fit the open interrupts of this thread; answer all of them, once."
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


class Fenced(SergasError):
    """Another executor has taken the run over; whoever gets this stops at once."""

    code = "fenced"

    def __init__(self, run_id: str, epoch: int) -> None:
        super().__init__(f"Run {run_id!r} has moved past epoch {epoch}; this executor lost it.")


class RunTimedOut(SergasError):
    """A leg of a run took too long."""

    code = "run_timeout"

    def __init__(self, limit_s: float) -> None:
        super().__init__(f"The run took longer than {limit_s:g} s and was ended; retry it.")


class BadOffer(SergasError):
    """What a server is to offer cannot be offered."""

    code = "bad_offer"

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name!r} cannot be served: {reason}.")


class PlanFailed(SergasError):
    """A workflow could not say which agents it runs."""

    code = "plan_failed"

    def __init__(self, workflow: str, reason: str) -> None:
        super().__init__(f"The plan of workflow {workflow!r} {reason}.")


class BudgetExceeded(SergasError):
    """A run used more than it may, or something of which nobody can say how much it is."""

    def __init__(
        self, message: str, *, code: str, limit: str, amounts: tuple[float, float]
    ) -> None:
        super().__init__(message)
        self.code, self.limit, (self.allowed, self.used) = code, limit, amounts


class StoreRefused(SergasError):
    """The database does not let us in; waiting would not help."""

    code = "store_refused"

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(f"The database cannot be opened: {reason}; {advice}.")


class StoreUnavailable(SergasError):
    """The database does not work at the moment; what it has stored is safe."""

    code = "store_unavailable"
    retry_after_s = 5

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The database does not work at the moment: {reason}. "
            "Nothing that was shown is lost; try again in a while."
        )
        self.reason = reason


class BadSetting(SergasError):
    """What a setting names cannot be worked with; the server does not start."""

    code = "bad_setting"


class ToolFailed(SergasError):
    """A tool could not do what it was asked; the model and the page read the message."""

    code = "tool_failed"


class AgentFailed(SergasError):
    """An agent's attempt ended without a result.

    Attributes:
        recoverable: another attempt may succeed.
        retry_after_s: how long to wait before it, if somebody said so.
        is_provider_fault: the model provider is to blame: it could not be reached, did not answer
            in time, answered 5xx, or refused for lack of room without saying for how long. Never
            for what is wrong with our request, nor for the agent's own faults.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str = "agent_failed",
        recoverable: bool = False,
        retry_after_s: float | None = None,
        is_provider_fault: bool = False,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.recoverable = recoverable
        self.retry_after_s = retry_after_s
        self.is_provider_fault = is_provider_fault


class ProviderUnavailable(AgentFailed):
    """The model provider did not answer lately, so no attempt was made."""

    def __init__(self, provider: str, retry_after_s: float) -> None:
        super().__init__(
            f"{provider} is not answering; try again in {retry_after_s:g} s.",
            code="provider_unavailable",
            recoverable=True,
            retry_after_s=retry_after_s,
        )
        self.provider = provider
