"""Every runtime with the tools of a real MCP server."""

from collections.abc import AsyncGenerator

import pytest

from sergas.agents.spec import AgentSpec
from sergas.agents.tools.mcp.server import McpServer, kept
from sergas.agents.tools.servers import with_tool_servers
from sergas.core.chunks import Interrupt
from sergas.core.json import decode
from tests.agents.tools.mcp.reach import by_process, until_up
from tests.models.turns import Call, calls, says
from tests.runtimes.houses import House, a_spec


@pytest.fixture
async def spec() -> AsyncGenerator[AgentSpec]:
    """Give an agent that may add, and ask who the server is when a person agrees."""
    server = McpServer("count", by_process(tools={"add": "never", "who": "always"}))
    async with kept([server]):
        await until_up(server)
        yield with_tool_servers(a_spec(tool_servers=("count",)), {"count": server})


async def test_an_agent_calls_the_tools_of_a_server(house: House, spec: AgentSpec) -> None:
    house.models.answer(calls(Call("count_add", {"a": 2, "b": 3})), says("Five."))

    heard = await house.hear(spec)

    assert [decode(result) for result in heard.results.values()] == [{"sum": 5}]
    assert heard.text == "Five."


async def test_a_call_that_a_person_has_to_agree_to_is_made_afterwards(
    house: House, spec: AgentSpec
) -> None:
    house.models.answer(calls(Call("count_who")), says("Here it is."))
    asked = await house.hear(spec)
    (question,) = asked.of(Interrupt)
    yes = {question.key: {"status": "resolved", "payload": {"approved": True}}}

    heard = await house.hear(spec, asked.next_task(yes))

    assert asked.results == {}
    assert [int(result) > 0 for result in heard.results.values()] == [True]
    assert heard.text == "Here it is."
