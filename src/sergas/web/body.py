"""Reads a request body within limits and hands it on as a JSON object."""

from collections.abc import Mapping

import msgspec
from fastapi import Request

from sergas.core.json import Json, decode
from sergas.web.door import door_of
from sergas.web.errors import RequestRefused

_MAX_DEPTH = 64
_MAX_TEXT_CHARS = 1_000_000


async def read_object(
    request: Request, *, is_optional: bool = False, limit_bytes: int | None = None
) -> dict[str, Json]:
    """Read the body as a JSON object; an optional one may be missing, a small one has its limit.

    Raises:
        RequestRefused: too large, not JSON, too deep, or not an object.
    """
    data = await _read(request, limit_bytes or door_of(request).max_body_bytes)
    if is_optional and not data.strip():
        return {}
    _demand_json_type(request)
    return parse_object(data)


def parse_object(data: bytes) -> dict[str, Json]:
    """Read a JSON object.

    Raises:
        RequestRefused: not JSON, too deep, with too long a text, or not an object.
    """
    value = _decoded(data)
    if not isinstance(value, dict):
        raise RequestRefused(422, "invalid_request", "The body has to be a JSON object.")
    _demand_modest(value)
    return value


async def _read(request: Request, limit: int) -> bytes:
    pieces, size = list[bytes](), 0
    async for piece in request.stream():
        size += len(piece)
        demand_size(size, limit)
        pieces.append(piece)
    return b"".join(pieces)


def demand_size(size: int, limit: int) -> None:
    """Refuse what is larger than the limit for bodies.

    Raises:
        RequestRefused: 413.
    """
    if size > limit:
        detail = f"The body is larger than {limit} bytes; SERGAS_MAX_BODY_BYTES limits most bodies."
        raise RequestRefused(413, "body_too_large", detail)


def _demand_json_type(request: Request) -> None:
    # Also keeps out simple cross-site form posts, which cannot have this type.
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type != "application/json" and not media_type.endswith("+json"):
        detail = "Send the body as JSON with `Content-Type: application/json`."
        raise RequestRefused(415, "unsupported_media_type", detail)


def _decoded(data: bytes) -> Json:
    if not data.strip():
        raise RequestRefused(400, "invalid_json", "The body is empty; send a JSON object.")
    try:
        return decode(data)
    except RecursionError as error:
        raise _too_deep() from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RequestRefused(
            400, "invalid_json", f"The body is not valid JSON: {error}."
        ) from error


def _demand_modest(value: Json) -> None:
    level: list[Json] = [value]
    for _ in range(_MAX_DEPTH):
        if not level:
            return
        if any(isinstance(item, str) and len(item) > _MAX_TEXT_CHARS for item in level):
            detail = f"A text of the body is longer than {_MAX_TEXT_CHARS} characters; send less."
            raise RequestRefused(413, "text_too_long", detail)
        level = [child for item in level for child in _children(item)]
    raise _too_deep()


def _children(item: Json) -> list[Json]:
    if isinstance(item, Mapping):
        # Bytes within a message (an image, a document) may take up what the body may.
        bytes_in = ("value", "data") if "mimeType" in item else ()
        return [value for key, value in item.items() if key not in bytes_in]
    return list(item) if isinstance(item, list) else []


def _too_deep() -> RequestRefused:
    return RequestRefused(422, "too_deep", f"The body is nested deeper than {_MAX_DEPTH} levels.")
