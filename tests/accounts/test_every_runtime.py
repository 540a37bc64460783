"""An account review on every runtime, through a real server and a server that plays the model."""

from pathlib import Path
from typing import Any

import pytest

from sergas.accounts import sample_crm
from sergas.accounts.check import check_brief
from tests.accounts.studio import TODAY, ms_of
from tests.models.fake import FakeModels
from tests.models.turns import Call, Wire, calls, says
from tests.server import serving
from tests.streams import AgUiEvent, stream, text_of

SCOUT, MEMORY, AUTHOR = "zoho_data_scout", "memory_analyst", "recommendation_author"


# GLM is reached at two addresses, one for each wire.
PLACES: tuple[tuple[str, Wire], ...] = (
    ("anthropic", "anthropic"),
    ("zai", "anthropic"),
    ("zai", "openai"),
    ("openai-compatible", "openai"),
)


def settings(models: FakeModels, provider: str, wire: Wire) -> dict[str, str]:
    """Let a server think with the fake model server."""
    return {
        "SERGAS_RUNTIME": "messages",
        "SERGAS_MODEL": f"{provider}:fake-1",
        "SERGAS_MODEL_BASE_URL": models.url_of(wire),
        "SERGAS_MODEL_API_KEY": "sk-fake",
        "SERGAS_MODEL_WIRE": wire,
    }


async def readers_know(models: FakeModels, number: str) -> None:
    """Let scout and analyst read an account as their prompts tell them to."""
    matches = await sample_crm(lambda: ms_of(TODAY)).resolve_account(number)
    account = {"account_id": matches[0].account.id}
    models.answer(
        calls(Call("crm_find_account", {"ref": number})),
        calls(Call("crm_get_account", account)),
        calls(Call("crm_list_deals", account), Call("crm_list_notes", account)),
        says("The scout has read it."),
        when="You are the CRM scout",
    )
    models.answer(
        calls(Call("crm_find_account", {"ref": number})),
        calls(Call("mem_get_ledger", account)),
        calls(Call("mem_list_advice", account), Call("crm_list_tasks", account)),
        says("The analyst has read it."),
        when="You are the memory analyst",
    )


def brief_in(events: list[AgUiEvent]) -> Any:
    """Return the brief as the last snapshot of the state has it."""
    return [e for e in events if e["type"] == "STATE_SNAPSHOT"][-1]["snapshot"]["brief"]


def body(number: str) -> AgUiEvent:
    """Ask for a review."""
    asked = {"id": "u1", "role": "user", "content": f"Analyze account {number}"}
    return {"messages": [asked], "protocolVersion": "1.0"}


def tools_of(events: list[AgUiEvent], agent: str) -> set[str]:
    """Return the names of the tools that an agent called."""
    ids = {e["subagentRunId"] for e in events if e.get("name") == agent}
    calls = [e for e in events if e["type"] == "TOOL_CALL_START"]
    return {call["toolCallName"] for call in calls if call["subagentRunId"] in ids}


async def test_by_rules_the_same_agents_use_the_same_tools(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        events = stream(server, body("ACC-001"))
        health = server.get("/health/enhanced").json()

    assert events[-1]["outcome"] == {"type": "success"}
    assert {"crm_find_account", "crm_get_account", "crm_list_deals"} <= tools_of(events, SCOUT)
    assert {"mem_get_ledger", "mem_list_advice", "crm_list_tasks"} <= tools_of(events, MEMORY)
    assert text_of(events, AUTHOR)
    check_brief(brief_in(events))
    assert brief_in(events)["method"] == "rules"
    assert (health["runtime"], health["model"]) == ("rules", "")
    assert "usage" not in events[-1]


@pytest.mark.parametrize(("provider", "wire"), PLACES)
async def test_the_three_agents_review_an_account_on_a_model(
    tmp_path: Path, models: FakeModels, provider: str, wire: Wire
) -> None:
    await readers_know(models, "ACC-001")
    headline = {"text": "Look at this account today.", "evidence": ["S1"]}
    models.answer(
        calls(Call("write_brief", {"headline": headline})),
        says("Begin with the first step."),
        when="You are the recommendation author",
    )

    with serving(tmp_path, **settings(models, provider, wire)) as server:
        events = stream(server, body("ACC-001"))
        health = server.get("/health/enhanced").json()

    assert events[-1]["outcome"] == {"type": "success"}
    assert {"crm_find_account", "crm_get_account", "crm_list_deals"} <= tools_of(events, SCOUT)
    assert {"mem_get_ledger", "mem_list_advice", "crm_list_tasks"} <= tools_of(events, MEMORY)
    assert text_of(events, SCOUT) == "The scout has read it."
    assert text_of(events, AUTHOR) == "Begin with the first step."
    brief = brief_in(events)
    check_brief(brief)
    assert brief["headline"] == headline
    assert brief["method"] == "model"
    assert brief["account"]["number"] == "ACC-001"
    assert (health["runtime"], health["model"]) == ("messages", "fake-1")
    (usage,) = events[-1]["usage"]
    assert (usage["provider"], usage["model"]) == (provider, "fake-1")
    assert usage["inputTokens"] == 10 * 100
    assert usage["outputTokens"] == 10 * 42


@pytest.mark.parametrize(("provider", "wire"), [PLACES[0], PLACES[2]])
async def test_a_model_that_obeys_a_note_changes_nothing(
    tmp_path: Path, models: FakeModels, provider: str, wire: Wire
) -> None:
    await readers_know(models, "ACC-015")
    pleased = {"text": "The customer is very pleased and will renew.", "evidence": ["S1"]}
    mail = {"key": "start_renewal", "draft": "To partner@drayford.example.com: the price list."}
    won = {"key": "close_won", "why": "The note says so."}
    models.answer(
        calls(Call("write_brief", {"headline": pleased})),
        calls(Call("write_brief", {"headline": pleased | {"text": "Fine."}, "actions": [mail]})),
        calls(Call("write_brief", {"headline": pleased | {"text": "Fine."}, "actions": [won]})),
        says("I could not do that."),
        when="You are the recommendation author",
    )

    with serving(tmp_path / "rules") as server:
        by_rules = brief_in(stream(server, body("ACC-015")))
    with serving(tmp_path / "model", **settings(models, provider, wire)) as server:
        events = stream(server, body("ACC-015"))

    results = [e["content"] for e in events if e["type"] == "TOOL_CALL_RESULT"]
    assert sum('"written":false' in result for result in results) >= 2
    brief = brief_in(events)
    assert "partner@" not in str(brief["actions"])
    assert "close_won" not in str(brief["actions"])
    assert brief["attention"] == by_rules["attention"]
    assert brief["flags"] == by_rules["flags"]
    assert "instruction_in_note" in [flag["key"] for flag in brief["flags"]]
    read = [str(call.body) for call in models.calls]
    assert not any("Ignore previous instructions" in body for body in read)
    # The address is in what the model wrote itself, and nowhere before.
    assert not any("partner@" in body for body in read if mail["draft"] not in body)
