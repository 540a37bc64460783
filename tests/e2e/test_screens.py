"""Every screen of the console in a real browser: what it shows, and that everybody can use it."""

import re
from uuid import uuid4

import httpx
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import Watch, save_screenshot
from tests.server import Server
from tests.streams import AgUiEvent, run_body, stream

HAIKU = {"provider": "anthropic", "model": "claude-haiku-4-5", "input": 12000, "output": 900}


def test_accounts_are_ranked_found_and_opened_with_their_evidence(page: Page) -> None:
    page.goto(page.url.split("?")[0] + "accounts")

    scores = [int(text) for text in scores_on(page)]
    assert len(scores) == 17
    assert scores == sorted(scores)
    page.get_by_label("Search accounts").fill("halv")
    expect(page.get_by_test_id("account-row")).to_have_count(1)
    page.get_by_role("link", name="Halvorsen Freight").click()
    mark = page.get_by_test_id("brief-headline").get_by_test_id("evidence-mark").first
    mark.click()

    expect(page).to_have_url(re.compile("/accounts/ACC-001$"))
    expect(page.get_by_role("button", name="Back to the text")).to_be_visible()


def test_an_account_is_reviewed_from_its_page(page: Page) -> None:
    page.goto(page.url.split("?")[0] + "accounts/ACC-001")

    page.get_by_role("button", name="Review by the agents").click()

    expect(page.get_by_test_id("workflow-card")).to_have_attribute("data-status", "completed")
    expect(page.get_by_test_id("assistant-turn").last).to_contain_text("Halvorsen Freight")


def test_an_unknown_account_says_so(page: Page, watch: Watch) -> None:
    page.goto(page.url.split("?")[0] + "accounts/ACC-999")

    expect(page.get_by_role("alert")).to_contain_text("There is no account 'ACC-999'")
    assert all("404" in error for error in watch.errors)
    watch.errors.clear()


def test_runs_are_filtered_searched_and_run_again(page: Page, console_server: Server) -> None:
    name = unique("Invoices")
    # All attempts of the first run fail, and the first one of its retry does not.
    body = asked(name, {"name": "weak", "deltas": 4, "fail_times": 3})
    stream(console_server, body)
    page.goto(f"{console_server.url}/runs?status=failed&since=1h")
    page.get_by_label("Search these runs").fill(name)
    row = page.get_by_test_id("run-row")
    expect(row).to_have_count(1)
    expect(row).to_have_attribute("data-status", "failed")

    page.get_by_role("button", name="Completed").click()
    expect(page.get_by_text("No run fits")).to_be_visible()
    page.get_by_role("button", name="Failed", exact=True).click()
    row.get_by_test_id("retry-button").click()

    expect(page).to_have_url(re.compile(f"thread={body['threadId']}"))
    expect(page.get_by_test_id("run-status").first).to_contain_text("Completed")


def test_a_run_is_stopped_from_the_list(page: Page, console_server: Server) -> None:
    body = asked(unique("Slow"), {"name": "slow", "deltas": 5000, "delay_ms": 20})
    console_server.post("/api/runs", body)
    page.goto(f"{console_server.url}/runs")
    row = page.locator(f'[data-run="{body["runId"]}"]')

    row.get_by_test_id("stop-button").click()

    expect(row).to_have_attribute("data-status", "cancelled")


def test_two_runs_are_compared(page: Page, console_server: Server) -> None:
    name = unique("Compare")
    usage = [HAIKU | {"after": 1}]
    first = asked(name, {"name": "alpha", "deltas": 4, "tools": 2, "usage": usage})
    second = asked(name, {"name": "alpha", "deltas": 4}, {"name": "beta", "deltas": 2})
    for body in (first, second):
        stream(console_server, body)
    page.goto(f"{console_server.url}/runs?q={name.replace(' ', '+')}")
    expect(page.get_by_test_id("run-row")).to_have_count(2)

    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Compare", exact=True).click()

    table = page.get_by_test_id("comparison")
    expect(table).to_contain_text("not in this run")
    expect(table).to_contain_text("2 tool calls")
    expect(table).to_contain_text("12,900")
    save_screenshot(page, "30-compare")


