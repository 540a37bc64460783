"""Errors on the wire: one table of status codes, one shape (RFC 9457 problem details)."""

from http import HTTPStatus
from math import ceil

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, Response

from sergas.core import errors
from sergas.core.accounts import SourceUnavailable

_log = structlog.get_logger()

_STATUS: dict[type[errors.SergasError], int] = {
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.RunIdTaken: 422,
    errors.InvalidCursor: 400,
    errors.InterruptExpired: 409,
    errors.InvalidRequest: 422,
    errors.Busy: 429,
    errors.StoreRefused: 503,
    errors.StoreUnavailable: 503,
    SourceUnavailable: 503,
}


class RequestRefused(errors.SergasError):
    """The request does not get as far as the engine; carries its own status and code."""

    def __init__(
        self, status: int, code: str, message: str, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.headers = status, code, headers or {}


def install_error_handlers(app: FastAPI) -> None:
    """Answer every error as a problem document."""
    app.add_exception_handler(errors.SergasError, _on_error)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(RequestValidationError, _on_validation_error)
    app.add_exception_handler(Exception, _on_error)


def problem_of(connection: HTTPConnection, error: Exception) -> JSONResponse:
    """Make the problem document of an error; one that nobody raised on purpose is logged."""
    match error:
        case RequestRefused():
            return problem(connection, error.status, error.code, str(error), error.headers)
        case errors.Busy() | errors.StoreUnavailable():
            headers = {"Retry-After": str(error.retry_after_s)}
            return problem(connection, _status_of(error), error.code, str(error), headers)
        case SourceUnavailable(retry_after_s=float(wait_s)):
            headers = {"Retry-After": str(ceil(wait_s))}
            return problem(connection, _status_of(error), error.code, str(error), headers)
        case errors.SergasError():
            return problem(connection, _status_of(error), error.code, str(error))
        case _:
            _log.error("request_failed", path=connection.url.path, exc_info=error)
            detail = "The server failed; its log has the details under this request id."
            return problem(connection, 500, "internal_error", detail)


def problem(
    connection: HTTPConnection,
    status: int,
    code: str,
    detail: str,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """Make a problem document; `error` and `message` are what CopilotKit's client reads."""
    title = HTTPStatus(status).phrase
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
        "requestId": connection.scope.get("request_id", ""),
        "error": title,
        "message": detail,
    }
    return JSONResponse(body, status, headers, media_type="application/problem+json")


async def _on_error(request: Request, error: Exception) -> Response:
    return problem_of(request, error)


async def _on_http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "_")
    detail = f"{request.method} {request.url.path}: {error.detail}; see /docs for the routes."
    headers = dict(error.headers) if error.headers else None
    return problem(request, error.status_code, code, detail, headers)


async def _on_validation_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    faults = "; ".join(
        f"{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors()[:5]
    )
    return problem(request, 422, "invalid_request", f"The request is not well-formed: {faults}.")


def _status_of(error: errors.SergasError) -> int:
    for kind in type(error).__mro__:
        if kind in _STATUS:
            return _STATUS[kind]
    return 500
