"""What `/info` says: CopilotKit's RuntimeInfo, with honest flags and nothing about licences."""

from importlib.metadata import version

from sergas.core.agents import Workflow
from sergas.core.json import Json, JsonObject
from sergas.web.capabilities import capabilities_of
from sergas.web.door import Door
from sergas.web.streams import DEFAULT_AGENT

# `realtimeMetadata` means CopilotKit's own WebSocket service; our live list is another one.
_THREAD_ENDPOINTS: JsonObject = {
    "list": True,
    "inspect": True,
    "mutations": True,
    "realtimeMetadata": False,
}


def runtime_info(door: Door) -> dict[str, Json]:
    """Describe the runtime to CopilotKit's client."""
    agents = {workflow.name: _agent(workflow) for workflow in door.workflows.values()}
    agents[DEFAULT_AGENT] = _agent(door.workflows[door.default_workflow]) | {"name": DEFAULT_AGENT}
    return {
        "version": version("sergas"),
        "mode": "sse",
        "agents": agents,
        "defaultAgent": door.default_workflow,
        "accounts": door.accounts is not None,
        "audioFileTranscriptionEnabled": False,
        "threadEndpoints": _THREAD_ENDPOINTS,
        "singleRoute": {"resourceOperations": True, "threadEndpoints": _THREAD_ENDPOINTS},
        "suggestions": True,
        "a2uiEnabled": False,
        "openGenerativeUIEnabled": False,
        "telemetryDisabled": True,
    }


def _agent(workflow: Workflow) -> dict[str, Json]:
    return {
        "name": workflow.name,
        "description": workflow.description,
        "className": "SergasWorkflow",
        "capabilities": capabilities_of(workflow),
    }
