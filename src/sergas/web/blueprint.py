"""The blueprint's own routes: status, interrupt (which means cancel), retry."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from sergas.core.clock import iso
from sergas.core.ids import RunId
from sergas.core.json import Json
from sergas.core.runs import Run, RunStatus
from sergas.engine.board import activity_id
from sergas.web.auth import CallerOf
from sergas.web.bodies import REASON, RETRY
from sergas.web.body import read_object
from sergas.web.door import door_of
from sergas.web.openapi import KEYS, refusals, takes
from sergas.web.retries import retry_asked
from sergas.web.shapes import RunRetried, RunStanding, RunStopped

router = APIRouter(prefix="/api/copilotkit", tags=["Blueprint"])
_ENDS_WITHIN_S = 5.0


@router.get(
    "/status/{workflow_id}",
    summary="How a run stands",
    response_model=RunStanding,
    responses=refusals(404),
)
async def status(request: Request, caller: CallerOf, workflow_id: str) -> JSONResponse:
    """Return status, progress and the state of each agent; `workflow_id` is the run id."""
    engine = door_of(request).engine
    run = await engine.runs.find(caller.tenant, RunId(workflow_id))
    view = await engine.joiner.fold(run.id)
    board = view.transcript.activity(activity_id(run.id))
    described: dict[str, Json] = {
        "workflow_id": run.id,
        "status": _said(run),
        "started_at": iso(run.started_ms or run.created_ms),
        "agent_states": board.get("agents", {}),
        "progress": board.get("progress", 0),
        "thread_id": run.thread_id,
        "workflow": run.workflow,
    }
    return JSONResponse(described)


@router.post(
    "/interrupt/{workflow_id}",
    summary="Stop a run",
    response_model=RunStopped,
    responses=refusals(400, 404, 413, 415, 422),
    openapi_extra=takes(REASON, is_required=False),
)
async def interrupt(request: Request, caller: CallerOf, workflow_id: str) -> JSONResponse:
    """Cancel a run gracefully; a run that has ended already stays as it is."""
    body = await read_object(request, is_optional=True)
    engine = door_of(request).engine
    reason = str(body.get("reason") or "Interrupted by the user.")
    await engine.canceller.cancel(caller.tenant, RunId(workflow_id), reason)
    run = await engine.ended(caller.tenant, RunId(workflow_id), _ENDS_WITHIN_S)
    return JSONResponse(
        {"status": _said(run) if run.status.is_final else "interrupting", "workflow_id": run.id}
    )


@router.post(
    "/retry/{workflow_id}",
    status_code=202,
    summary="Run again what is missing",
    response_model=RunRetried,
    responses=refusals(400, 404, 409, 413, 415, 422, 429),
    openapi_extra=takes(RETRY, *KEYS, is_required=False),
)
async def retry(request: Request, caller: CallerOf, workflow_id: str) -> JSONResponse:
    """Start a run that reuses what the agents of this one finished; it may have a `budget`."""
    starter, asked = door_of(request).engine.starter, await retry_asked(request)
    started = await starter.retry(caller.tenant, RunId(workflow_id), asked)
    run = started.run
    described = {
        "status": run.status.value,
        "workflow_id": run.id,
        "retry_of": workflow_id,
        "thread_id": run.thread_id,
    }
    return JSONResponse(described, 202)


def _said(run: Run) -> str:
    # In the blueprint's words, a run that was stopped is "interrupted".
    return "interrupted" if run.status is RunStatus.CANCELLED else run.status.value
