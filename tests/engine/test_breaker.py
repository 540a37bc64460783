"""The rule of the circuit breaker: any calls, in any order, at any time."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sergas.engine.breaker import (
    BreakerPolicy,
    Circuit,
    CircuitState,
    Heard,
    Outcome,
    ask,
    learn,
)

POLICY = BreakerPolicy(
    faults=3, fault_share=0.5, window_s=60, outcomes=8, open_s=5, longest_open_s=40, probe_s=10
)
CLOSED, OPEN, HALF_OPEN = CircuitState.CLOSED, CircuitState.OPEN, CircuitState.HALF_OPEN


def tell(circuit: Circuit, outcome: Outcome, at_s: float = 0.0, chance: float = 0.0) -> Circuit:
    """Tell the circuit what came of a call of this period."""
    return learn(POLICY, circuit, Heard(circuit.period, outcome, at_s), lambda: chance)


@dataclass(frozen=True, slots=True)
class Call:
    """A call that was let through and has said nothing yet."""

    period: int
    at_s: float


class AnyTraffic(RuleBasedStateMachine):
    """Calls come, end well, badly or not at all, and time goes by.

    The model remembers everything that was told in the present period, and nothing else.
    """

    @initialize()
    def begin(self) -> None:
        self.circuit, self.now_s, self.chance = Circuit(), 0.0, 0.0
        self.calls: list[Call] = []
        self.told: list[tuple[float, bool]] = []
        self.opened_at_s, self.least_s = 0.0, 0.0

    @rule(seconds=st.sampled_from([0.0, 0.5, 3.0, 11.0, 61.0]), chance=st.floats(0, 1))
    def time_goes_by(self, seconds: float, chance: float) -> None:
        self.now_s += seconds
        self.chance = chance

    @rule()
    def somebody_asks(self) -> None:
        before = self.circuit
        self.circuit, wait_s = ask(POLICY, before, self.now_s)

        if wait_s > 0:
            assert before.state is not CLOSED
            assert self.circuit == before
            assert wait_s <= max(POLICY.longest_open_s, POLICY.probe_s)
        elif before.state is not CLOSED:
            assert self.circuit.state is HALF_OPEN
            probes = [c for c in self.calls if c.period == self.circuit.period]
            assert all(self.now_s - c.at_s >= POLICY.probe_s for c in probes)
            assert self.now_s >= self.opened_at_s + self.least_s
        if wait_s == 0:
            self.calls.append(Call(self.circuit.period, self.now_s))

    @precondition(lambda self: self.calls)
    @rule(
        pick=st.integers(0, 1000),
        outcome=st.sampled_from(Outcome),
        retry_after_s=st.none() | st.floats(0, 1000),
    )
    def a_call_ends(self, pick: int, outcome: Outcome, retry_after_s: float | None) -> None:
        call, before = self.calls.pop(pick % len(self.calls)), self.circuit
        heard = Heard(call.period, outcome, self.now_s, retry_after_s)
        self.circuit = learn(POLICY, before, heard, lambda: self.chance)

        if call.period != before.period:
            assert self.circuit.state is before.state
            assert self.circuit.until_s >= before.until_s
        elif before.state is HALF_OPEN:
            expected = {Outcome.ANSWERED: CLOSED, Outcome.FAULT: OPEN, Outcome.NOTHING: HALF_OPEN}
            assert self.circuit.state is expected[outcome]
        elif outcome is not Outcome.NOTHING:
            self.told.append((self.now_s, outcome is Outcome.FAULT))
            assert (self.circuit.state is OPEN) == self._is_too_bad()
        if self.circuit.period != before.period:
            self._turned(before, retry_after_s)

    @invariant()
    def it_answers_again_in_the_end(self) -> None:
        _, wait_s = ask(POLICY, self.circuit, self.now_s + POLICY.longest_open_s)

        assert wait_s == 0

    def _is_too_bad(self) -> bool:
        lately = [is_fault for at_s, is_fault in self.told if at_s > self.now_s - POLICY.window_s]
        lately = lately[-POLICY.outcomes :]
        return sum(lately) >= POLICY.faults and sum(lately) >= POLICY.fault_share * len(lately)

    def _turned(self, before: Circuit, retry_after_s: float | None) -> None:
        self.told, self.opened_at_s, self.least_s = [], self.now_s, 0.0
        if self.circuit.state is not OPEN:
            assert self.circuit.openings == 0
            return
        assert self.circuit.openings == before.openings + 1
        longest_s = min(POLICY.longest_open_s, POLICY.open_s * 2**before.openings)
        asked_s = min(POLICY.longest_open_s, retry_after_s or 0)
        self.least_s = max(longest_s / 2, asked_s)
        pause_s = self.circuit.until_s - self.now_s
        assert self.least_s - 1e-6 <= pause_s <= max(longest_s, asked_s) + 1e-6


AnyTraffic.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestAnyTraffic = AnyTraffic.TestCase


@given(st.lists(st.sampled_from([Outcome.ANSWERED, Outcome.NOTHING])))
def test_a_provider_without_faults_is_always_called(outcomes: list[Outcome]) -> None:
    circuit = Circuit()
    for outcome in outcomes:
        circuit = tell(circuit, outcome)

    assert ask(POLICY, circuit, 0.0) == (circuit, 0.0)


def test_faults_that_are_few_among_many_answers_open_nothing() -> None:
    circuit = Circuit()
    for outcome in [Outcome.ANSWERED] * 5 + [Outcome.FAULT] * 3:
        circuit = tell(circuit, outcome)

    assert circuit.state is CLOSED
    assert tell(tell(circuit, Outcome.FAULT), Outcome.FAULT).state is OPEN


def test_each_opening_in_a_row_lasts_twice_as_long() -> None:
    circuit, now_s, pauses = Circuit(), 0.0, list[float]()
    for _ in range(POLICY.faults):
        circuit = tell(circuit, Outcome.FAULT)
    for _ in range(5):
        pauses.append(circuit.until_s - now_s)
        now_s = circuit.until_s
        circuit = tell(ask(POLICY, circuit, now_s)[0], Outcome.FAULT, now_s)

    assert pauses == [5, 10, 20, 40, 40]


def test_a_call_from_before_the_opening_says_nothing_about_the_probe() -> None:
    circuit = Circuit()
    for _ in range(POLICY.faults):
        circuit = tell(circuit, Outcome.FAULT)
    probing, _ = ask(POLICY, circuit, circuit.until_s)

    late = learn(POLICY, probing, Heard(0, Outcome.FAULT, circuit.until_s), lambda: 0.0)

    assert late == probing


def test_a_policy_without_faults_never_opens() -> None:
    circuit = Circuit()
    for _ in range(50):
        circuit = learn(BreakerPolicy(faults=0), circuit, Heard(0, Outcome.FAULT, 0.0), lambda: 0.0)

    assert circuit.state is CLOSED
