"""Around every request: its id, the security headers, the metrics and one log line. Pure ASGI.

A middleware that wraps the body in a stream of its own would cost every event; this one only looks
at the first message of the answer.
"""

import secrets
import time
from collections.abc import MutableMapping
from typing import Any

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sergas.core.ids import is_valid_id
from sergas.telemetry.metrics import REQUEST_DURATION, REQUESTS

_log = structlog.get_logger()
_QUIET = ("/livez", "/readyz", "/metrics", "/assets")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "object-src 'none'",
        )
    ),
}


class Around:
    """The middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if is_valid_id(given) else secrets.token_hex(8)
        scope["request_id"] = request_id
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            tell = _telling(scope, send, request_id) if scope["type"] == "http" else send
            await self._app(scope, receive, tell)


def _telling(scope: Scope, send: Send, request_id: str) -> Send:
    began = time.perf_counter()

    async def tell(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["X-Request-ID"] = request_id
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            _count(scope, int(message["status"]), time.perf_counter() - began)
        await send(message)

    return tell


def _count(scope: MutableMapping[str, Any], status: int, seconds: float) -> None:
    route = scope.get("route")
    # The route's template, never the path: ids would make endless metric labels.
    endpoint = getattr(route, "path", "unmatched")
    method = str(scope["method"])
    REQUESTS.labels(method=method, endpoint=endpoint, status=str(status)).inc()
    REQUEST_DURATION.labels(method=method, endpoint=endpoint).observe(seconds)
    path = str(scope["path"])
    if not path.startswith(_QUIET):
        _log.info("request", method=method, path=path, status=status, ms=round(seconds * 1000, 1))
