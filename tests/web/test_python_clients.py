"""Python programs as clients: AG-UI's own models, and pydantic-ai's reading of a conversation."""

from ag_ui.core import EventType, Message, RunAgentInput, UserMessage
from pydantic import TypeAdapter
from pydantic_ai.messages import ModelRequest, ModelResponse, ToolCallPart, ToolReturnPart
from pydantic_ai.ui.ag_ui import AGUIAdapter

from tests.server import Server
from tests.streams import run_body, stream

_MESSAGES: TypeAdapter[list[Message]] = TypeAdapter(list[Message])


def test_pydantic_ai_reads_the_conversation(server: Server) -> None:
    body = run_body({"name": "a", "tools": 1})
    stream(server, body)

    joined = stream(
        server, body | {"protocolVersion": "1.0"}, "/api/copilotkit/agent/script/connect"
    )
    snapshot = next(e for e in joined if e["type"] == EventType.MESSAGES_SNAPSHOT)
    said = AGUIAdapter.load_messages(_MESSAGES.validate_python(snapshot["messages"]))

    parts = [part for message in said for part in message.parts]
    calls = [part for part in parts if isinstance(part, ToolCallPart)]
    returns = [part for part in parts if isinstance(part, ToolReturnPart)]
    assert {type(message) for message in said} == {ModelRequest, ModelResponse}
    assert [call.tool_name for call in calls] == ["script_tool"]
    assert [one.tool_call_id for one in returns] == [calls[0].tool_call_id]


def test_a_program_posts_the_protocols_own_model(server: Server) -> None:
    asked = RunAgentInput(
        thread_id="thread-python",
        run_id="run-python",
        messages=[UserMessage(id="u1", content="Go.")],
        forwarded_props={"workflow": "script", "script": {"agents": [{"name": "a"}]}},
        state={},
        tools=[],
        context=[],
    )

    events = stream(server, asked.model_dump(mode="json", by_alias=True, exclude_none=True))

    assert events[0]["runId"] == "run-python"
    assert events[-1]["outcome"] == {"type": "success"}
