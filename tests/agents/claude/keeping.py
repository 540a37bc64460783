"""A `claude` runtime for tests, and a look at its processes."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import psutil

from sergas.agents.claude import ClaudeRuntime, HallLimits, claude_agents
from tests.models.fake import FakeModels
from tests.runtimes.houses import House, endpoint_of


def processes() -> set[int]:
    """Return the ids of all processes of Claude Code that we have."""
    children = psutil.Process().children(recursive=True)
    return {child.pid for child in children if child.is_running() and child.name() == "claude"}


@dataclass(frozen=True, slots=True)
class Claude:
    """An open runtime, and its agents."""

    runtime: ClaudeRuntime
    house: House


@asynccontextmanager
async def opened(models: FakeModels, limits: HallLimits) -> AsyncGenerator[Claude]:
    """Open a runtime with limits of its own."""
    runtime = ClaudeRuntime(endpoint_of(models, "anthropic"), limits, silence_s=10)
    async with runtime.opened():
        yield Claude(runtime, House("anthropic", claude_agents(runtime), models))
