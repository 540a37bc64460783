"""Agents of other frameworks, driven as the engine drives them; no model is called."""

import operator
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Annotated, Any, TypedDict

import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, ToolMessage
from langchain_core.messages.ai import UsageMetadata
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph  # pyright: ignore[reportMissingTypeStubs]
from langgraph.graph.message import add_messages  # pyright: ignore[reportMissingTypeStubs]
from langgraph.types import interrupt
from pydantic_ai import Agent as PydanticAgent
from pydantic_ai import DeferredToolRequests
from pydantic_ai.messages import ModelMessage, ToolReturnPart
from pydantic_ai.models.function import AgentInfo, DeltaToolCall, FunctionModel

from sergas import Agent, AgentFailed, AgentTask, Chunk, Done
from sergas.agents.adapters.langgraph import LangGraphAgent
from sergas.agents.adapters.langgraph_messages import Messages
from sergas.agents.adapters.pydantic_ai import pydantic_ai_agent
from sergas.app.prices import read_prices
from sergas.core.chunks import Interrupt, Memory, Text, ToolEnd, ToolResult, ToolStart, Usage
from sergas.core.ids import new_run_id
from tests.accounts.studio import task


def asked(text: str = "Go.") -> AgentTask:
    """Make a task with a run id of its own."""
    return replace(task(text), run_id=new_run_id(), agent="far")


async def work(agent: Agent, given: AgentTask) -> list[Chunk]:
    """Drive the agent to its end."""
    return [chunk async for chunk in agent.run(given)]


async def approved(agent: Agent) -> tuple[Interrupt, list[Chunk]]:
    """Drive the agent to its question, say yes, and drive it to its end."""
    given = asked()
    memory, question = (await work(agent, given))[-2:]
    assert isinstance(memory, Memory)
    assert isinstance(question, Interrupt)
    answers = {question.key: {"status": "resolved", "payload": {"approved": True}}}
    again = replace(given, attempt=2, memory=memory.data, answers=answers)
    return question, await work(agent, again)


def text_in(chunks: Sequence[Chunk]) -> str:
    """Join what was said."""
    return "".join(chunk.delta for chunk in chunks if isinstance(chunk, Text))


async def _thinks(
    messages: list[ModelMessage], _: AgentInfo
) -> AsyncIterator[str | dict[int, DeltaToolCall]]:
    results = [
        part.content
        for message in messages
        for part in message.parts
        if isinstance(part, ToolReturnPart)
    ]
    if not results:
        yield {0: DeltaToolCall("square", '{"number":', tool_call_id="c1")}
        yield {0: DeltaToolCall(json_args="4}", tool_call_id="c1")}
        return
    for piece in ("The square ", f"is {results[0]}."):
        yield piece


def helper(*, needs_approval: bool) -> PydanticAgent[None, str | DeferredToolRequests]:
    """Make a pydantic-ai agent with one tool."""
    made = PydanticAgent(
        FunctionModel(stream_function=_thinks), output_type=[str, DeferredToolRequests]
    )

    @made.tool_plain(requires_approval=needs_approval)
    def square(number: int) -> int:
        return number * number

    return made


async def test_a_pydantic_ai_agent_calls_its_tool_and_speaks() -> None:
    agent = pydantic_ai_agent(helper(needs_approval=False), name="far")

    chunks = await work(agent, asked())

    assert text_in(chunks) == "The square is 16."
    assert [c.name for c in chunks if isinstance(c, ToolStart)] == ["square"]
    assert [c.content for c in chunks if isinstance(c, ToolResult)] == ["16"]
    assert chunks[-1] == Done({"text": "The square is 16."})
    (used,) = [chunk for chunk in chunks if isinstance(chunk, Usage)]
    assert used.input_tokens > 0
    assert used.output_tokens > 0


async def test_a_pydantic_ai_agent_goes_on_with_an_approval() -> None:
    agent = pydantic_ai_agent(helper(needs_approval=True), name="far")

    question, chunks = await approved(agent)

    assert question.call_id == "c1"
    assert text_in(chunks) == "The square is 16."


async def test_a_pydantic_ai_agent_may_ask_without_saying_so_in_its_output_type() -> None:
    plain = PydanticAgent(FunctionModel(stream_function=_thinks))

    @plain.tool_plain(requires_approval=True)
    def square(number: int) -> int:
        return number * number

    chunks = await work(pydantic_ai_agent(plain, name="far"), asked())

    assert isinstance(chunks[-1], Interrupt)
    assert chunks[-1].call_id == "c1"
    assert [chunk for chunk in chunks if isinstance(chunk, ToolResult)] == []


async def test_a_pydantic_ai_agent_may_check_its_output() -> None:
    checked = list[str]()
    strict = helper(needs_approval=True)

    @strict.output_validator
    def check(output: str | DeferredToolRequests) -> str | DeferredToolRequests:
        checked.append(type(output).__name__)
        return output

    agent = pydantic_ai_agent(strict, name="far")
    _, chunks = await approved(agent)

    assert chunks[-1] == Done({"text": "The square is 16."})
    assert checked == ["str"]


async def test_a_graph_without_a_title_is_called_by_its_name() -> None:
    assert LangGraphAgent("far", graph(("speaks", speaks))).title == "far"


class Talk(TypedDict):
    """The state of the graphs."""

    messages: Annotated[list[Any], add_messages]
    steps: Annotated[list[str], operator.add]


