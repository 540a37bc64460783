"""What an agent says it can do: AG-UI's own form, the same wherever it is asked."""

import pytest
from ag_ui.core import AgentCapabilities

from tests.server import Server

DOOR = "/api/copilotkit"


@pytest.mark.parametrize("agent", ["default", "account_review", "memory_analyst", "script"])
def test_capabilities_have_the_protocols_form_and_are_those_of_info(
    server: Server, agent: str
) -> None:
    told = server.get(f"{DOOR}/agent/{agent}/capabilities").json()

    parsed = AgentCapabilities.model_validate(told)
    assert parsed.model_dump(mode="json", by_alias=True, exclude_none=True) == told
    assert server.get(f"{DOOR}/info").json()["agents"][agent]["capabilities"] == told
    assert parsed.transport is not None
    assert (parsed.transport.resumable, parsed.transport.http_binary) == (True, False)


def test_a_workflow_names_the_agents_that_it_runs(server: Server) -> None:
    told = server.get(f"{DOOR}/capabilities").json()

    names = [subagent["name"] for subagent in told["multiAgent"]["subagents"]]
    assert names == ["zoho_data_scout", "memory_analyst", "recommendation_author"]
    assert told["identity"]["name"] == "Account review"


def test_capabilities_of_an_unknown_agent_are_404(server: Server) -> None:
    answer = server.get(f"{DOOR}/agent/nobody/capabilities")

    assert (answer.status_code, answer.json()["code"]) == (404, "workflow_not_found")
