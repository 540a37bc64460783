"""Tool boxes to test with."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from sergas.agents.tools.calls import Granted, Refused, RequestedCall, Said
from sergas.agents.tools.running import ToolBox
from sergas.agents.tools.tool import Answer, Tool, ToolContext
from sergas.core.agents import AgentTask, RunInput
from sergas.core.chunks import ToolResult
from sergas.core.ids import LOCAL_TENANT, RunId, ThreadId
from sergas.core.json import Json, JsonObject, encode

A_TASK = AgentTask(
    tenant=LOCAL_TENANT,
    thread_id=ThreadId("thread-1"),
    run_id=RunId("run-1"),
    agent="tester",
    attempt=1,
    now_ms=1_763_800_000_000,
    input=RunInput(),
    inputs={},
    state={},
    answers={},
)
NUMBER: JsonObject = {
    "type": "object",
    "properties": {"number": {"type": "integer"}},
    "required": ["number"],
    "additionalProperties": False,
}
PAGE_TOOL: JsonObject = {"name": "paint", "description": "Paints.", "parameters": NUMBER}


async def square(arguments: JsonObject, _: ToolContext) -> Answer:
    """Answer the square of `number`."""
    number = arguments["number"]
    assert isinstance(number, int)
    return {"square": number * number}


def a_tool(call: Any = square, /, **changes: Any) -> Tool:
    """Make a tool that takes a number."""
    return replace(Tool("square", "Squares.", NUMBER, call), **changes)


def a_box(
    *tools: Tool, page: Sequence[JsonObject] = (), notes: dict[str, Json] | None = None
) -> ToolBox:
    """Make a box of tools for a task."""
    return ToolBox(tools, page, A_TASK, {} if notes is None else notes)


def a_call(name: str = "square", call_id: str = "c1", /, **arguments: Json) -> RequestedCall:
    """Make a call as a model would write it."""
    return RequestedCall(call_id, name, encode(arguments).decode())


async def said(box: ToolBox, calls: Sequence[Granted | Refused]) -> list[Said]:
    """Run calls to their end."""
    async with asyncio.timeout(10), aclosing(box.run(calls)) as chunks:
        return [chunk async for chunk in chunks]


async def result_of(box: ToolBox, call: RequestedCall) -> ToolResult:
    """Run one call that waits for nobody."""
    *_, result = await said(box, box.sort([call]).to_run)
    assert isinstance(result, ToolResult)
    return result


async def first_of(chunks: AsyncGenerator[Said, None]) -> Said:
    """Wait for the first chunk."""
    async with asyncio.timeout(10):
        return await anext(chunks)
