"""Who is calling: bearer tokens, or anybody on this machine while there are none."""

import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.requests import HTTPConnection

from sergas.core.ids import LOCAL_TENANT, TenantId
from sergas.web.door import door_of
from sergas.web.errors import RequestRefused

_LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]", "::1")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is calling, and whose rows they see.

    Attributes:
        user: the name of a person; "" while tokens name nobody.
    """

    tenant: TenantId
    user: str = ""


async def authenticate(request: Request) -> Caller:
    """Return the caller; raises as `identify` does."""
    return identify(request, bearer_of(request))


def bearer_of(connection: HTTPConnection) -> str:
    """Return the bearer token of the Authorization header, or ""."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def identify(connection: HTTPConnection, token: str) -> Caller:
    """Return the caller who sent this token.

    Raises:
        RequestRefused: 401 without a valid token; 403 for a foreign Host while there are no tokens.
    """
    tokens = door_of(connection).tokens
    if not tokens:
        _demand_loopback_host(connection)
        return Caller(LOCAL_TENANT)
    if not _is_known(token, tokens):
        detail = "Send `Authorization: Bearer <token>` with a token of this server (SERGAS_TOKENS)."
        raise RequestRefused(401, "unauthorized", detail, {"WWW-Authenticate": "Bearer"})
    return Caller(LOCAL_TENANT)


CallerOf = Annotated[Caller, Depends(authenticate)]


def _is_known(given: str, tokens: tuple[str, ...]) -> bool:
    # Compare with every token, so that the time says nothing about which one came close.
    matches = [secrets.compare_digest(given.encode(), token.encode()) for token in tokens]
    return any(matches)


def _demand_loopback_host(request: HTTPConnection) -> None:
    # A page on the web could point its own host name at 127.0.0.1 (DNS rebinding), or post here.
    host = request.headers.get("host", "")
    origin = request.headers.get("origin", "").partition("://")[2] or host
    for given in (host, origin):
        name = given if given.endswith("]") else given.rsplit(":", 1)[0]
        if name not in _LOOPBACK_HOSTS:
            detail = (
                f"{given[:80]!r} is not allowed while the server has no tokens; set SERGAS_TOKENS."
            )
            raise RequestRefused(403, "host_not_allowed", detail)
