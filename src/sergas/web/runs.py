"""Runs as resources: start, list, look at, follow, cancel, retry."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from sergas.core.ids import RunId, ThreadId
from sergas.core.json import Json
from sergas.core.runs import Run, RunFilter, RunStatus
from sergas.web.auth import CallerOf
from sergas.web.bodies import REASON, RETRY, RUN_INPUT
from sergas.web.body import read_object
from sergas.web.cursor import Cursor, parse_cursor
from sergas.web.dialect import current
from sergas.web.door import Door, door_of
from sergas.web.moments import ms_of
from sergas.web.openapi import KEYS, STREAM, refusals, takes
from sergas.web.records import run_record, run_records
from sergas.web.request_key import request_key
from sergas.web.retries import retry_asked
from sergas.web.run_input import parse_run_input
from sergas.web.shapes import Run as RunShape
from sergas.web.shapes import RunPage
from sergas.web.sse import EventStream, run_frames
from sergas.web.streams import read_after, start_run

router = APIRouter(prefix="/api/runs", tags=["Runs"])
_BODY_REFUSALS = (400, 404, 413, 415, 422)


class RunsQuery(BaseModel):
    """Which runs, by when they were made; times without a zone are in UTC."""

    model_config = ConfigDict(frozen=True)

    status: tuple[RunStatus, ...] = ()
    thread: str | None = None
    workflow: str | None = None
    since: datetime | None = Field(default=None, alias="from")
    until: datetime | None = Field(default=None, alias="to")
    asks: bool = False
    limit: int = Field(default=50, ge=1, le=200)
    before: str | None = None


@router.post(
    "",
    status_code=202,
    summary="Start a run without following it",
    response_model=RunShape,
    responses=refusals(*_BODY_REFUSALS, 409, 429),
    openapi_extra=takes(RUN_INPUT, *KEYS),
)
async def start(request: Request, caller: CallerOf) -> JSONResponse:
    """Start a run; the body is that of the main door."""
    door = door_of(request)
    key = request_key(request)
    parsed = parse_run_input(await read_object(request), key)
    started = await start_run(door, caller, parsed, key=key)
    return JSONResponse(
        await _described(door, started.run), 202, {"Location": f"/api/runs/{started.run.id}"}
    )


@router.get("", summary="List runs, newest first", response_model=RunPage, responses=refusals(422))
async def runs(
    request: Request, caller: CallerOf, query: Annotated[RunsQuery, Query()]
) -> JSONResponse:
    """Return a page of runs; `nextCursor` is the `before` of the next page."""
    door = door_of(request)
    wanted = RunFilter(
        thread_id=ThreadId(query.thread) if query.thread is not None else None,
        statuses=query.status,
        workflow=query.workflow,
        since_ms=ms_of(query.since),
        until_ms=ms_of(query.until),
        is_waiting_for_answer=query.asks,
    )
    found = await door.engine.runs.select(
        caller.tenant, wanted, before=query.before, limit=query.limit + 1
    )
    page = found[: query.limit]
    next_cursor = page[-1].id if len(found) > query.limit else None
    return JSONResponse({"runs": await run_records(door, page), "nextCursor": next_cursor})


@router.get("/{run_id}", summary="One run", response_model=RunShape, responses=refusals(404))
async def run(request: Request, caller: CallerOf, run_id: str) -> JSONResponse:
    """Return the run's record."""
    door = door_of(request)
    found = await door.engine.runs.find(caller.tenant, RunId(run_id))
    return JSONResponse(await _described(door, found))


@router.get(
    "/{run_id}/events",
    summary="Follow a run (SSE)",
    status_code=200,
    response_class=EventStream,
    responses={**STREAM, **refusals(400, 404, 422)},
    openapi_extra=takes(None, "Last-Event-ID"),
)
async def events(
    request: Request,
    caller: CallerOf,
    run_id: str,
    after: Annotated[int | None, Query(ge=0)] = None,
) -> Response:
    """Stream the run's events after a cursor, then live until its end."""
    door = door_of(request)
    cursor = parse_cursor(request.headers.get("last-event-id"))
    if cursor is None and after is not None:
        cursor = Cursor(RunId(run_id), after)
    parts = await read_after(door, caller, RunId(run_id), cursor)
    return EventStream(run_frames(parts, current), door.leaving)


@router.post(
    "/{run_id}/cancel",
    status_code=202,
    summary="Stop a run",
    response_model=RunShape,
    responses=refusals(*_BODY_REFUSALS),
    openapi_extra=takes(REASON, is_required=False),
)
async def cancel(request: Request, caller: CallerOf, run_id: str) -> JSONResponse:
    """Ask for the run to stop; `reason` in the body is kept with it."""
    body = await read_object(request, is_optional=True)
    door = door_of(request)
    reason = str(body.get("reason") or "Cancelled over the API.")
    await door.engine.canceller.cancel(caller.tenant, RunId(run_id), reason)
    ended = await door.engine.ended(caller.tenant, RunId(run_id), timeout_s=2.0)
    return JSONResponse(await run_record(door, ended), 202)


@router.post(
    "/{run_id}/agents/{agent}/cancel",
    status_code=202,
    summary="Stop one agent of a run",
    response_model=RunShape,
    responses=refusals(404),
)
async def cancel_agent(request: Request, caller: CallerOf, run_id: str, agent: str) -> JSONResponse:
    """Ask for one agent to stop; the run goes on without it if it is optional."""
    door = door_of(request)
    run = await door.engine.canceller.cancel_agent(caller.tenant, RunId(run_id), agent)
    return JSONResponse(await run_record(door, run), 202)


@router.post(
    "/{run_id}/retry",
    status_code=202,
    summary="Run again what is missing",
    response_model=RunShape,
    responses=refusals(*_BODY_REFUSALS, 409, 429),
    openapi_extra=takes(RETRY, *KEYS, is_required=False),
)
async def retry(request: Request, caller: CallerOf, run_id: str) -> JSONResponse:
    """Start a run that reuses what the agents of this one finished; it may have a `budget`."""
    door = door_of(request)
    asked = await retry_asked(request)
    started = await door.engine.starter.retry(caller.tenant, RunId(run_id), asked)
    return JSONResponse(
        await _described(door, started.run), 202, {"Location": f"/api/runs/{started.run.id}"}
    )


async def _described(door: Door, run: Run) -> dict[str, Json]:
    record = await run_record(door, run)
    position = await door.engine.queue_position(run)
    return record if position is None else {**record, "queuePosition": position}
