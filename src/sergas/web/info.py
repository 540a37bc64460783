"""What `/info` says: CopilotKit's RuntimeInfo, with honest flags and nothing about licences."""

from importlib.metadata import version

from sergas.core.agents import Workflow
from sergas.core.json import Json, JsonObject
from sergas.web.door import Door
from sergas.web.streams import DEFAULT_AGENT


def runtime_info(door: Door) -> dict[str, Json]:
    """Describe the runtime to CopilotKit's client."""
    agents = {workflow.name: _agent(workflow) for workflow in door.workflows.values()}
    agents[DEFAULT_AGENT] = _agent(door.workflows[door.default_workflow]) | {"name": DEFAULT_AGENT}
    return {
        "version": version("sergas"),
        "mode": "sse",
        "agents": agents,
        "audioFileTranscriptionEnabled": False,
        "threadEndpoints": {
            "list": True,
            "inspect": True,
            "mutations": True,
            "realtimeMetadata": False,
        },
        "suggestions": False,
        "a2uiEnabled": False,
        "openGenerativeUIEnabled": False,
        "telemetryDisabled": True,
    }


def _agent(workflow: Workflow) -> dict[str, Json]:
    return {
        "name": workflow.name,
        "description": workflow.description,
        "className": "SergasWorkflow",
        "capabilities": _CAPABILITIES,
    }


_CAPABILITIES: JsonObject = {
    "identity": {"name": "sergas", "type": "workflow"},
    "transport": {"streaming": True, "websocket": True, "resumable": True},
    "state": {"snapshots": True, "deltas": True, "persistentState": True},
    "multiAgent": {"supported": True},
    "humanInTheLoop": {"supported": True, "interrupts": True},
}
