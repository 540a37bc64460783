"""Threads: list, rename, archive, delete, inspect; below CopilotKit's prefix."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse

from sergas.core.ids import ThreadId
from sergas.core.json import Json, as_object
from sergas.core.runs import Thread
from sergas.engine.join import ThreadView
from sergas.engine.thread_feed import ThreadQuery
from sergas.web.auth import Caller, CallerOf
from sergas.web.bodies import THREAD_CHANGE
from sergas.web.body import read_object
from sergas.web.cursor import parse_place
from sergas.web.door import door_of
from sergas.web.errors import RequestRefused
from sergas.web.openapi import refusals, takes
from sergas.web.records import inspected, page_record, thread_record
from sergas.web.shapes import Archived, Deleted, Events, Messages, State, ThreadPage
from sergas.web.shapes import Thread as ThreadShape

router = APIRouter(prefix="/api/copilotkit/threads", tags=["Threads"])
_MAX_NAME_CHARS = 200


@router.get(
    "",
    summary="List threads, the most recently used first",
    response_model=ThreadPage,
    responses=refusals(422),
)
async def threads(
    request: Request,
    caller: CallerOf,
    agent_id: Annotated[str | None, Query(alias="agentId")] = None,
    include_archived: Annotated[bool, Query(alias="includeArchived")] = False,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: str | None = None,
) -> JSONResponse:
    """Return a page of threads and the cursor of the next one."""
    query = ThreadQuery(caller.tenant, agent_id, include_archived, limit)
    page = await door_of(request).engine.thread_feed.page(query, parse_place(cursor))
    return JSONResponse(page_record(page))


@router.patch(
    "/{thread_id}",
    summary="Rename, archive or restore a thread",
    response_model=ThreadShape,
    responses=refusals(400, 404, 413, 415, 422),
    openapi_extra=takes(THREAD_CHANGE),
)
async def change(request: Request, caller: CallerOf, thread_id: str) -> JSONResponse:
    """Change `name` or `archived`."""
    body = await read_object(request)
    name, archived = body.get("name"), body.get("archived")
    if name is not None and not (
        isinstance(name, str) and 0 < len(name.strip()) <= _MAX_NAME_CHARS
    ):
        raise RequestRefused(
            422, "invalid_request", f"`name` has to be 1-{_MAX_NAME_CHARS} characters."
        )
    if archived is not None and not isinstance(archived, bool):
        raise RequestRefused(422, "invalid_request", "`archived` has to be true or false.")
    return JSONResponse(
        thread_record(await _change(request, caller, thread_id, name=name, is_archived=archived))
    )


@router.post(
    "/{thread_id}/archive",
    summary="Archive a thread",
    response_model=Archived,
    responses=refusals(404),
)
async def archive(request: Request, caller: CallerOf, thread_id: str) -> JSONResponse:
    """Hide a thread from the list; nothing is deleted."""
    await _change(request, caller, thread_id, name=None, is_archived=True)
    return JSONResponse({"threadId": thread_id, "archived": True})


@router.delete(
    "/{thread_id}",
    summary="Delete a thread with its runs",
    response_model=Deleted,
    responses=refusals(409),
)
async def delete(request: Request, caller: CallerOf, thread_id: str) -> JSONResponse:
    """Delete a thread for good."""
    await door_of(request).threads.delete_thread(caller.tenant, ThreadId(thread_id))
    return JSONResponse({"threadId": thread_id, "deleted": True})


@router.get(
    "/{thread_id}/messages",
    summary="The conversation",
    response_model=Messages,
    responses=refusals(),
)
async def messages(request: Request, caller: CallerOf, thread_id: str) -> JSONResponse:
    """Return the thread's messages, oldest first, in the form that CopilotKit's inspector reads."""
    view = await _view(request, caller, thread_id)
    said = [inspected(as_object(message)) for message in view.messages] if view is not None else []
    return JSONResponse({"messages": said})


@router.get(
    "/{thread_id}/events",
    summary="Every stored event",
    response_model=Events,
    responses=refusals(),
)
async def events(request: Request, caller: CallerOf, thread_id: str) -> JSONResponse:
    """Return the events of the thread's runs as they were stored."""
    stored = await door_of(request).engine.joiner.events(caller.tenant, ThreadId(thread_id))
    return JSONResponse({"events": stored})


@router.get(
    "/{thread_id}/state", summary="The shared state", response_model=State, responses=refusals()
)
async def state(request: Request, caller: CallerOf, thread_id: str) -> JSONResponse:
    """Return the state after the newest run, or null."""
    view = await _view(request, caller, thread_id)
    present: Json = view.view.state if view is not None else None
    return JSONResponse({"state": present})


async def _change(
    request: Request, caller: Caller, thread_id: str, *, name: str | None, is_archived: bool | None
) -> Thread:
    door = door_of(request)
    return await door.threads.change_thread(
        caller.tenant, ThreadId(thread_id), name=name, is_archived=is_archived, at_ms=door.clock()
    )


async def _view(request: Request, caller: Caller, thread_id: str) -> ThreadView | None:
    return await door_of(request).engine.joiner.view(caller.tenant, ThreadId(thread_id))
