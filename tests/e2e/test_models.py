"""An account review on a model in a real browser, with aimock as the model's provider."""

import re
from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.aimock.server import KEY, Aimock, running_aimock
from tests.e2e.conftest import Watch, save_screenshot, watched_page
from tests.e2e.test_main_job import AGENTS, ask, card, open_brief
from tests.server import Server, serving

MODEL = "claude-sonnet-5-5"
HEADLINE = "Ingrid Solberg left, and the Halvorsen renewal is not under way."
# What the script says that the turns of each agent used, at $2 and $10 a million tokens.
USED = ("9,200 tokens · $0.0200", "5,010 tokens · $0.0109", "12,190 tokens · $0.0251")


@pytest.fixture(scope="module")
def aimock() -> Generator[Aimock]:
    """Give a provider that plays the model of a review."""
    with running_aimock("account-review.json") as running:
        yield running


@pytest.fixture(scope="module")
def thinking(tmp_path_factory: pytest.TempPathFactory, aimock: Aimock) -> Generator[Server]:
    """Give a server that has a key and an address in its environment, and nothing else."""
    settings = {
        "SERGAS_RUNTIME": "auto",
        "ANTHROPIC_API_KEY": KEY,
        "ANTHROPIC_BASE_URL": aimock.url,
        "ANTHROPIC_MODEL": MODEL,
    }
    with serving(Path(tmp_path_factory.mktemp("thinking")), **settings) as server:
        yield server


@pytest.fixture
def page(browser: Browser, thinking: Server) -> Generator[Page]:
    """Give a signed-in page of that server."""
    with watched_page(browser, thinking, Watch(thinking.url)) as opened:
        yield opened


def test_three_agents_review_an_account_with_a_model(page: Page, aimock: Aimock) -> None:
    earlier = len(aimock.requests)
    expect(page.get_by_test_id("welcome")).to_contain_text(f"The agents think with {MODEL}.")

    ask(page)

    for agent in AGENTS:
        expect(card(page, agent)).to_have_attribute("data-status", "completed", timeout=30_000)
    expect(page.get_by_test_id("assistant-turn").last).to_contain_text("begin the renewal")
    usage = page.get_by_test_id("run-usage")
    expect(usage).to_have_text(f"{MODEL} (messages) · 26,400 tokens · $0.0560")
    for agent, used in zip(AGENTS, USED, strict=True):
        expect(card(page, agent).get_by_test_id("agent-usage")).to_have_text(f"{MODEL} · {used}")
    save_screenshot(page, "20-on-a-model")
    called = re.findall(r"(?:crm|mem)_\w+|write_brief", card(page, AGENTS[0]).inner_text())
    assert called == ["crm_find_account", "crm_get_account", "crm_list_deals", "crm_list_contacts"]
    answers = [request["response"]["status"] for request in aimock.requests[earlier:]]
    assert answers == [200] * 9


def test_the_brief_of_a_model_shows_the_records_behind_it(page: Page) -> None:
    ask(page)
    open_brief(page)

    headline = page.get_by_test_id("brief-headline")
    expect(headline).to_contain_text(HEADLINE)
    expect(page.get_by_test_id("brief")).not_to_contain_text("no model was used")
    headline.get_by_test_id("evidence-mark").nth(1).hover()
    expect(page.get_by_test_id("source-popover")).to_contain_text("Ingrid Solberg")
    save_screenshot(page, "21-brief-on-a-model")
