"""The circuit breaker of one provider, as a rule: pure, with time and chance passed in.

closed       calls go through; too many faults among the latest answers open it
open         no call goes through for a time, which doubles with each opening in a row
half-open    one call goes through, as a probe: an answer closes the circuit, a fault opens it again
             (and while the probe says nothing for long, another one goes)

A call belongs to the period (from one change of state to the next) in which it was let through.
What comes of it later says nothing about the present, and is not counted.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum


class CircuitState(StrEnum):
    """Whether calls go through."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class Outcome(StrEnum):
    """What a call says about its provider."""

    ANSWERED = "answered"
    FAULT = "fault"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class BreakerPolicy:
    """When a circuit opens, and for how long; times are in seconds.

    Attributes:
        faults: so many faults open it, if they are at least `fault_share` of the outcomes that
            count; 0 never opens it.
        window_s: how long an outcome counts.
        outcomes: how many count at the most, the latest ones.
        open_s: the longest time of a first opening, of which chance takes up to a half off.
        longest_open_s: no opening is longer, whatever the provider asks for.
        probe_s: a probe that has said nothing for so long no longer keeps another from going.
    """

    faults: int = 5
    fault_share: float = 0.5
    window_s: float = 60.0
    outcomes: int = 100
    open_s: float = 5.0
    longest_open_s: float = 120.0
    probe_s: float = 15.0


@dataclass(frozen=True, slots=True)
class Circuit:
    """Where a provider's circuit stands.

    Attributes:
        period: the number of its changes of state.
        latest: while closed, the outcomes that count: when, and whether it was a fault.
        openings: how often it opened in a row without an answer.
        until_s: when the next call may go through, as a probe; not used while closed.
    """

    state: CircuitState = CircuitState.CLOSED
    period: int = 0
    latest: tuple[tuple[float, bool], ...] = ()
    openings: int = 0
    until_s: float = 0.0

    @property
    def faults(self) -> int:
        """How many of the outcomes that count are faults."""
        return sum(is_fault for _, is_fault in self.latest)


def ask(policy: BreakerPolicy, circuit: Circuit, now_s: float) -> tuple[Circuit, float]:
    """Say how long a call has to wait, in seconds, and where the circuit stands now.

    With 0 the call goes through, in the period of the returned circuit.
    """
    if circuit.state is CircuitState.CLOSED:
        return circuit, 0.0
    if now_s < circuit.until_s:
        return circuit, circuit.until_s - now_s
    probing = replace(circuit, until_s=now_s + policy.probe_s)
    if circuit.state is CircuitState.HALF_OPEN:
        return probing, 0.0
    return replace(probing, state=CircuitState.HALF_OPEN, period=circuit.period + 1), 0.0


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a call.

    Attributes:
        period: the one in which the call was let through.
        retry_after_s: how long the provider asked to be left alone, if it did.
    """

    period: int
    outcome: Outcome
    at_s: float
    retry_after_s: float | None = None


def learn(
    policy: BreakerPolicy, circuit: Circuit, heard: Heard, random: Callable[[], float]
) -> Circuit:
    """Return where the circuit stands after what came of a call.

    Args:
        policy: when it opens, and for how long.
        circuit: where it stood.
        heard: what came of a call.
        random: returns a number from 0 to 1.
    """
    if heard.period != circuit.period:
        return _postponed(policy, circuit, heard)
    if circuit.state is CircuitState.HALF_OPEN:
        return _probed(policy, circuit, heard, random)
    if heard.outcome is Outcome.NOTHING:
        return circuit
    counted = _counted(policy, circuit, heard)
    return _opened(policy, counted, heard, random) if _is_too_bad(policy, counted) else counted


def _postponed(policy: BreakerPolicy, circuit: Circuit, heard: Heard) -> Circuit:
    # Whenever the call began: the provider has just said when it wants to be asked again.
    if circuit.state is not CircuitState.OPEN or heard.retry_after_s is None:
        return circuit
    wanted_s = heard.at_s + min(heard.retry_after_s, policy.longest_open_s)
    return replace(circuit, until_s=max(circuit.until_s, wanted_s))


def _probed(
    policy: BreakerPolicy, circuit: Circuit, heard: Heard, random: Callable[[], float]
) -> Circuit:
    match heard.outcome:
        case Outcome.ANSWERED:
            return Circuit(period=circuit.period + 1)
        case Outcome.FAULT:
            return _opened(policy, circuit, heard, random)
        case Outcome.NOTHING:
            return circuit


def _counted(policy: BreakerPolicy, circuit: Circuit, heard: Heard) -> Circuit:
    since_s = heard.at_s - policy.window_s
    latest = [*circuit.latest, (heard.at_s, heard.outcome is Outcome.FAULT)]
    counting = [one for one in latest if one[0] > since_s]
    return replace(circuit, latest=tuple(counting[-policy.outcomes :]))


def _is_too_bad(policy: BreakerPolicy, circuit: Circuit) -> bool:
    share = policy.fault_share * len(circuit.latest)
    return 0 < policy.faults <= circuit.faults and share <= circuit.faults


def _opened(
    policy: BreakerPolicy, circuit: Circuit, heard: Heard, random: Callable[[], float]
) -> Circuit:
    longest_s = min(policy.longest_open_s, policy.open_s * 2 ** min(circuit.openings, 30))
    asked_s = min(policy.longest_open_s, heard.retry_after_s or 0.0)
    pause_s = max(asked_s, longest_s * (1 - random() / 2))
    return Circuit(
        state=CircuitState.OPEN,
        period=circuit.period + 1,
        openings=circuit.openings + 1,
        until_s=heard.at_s + pause_s,
    )
