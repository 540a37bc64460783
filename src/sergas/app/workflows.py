"""The workflows that this server offers."""

from collections.abc import Mapping

from sergas.accounts import build_sample_accounts
from sergas.agents.script import script_workflow
from sergas.core.agents import Agent, Workflow
from sergas.core.clock import system_clock
from sergas.engine.workflows import alone, chosen
from sergas.settings import Settings


def offered_workflows(settings: Settings) -> Mapping[str, Workflow]:
    """Return the workflows by name: the applications' own, each agent alone, agents by choice."""
    accounts = build_sample_accounts(system_clock, pace_s=settings.agent_pause_ms / 1000)
    agents: dict[str, Agent] = {agent.name: agent for agent in accounts.agents}
    offered = [*accounts.workflows, *(alone(agent) for agent in accounts.agents), chosen(agents)]
    if settings.dev_agents:
        offered.append(script_workflow())
    return {workflow.name: workflow for workflow in offered}
