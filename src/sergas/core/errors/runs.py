"""Why a run, an agent or a tool does not go on."""

from sergas.core.errors.root import SergasError


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
