"""The page on a bad network: it ends with exactly what the log holds, and says how it stands."""

import re
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.proxy import bad_network
from tests.e2e.texts import shown_texts, texts_of_thread, thread_of
from tests.server import Server, free_port
from tests.streams import run_body

SLOW = {"name": "slow", "delta_chars": 12, "delay_ms": 40}
TROUBLE = re.compile("reconnecting|disconnected")


def test_a_server_that_is_killed_and_comes_back(browser: Browser, tmp_path: Path) -> None:
    server = Server(tmp_path / "data", free_port(), {"SERGAS_LEASE_SECONDS": "2"})
    server.start()
    try:
        with watching(browser, server.url, server) as page:
            server.kill()
            expect(badge(page)).to_have_attribute("data-status", TROUBLE)
            server.start()

            expect_whole(page, server)
            expect(badge(page)).to_have_attribute("data-status", "connected")
    finally:
        server.stop()


def test_a_proxy_that_cuts_every_two_seconds(browser: Browser, console_server: Server) -> None:
    with (
        bad_network(console_server.port, cut_after_s=2) as network,
        watching(browser, network.url, console_server) as page,
    ):
        expect_whole(page, console_server)
        expect(badge(page)).to_have_attribute("data-status", "connected")


def test_a_connection_that_is_open_and_silent(browser: Browser, console_server: Server) -> None:
    with (
        bad_network(console_server.port) as network,
        watching(browser, network.url, console_server, has_clock=True) as page,
    ):
        network.fall_silent()
        wait_until_still(page)
        # No byte for longer than keep-alives are apart: the page gives the connection up.
        page.clock.fast_forward(45_000)

        expect_whole(page, console_server)


def test_a_tab_that_sleeps(browser: Browser, console_server: Server) -> None:
    with watching(browser, console_server.url, console_server) as page:
        # Playwright's own types leave open what the protocol takes.
        session: Any = page.context.new_cdp_session(page)
        session.send("Page.setWebLifecycleState", {"state": "frozen"})
        wait_until_completed(console_server, thread_of(page))
        session.send("Page.setWebLifecycleState", {"state": "active"})

        expect_whole(page, console_server)


@contextmanager
def watching(
    browser: Browser, url: str, server: Server, *, has_clock: bool = False, deltas: int = 150
) -> Generator[Page]:
    """Give a page that watches a run in the middle of its work, which takes 40 ms a delta."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(20_000)
    if has_clock:
        page.clock.install()
    messages = [{"id": "u1", "role": "user", "content": "Tell me much."}]
    body = run_body(SLOW | {"deltas": deltas}, messages=messages)
    assert server.post("/api/runs", body).status_code == 202
    page.goto(f"{url}/?token={server.token}&thread={body['threadId']}")
    expect(page.get_by_test_id("assistant-turn").first).to_contain_text("every delta")
    yield page
    context.close()


def badge(page: Page) -> Locator:
    return page.get_by_test_id("connection-badge").first


def expect_whole(page: Page, server: Server) -> None:
    """Wait for the run's end, then for the page to show the log's text, all of it and once."""
    status = page.get_by_test_id("run-status").first
    expect(status).to_contain_text("Completed", timeout=30_000)
    said = texts_of_thread(page, server)
    expect(page.get_by_test_id("assistant-turn")).to_have_count(len(said))
    assert shown_texts(page)[-1].endswith(said[-1])
    assert "".join(shown_texts(page)).count(said[-1]) == 1


def wait_until_still(page: Page) -> None:
    """Wait until the page has all that was on its way to it."""
    turn, shown = page.get_by_test_id("assistant-turn").last, ""
    while (now := turn.inner_text()) != shown:
        shown = now
        page.wait_for_timeout(500)


def wait_until_completed(server: Server, thread: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        (run,) = server.get(f"/api/runs?thread={thread}").json()["runs"]
        if run["status"] == "completed":
            return
        time.sleep(0.1)
    raise AssertionError("The run did not end.")
