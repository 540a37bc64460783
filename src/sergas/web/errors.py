"""Errors on the wire: one table of status codes, one shape (RFC 9457 problem details)."""

from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from sergas.core import errors

_log = structlog.get_logger()

_STATUS: dict[type[errors.SergasError], int] = {
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.RunIdTaken: 422,
    errors.InvalidCursor: 400,
    errors.InterruptExpired: 409,
    errors.InvalidRequest: 422,
    errors.Busy: 429,
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
    app.add_exception_handler(errors.SergasError, _on_sergas_error)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(RequestValidationError, _on_validation_error)
    app.add_exception_handler(Exception, _on_bug)


def problem(
    request: Request, status: int, code: str, detail: str, headers: dict[str, str] | None = None
) -> JSONResponse:
    """Make a problem document; `error` and `message` are what CopilotKit's client reads."""
    title = HTTPStatus(status).phrase
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
        "requestId": request.scope.get("request_id", ""),
        "error": title,
        "message": detail,
    }
    return JSONResponse(body, status, headers, media_type="application/problem+json")


async def _on_sergas_error(request: Request, error: Exception) -> Response:
    if isinstance(error, RequestRefused):
        return problem(request, error.status, error.code, str(error), error.headers)
    if not isinstance(error, errors.SergasError):
        raise error
    headers = {"Retry-After": str(error.retry_after_s)} if isinstance(error, errors.Busy) else None
    return problem(request, _status_of(error), error.code, str(error), headers)


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


async def _on_bug(request: Request, error: Exception) -> Response:
    _log.error("request_failed", path=request.url.path, exc_info=error)
    detail = "The server failed; its log has the details under this request id."
    return problem(request, 500, "internal_error", detail)


def _status_of(error: errors.SergasError) -> int:
    for kind in type(error).__mro__:
        if kind in _STATUS:
            return _STATUS[kind]
    return 500
