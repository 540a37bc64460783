"""An agent of a description: what it is comes from the `AgentSpec`, how it works from a runtime."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from sergas.agents.spec import AgentSpec
from sergas.core.agents import AgentTask
from sergas.core.chunks import Chunk


@dataclass(frozen=True, slots=True)
class DescribedAgent:
    """An agent that a runtime makes of a description.

    Attributes:
        runtime: what it thinks with.
        run: works on a task.
        provider: who serves the model; "" for nobody.
        model: what it thinks with there; "" for none.
    """

    spec: AgentSpec
    runtime: str
    run: Callable[[AgentTask], AsyncGenerator[Chunk, None]]
    provider: str = ""
    model: str = ""

    @property
    def name(self) -> str:
        """As its spec says."""
        return self.spec.name

    @property
    def title(self) -> str:
        """As its spec says."""
        return self.spec.title

    @property
    def description(self) -> str:
        """As its spec says."""
        return self.spec.description
