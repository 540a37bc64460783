"""CopilotKit's runtime protocol, and the main door, which also takes plain AG-UI bodies."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from sergas.core.errors import RunNotFound, WorkflowNotFound
from sergas.core.ids import ThreadId, is_valid_id
from sergas.core.json import Json, as_object
from sergas.web.auth import Caller, CallerOf
from sergas.web.body import read_object
from sergas.web.cursor import parse_cursor
from sergas.web.dialect import dialect_of
from sergas.web.door import Door, door_of
from sergas.web.errors import RequestRefused
from sergas.web.info import runtime_info
from sergas.web.request_key import request_key
from sergas.web.run_input import parse_run_input
from sergas.web.streams import DEFAULT_AGENT, dialect_for, start_run, stream_run, stream_thread

router = APIRouter(prefix="/api/copilotkit", tags=["CopilotKit runtime"])


@router.post("", summary="The main door: AG-UI, the blueprint's body, or CopilotKit's envelope")
async def main_door(request: Request, caller: CallerOf) -> Response:
    """Start a run and stream it, or do what the envelope's `method` says."""
    body = await read_object(request)
    if isinstance(body.get("method"), str):
        return await _envelope(request, caller, body)
    return await _run(request, caller, body, agent_id=None)


@router.get("/info", summary="What this runtime offers")
async def info(request: Request, caller: CallerOf) -> JSONResponse:
    """Describe the agents and the honest capabilities."""
    return JSONResponse(runtime_info(door_of(request)))


@router.post("/agent/{agent_id}/run", summary="Run an agent and stream it")
async def run(request: Request, caller: CallerOf, agent_id: str) -> Response:
    """Start a run of the workflow that has this id."""
    return await _run(request, caller, await read_object(request), agent_id=agent_id)


@router.post("/agent/{agent_id}/connect", summary="Join a thread")
async def connect(request: Request, caller: CallerOf, agent_id: str) -> Response:
    """Send the thread's history and, while a run is active, its live tail."""
    return await _connect(request, caller, await read_object(request), agent_id=agent_id)


@router.post("/agent/{agent_id}/stop/{thread_id}", summary="Stop the thread's run")
async def stop(request: Request, caller: CallerOf, agent_id: str, thread_id: str) -> Response:
    """Cancel the active run of the thread."""
    body = await read_object(request, is_optional=True)
    return await _stop(
        request, caller, agent_id=agent_id, thread_id=thread_id, run_id=body.get("runId")
    )


async def _envelope(request: Request, caller: Caller, envelope: Mapping[str, Json]) -> Response:
    params, body = as_object(envelope.get("params")), as_object(envelope.get("body"))
    agent_id = str(params.get("agentId", DEFAULT_AGENT))
    match envelope["method"]:
        case "info":
            return JSONResponse(runtime_info(door_of(request)))
        case "agent/run":
            return await _run(request, caller, body, agent_id=agent_id)
        case "agent/connect":
            return await _connect(request, caller, body, agent_id=agent_id)
        case "agent/stop":
            thread_id = str(params.get("threadId", ""))
            return await _stop(
                request, caller, agent_id=agent_id, thread_id=thread_id, run_id=body.get("runId")
            )
        case other:
            known = "info, agent/run, agent/connect, agent/stop"
            detail = f"Method {str(other)[:60]!r} is unknown; known methods: {known}."
            raise RequestRefused(400, "invalid_request", detail)


async def _run(
    request: Request, caller: Caller, body: Mapping[str, Json], *, agent_id: str | None
) -> Response:
    door = door_of(request)
    if agent_id is not None:
        _demand_agent(door, agent_id)
    parsed = parse_run_input(body)
    key = request_key(request)
    started = await start_run(door, caller, parsed, agent_id=agent_id, key=key)
    return stream_run(door, caller, started, dialect_for(parsed))


async def _connect(
    request: Request, caller: Caller, body: Mapping[str, Json], *, agent_id: str
) -> Response:
    door = door_of(request)
    _demand_agent(door, agent_id)
    thread_id = body.get("threadId")
    if not isinstance(thread_id, str) or not is_valid_id(thread_id):
        raise RequestRefused(422, "invalid_id", "`threadId` is missing or not an id.")
    last_event_id = request.headers.get("last-event-id")
    cursor = parse_cursor(last_event_id) if last_event_id else None
    version = body.get("protocolVersion")
    dialect = dialect_of(version if isinstance(version, str) else None)
    return await stream_thread(door, caller, ThreadId(thread_id), cursor, dialect)


async def _stop(
    request: Request, caller: Caller, *, agent_id: str, thread_id: str, run_id: Json
) -> Response:
    door = door_of(request)
    _demand_agent(door, agent_id)
    try:
        active = await door.engine.active_run(caller.tenant, ThreadId(thread_id))
    except RunNotFound:
        active = None
    if active is None or (isinstance(run_id, str) and run_id != active.id):
        return JSONResponse(
            {"stopped": False, "message": f"No active run for thread {thread_id!r}."}
        )
    await door.engine.canceller.cancel(caller.tenant, active.id, "Stopped by the user.")
    interrupt = {"type": "RUN_ERROR", "message": "Run stopped by user", "code": "STOPPED"}
    return JSONResponse({"stopped": True, "runId": active.id, "interrupt": interrupt})


def _demand_agent(door: Door, agent_id: str) -> None:
    if agent_id != DEFAULT_AGENT and agent_id not in door.workflows:
        raise WorkflowNotFound(agent_id, tuple(door.workflows))
