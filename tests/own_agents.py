"""Agents and workflows of a developer, for tests that serve them."""

import json
import os
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import cast

from sergas import (
    Agent,
    AgentSpec,
    AgentTask,
    Chunk,
    Done,
    RemoteServer,
    RunInput,
    Runtime,
    Suggestion,
    Text,
    Work,
    Workflow,
    remote_agent,
)


@dataclass(frozen=True, slots=True)
class Greeter:
    """Says hello."""

    name: str = "greeter"
    title: str = "Greeter"
    description: str = "Says hello."
    runtime: str = "rules"

    async def run(self, task: AgentTask, /) -> AsyncGenerator[Chunk, None]:
        """Greet whoever wrote."""
        yield Text(f"Hello, {task.input.last_user_text}!")
        yield Done({"greeted": True})


def offer() -> Sequence[Agent | Workflow]:
    """Return a workflow of the greeter and an agent of another server, and the two alone."""
    greeter = Greeter()
    remote = remote_agent(
        "far",
        RemoteServer(
            os.environ.get("FAR_URL", "http://127.0.0.1:9"),
            {"Authorization": f"Bearer {os.environ.get('FAR_TOKEN', '')}"},
            os.environ.get("FAR_STOP_URL", ""),
        ),
        title="Far away",
        state_key="far",
        options=json.loads(os.environ.get("FAR_OPTIONS", "{}")),
    )

    async def run(work: Work) -> None:
        await work.agent("greeter")
        await work.agent("far")

    both = Workflow(
        name="both",
        title="Both",
        description="Greets, then asks far away.",
        plan=lambda _: (greeter, remote),
        run=run,
        suggest=lambda _: (Suggestion("Greet Ada", "Ada"),),
    )
    return [both, greeter, remote]


empty: list[Agent] = []
number = 7


def broken() -> Sequence[Agent]:
    """Fail."""
    raise RuntimeError("no luck")


thinker = AgentSpec(
    name="thinker",
    title="Thinker",
    description="Thinks.",
    instructions="Think.",
    prompt=lambda task: task.input.last_user_text,
)


def thinking(runtime: Runtime) -> Workflow:
    """Return a workflow of an agent on the server's model."""
    agents = (Greeter(), runtime(thinker))

    async def run(work: Work) -> None:
        await work.parallel([agent.name for agent in agents])

    return Workflow("thinking", "Thinking", "Greets and thinks.", lambda _: agents, run)


@dataclass(frozen=True, slots=True)
class Half:
    """No agent, for it cannot run."""

    name: str = "half"
    title: str = "Half"


half = Half()
twice = [Greeter(), Greeter()]
spaced = Greeter(name="say hello")


async def later() -> Sequence[Agent]:
    """Return agents too late."""
    return [Greeter()]


def unplanned() -> Sequence[Workflow]:
    """Return workflows whose plans are wrong."""

    def plan(_: RunInput) -> Sequence[Agent]:
        raise KeyError("nobody")

    async def run(work: Work) -> None:
        await work.agent("greeter")

    no_agents = cast("Sequence[Agent]", [thinker])
    return [
        Workflow("raises", "Raises", "Has no plan.", plan, run),
        Workflow("described", "Described", "Plans a description.", lambda _: no_agents, run),
    ]
