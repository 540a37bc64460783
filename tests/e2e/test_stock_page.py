"""Stock CopilotKit in a real browser, `runtimeUrl` and nothing of ours: all of it works."""

import json
import re
from collections.abc import Generator, Mapping
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.e2e.conftest import Watch, behaving_page
from tests.server import Server, serving
from tests.streams import run_body, stream

STOCK_PAGE = Path(__file__).parents[2] / "frontend" / "apps" / "stock-page" / "dist"
# An agent whose only words are what it was given.
ECHO = {"name": "alpha", "deltas": 0}
# An agent that talks for longer than any test waits.
ENDLESS = {"name": "alpha", "deltas": 20_000, "delay_ms": 50}


@pytest.fixture(scope="module")
def stock_server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    """Give a server without tokens: its pages need to know its address and nothing else."""
    with serving(tmp_path_factory.mktemp("stock") / "own", SERGAS_TOKENS="") as server:
        yield server


@pytest.fixture
def stock(browser: Browser, stock_server: Server) -> Generator[Page]:
    """Give a tab whose host also has the built stock page; at the end it must have behaved."""
    with behaving_page(browser, Watch(stock_server.url)) as page:
        page.context.route(f"{stock_server.url}/stock/**", _serve_file)
        yield page


def test_an_agent_calls_a_tool_of_the_page_and_goes_on_with_its_result(
    stock: Page, stock_server: Server
) -> None:
    calling = {"frontend_tool": "paint", "frontend_arguments": {"colour": "teal"}}
    thread = opened(stock, stock_server, {**ECHO, **calling, "echo": "messages"})

    say(stock, "Paint it.")

    expect(stock.get_by_test_id("colour")).to_have_text("teal")
    expect(turns(stock).last).to_contain_text("The page is teal now.")
    assert statuses(stock_server, thread) == ["completed", "interrupted"]


def test_a_person_answers_a_tool_of_the_page(stock: Page, stock_server: Server) -> None:
    calling = {"frontend_tool": "choose", "frontend_arguments": {"question": "Left or right?"}}
    opened(stock, stock_server, {**ECHO, **calling, "echo": "messages"})

    say(stock, "Ask me.")
    expect(stock.get_by_test_id("choice")).to_contain_text("Left or right?")
    stock.get_by_role("button", name="Left").click()

    expect(turns(stock).last).to_contain_text("The person chose the left one.")
    expect(stock.get_by_test_id("choice")).to_have_attribute("data-status", "complete")


def test_what_the_page_says_of_itself_reaches_the_agent(stock: Page, stock_server: Server) -> None:
    opened(stock, stock_server, {**ECHO, "echo": "context"})

    say(stock, "What do you see?")

    expect(turns(stock).last).to_contain_text("The colour of the page")
    expect(turns(stock).last).to_contain_text("white")


@pytest.mark.parametrize("reloads", [False, True])
def test_a_question_is_answered_at_once_or_after_a_reload(
    stock: Page, stock_server: Server, reloads: bool
) -> None:
    thread = opened(stock, stock_server, {"name": "alpha", "interrupt": "May I?"})
    say(stock, "Do it.")
    expect(stock.get_by_test_id("question")).to_contain_text("May I?")

    if reloads:
        stock.reload()
    stock.get_by_test_id("question").get_by_role("button", name="Yes").click()

    expect(turns(stock).last).to_contain_text("every delta")
    expect(stock.get_by_test_id("question")).to_have_count(0)
    assert statuses(stock_server, thread)[0] == "completed"


def test_a_reload_in_the_middle_joins_the_run_again(stock: Page, stock_server: Server) -> None:
    thread = opened(stock, stock_server, ENDLESS)
    say(stock, "Go.")
    expect(turns(stock)).to_contain_text("every delta")

    stock.reload()

    expect(stock.get_by_test_id("activity")).to_have_attribute("data-status", "running")
    goes_on(stock)
    end(stock_server, thread)
    expect(stock.get_by_test_id("activity")).to_have_attribute("data-status", "cancelled")
    assert letters(turns(stock).inner_text()) == letters(said(stock_server, thread))


def test_a_second_tab_is_live(stock: Page, stock_server: Server) -> None:
    thread = opened(stock, stock_server, ENDLESS)
    say(stock, "Go.")
    expect(turns(stock)).to_contain_text("every delta")

    second = stock.context.new_page()
    second.goto(stock.url)

    expect(second.get_by_test_id("activity")).to_have_attribute("data-status", "running")
    goes_on(second)
    end(stock_server, thread)
    for tab in (stock, second):
        expect(tab.get_by_test_id("activity")).to_have_attribute("data-status", "cancelled")
        assert letters(turns(tab).inner_text()) == letters(said(stock_server, thread))


