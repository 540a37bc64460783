"""What the OpenAPI document says that FastAPI cannot find out by itself.

The routes read their bodies and write their answers themselves. So each names the problems it
refuses with (`refusals`) and what it takes (`takes`), and the document says the rest.
"""

from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI

from sergas.core.json import JsonObject
from sergas.web.shapes import Problem

_FRAME: JsonObject = {
    "type": "object",
    "description": "One frame; its data is an AG-UI event, its id the cursor to go on from.",
    "properties": {
        "id": {"type": "string"},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
    "required": ["data"],
}
_STREAM: JsonObject = {"text/event-stream": {"schema": _FRAME}}
STREAM: dict[int | str, dict[str, Any]] = {200: {"content": _STREAM}}
STREAM_OR_JSON: dict[int | str, dict[str, Any]] = {
    200: {"content": {**_STREAM, "application/json": {}}}
}
PROBLEM: JsonObject = {
    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
}
_SCHEMES: JsonObject = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of SERGAS_TOKENS. While there are none, callers on this machine "
        "need none, and others get 403.",
    }
}
_NEVER_SAID = ("HTTPValidationError", "ValidationError")
OPEN: dict[str, Any] = {"security": []}
"""Of a route that takes no token."""
KEYS = ("Idempotency-Key", "X-Request-ID")


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Say with which problem documents a route refuses.

    Any does without a token, and while the database is away.
    """
    return {
        status: {"description": HTTPStatus(status).phrase, "content": PROBLEM}
        for status in sorted({401, 403, 503, *statuses})
    }


def takes(
    body: JsonObject | None = None, *headers: str, is_required: bool = True
) -> dict[str, Any]:
    """Say what a route reads of a request."""
    said: dict[str, Any] = {}
    if headers:
        said["parameters"] = [
            {"name": name, "in": "header", "required": False, "schema": {"type": "string"}}
            for name in headers
        ]
    if body is not None:
        content = {"application/json": {"schema": body}}
        said["requestBody"] = {"required": is_required, "content": content}
    return said


def install_document(app: FastAPI) -> None:
    """Make the application's document whole."""
    app.openapi = _whole(app.openapi)


def _whole(made: Callable[[], dict[str, Any]]) -> Callable[[], dict[str, Any]]:
    def document() -> dict[str, Any]:
        whole = made()
        components = whole.setdefault("components", {})
        components["securitySchemes"] = _SCHEMES
        schemas = components.setdefault("schemas", {})
        schemas["Problem"] = Problem.model_json_schema()
        for name in _NEVER_SAID:
            schemas.pop(name, None)
        for operation in _operations(whole):
            # FastAPI adds this wherever a path has a parameter; ours are texts, and never wrong.
            if _NEVER_SAID[0] in str(operation["responses"].get("422")):
                del operation["responses"]["422"]
        whole["security"] = [{"bearer": []}]
        return whole

    return document


def _operations(whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for methods in whole["paths"].values():
        yield from methods.values()
