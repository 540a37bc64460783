"""What an agent can do, in AG-UI's words; what is not said is not known, rather than missing."""

from importlib.metadata import version

from sergas.core.agents import RunInput, Workflow
from sergas.core.errors import SergasError
from sergas.core.json import Json
from sergas.engine.workflows import planned


def capabilities_of(workflow: Workflow) -> dict[str, Json]:
    """Describe a workflow as AG-UI `AgentCapabilities`."""
    return {
        "identity": {
            "name": workflow.title,
            "type": "sergas",
            "description": workflow.description,
            "version": version("sergas"),
        },
        "transport": {
            "streaming": True,
            "websocket": True,
            "httpBinary": False,
            "pushNotifications": False,
            "resumable": True,
        },
        "tools": {"supported": True},
        "state": {"snapshots": True, "deltas": True},
        "multiAgent": {
            "supported": True,
            "delegation": True,
            "handoffs": False,
            "subagents": _subagents(workflow),
        },
        "humanInTheLoop": {"supported": True, "interrupts": True},
    }


def _subagents(workflow: Workflow) -> list[Json]:
    try:
        plan = planned(workflow, RunInput())
    except SergasError:
        # Whom it runs depends on what is asked.
        return []
    return [{"name": agent.name, "description": agent.description} for agent in plan]
