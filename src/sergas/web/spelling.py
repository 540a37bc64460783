"""Bodies of clients that spell the protocol's fields in snake_case, as Python programs may.

Only the protocol's own fields are looked at; what a page or an agent put into the state, the
forwarded props or an activity stays as it is.
"""

from collections.abc import Callable, Mapping, Sequence

from pydantic.alias_generators import to_snake

from sergas.core.json import Json, JsonObject

_BODY = ("threadId", "runId", "parentRunId", "protocolVersion", "forwardedProps")
_MESSAGE = ("toolCalls", "toolCallId", "encryptedValue", "subagentRunId", "activityType")
_CALL = ("encryptedValue",)
_PART = ("mimeType",)
_ANSWER = ("interruptId",)


def in_camel_case(body: JsonObject) -> dict[str, Json]:
    """Return a body with the protocol's fields in camelCase; where both are said, that one wins."""
    spelled = _spelled(body, _BODY)
    _each(spelled, "messages", _message)
    _each(spelled, "resume", lambda answer: _spelled(answer, _ANSWER))
    return spelled


def _message(message: JsonObject) -> JsonObject:
    spelled = _spelled(message, _MESSAGE)
    _each(spelled, "toolCalls", lambda call: _spelled(call, _CALL))
    if spelled.get("role") != "activity":
        _each(spelled, "content", _part)
    return spelled


def _part(part: JsonObject) -> JsonObject:
    spelled = _spelled(part, _PART)
    source = spelled.get("source")
    if isinstance(source, Mapping):
        spelled["source"] = _spelled(source, _PART)
    return spelled


def _each(parent: dict[str, Json], field: str, spell: Callable[[JsonObject], JsonObject]) -> None:
    items = parent.get(field)
    if isinstance(items, list):
        parent[field] = [spell(item) if isinstance(item, Mapping) else item for item in items]


def _spelled(said: JsonObject, fields: Sequence[str]) -> dict[str, Json]:
    snake = {to_snake(field): field for field in fields}
    return {
        snake.get(key, key): value
        for key, value in said.items()
        if key not in snake or snake[key] not in said
    }