def graph(*nodes: tuple[str, Any], checkpointer: InMemorySaver | None = None) -> Any:
    """Make a graph that runs its nodes one after the other."""
    builder: Any = StateGraph(Talk)
    for name, node in nodes:
        builder.add_node(name, node)
    names = [START, *(name for name, _ in nodes), END]
    for before, after in pairwise(names):
        builder.add_edge(before, after)
    return builder.compile(checkpointer=checkpointer)


async def speaks(state: Talk) -> dict[str, object]:
    """Say five words with a model that streams."""
    model = GenericFakeChatModel(messages=iter([AIMessage("one two three four five")]))
    return {"messages": [await model.ainvoke(state["messages"])], "steps": ["speaks"]}


async def uses_a_tool(_: Talk) -> dict[str, object]:
    """Call a tool and answer the call."""
    call = {"name": "look", "args": {"at": "sky"}, "id": "c1"}
    return {
        "messages": [AIMessage("", tool_calls=[call]), ToolMessage("blue", tool_call_id="c1")],
        "steps": ["uses_a_tool"],
    }


async def asks(_: Talk) -> dict[str, object]:
    """Ask a person."""
    return {"steps": [f"answered {interrupt('May I?')}"]}


async def test_a_graph_speaks_and_its_state_is_the_result() -> None:
    chunks = await work(LangGraphAgent("far", graph(("speaks", speaks))), asked())

    assert text_in(chunks) == "one two three four five"
    assert len([chunk for chunk in chunks if isinstance(chunk, Text)]) > 1
    assert isinstance(chunks[-1], Done)
    assert isinstance(chunks[-1].result, dict)
    assert chunks[-1].result["steps"] == ["speaks"]


def test_what_a_graphs_model_used_is_one_call_under_its_providers_name() -> None:
    messages = Messages()
    read = UsageMetadata(
        input_tokens=100,
        output_tokens=0,
        total_tokens=100,
        input_token_details={"cache_read": 60, "cache_creation": 10},
    )
    wrote = UsageMetadata(
        input_tokens=0,
        output_tokens=20,
        total_tokens=20,
        output_token_details={"reasoning": 5},
    )
    named = {"model_name": "claude-haiku-4-5", "model_provider": "anthropic"}

    pieces = [
        AIMessageChunk(content="", id="m1", usage_metadata=read, response_metadata=named),
        AIMessageChunk(content="Hello.", id="m1"),
        AIMessageChunk(content="", id="m1", usage_metadata=wrote),
    ]
    said = [chunk for piece in pieces for chunk in messages.read(piece)]

    used = [chunk for chunk in said if isinstance(chunk, Usage)]
    assert used[-1] == Usage("anthropic", "claude-haiku-4-5", 100, 20, 5, 60, 10, "m1")
    assert {one.call_id for one in used} == {"m1"}
    assert read_prices(None).cost_nanousd(used[-1]) is not None


async def test_tools_of_a_graph_are_shown() -> None:
    chunks = await work(LangGraphAgent("far", graph(("tool", uses_a_tool))), asked())

    assert [c for c in chunks if isinstance(c, ToolStart | ToolEnd)] == [
        ToolStart("c1", "look"),
        ToolEnd("c1"),
    ]
    assert [c.content for c in chunks if isinstance(c, ToolResult)] == ["blue"]


async def test_a_graph_with_a_checkpointer_goes_on_with_the_answer() -> None:
    made = graph(("speaks", speaks), ("asks", asks), checkpointer=InMemorySaver())
    agent, given = LangGraphAgent("far", made), asked()
    first = await work(agent, given)
    memory, question = first[-2], first[-1]
    assert isinstance(memory, Memory)
    assert isinstance(question, Interrupt)

    answers = {question.key: {"status": "resolved", "payload": "yes"}}
    second = await work(agent, replace(given, attempt=2, memory=memory.data, answers=answers))

    assert question.message == "May I?"
    assert text_in(second) == ""
    assert isinstance(second[-1], Done)
    assert isinstance(second[-1].result, dict)
    assert second[-1].result["steps"] == ["speaks", "answered yes"]


async def test_a_graph_with_a_checkpointer_does_not_repeat_what_is_done_after_a_crash() -> None:
    failures = ["boom"]

    async def fails_once(_: Talk) -> dict[str, object]:
        if failures:
            raise RuntimeError(failures.pop())
        return {"steps": ["recovered"]}

    made = graph(("speaks", speaks), ("fails", fails_once), checkpointer=InMemorySaver())
    agent, given = LangGraphAgent("far", made), asked()
    with pytest.raises(RuntimeError, match="boom"):
        await work(agent, given)

    second = await work(agent, replace(given, attempt=2))

    assert text_in(second) == ""
    assert isinstance(second[-1], Done)
    assert isinstance(second[-1].result, dict)
    assert second[-1].result["steps"] == ["speaks", "recovered"]


async def test_a_graph_without_a_checkpointer_asks_nobody() -> None:
    with pytest.raises(AgentFailed, match="has no checkpointer; compile it with one"):
        await work(LangGraphAgent("far", graph(("asks", asks))), asked())


def test_a_graph_that_was_not_compiled_is_refused() -> None:
    with pytest.raises(TypeError, match=r"call its \.compile\(\)"):
        LangGraphAgent("far", StateGraph(Talk))


async def test_a_graph_without_a_checkpointer_cannot_go_on_with_an_answer() -> None:
    agent = LangGraphAgent("far", graph(("speaks", speaks)))
    given = replace(asked(), answers={"q": {"status": "resolved", "payload": "yes"}})

    with pytest.raises(AgentFailed, match="has no checkpointer"):
        await work(agent, given)
