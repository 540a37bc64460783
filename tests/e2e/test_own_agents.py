"""The console on a server of somebody's own agents: it speaks of them, and not of accounts."""

import re
from collections.abc import Generator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Watch, watched_page
from tests.e2e.test_usable import DESK, PHONE, check_looks, resize
from tests.e2e.texts import thread_of
from tests.server import Server, serving


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    """Give a server that a developer started with agents of their own."""
    folder = tmp_path_factory.mktemp("own")
    with serving(folder, SERGAS_WORKFLOWS="tests.own_agents:offer") as server:
        yield server


@pytest.fixture
def own(browser: Browser, own_server: Server) -> Generator[Page]:
    """Give a signed-in page of it."""
    with watched_page(browser, own_server, Watch(own_server.url)) as opened:
        opened.emulate_media(reduced_motion="reduce")
        yield opened


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_first_screen_is_of_the_servers_own_workflow(own: Page, size: tuple[int, int]) -> None:
    resize(own, size)
    welcome = own.get_by_test_id("welcome")

    expect(welcome.get_by_role("heading", name="Both")).to_be_visible()
    expect(welcome).to_contain_text("Greets, then asks far away.")
    expect(own.get_by_test_id("suggestion-chip")).to_have_text(["Greet Ada"])
    expect_no_accounts(own)
    check_looks(own, "50-own-welcome", [size])


def test_nothing_leads_to_accounts_or_a_brief(own: Page) -> None:
    expect(own.get_by_test_id("welcome")).to_be_visible()
    own.keyboard.press("Control+k")
    expect(own.get_by_role("option", name="New conversation with Greeter")).to_be_visible()
    expect_no_accounts(own)
    own.keyboard.press("Escape")
    own.evaluate("document.activeElement.blur()")
    own.keyboard.press("b")
    own.keyboard.press("g")
    own.keyboard.press("s")

    expect(own.locator("main[data-screen=settings]")).to_contain_text("SQLite answers")
    expect_no_accounts(own)
    resize(own, PHONE)
    expect(own.get_by_role("navigation", name="Sections").get_by_role("button")).to_have_text(
        ["Conversation", "Run", "More"]
    )
    own.get_by_role("button", name="More").click()
    expect(own.get_by_role("link", name="Approvals")).to_be_visible()
    expect_no_accounts(own)


@pytest.mark.parametrize("path", ["accounts", "accounts/ACC-001", "?view=brief"])
def test_an_address_of_accounts_says_that_there_are_none(
    own: Page, own_server: Server, path: str
) -> None:
    own.goto(f"{own_server.url}/{path}")
    expect(own.get_by_test_id("notice")).to_contain_text("This server has no accounts")

    own.get_by_role("button", name="To the conversation").click()

    expect(own.get_by_test_id("welcome")).to_be_visible()


def test_a_conversation_is_with_the_agent_that_was_chosen_for_it(
    own: Page, own_server: Server, browser: Browser
) -> None:
    own.get_by_label("Talk to").select_option(label="Greeter")
    expect(own.get_by_test_id("welcome").get_by_role("heading", name="Greeter")).to_be_visible()
    expect(own.get_by_test_id("suggestion-chip")).to_have_count(0)
    check_looks(own, "51-own-chosen")
    resize(own, DESK)
    say(own, "Ada")
    expect(own.get_by_test_id("assistant-turn").last).to_contain_text("Hello, Ada!")
    thread = thread_of(own)

    with watched_page(browser, own_server, Watch(own_server.url)) as elsewhere:
        elsewhere.goto(f"{own_server.url}/?thread={thread}")
        expect(elsewhere.get_by_test_id("assistant-turn").last).to_contain_text("Hello, Ada!")
        expect(elsewhere.get_by_placeholder("Message Greeter")).to_be_visible()
        say(elsewhere, "Bob")
        expect(elsewhere.get_by_test_id("assistant-turn").last).to_contain_text("Hello, Bob!")

    expect(own.get_by_test_id("assistant-turn").last).to_contain_text("Hello, Bob!")
    check_looks(own, "52-own-talk", [DESK])
    runs = own_server.get(f"/api/runs?thread={thread}").json()["runs"]
    assert [run["workflow"] for run in runs] == ["greeter", "greeter"]


def test_a_link_names_whom_a_new_conversation_is_with(own: Page, own_server: Server) -> None:
    own.goto(f"{own_server.url}/?agent=greeter")

    expect(own.get_by_test_id("welcome").get_by_role("heading", name="Greeter")).to_be_visible()
    own.reload()
    expect(own.get_by_test_id("welcome").get_by_role("heading", name="Greeter")).to_be_visible()
    own.get_by_role("link", name="Runs", exact=True).click()
    own.get_by_role("link", name="Conversation", exact=True).click()
    expect(own.get_by_test_id("welcome").get_by_role("heading", name="Greeter")).to_be_visible()
    own.get_by_role("button", name="New conversation").click()
    expect(own.get_by_test_id("welcome").get_by_role("heading", name="Both")).to_be_visible()


def say(page: Page, text: str) -> None:
    page.get_by_test_id("copilot-chat-textarea").fill(text)
    page.keyboard.press("Enter")


def expect_no_accounts(page: Page) -> None:
    expect(page.locator("body")).not_to_contain_text(re.compile(r"account|\bbriefs?\b", re.I))
