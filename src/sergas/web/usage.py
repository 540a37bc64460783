"""What models used and what it cost, added up."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse

from sergas.core.ids import RunId, ThreadId
from sergas.core.json import Json
from sergas.core.usage import UsageBy, UsageFilter, UsageTotal
from sergas.web.auth import CallerOf
from sergas.web.door import door_of
from sergas.web.moments import ms_of
from sergas.web.openapi import refusals
from sergas.web.shapes import UsageTable

router = APIRouter(prefix="/api/usage", tags=["Usage"])


class UsageQuery(BaseModel):
    """Which usage, added up by what; times without a zone are in UTC."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: UsageBy
    since: datetime | None = Field(default=None, alias="from")
    until: datetime | None = Field(default=None, alias="to")
    run: str | None = None
    thread: str | None = None
    limit: int = Field(default=200, ge=1, le=1000)
    after: str | None = None


@router.get(
    "",
    summary="What models used, and what it cost",
    response_model=UsageTable,
    responses=refusals(422),
)
async def usage(
    request: Request, caller: CallerOf, query: Annotated[UsageQuery, Query()]
) -> JSONResponse:
    """Add usage up; `nextCursor` is the `after` of the next page, `total` that of all pages."""
    store = door_of(request).usage
    wanted = UsageFilter(
        tenant=caller.tenant,
        since_ms=ms_of(query.since),
        until_ms=ms_of(query.until),
        run_id=RunId(query.run) if query.run is not None else None,
        thread_id=ThreadId(query.thread) if query.thread is not None else None,
    )
    found = await store.table(wanted, query.by, after=query.after, limit=query.limit + 1)
    whole = await store.table(wanted, UsageBy.TENANT)
    page, total = found[: query.limit], whole[0].total if whole else UsageTotal()
    described: dict[str, Json] = {
        "by": query.by.value,
        "usage": [{"key": row.key, **row.total.described} for row in page],
        "total": total.described,
        "nextCursor": page[-1].key if len(found) > len(page) else None,
    }
    return JSONResponse(described)
