"""The model providers that agents depend on, and the circuit breaker of each, in this process."""

import asyncio
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil
from typing import TypeAlias

import structlog

from sergas.core.agents import Agent, UsesProvider
from sergas.core.chunks import Chunk, Done, Usage
from sergas.core.errors import AgentFailed, ProviderUnavailable
from sergas.core.json import Json, JsonObject
from sergas.engine.breaker import (
    BreakerPolicy,
    Circuit,
    CircuitState,
    Heard,
    Outcome,
    ask,
    learn,
)
from sergas.telemetry.metrics import PROVIDER_CALLS, PROVIDER_CIRCUIT

_log = structlog.get_logger()
Learn: TypeAlias = Callable[[Chunk], None]
"""Takes an agent's chunks in, for what they say about its provider."""


def provider_of(agent: Agent) -> str:
    """Return the provider that an agent depends on, "" if none."""
    return agent.provider if isinstance(agent, UsesProvider) else ""


@dataclass(slots=True)
class _Breaker:
    circuit: Circuit = field(default_factory=Circuit)
    closed: asyncio.Event = field(default_factory=asyncio.Event)


class Providers:
    """Lets attempts call their providers, or not, and learns from how that goes."""

    def __init__(
        self, policy: BreakerPolicy, clock: Callable[[], float], random: Callable[[], float]
    ) -> None:
        """Begin with every circuit closed.

        Args:
            policy: when a circuit opens, and for how long.
            clock: returns seconds that never go back.
            random: returns a number from 0 to 1.
        """
        self._policy, self._clock, self._random = policy, clock, random
        self._breakers: dict[str, _Breaker] = {}

    @contextmanager
    def call(self, provider: str) -> Generator[Learn]:
        """Let an attempt call its provider, and give it what takes the agent's chunks in.

        Raises:
            ProviderUnavailable: the provider does not answer, and was not called.
        """
        call = _Call(self, provider, self._admit(provider))
        outcome, retry_after_s = Outcome.NOTHING, None
        try:
            yield call.take
        except AgentFailed as failure:
            if failure.is_provider_fault:
                outcome, retry_after_s = Outcome.FAULT, failure.retry_after_s
            raise
        finally:
            self.learn(provider, call.period, outcome, retry_after_s)

    async def rest(self, provider: str, pause_s: float) -> None:
        """Sleep, but not longer than until a provider answers that did not."""
        breaker = self._breakers.get(provider)
        if breaker is None or breaker.circuit.state is CircuitState.CLOSED:
            await asyncio.sleep(pause_s)
            return
        try:
            await asyncio.wait_for(breaker.closed.wait(), pause_s)
        except TimeoutError:
            return

    def learn(
        self, provider: str, period: int, outcome: Outcome, retry_after_s: float | None = None
    ) -> int:
        """Take in what came of a call, and return the period that it is now."""
        if not provider:
            return period
        heard = Heard(period, outcome, self._clock(), retry_after_s)
        circuit = self._breakers[provider].circuit
        self._turn(provider, learn(self._policy, circuit, heard, self._random))
        if outcome is not Outcome.NOTHING:
            PROVIDER_CALLS.labels(provider=provider, outcome=outcome.value).inc()
        return self._breakers[provider].circuit.period

    def described(self) -> Mapping[str, JsonObject]:
        """Say how each provider that was called stands, for a person."""
        return {name: self._described(breaker.circuit) for name, breaker in self._breakers.items()}

    def _admit(self, provider: str) -> int:
        if not provider:
            return 0
        breaker = self._breakers.setdefault(provider, _Breaker())
        circuit, wait_s = ask(self._policy, breaker.circuit, self._clock())
        self._turn(provider, circuit)
        if wait_s > 0:
            PROVIDER_CALLS.labels(provider=provider, outcome="refused").inc()
            raise ProviderUnavailable(provider, ceil(10 * wait_s) / 10)
        return circuit.period

    def _turn(self, provider: str, circuit: Circuit) -> None:
        breaker = self._breakers[provider]
        is_turned = breaker.circuit.state is not circuit.state
        breaker.circuit = circuit
        PROVIDER_CIRCUIT.labels(provider=provider).state(circuit.state.value)
        if not is_turned:
            return
        _log.warning("provider_circuit", provider=provider, **self._described(circuit))
        if circuit.state is CircuitState.CLOSED:
            # Whoever waits is woken; who waits later waits for the next time.
            breaker.closed.set()
            breaker.closed = asyncio.Event()

    def _described(self, circuit: Circuit) -> dict[str, Json]:
        described: dict[str, Json] = {"state": circuit.state.value, "faults": circuit.faults}
        if circuit.state is not CircuitState.CLOSED:
            wait_s = max(0.0, circuit.until_s - self._clock())
            described |= {"openings": circuit.openings, "retryAfter": round(wait_s, 1)}
        return described


@dataclass(slots=True)
class _Call:
    providers: Providers
    provider: str
    period: int
    has_answered: bool = False

    def take(self, chunk: Chunk) -> None:
        # A model call that came to its end is an answer, long before the agent's end.
        is_answer = isinstance(chunk, Usage) and chunk.is_final
        if is_answer or (isinstance(chunk, Done) and not self.has_answered):
            self.has_answered = True
            self.period = self.providers.learn(self.provider, self.period, Outcome.ANSWERED)
