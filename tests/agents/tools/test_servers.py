"""Agents that name tool servers get their tools."""

import dataclasses
from collections.abc import AsyncGenerator, Sequence

import pytest

from sergas.agents.spec import AgentSpec
from sergas.agents.tools.servers import with_tool_servers
from sergas.agents.tools.tool import Tool
from sergas.app.own import load_offer
from sergas.core.agents import Agent, AgentTask
from sergas.core.chunks import Chunk, Done
from sergas.core.errors import BadOffer
from tests.agents.tools.boxes import A_TASK, a_tool
from tests.working import TestAgent

SPEC = AgentSpec(
    name="assistant",
    title="Assistant",
    description="For tests.",
    instructions="",
    prompt=lambda _: "",
    tools=lambda _: [a_tool()],
    tool_servers=("crm",),
)


@dataclasses.dataclass(frozen=True, slots=True)
class Offering:
    """A server whose tools are given."""

    given: Sequence[Tool]

    def tools(self) -> Sequence[Tool]:
        """Return them."""
        return self.given

    async def check(self) -> str:
        """Say so."""
        return "fine"


def telling(spec: AgentSpec) -> Agent:
    """Make an agent whose result is the names of its tools."""

    async def says(task: AgentTask) -> AsyncGenerator[Chunk, None]:
        yield Done([tool.name for tool in spec.tools(task)])

    return TestAgent(says, spec.name)


def test_an_agent_has_its_own_tools_and_those_of_the_servers_it_names() -> None:
    servers = {"crm": Offering([a_tool(name="crm_find")]), "docs": Offering([a_tool(name="other")])}

    tools = with_tool_servers(SPEC, servers).tools(A_TASK)

    assert [tool.name for tool in tools] == ["square", "crm_find"]


def test_what_a_server_offers_is_asked_for_each_attempt() -> None:
    given: list[Tool] = []
    spec = with_tool_servers(SPEC, {"crm": Offering(given)})
    before = list(spec.tools(A_TASK))

    given.append(a_tool(name="crm_new"))

    assert len(before) == 1
    assert [tool.name for tool in spec.tools(A_TASK)] == ["square", "crm_new"]


async def test_an_own_agent_is_served_with_the_tools_of_its_servers() -> None:
    offer = load_offer(
        "tests.agents.tools.test_servers:SPEC",
        telling,
        {"crm": Offering([a_tool(name="crm_find")])},
    )

    (agent,) = offer.agents
    chunks = [chunk async for chunk in agent.run(A_TASK)]

    assert chunks == [Done(["square", "crm_find"])]


def test_an_own_agent_that_names_a_server_that_is_not_there_is_not_served() -> None:
    with pytest.raises(BadOffer, match="wants the tool server 'crm', SERGAS_MCP_SERVERS has none"):
        load_offer("tests.agents.tools.test_servers:SPEC", telling, {})
