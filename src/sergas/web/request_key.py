"""The key under which a repeated request finds its run."""

from fastapi import Request

from sergas.core.ids import is_valid_id
from sergas.web.errors import RequestRefused


def request_key(request: Request) -> str | None:
    """Return `Idempotency-Key`, or else the client's `X-Request-ID`, or None.

    Raises:
        RequestRefused: 422 for a key that is no valid id.
    """
    key = request.headers.get("idempotency-key") or request.headers.get("x-request-id")
    if key is not None and not is_valid_id(key):
        detail = "Idempotency-Key has to be 1-200 letters, digits and -._~:@+=, characters."
        raise RequestRefused(422, "invalid_id", detail)
    return key
