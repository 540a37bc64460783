"""How long the engine waits: for a run, for an agent, for an agent's next word."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sergas.core.errors import AgentFailed


@dataclass(frozen=True, slots=True)
class Patience:
    """Time-outs, in seconds.

    Attributes:
        run_s: for one leg of a run.
        agent_s: for one attempt of an agent.
        idle_s: for an agent's next chunk.
    """

    run_s: float = 3600
    agent_s: float = 900
    idle_s: float = 180


@asynccontextmanager
async def patiently(agent: str, patience: Patience) -> AsyncGenerator[Callable[[], None]]:
    """Give a function that an attempt calls at every sign of life.

    Raises:
        AgentFailed: the agent was silent, or at work, for too long; it may be tried again.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + patience.agent_s
    alarm = asyncio.timeout(min(patience.idle_s, patience.agent_s))
    try:
        async with alarm:
            yield lambda: alarm.reschedule(min(deadline, loop.time() + patience.idle_s))
    except TimeoutError as error:
        if not alarm.expired():
            raise
        if loop.time() >= deadline:
            what, code = f"took longer than {patience.agent_s:g} s", "agent_timeout"
        else:
            what, code = f"said nothing for {patience.idle_s:g} s", "agent_idle"
        raise AgentFailed(f"Agent {agent!r} {what}.", code=code, recoverable=True) from error