def test_conversations_are_found_renamed_archived_and_deleted(
    page: Page, console_server: Server
) -> None:
    name = unique("Offers")
    body = asked(name, {"name": "alpha", "deltas": 2})
    stream(console_server, body)
    page.goto(f"{console_server.url}/threads")
    row = page.locator(f'[data-testid="thread-row"][data-thread="{body["threadId"]}"]')
    page.get_by_label("Search conversations").fill(name.lower())
    expect(page.get_by_test_id("thread-row")).to_have_count(1)
    expect(row).to_contain_text("Completed")

    row.get_by_role("button", name="Rename").press("Enter")
    page.get_by_label("Name of the conversation").fill(f"{name} renamed")
    page.keyboard.press("Enter")
    expect(row).to_contain_text("renamed")
    expect(row.get_by_role("link")).to_be_focused()
    row.get_by_role("button", name="Archive").click()
    expect(page.get_by_text("No conversation fits")).to_be_visible()
    page.locator("main").get_by_role("button", name="Archived").click()
    row.get_by_role("button", name="Restore").click()
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Current").click()
    row.get_by_role("button", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Keep").click()
    row.get_by_role("button", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()

    expect(row).to_have_count(0)
    expect(page).to_have_url(re.compile("/threads"))
    assert console_server.get(f"/api/runs?thread={body['threadId']}").json()["runs"] == []


def test_the_list_of_conversations_is_live_and_opens_them(
    page: Page, console_server: Server
) -> None:
    name = unique("Live")
    expect(page.get_by_test_id("welcome")).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.get_by_label("Search conversations").fill(name)
    expect(page.get_by_text("No conversation fits")).to_be_visible()

    body = asked(name, {"name": "beta", "deltas": 2, "interrupt": "May I?"})
    stream(console_server, body)
    row = page.get_by_test_id("thread-row")
    expect(row).to_contain_text("Waiting for you")
    row.get_by_role("link").click()

    expect(page).to_have_url(re.compile(f"thread={body['threadId']}"))
    expect(page.get_by_role("region", name="A question for you")).to_be_visible()


def test_words_are_looked_for_in_all_conversations(page: Page, console_server: Server) -> None:
    oldest = unique("Oldest")
    stream(console_server, asked(oldest, {"name": "alpha", "deltas": 1}))
    for number in range(51):
        stream(console_server, asked(f"Filler {number}", {"name": "alpha", "deltas": 1}))
    page.goto(f"{console_server.url}/threads")
    expect(page.get_by_role("button", name="Show older conversations")).to_be_visible()
    expect(page.get_by_role("link", name=oldest)).to_have_count(0)

    page.get_by_label("Search conversations").fill(oldest)

    expect(page.get_by_role("link", name=oldest)).to_be_visible()


def test_a_list_that_the_server_does_not_tell_says_so_and_comes_back(
    page: Page, watch: Watch
) -> None:
    page.route("**/api/threads/stream*", lambda route: route.abort())
    page.goto(page.url.split("?")[0] + "threads")
    expect(page.get_by_role("alert")).to_contain_text("The server does not answer")

    page.unroute("**/api/threads/stream*")

    expect(page.get_by_role("alert")).to_have_count(0)
    assert all("ERR_FAILED" in error for error in watch.errors)
    watch.errors.clear()


def test_what_waits_is_counted_and_answered_in_place(page: Page, console_server: Server) -> None:
    name = unique("Write")
    body = asked(name, {"name": "beta", "deltas": 2, "interrupt": "May I write to the CRM?"})
    stream(console_server, body)
    page.goto(f"{console_server.url}/approvals")
    waiting = page.locator(f'[data-testid="waiting-run"][data-run="{body["runId"]}"]')
    expect(waiting).to_contain_text("May I write to the CRM?")
    expect(page.get_by_test_id("approvals-count")).to_be_visible()

    waiting.get_by_label("Note to the agent").fill("Only this once")
    waiting.get_by_role("button", name="Approve", exact=True).click()

    expect(waiting).to_have_count(0)
    record = console_server.get(f"/api/runs/{body['runId']}").json()
    assert record["leg"] == 2


def test_what_a_tool_gets_is_changed_before_it_is_approved(
    page: Page, console_server: Server
) -> None:
    body = asked(unique("Square"), {"name": "beta", "deltas": 2, "approval": "May I square 3?"})
    stream(console_server, body)
    page.goto(f"{console_server.url}/approvals")
    waiting = page.locator(f'[data-testid="waiting-run"][data-run="{body["runId"]}"]')
    expect(waiting.get_by_test_id("changes")).to_contain_text("3")

    waiting.get_by_role("button", name="Edit", exact=True).click()
    save_screenshot(page, "33-edited-approval")
    waiting.get_by_label("What the tool gets").fill('{"number": 5}')
    waiting.get_by_role("button", name="Approve", exact=True).click()

    expect(waiting).to_have_count(0)
    (result,) = [
        event
        for event in stream(console_server, None, f"/api/runs/{body['runId']}/events")
        if event["type"] == "TOOL_CALL_RESULT"
    ]
    assert result["content"] == '{"square":25}'


def test_usage_is_charted_and_added_up(page: Page, console_server: Server) -> None:
    stream(console_server, asked("Spend", {"name": "alpha", "deltas": 2, "usage": [HAIKU]}))
    page.goto(f"{console_server.url}/usage?days=7")

    expect(page.get_by_test_id("usage-table")).to_contain_text("anthropic/claude-haiku-4-5")
    page.get_by_role("button", name="Agent").click()

    expect(page.get_by_test_id("usage-table")).to_contain_text("alpha")
    expect(page).to_have_url(re.compile("by=agent"))


def test_settings_tell_what_the_server_is(page: Page, console_server: Server) -> None:
    page.goto(f"{console_server.url}/settings")

    main = page.locator("main")
    expect(main).to_contain_text("rules, no model")
    expect(main).to_contain_text("SQLite answers")
    expect(main).to_contain_text("SERGAS_MAX_ACTIVE_RUNS")
    # Its own first byte is measured by now; of the rest there may be nothing yet.
    expect(main.get_by_text("longest of 1").first).to_be_visible()
    page.get_by_role("button", name="Dark").click()

    assert page.evaluate("document.documentElement.classList.contains('dark')")


def test_an_address_that_is_no_screen_is_not_found(page: Page, console_server: Server) -> None:
    page.goto(f"{console_server.url}/runs/nothing")

    expect(page.get_by_text("There is nothing here")).to_be_visible()
    assert console_server.get("/nothing").status_code == 404


def test_the_main_job_is_done_by_keyboard_alone(page: Page) -> None:
    expect(page.get_by_test_id("welcome")).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.get_by_test_id("palette")).to_be_visible()
    page.keyboard.type("review halvorsen")
    found = page.get_by_test_id("palette").get_by_role("option", selected=True)
    expect(found).to_contain_text("Review Halvorsen Freight")
    assert violations(page) == []
    save_screenshot(page, "31-palette")
    page.keyboard.press("Enter")

    expect(page.get_by_test_id("workflow-card")).to_have_attribute("data-status", "completed")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("b")
    expect(page.get_by_test_id("brief")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("r")
    expect(page.get_by_test_id("run-table")).to_be_visible()
    page.keyboard.press("?")

    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_first_load_has_no_chat_in_it(browser: Browser, console_server: Server) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script("window.requestIdleCallback = () => 0")
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))

    page.goto(f"{console_server.url}/accounts?token={console_server.token}")
    expect(page.get_by_test_id("account-row").first).to_be_visible()

    assert not [url for url in loaded if "chat-room" in url]
    page.get_by_role("link", name="Conversation", exact=True).click()
    expect(page.get_by_test_id("welcome")).to_be_visible()
    assert [url for url in loaded if "chat-room" in url]
    context.close()


def test_code_is_kept_by_the_browser_and_comes_compressed(console_server: Server) -> None:
    page = httpx.get(f"{console_server.url}/runs/compare")
    script = re.search(r'src="(/assets/[^"]+)"', page.text)
    assert script is not None

    packed = httpx.get(console_server.url + script[1], headers={"Accept-Encoding": "gzip"})
    plain = httpx.get(console_server.url + script[1], headers={"Accept-Encoding": "identity"})

    assert page.headers["cache-control"] == "no-cache"
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text
    assert packed.headers["content-type"].startswith("text/javascript")
    assert "immutable" in packed.headers["cache-control"]


def asked(text: str, *agents: AgUiEvent) -> AgUiEvent:
    return run_body(*agents, messages=[{"id": "u1", "role": "user", "content": text}])


def unique(text: str) -> str:
    return f"{text} {uuid4().hex[:8]}"


def scores_on(page: Page) -> list[str]:
    rows = page.get_by_test_id("account-row")
    expect(rows.first).to_be_visible()
    return rows.locator("td:first-child .text-base").all_inner_texts()
