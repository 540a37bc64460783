"""Who may open a WebSocket: a known caller, and in a browser only from a page of a known origin.

A browser sends cookies and local access along to any server a page names, and asks nobody first
(cross-site WebSocket hijacking), so `Origin` counts as much as the token.
"""

from starlette.websockets import WebSocket

from sergas.core.errors import StoreRefused, StoreUnavailable
from sergas.web.auth import Caller, bearer_of, identify
from sergas.web.door import door_of
from sergas.web.errors import RequestRefused, problem_of

SUBPROTOCOL = "sergas"
UNAUTHORIZED = 4401
_TOKEN_PREFIX = "bearer."  # noqa: S105 - the word before a token


async def admit(socket: WebSocket) -> Caller | None:
    """Accept the socket and return its caller, or refuse it and return None.

    A refusal is an HTTP problem document. A page can only read close codes: one that offers the
    subprotocol with a wrong token is let in and sent away with 4401.
    """
    is_offered = SUBPROTOCOL in _offered(socket)
    subprotocol = SUBPROTOCOL if is_offered else None
    try:
        _demand_known_origin(socket)
        caller = identify(socket, bearer_of(socket) or _offered_token(socket))
    except RequestRefused as error:
        if error.code == "unauthorized" and is_offered:
            await socket.accept(subprotocol)
            await socket.close(UNAUTHORIZED, "unauthorized: offer `bearer.<token>` of this server")
        else:
            await socket.send_denial_response(problem_of(socket, error))
        return None
    except (StoreUnavailable, StoreRefused) as error:
        await socket.send_denial_response(problem_of(socket, error))
        return None
    await socket.accept(subprotocol)
    return caller


def _offered(socket: WebSocket) -> list[str]:
    offered = socket.scope.get("subprotocols", [])
    return [str(name) for name in offered]


def _offered_token(socket: WebSocket) -> str:
    tokens = [name for name in _offered(socket) if name.startswith(_TOKEN_PREFIX)]
    return tokens[0].removeprefix(_TOKEN_PREFIX) if tokens else ""


def _demand_known_origin(socket: WebSocket) -> None:
    origin = socket.headers.get("origin")
    if origin is None:
        return
    allowed = door_of(socket).cors_origins
    if "*" in allowed or origin in allowed:
        return
    # A proxy may speak TLS for us, so the scheme says nothing.
    host = socket.headers.get("host", "").lower()
    if not host or origin.lower().partition("://")[2] != host:
        detail = (
            f"A page of origin {origin[:80]!r} may not connect; SERGAS_CORS_ORIGINS lists the "
            "origins besides the server's own."
        )
        raise RequestRefused(403, "origin_not_allowed", detail)
