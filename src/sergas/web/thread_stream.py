"""The list of threads, live: one stream that begins with its first page."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from sergas.core.json import Json, encode
from sergas.engine.thread_feed import Removed, ThreadFeed, ThreadNews, ThreadPage, ThreadQuery
from sergas.web.auth import CallerOf
from sergas.web.door import door_of
from sergas.web.openapi import STREAM, refusals
from sergas.web.records import page_record, thread_record
from sergas.web.sse import EventStream, frame

router = APIRouter(prefix="/api/threads", tags=["Threads"])


@router.get(
    "/stream",
    summary="Follow the list of threads (SSE)",
    status_code=200,
    response_class=EventStream,
    responses={**STREAM, **refusals(422)},
)
async def stream(
    request: Request,
    caller: CallerOf,
    agent_id: Annotated[str | None, Query(alias="agentId")] = None,
    include_archived: Annotated[bool, Query(alias="includeArchived")] = False,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """Send the first page, then every thread that is made, changed or deleted."""
    door = door_of(request)
    query = ThreadQuery(caller.tenant, agent_id, include_archived, limit)
    return EventStream(_frames(door.engine.thread_feed, query), door.leaving)


async def _frames(feed: ThreadFeed, query: ThreadQuery) -> AsyncGenerator[bytes, None]:
    async with aclosing(feed.follow(query)) as batches:
        async for batch in batches:
            yield b"".join(frame(encode(_told(news))) for news in batch)


def _told(news: ThreadNews) -> dict[str, Json]:
    match news:
        case ThreadPage():
            return {"type": "snapshot", **page_record(news)}
        case Removed(thread_id):
            return {"type": "deleted", "threadId": thread_id}
        case thread:
            return {"type": "thread", "thread": thread_record(thread)}
