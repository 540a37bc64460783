"""The workflows that this server offers."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sergas.accounts import Accounts, build_sample_accounts
from sergas.agents.script import script_workflow
from sergas.agents.spec import Runtime
from sergas.agents.tools.servers import ToolServer
from sergas.app.own import Offer, load_offer
from sergas.core.accounts import AccountBook
from sergas.core.agents import Workflow
from sergas.core.clock import system_clock
from sergas.core.errors import BadOffer
from sergas.engine.workflows import alone, chosen
from sergas.settings import Settings

# It stands in addresses, and in the names of tools that models call.
_NAME = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Offered:
    """Workflows by name, the one that a request gets that names none, and the accounts if any."""

    workflows: Mapping[str, Workflow]
    default: str
    accounts: AccountBook | None


def offered_workflows(
    settings: Settings, servers: Mapping[str, ToolServer], runtime: Runtime | None
) -> Offered:
    """Return what is offered: workflows, each agent alone, agents by choice.

    Args:
        settings: what the server needs to know.
        servers: the tool servers that agents may name.
        runtime: makes agents of descriptions; None without a model.

    Raises:
        BadOffer: the setting `workflows` names something that cannot be offered.
    """
    own = settings.workflows
    sample = None if own else _sample(settings, runtime)
    offer = (
        load_offer(own, runtime, servers)
        if sample is None
        else Offer(sample.workflows, sample.agents)
    )
    alone_ones = [alone(agent) for agent in offer.agents]
    named = [*offer.workflows, *alone_ones, chosen({agent.name: agent for agent in offer.agents})]
    if settings.dev_agents:
        named.append(script_workflow())
    workflows = {workflow.name: workflow for workflow in named}
    for name, times in Counter(workflow.name for workflow in named).items():
        if times > 1:
            raise BadOffer(own, f"two workflows or agents have the name {name!r}")
        if not _NAME.fullmatch(name):
            what = f"{name!r} is no name; use letters, digits, underscores and hyphens"
            raise BadOffer(own, what)
    return Offered(workflows, named[0].name, sample.book if sample is not None else None)


def _sample(settings: Settings, runtime: Runtime | None) -> Accounts:
    pace_s = settings.agent_pause_ms / 1000
    return build_sample_accounts(system_clock, pace_s=pace_s, runtime=runtime)
