"""A pydantic-ai Agent as an agent of a workflow."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sergas.agents.agui.agent import AgUiAgent, EventModel
from sergas.core.json import JsonObject, encode

if TYPE_CHECKING:
    from pydantic_ai import Agent as PydanticAgent

DepsT = TypeVar("DepsT")


def pydantic_ai_agent(
    agent: "PydanticAgent[DepsT, Any]",
    *,
    name: str,
    deps: DepsT = None,
    title: str = "",
    description: str = "",
    state_key: str = "",
) -> AgUiAgent:
    """Make an agent of a pydantic-ai Agent: texts, reasoning, tools, approvals, usage.

    >>> offer = [pydantic_ai_agent(Agent("anthropic:claude-sonnet-5"), name="helper")]

    Args:
        agent: the other agent; it thinks with its own model.
        name: its id in workflows.
        deps: its dependencies.
        title: the name a person reads; its id if empty.
        description: what it delivers.
        state_key: where its shared state goes in the run's; "" hides it.
    """

    async def events(request: JsonObject) -> AsyncGenerator[EventModel, None]:
        from pydantic_ai import DeferredToolRequests
        from pydantic_ai.ui.ag_ui import AGUIAdapter

        run_input = AGUIAdapter.build_run_input(encode(request))
        adapter = AGUIAdapter(agent, run_input, include_usage=True)
        # It may have to wait for an approval or for the page. Agents that have output validators
        # allow nobody to add that: they have to name `DeferredToolRequests` themselves.
        is_closed = bool(getattr(agent, "_output_validators", ()))
        output_type = None if is_closed else [agent.output_type, DeferredToolRequests]
        running = adapter.run_stream(deps=deps, output_type=output_type)
        stream = cast("AsyncGenerator[EventModel, None]", running)
        async with aclosing(stream) as said:
            async for event in said:
                yield event

    return AgUiAgent(
        name=name,
        title=title or name,
        description=description or "A pydantic-ai agent.",
        events=events,
        runtime="pydantic-ai",
        state_key=state_key,
    )
