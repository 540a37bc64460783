"""Conversations in a real browser: renamed, archived, deleted, and the same in every tab."""

from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import save_screenshot
from tests.server import Server
from tests.streams import run_body, stream


def test_a_second_tab_sees_threads_come_change_and_go_without_a_reload(
    page: Page, console_server: Server
) -> None:
    expect(page.get_by_test_id("welcome")).to_be_visible()
    second = page.context.new_page()
    second.goto(page.url)
    name = unique_name()

    thread = run_elsewhere(console_server, name)
    for tab in (page, second):
        expect(item(tab, thread)).to_contain_text(name)
    rename(page, thread, f"{name} renamed")
    expect(item(second, thread)).to_contain_text(f"{name} renamed")
    save_screenshot(second, "20-second-tab")
    delete(second, thread)

    expect(item(page, thread)).to_have_count(0)
    expect(item(second, thread)).to_have_count(0)


def test_a_conversation_shows_that_it_is_at_work_and_that_it_waits(
    page: Page, console_server: Server
) -> None:
    thread = run_elsewhere(console_server, unique_name(), interrupt="May I?")

    expect(item(page, thread).get_by_test_id("thread-status")).to_have_text("Waiting for you")


def test_a_new_name_survives_a_reload(page: Page, console_server: Server) -> None:
    thread, name = run_elsewhere(console_server, unique_name()), unique_name()

    rename(page, thread, name)
    expect(item(page, thread)).to_contain_text(name)
    page.reload()

    expect(item(page, thread)).to_contain_text(name)
    assert named(console_server, thread) == name


def test_escape_leaves_the_old_name(page: Page, console_server: Server) -> None:
    name = unique_name()
    thread = run_elsewhere(console_server, name)

    tool(page, thread, "Rename").click()
    page.get_by_label("Name of the conversation").fill("Never kept")
    page.keyboard.press("Escape")

    expect(item(page, thread)).to_contain_text(name)
    assert named(console_server, thread) == name


def test_an_archived_conversation_is_out_of_the_way_and_comes_back(
    page: Page, console_server: Server
) -> None:
    thread = run_elsewhere(console_server, unique_name())

    tool(page, thread, "Archive").click()
    expect(item(page, thread)).to_have_count(0)
    page.get_by_role("button", name="Archived").click()
    expect(item(page, thread)).to_be_visible()
    save_screenshot(page, "21-archive")
    tool(page, thread, "Restore").click()
    expect(item(page, thread)).to_have_count(0)
    page.get_by_role("button", name="Back").click()

    expect(item(page, thread)).to_be_visible()


def test_deleting_asks_once_and_leaves_the_open_conversation(
    page: Page, console_server: Server
) -> None:
    thread = run_elsewhere(console_server, unique_name())
    item(page, thread).get_by_role("button").first.click()
    expect(page.get_by_test_id("assistant-turn")).to_be_visible()

    tool(page, thread, "Delete").click()
    page.get_by_role("button", name="Keep").click()
    expect(item(page, thread)).to_be_visible()
    delete(page, thread)

    expect(item(page, thread)).to_have_count(0)
    expect(page.get_by_test_id("welcome")).to_be_visible()
    assert console_server.get(f"/api/runs?thread={thread}").json()["runs"] == []


def unique_name() -> str:
    return f"Talk {uuid4().hex[:8]}"


def run_elsewhere(server: Server, text: str, **script: object) -> str:
    """Run once in a new conversation, as another program would, and return its id."""
    said = [{"id": "u1", "role": "user", "content": text}]
    body = run_body({"name": "alpha", "deltas": 3, **script}, messages=said)
    stream(server, body)
    return body["threadId"]


def item(page: Page, thread: str) -> Locator:
    return page.locator(f'[data-testid="thread-item"][data-thread="{thread}"]')


def tool(page: Page, thread: str, label: str) -> Locator:
    item(page, thread).hover()
    return item(page, thread).get_by_role("button", name=label)


def rename(page: Page, thread: str, name: str) -> None:
    tool(page, thread, "Rename").click()
    page.get_by_label("Name of the conversation").fill(name)
    page.keyboard.press("Enter")


def delete(page: Page, thread: str) -> None:
    tool(page, thread, "Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()


def named(server: Server, thread: str) -> str:
    threads = server.get("/api/copilotkit/threads?limit=200").json()["threads"]
    return next(t["name"] for t in threads if t["id"] == thread)
