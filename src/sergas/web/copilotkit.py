"""CopilotKit's runtime protocol, and the main door, which also takes plain AG-UI bodies."""

from collections.abc import Mapping

from ag_ui.core import AgentCapabilities
from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from sergas.core.errors import RunNotFound
from sergas.core.ids import RunId, ThreadId
from sergas.core.json import Json
from sergas.web.auth import Caller, CallerOf
from sergas.web.bodies import CONNECT, DOOR_BODY, RUN_INPUT, STOP
from sergas.web.body import read_object
from sergas.web.capabilities import capabilities_of
from sergas.web.cursor import parse_cursor
from sergas.web.dialect import dialect_of
from sergas.web.door import Door, door_of
from sergas.web.envelope import PREFIX, unwrap
from sergas.web.info import runtime_info
from sergas.web.openapi import KEYS, STREAM, STREAM_OR_JSON, refusals, takes
from sergas.web.request_key import request_key
from sergas.web.run_input import ParsedInput, parse_id, parse_run_input
from sergas.web.server_shapes import RuntimeInfo
from sergas.web.shapes import Stopped
from sergas.web.spelling import in_camel_case
from sergas.web.sse import EventStream, run_frames, whole_stream
from sergas.web.streams import (
    DEFAULT_AGENT,
    demand_agent,
    dialect_for,
    read_run,
    read_thread,
    start_run,
)
from sergas.web.suggestions import asks_for_suggestions, suggestion_events

router = APIRouter(prefix=PREFIX, tags=["CopilotKit runtime"])
_REFUSALS = (400, 404, 413, 415, 422)


@router.post(
    "",
    summary="The main door: AG-UI, the blueprint's body, or CopilotKit's envelope",
    status_code=200,
    response_class=EventStream,
    responses={**STREAM_OR_JSON, **refusals(*_REFUSALS, 405, 409, 429)},
    openapi_extra=takes(DOOR_BODY, *KEYS),
)
async def main_door(request: Request, caller: CallerOf) -> Response:
    """Start a run and stream it, or do what the envelope's `method` says."""
    body = await read_object(request)
    if isinstance(body.get("method"), str):
        return unwrap(body)
    return await _run(request, caller, body, agent_id=None)


@router.get(
    "/info",
    summary="What this runtime offers",
    response_model=RuntimeInfo,
    responses=refusals(),
)
async def info(request: Request, caller: CallerOf) -> JSONResponse:
    """Describe the agents and the honest capabilities."""
    return JSONResponse(runtime_info(door_of(request)))


@router.get(
    "/capabilities",
    summary="What the default agent can do",
    response_model=AgentCapabilities,
    responses=refusals(),
)
async def default_capabilities(request: Request, caller: CallerOf) -> JSONResponse:
    """Describe the agent behind the main door."""
    return await capabilities(request, caller, DEFAULT_AGENT)


@router.get(
    "/agent/{agent_id}/capabilities",
    summary="What an agent can do",
    response_model=AgentCapabilities,
    responses=refusals(404),
)
async def capabilities(request: Request, caller: CallerOf, agent_id: str) -> JSONResponse:
    """Describe the agent as AG-UI `AgentCapabilities`."""
    return JSONResponse(capabilities_of(demand_agent(door_of(request), agent_id)))


@router.post(
    "/agent/{agent_id}/run",
    summary="Run an agent and stream it",
    status_code=200,
    response_class=EventStream,
    responses={**STREAM, **refusals(*_REFUSALS, 409, 429)},
    openapi_extra=takes(RUN_INPUT, *KEYS),
)
async def run(request: Request, caller: CallerOf, agent_id: str) -> Response:
    """Start a run of the workflow that has this id."""
    return await _run(request, caller, await read_object(request), agent_id=agent_id)


@router.post(
    "/agent/{agent_id}/connect",
    summary="Join a thread",
    status_code=200,
    response_class=EventStream,
    responses={**STREAM, **refusals(*_REFUSALS)},
    openapi_extra=takes(CONNECT, "Last-Event-ID"),
)
async def connect(request: Request, caller: CallerOf, agent_id: str) -> Response:
    """Send the thread's history and, while a run is active, its live tail."""
    return await _connect(request, caller, await read_object(request), agent_id=agent_id)


@router.post(
    "/agent/{agent_id}/suggest",
    summary="Suggest what to say next",
    status_code=200,
    response_class=EventStream,
    responses={**STREAM, **refusals(*_REFUSALS)},
    openapi_extra=takes(RUN_INPUT),
)
async def suggest(request: Request, caller: CallerOf, agent_id: str) -> Response:
    """Suggest, as a stream of AG-UI events; nothing is run or stored."""
    parsed = parse_run_input(await read_object(request))
    return _suggest(door_of(request), parsed, agent_id)


@router.post(
    "/agent/{agent_id}/stop/{thread_id}",
    summary="Stop the thread's run",
    response_model=Stopped,
    responses=refusals(*_REFUSALS),
    openapi_extra=takes(STOP, is_required=False),
)
async def stop(request: Request, caller: CallerOf, agent_id: str, thread_id: str) -> Response:
    """Cancel the active run of the thread."""
    body = await read_object(request, is_optional=True)
    return await _stop(
        request, caller, agent_id=agent_id, thread_id=thread_id, run_id=body.get("runId")
    )


async def _run(
    request: Request, caller: Caller, body: Mapping[str, Json], *, agent_id: str | None
) -> Response:
    door = door_of(request)
    key = request_key(request)
    parsed = parse_run_input(body, key)
    if asks_for_suggestions(parsed.input.options):
        return _suggest(door, parsed, agent_id or DEFAULT_AGENT)
    started = await start_run(door, caller, parsed, agent_id=agent_id, key=key)
    parts = read_run(door, caller, started.run.id, started.after)
    return EventStream(run_frames(parts, dialect_for(parsed)), door.leaving)


def _suggest(door: Door, parsed: ParsedInput, agent_id: str) -> Response:
    suggestions = demand_agent(door, agent_id).suggest(parsed.input)
    return whole_stream(suggestion_events(parsed, suggestions, door.clock()))


async def _connect(
    request: Request, caller: Caller, body: Mapping[str, Json], *, agent_id: str
) -> Response:
    door = door_of(request)
    demand_agent(door, agent_id)
    body = in_camel_case(body)
    thread_id = ThreadId(parse_id(body.get("threadId"), "threadId"))
    cursor = parse_cursor(request.headers.get("last-event-id"))
    version = body.get("protocolVersion")
    dialect = dialect_of(version if isinstance(version, str) else None)
    parts = await read_thread(door, caller, thread_id, cursor)
    return EventStream(run_frames(parts, dialect), door.leaving)


async def _stop(
    request: Request, caller: Caller, *, agent_id: str, thread_id: str, run_id: Json
) -> Response:
    door = door_of(request)
    demand_agent(door, agent_id)
    named = RunId(run_id) if isinstance(run_id, str) else None
    try:
        active = await door.engine.active_run(caller.tenant, ThreadId(thread_id), named)
    except RunNotFound:
        message = f"No active run for thread {thread_id!r}."
        return JSONResponse({"stopped": False, "message": message})
    await door.engine.canceller.cancel(caller.tenant, active.id, "Stopped by the user.")
    interrupt = {"type": "RUN_ERROR", "message": "Run stopped by user", "code": "STOPPED"}
    return JSONResponse({"stopped": True, "runId": active.id, "interrupt": interrupt})
