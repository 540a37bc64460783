"""What MCP tools answer, as JSON."""

import pytest
from mcp.types import (
    AudioContent,
    BlobResourceContents,
    CallToolResult,
    ContentBlock,
    EmbeddedResource,
    ResourceLink,
    TextContent,
    TextResourceContents,
)

from sergas.agents.tools.mcp.results import json_of
from sergas.core.errors import ToolFailed
from sergas.core.json import Json

NOTE = "Not shown to the model."


@pytest.mark.parametrize(
    ("content", "structured", "said"),
    [
        ([], None, ""),
        ([TextContent(text="One"), TextContent(text="Two")], None, "One\nTwo"),
        ([TextContent(text='{"a": 1}')], {"a": 1}, {"a": 1}),
        ([TextContent(text="One")], {"result": "One"}, "One"),
        ([TextContent(text="1")], {"result": 1}, {"result": 1}),
        (
            [AudioContent(data="AAAA", mime_type="audio/wav")],
            None,
            {"contents": [{"type": "audio", "mimeType": "audio/wav", "bytes": 3, "note": NOTE}]},
        ),
        (
            [ResourceLink(uri="file:///a", name="a", description="First")],
            {"n": 1},
            {
                "result": {"n": 1},
                "contents": [
                    {"type": "resource_link", "uri": "file:///a", "name": "a"}
                    | {"description": "First"}
                ],
            },
        ),
        (
            [EmbeddedResource(resource=TextResourceContents(uri="file:///a", text="Hello"))],
            None,
            {"contents": [{"type": "resource", "uri": "file:///a", "text": "Hello"}]},
        ),
        (
            [EmbeddedResource(resource=BlobResourceContents(uri="file:///a", blob="AA=="))],
            None,
            {
                "contents": [
                    {"uri": "file:///a", "type": "resource", "mimeType": "", "bytes": 1}
                    | {"note": NOTE}
                ]
            },
        ),
    ],
)
def test_a_result_is_text_or_what_it_is_made_of(
    content: list[ContentBlock], structured: Json, said: Json
) -> None:
    assert json_of(CallToolResult(content=content, structured_content=structured)) == said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ([TextContent(text="No such account.")], "No such account."),
        ([], "The tool failed and did not say why."),
    ],
)
def test_a_failure_is_told_in_the_words_of_the_tool(
    content: list[ContentBlock], words: str
) -> None:
    with pytest.raises(ToolFailed, match=words):
        json_of(CallToolResult(content=content, is_error=True))