@pytest.mark.parametrize("reloads", [False, True])
def test_stop_stops_the_run(stock: Page, stock_server: Server, reloads: bool) -> None:
    thread = opened(stock, stock_server, ENDLESS)
    say(stock, "Go.")
    expect(turns(stock).last).to_contain_text("every delta")
    if reloads:
        stock.reload()
        expect(turns(stock).last).to_contain_text("every delta")

    stock.get_by_test_id("copilot-send-button").click()

    expect(stock.get_by_test_id("activity")).to_have_attribute("data-status", "cancelled")
    assert statuses(stock_server, thread) == ["cancelled"]


def test_tool_and_activity_cards_come_back_from_history(stock: Page, stock_server: Server) -> None:
    opened(stock, stock_server, {"name": "alpha", "tools": 2})
    say(stock, "Go.")

    for _ in range(2):
        expect(stock.get_by_test_id("activity")).to_have_attribute("data-status", "completed")
        expect(stock.get_by_test_id("square")).to_have_count(2)
        expect(stock.get_by_test_id("square").last).to_contain_text('"square":4')
        expect(stock.get_by_test_id("copilot-user-message")).to_have_count(1)
        stock.reload()


def test_threads_are_renamed_archived_and_deleted(stock: Page, stock_server: Server) -> None:
    kept, hidden, gone = (run_body({"name": "alpha"}) for _ in range(3))
    for body in (kept, hidden, gone):
        stream(stock_server, body, "/api/copilotkit/agent/script/run")
    opened(stock, stock_server, {"name": "alpha"})

    thread_of(stock, kept).get_by_role("button", name="Rename").click()
    thread_of(stock, hidden).get_by_role("button", name="Archive").click()
    thread_of(stock, gone).get_by_role("button", name="Delete").click()

    for _ in range(2):
        expect(thread_of(stock, kept)).to_contain_text("Renamed here")
        expect(thread_of(stock, hidden)).to_have_count(0)
        expect(thread_of(stock, gone)).to_have_count(0)
        expect(stock.get_by_test_id("thread-error")).to_have_count(0)
        stock.reload()
    listed = stock_server.get("/api/copilotkit/threads?includeArchived=true").json()["threads"]
    archived = {thread["id"]: thread["archived"] for thread in listed}
    assert archived[kept["threadId"]] is False
    assert archived[hidden["threadId"]] is True
    assert gone["threadId"] not in archived


def opened(page: Page, server: Server, *agents: Mapping[str, object]) -> str:
    """Open the page on a new thread whose agents do as they are told, and return its id."""
    thread = f"thread-{uuid4()}"
    work = {"script": {"agents": agents}}
    page.goto(f"{server.url}/stock/?{urlencode({'thread': thread, 'work': json.dumps(work)})}")
    expect(page.get_by_test_id("copilot-chat-textarea")).to_be_visible()
    return thread


def say(page: Page, text: str) -> None:
    page.get_by_test_id("copilot-chat-textarea").fill(text)
    page.get_by_test_id("copilot-send-button").click()


def turns(page: Page) -> Locator:
    """Return what agents said in words."""
    return page.get_by_test_id("copilot-assistant-message").filter(has_text="e")


def goes_on(page: Page) -> None:
    """Wait until the page shows more words than now."""
    shown = len(turns(page).inner_text())
    expect(turns(page)).to_have_text(re.compile(rf"^[\s\S]{{{shown + 20},}}$"))


def end(server: Server, thread: str) -> None:
    """Cancel the thread's newest run, as another program would."""
    newest, *_ = server.get(f"/api/runs?thread={thread}").json()["runs"]
    server.post(f"/api/runs/{newest['id']}/cancel")


def thread_of(page: Page, body: Mapping[str, object]) -> Locator:
    return page.locator(f'[data-thread="{body["threadId"]}"]')


def statuses(server: Server, thread: str) -> list[str]:
    """Return how the thread's runs stand, newest first."""
    return [run["status"] for run in server.get(f"/api/runs?thread={thread}").json()["runs"]]


def said(server: Server, thread: str) -> str:
    """Return the last words of the thread, as the server has them."""
    messages = server.get(f"/api/copilotkit/threads/{thread}/messages").json()["messages"]
    return str(messages[-1]["content"])


def letters(text: str) -> str:
    return "".join(text.split())


def _serve_file(route: Route) -> None:
    path = route.request.url.partition("/stock/")[2].partition("?")[0]
    route.fulfill(path=STOCK_PAGE / (path or "index.html"))
