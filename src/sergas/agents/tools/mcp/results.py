"""What an MCP tool answered, as JSON for the model."""

from typing import assert_never

from mcp.types import (
    AudioContent,
    BlobResourceContents,
    CallToolResult,
    ContentBlock,
    EmbeddedResource,
    ImageContent,
    ResourceLink,
    TextContent,
    TextResourceContents,
)

from sergas.core.errors import ToolFailed
from sergas.core.json import Json, JsonObject


def json_of(result: CallToolResult) -> Json:
    """Return a result: text as text, structured content as it is, a list if there is more.

    Pictures and other binary contents are named, with their size; models read text here.

    Raises:
        ToolFailed: the tool says that it failed.
    """
    texts = [block.text for block in result.content if isinstance(block, TextContent)]
    if result.is_error:
        raise ToolFailed("\n".join(texts) or "The tool failed and did not say why.")
    others = [_described(block) for block in result.content if not isinstance(block, TextContent)]
    said = _said("\n".join(texts), result.structured_content)
    if not others:
        return said
    return {"result": said, "contents": others} if said else {"contents": others}


def _said(text: str, structured: Json) -> Json:
    """Choose one of two: a structured result comes as text too, and text wrapped as `result`."""
    return text if structured is None or structured == {"result": text} else structured


def _described(block: ContentBlock) -> JsonObject:
    match block:
        case TextContent(text=text):
            return {"type": "text", "text": text}
        case ImageContent() | AudioContent():
            return _binary(block.type, block.mime_type, block.data)
        case ResourceLink():
            link: dict[str, Json] = {"type": "resource_link", "uri": block.uri, "name": block.name}
            return link | ({"description": block.description} if block.description else {})
        case EmbeddedResource():
            return _resource(block.resource)
        case _:
            assert_never(block)


def _resource(resource: TextResourceContents | BlobResourceContents) -> JsonObject:
    if isinstance(resource, TextResourceContents):
        return {"type": "resource", "uri": resource.uri, "text": resource.text}
    return {"uri": resource.uri, **_binary("resource", resource.mime_type or "", resource.blob)}


def _binary(kind: str, mime_type: str, base64: str) -> JsonObject:
    size = len(base64) * 3 // 4 - base64[-2:].count("=")
    return {"type": kind, "mimeType": mime_type, "bytes": size, "note": "Not shown to the model."}
