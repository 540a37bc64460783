"""What a client says when it wants a run retried."""

from fastapi import Request

from sergas.core.budget import asked_limits
from sergas.core.json import as_object
from sergas.engine.requests import RetryAsked
from sergas.web.body import read_object
from sergas.web.request_key import request_key


async def retry_asked(request: Request) -> RetryAsked:
    """Read the key and the body of a retry; the body may be missing, or hold a `budget`.

    Raises:
        InvalidRequest: the budget is none.
        RequestRefused: the body is no JSON object, or the key is no valid id.
    """
    body = await read_object(request, is_optional=True)
    asked_limits(body.get("budget"))
    budget = as_object(body["budget"]) if body.get("budget") is not None else None
    return RetryAsked(request_key(request), budget)
