"""The main job in a real browser: ask, watch, reload, stop, retry, read the brief."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import save_screenshot
from tests.e2e.texts import shown_texts, texts_of_thread, thread_of
from tests.server import Server

AGENTS = ("zoho_data_scout", "memory_analyst", "recommendation_author")
ASK = "Analyze account ACC-001"


def test_a_suggestion_becomes_three_agents_and_a_brief(page: Page) -> None:
    expect(page.get_by_test_id("welcome")).to_be_visible()
    save_screenshot(page, "1-welcome")

    ask(page)

    expect(card(page, "zoho_data_scout")).to_have_attribute("data-status", "running")
    expect(card(page, "memory_analyst")).to_have_attribute("data-status", "running")
    save_screenshot(page, "2-running")
    for agent in AGENTS:
        expect(card(page, agent)).to_have_attribute("data-status", "completed")
    expect(page.get_by_test_id("workflow-card")).to_have_attribute("data-status", "completed")
    expect(page.get_by_test_id("assistant-turn").last).to_contain_text("Halvorsen Freight")
    save_screenshot(page, "3-completed")
    open_brief(page)
    expect(page.get_by_test_id("brief-headline")).to_contain_text("Ingrid Solberg left")
    expect(page.get_by_test_id("brief")).to_contain_text("Computed by rules")
    save_screenshot(page, "4-brief")


def test_a_mark_in_the_brief_shows_the_record_behind_the_statement(page: Page) -> None:
    ask(page)
    open_brief(page)

    page.get_by_test_id("brief-headline").get_by_test_id("evidence-mark").first.hover()

    expect(page.get_by_test_id("source-popover")).to_be_visible()
    expect(page.get_by_test_id("source-popover")).to_contain_text(
        re.compile("Account|Contact|Deal|Timeline")
    )
    save_screenshot(page, "5-evidence")


def test_a_reload_in_the_middle_loses_and_doubles_nothing(
    page: Page, console_server: Server
) -> None:
    ask(page)
    expect(page.get_by_test_id("tool-call").first).to_be_visible()

    page.reload()

    expect(card(page, "zoho_data_scout")).to_be_visible()
    save_screenshot(page, "6-reloaded")
    expect(card(page, "recommendation_author")).to_have_attribute("data-status", "completed")
    expect(page.get_by_test_id("workflow-card")).to_have_count(1)
    shown = "|".join(shown_texts(page))
    said = texts_of_thread(page, console_server)
    assert len(said) == 3
    assert [shown.count(text) for text in said] == [1, 1, 1]
    run = only_run(page, console_server)
    assert run["status"] == "completed"


def test_a_second_tab_sees_the_same_run_live(page: Page) -> None:
    ask(page)
    expect(page.get_by_test_id("workflow-card")).to_be_visible()

    second = page.context.new_page()
    second.goto(page.url)

    for tab in (page, second):
        expect(card(tab, "recommendation_author")).to_have_attribute("data-status", "completed")
    assert shown_texts(second) == shown_texts(page)


def test_stop_stops_and_retry_runs_only_what_was_missing(
    page: Page, console_server: Server
) -> None:
    ask(page)
    expect(card(page, "memory_analyst")).to_have_attribute("data-status", "completed")

    page.get_by_test_id("stop-button").first.click()

    expect(page.get_by_test_id("run-status").first).to_contain_text(
        re.compile("stopped|cancelled", re.IGNORECASE)
    )
    save_screenshot(page, "7-stopped")
    stopped = only_run(page, console_server)
    assert stopped["status"] == "cancelled"
    page.get_by_test_id("retry-button").first.click()
    expect(card(page, "recommendation_author")).to_have_attribute("data-status", "completed")
    save_screenshot(page, "8-retried")
    retried = runs_of(page, console_server)[0]
    assert retried["retryOf"] == stopped["id"]
    events = console_server.get(f"/api/runs/{retried['id']}/events").text
    started = re.findall(r'"SUBAGENT_STARTED","subagentRunId":"[^"]*","name":"(\w+)"', events)
    assert "memory_analyst" not in started
    assert "recommendation_author" in started


def test_a_conversation_is_found_again_in_the_list(page: Page) -> None:
    ask(page)
    expect(card(page, "recommendation_author")).to_have_attribute("data-status", "completed")
    address = page.url

    page.goto(address.split("?")[0])
    expect(page.get_by_test_id("welcome")).to_be_visible()
    page.get_by_test_id("thread-item").filter(has_text=ASK).first.click()

    expect(page.get_by_test_id("assistant-turn").last).to_contain_text("Halvorsen Freight")
    assert page.url == address


def test_an_unknown_account_gets_close_matches_and_no_brief(page: Page) -> None:
    ask(page, "Analyze account ACC-999")

    expect(card(page, "recommendation_author")).to_have_attribute("data-status", "completed")
    expect(page.get_by_test_id("assistant-turn").last).to_contain_text("ACC-009")
    expect(page.get_by_test_id("brief")).to_have_count(0)
    save_screenshot(page, "9-unknown-account")


def test_who_has_no_token_is_asked_for_it(browser: Browser, console_server: Server) -> None:
    context = browser.new_context()
    page = context.new_page()

    page.goto(console_server.url)

    expect(page.get_by_test_id("sign-in")).to_be_visible()
    save_screenshot(page, "10-sign-in")
    context.close()


def test_the_token_leaves_the_address_bar(page: Page) -> None:
    expect(page.get_by_test_id("welcome")).to_be_visible()

    assert "token" not in page.url


def ask(page: Page, text: str = ASK) -> None:
    page.get_by_test_id("suggestion-chip").filter(has_text=text).click()


def card(page: Page, agent: str):
    return page.locator(f'[data-testid="agent-card"][data-agent="{agent}"]')


def open_brief(page: Page) -> None:
    expect(card(page, "recommendation_author")).to_have_attribute("data-status", "completed")
    page.get_by_role("button", name=re.compile("^Brief")).or_(
        page.get_by_role("tab", name=re.compile("^Brief"))
    ).or_(page.get_by_role("link", name=re.compile("^Brief"))).first.click()
    expect(page.get_by_test_id("brief")).to_be_visible()


def runs_of(page: Page, server: Server) -> list[dict[str, str]]:
    return server.get(f"/api/runs?thread={thread_of(page)}").json()["runs"]


def only_run(page: Page, server: Server) -> dict[str, str]:
    runs = runs_of(page, server)
    assert len(runs) == 1
    return runs[0]
