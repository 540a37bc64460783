"""Parts of messages: those of AG-UI 1.0, and those of 0.0.59. Pure functions.

* 0.0.59 has `binary`, which 1.0 has not: there it is an image, audio, video or document.
* 1.0 has `file` sources (a provider's own handle), which 0.0.59 has not: there it is a `binary`
  with an `id`. Only 1.0 has parts in a tool's answer.
"""

from collections.abc import Callable, Sequence

from sergas.core.json import Json, JsonObject, as_object, encode

_KINDS = ("image", "audio", "video")
_SOURCES = {"data": "data", "url": "url", "id": "file"}
_ANY_TYPE = "application/octet-stream"


def in_1_0(message: JsonObject) -> JsonObject:
    """Write a message's parts as AG-UI 1.0 has them."""
    return _with_parts(message, _modern)


def in_0_0_59(message: JsonObject) -> JsonObject:
    """Write a message's parts as 0.0.59 has them."""
    content = message.get("content")
    if message.get("role") == "tool" and isinstance(content, list):
        return {**message, "content": text_of(content)}
    return _with_parts(message, _before_1_0)


def text_of(parts: Sequence[Json]) -> str:
    """Say a tool's answer as one text: its text, or JSON if it has other parts too."""
    texts = [as_object(part).get("text") for part in parts]
    if all(isinstance(text, str) for text in texts):
        return "\n".join(str(text) for text in texts)
    return encode(parts).decode()


def _with_parts(message: JsonObject, write: Callable[[JsonObject], JsonObject]) -> JsonObject:
    content = message.get("content")
    if not isinstance(content, list):
        return message
    written = [write(as_object(part)) for part in content]
    return message if written == content else {**message, "content": written}


def _modern(part: JsonObject) -> JsonObject:
    found = next((key for key in _SOURCES if part.get(key)), None)
    if part.get("type") != "binary" or found is None:
        return part
    mime_type = str(part.get("mimeType", _ANY_TYPE))
    kind = mime_type.partition("/")[0]
    modern: dict[str, Json] = {
        "type": kind if kind in _KINDS else "document",
        "source": {"type": _SOURCES[found], "value": part[found], "mimeType": mime_type},
    }
    if part.get("filename"):
        modern["metadata"] = {"filename": part["filename"]}
    return modern


def _before_1_0(part: JsonObject) -> JsonObject:
    source = as_object(part.get("source"))
    if source.get("type") != "file":
        return part
    return {
        "type": "binary",
        "mimeType": source.get("mimeType", _ANY_TYPE),
        "id": source.get("value"),
    }
