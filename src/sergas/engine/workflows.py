"""Workflows that need no code of their own, and what a workflow plans, whoever wrote it."""

from collections.abc import Mapping, Sequence

from sergas.core.agents import Agent, RunInput, Work, Workflow
from sergas.core.errors import AgentNotFound, PlanFailed, SergasError
from sergas.core.json import Json

CHOSEN = "agents"


def planned(workflow: Workflow, run_input: RunInput) -> Sequence[Agent]:
    """Return the agents that a workflow plans to run.

    Raises:
        SergasError: it refuses the input; `PlanFailed` if its code is to blame.
    """
    try:
        plan = tuple(workflow.plan(run_input))
    except SergasError:
        raise
    except Exception as error:
        reason = f"raised {type(error).__name__}; see the server's log"
        raise PlanFailed(workflow.name, reason) from error
    for agent in plan:
        if not callable(getattr(agent, "run", None)):
            reason = f"has something of type {type(agent).__name__}, which is no agent"
            raise PlanFailed(workflow.name, reason)
    return plan


def alone(agent: Agent) -> Workflow:
    """Make the workflow that runs one agent."""

    async def run(work: Work) -> None:
        await work.agent(agent.name)

    return Workflow(agent.name, agent.title, agent.description, lambda _: (agent,), run)


def chosen(agents: Mapping[str, Agent]) -> Workflow:
    """Make the workflow that runs the agents the client names, one after the other.

    Each gets the results of the ones before it in `inputs`, by name.
    """

    def plan(run_input: RunInput) -> Sequence[Agent]:
        unknown = [name for name in run_input.agents if name not in agents]
        if unknown:
            raise AgentNotFound(unknown[0], tuple(agents))
        return [agents[name] for name in dict.fromkeys(run_input.agents)]

    async def run(work: Work) -> None:
        results: dict[str, Json] = {}
        for name in dict.fromkeys(work.input.agents):
            results[name] = await work.agent(name, dict(results))

    return Workflow(CHOSEN, "Chosen agents", "Runs the agents that the request names.", plan, run)
