"""Accounts without a run: the list with its scores, and the brief of one; no model is asked."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse

from sergas.web.account_shapes import AccountBrief, Overview
from sergas.web.auth import CallerOf
from sergas.web.door import door_of
from sergas.web.errors import RequestRefused
from sergas.web.openapi import refusals

router = APIRouter(prefix="/api/accounts", tags=["Accounts"])


@router.get(
    "",
    summary="Accounts, those first that need attention most",
    response_model=Overview,
    responses=refusals(422),
)
async def accounts(
    request: Request,
    caller: CallerOf,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
    is_fresh: Annotated[bool, Query(alias="fresh")] = False,
) -> JSONResponse:
    """Return scores computed by rules; `fresh=true` reads the records anew."""
    book = door_of(request).accounts
    if book is None:
        return JSONResponse({"accounts": [], "source": None})
    return JSONResponse(await book.overview(limit=limit, is_fresh=is_fresh))


@router.get(
    "/{ref}",
    summary="The brief of one account",
    response_model=AccountBrief,
    responses=refusals(404),
)
async def account(request: Request, caller: CallerOf, ref: str) -> JSONResponse:
    """Return the brief, computed by rules now; `ref` is the account's id or number."""
    book = door_of(request).accounts
    found = await book.brief(ref) if book is not None else None
    if found is None:
        detail = f"There is no account {ref!r}; GET /api/accounts lists the accounts."
        raise RequestRefused(404, "account_not_found", detail)
    return JSONResponse(found)
