"""When to try an agent again: exponential back-off with full jitter, honouring retry-after."""

from collections.abc import Callable
from dataclasses import dataclass

from sergas.core.errors import AgentFailed


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often and how patiently.

    Attributes:
        attempts: how many attempts are made in a row at the most, the first included.
        base_s: the longest pause after the first failure; it doubles with each further one.
        cap_s: no pause is longer, whatever the failure asks for.
    """

    attempts: int = 3
    base_s: float = 0.5
    cap_s: float = 30.0


def pause_before_retry(
    policy: RetryPolicy, failure: AgentFailed, failures: int, random: Callable[[], float]
) -> float | None:
    """Return the seconds to wait before another attempt, or None to give up.

    Args:
        policy: how often and how patiently.
        failure: the latest one.
        failures: how many there were in a row, the latest included.
        random: returns a number from 0 to 1.
    """
    if not failure.recoverable or failures >= policy.attempts:
        return None
    if failure.retry_after_s is not None:
        return min(failure.retry_after_s, policy.cap_s)
    return random() * min(policy.cap_s, policy.base_s * 2 ** (failures - 1))
