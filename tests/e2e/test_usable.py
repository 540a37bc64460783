"""Everybody can use every screen: on a phone, in the dark, with a screen reader, mirrored."""

from collections.abc import Generator, Sequence
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import Watch, behaving_page, save_screenshot
from tests.e2e.test_main_job import ask
from tests.e2e.test_screens import HAIKU, asked
from tests.server import Server
from tests.streams import stream

DESK, PHONE = (1440, 900), (390, 844)
SCREENS = ("threads", "accounts", "accounts/ACC-001", "runs", "approvals", "usage", "settings")


@pytest.fixture
def still(browser: Browser, console_server: Server, watch: Watch) -> Generator[Page]:
    """Give a page without motion, on which nobody has signed in."""
    with behaving_page(browser, watch) as page:
        page.emulate_media(reduced_motion="reduce")
        yield page


@pytest.fixture(scope="module")
def two_runs(console_server: Server) -> str:
    """Leave something on every screen, and return the address where two runs are compared."""
    spent = asked("Spend", {"name": "alpha", "deltas": 2, "usage": [HAIKU]})
    failed = asked("Fail", {"name": "weak", "deltas": 2, "fail_times": 9})
    interrupted = asked("Ask", {"name": "beta", "interrupt": "May I?"})
    unapproved = asked("Approve", {"name": "beta", "approval": "May I square it?"})
    for body in (spent, failed, interrupted, unapproved):
        stream(console_server, body)
    return f"runs/compare?a={spent['runId']}&b={failed['runId']}"


@pytest.mark.parametrize("path", SCREENS)
def test_everybody_can_use_every_screen(
    still: Page, console_server: Server, two_runs: str, path: str
) -> None:
    still.goto(f"{console_server.url}/{path}?token={console_server.token}")
    expect_loaded(still)

    check_looks(still, f"40-{path.replace('/', '-')}")


def test_everybody_can_compare_runs(still: Page, console_server: Server, two_runs: str) -> None:
    still.goto(f"{console_server.url}/{two_runs}&token={console_server.token}")
    expect(still.get_by_test_id("comparison")).to_contain_text("not in this run")
    expect_loaded(still)

    check_looks(still, "40-runs-compare")


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_everybody_can_use_a_conversation(
    still: Page, console_server: Server, size: tuple[int, int]
) -> None:
    resize(still, size)
    still.goto(f"{console_server.url}/?token={console_server.token}")
    expect(still.get_by_test_id("welcome")).to_be_visible()
    check_looks(still, "40-welcome", [size])

    ask(still)
    expect(still.get_by_test_id("stop-button").first).to_be_visible()
    save_looks(still, f"11-running-{size[0]}")
    expect(still.get_by_test_id("assistant-turn").last).to_contain_text("Next steps")
    expect(still.get_by_test_id("workflow-card")).to_have_attribute("data-status", "completed")

    check_looks(still, "12-completed", [size])


def test_everybody_can_use_a_live_run(still: Page, console_server: Server) -> None:
    endless = {"name": "beta", "deltas": 20_000, "delay_ms": 50}
    body = asked("Endless", {"name": "alpha", "deltas": 3, "tools": 2}, endless)
    console_server.post("/api/runs", body)
    address = f"{console_server.url}/?thread={body['threadId']}"
    still.goto(f"{address}&token={console_server.token}")
    expect(still.get_by_test_id("assistant-turn").last).to_contain_text("every delta")

    check_looks(still, "34-live")
    still.goto(f"{address}&view=run")
    expect(still.get_by_test_id("run-panel")).to_be_visible()
    check_looks(still, "35-live-panel", [PHONE])

    still.get_by_test_id("stop-button").first.click()
    expect(still.get_by_test_id("run-status").first).to_contain_text("Stopped")


def test_the_dashboard_is_mirrored_where_text_runs_from_right_to_left(
    still: Page, console_server: Server
) -> None:
    busy = {"name": "alpha", "deltas": 4, "tools": 2, "usage": [HAIKU]}
    weak = {"name": "beta", "deltas": 3, "fail_times": 1}
    body = asked("Mirror", busy, weak, {"name": "gamma", "approval": "May I write?"})
    stream(console_server, body)
    still.goto(f"{console_server.url}/?thread={body['threadId']}&token={console_server.token}")
    panel = still.get_by_test_id("run-panel")
    expect(panel.get_by_test_id("tool-mark").first).to_be_visible()

    still.evaluate("document.documentElement.dir = 'rtl'")

    lane = panel.get_by_role("button", name="alpha: Done")
    assert left_of(lane.get_by_text("alpha", exact=True)) > left_of(
        lane.get_by_test_id("tool-mark").first
    )
    cards = panel.get_by_role("term")
    assert left_of(cards.first) > left_of(cards.nth(1))
    check_looks(still, "32-mirrored")


POINTING = ".lucide-chevron-right, .lucide-chevron-left, .lucide-arrow-right"
# What is open points down; all else points to where the text goes, or comes from.
UNTURNED = """(icons) => icons
  .filter((icon) => icon.checkVisibility() && icon.closest("[aria-expanded=true]") === null)
  .filter((icon) => getComputedStyle(icon).rotate !== "180deg")
  .map((icon) => icon.parentElement.outerHTML.slice(0, 160))"""


def test_every_screen_is_mirrored_where_text_runs_from_right_to_left(
    still: Page, console_server: Server, two_runs: str
) -> None:
    tools = asked("Tools", {"name": "alpha", "deltas": 2, "tools": 3})
    stream(console_server, tools)
    still.goto(f"{console_server.url}/?token={console_server.token}")

    pointing = 0
    for path in (f"?thread={tools['threadId']}", *SCREENS, two_runs):
        still.goto(f"{console_server.url}/{path}")
        expect_loaded(still)
        still.evaluate("document.documentElement.dir = 'rtl'")
        for size in (DESK, PHONE):
            resize(still, size)
            overflow = still.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert overflow <= 0, path
            icons = still.locator(POINTING)
            assert icons.evaluate_all(UNTURNED) == [], path
            pointing += icons.count()
        save_screenshot(still, f"37-mirrored-{path.split('?')[0].replace('/', '-') or 'chat'}")
        resize(still, DESK)

    assert pointing > 0


def check_looks(page: Page, name: str, sizes: Sequence[tuple[int, int]] = (DESK, PHONE)) -> None:
    """Keep pictures of the page in every look; nothing may stand in anybody's way."""
    for size in sizes:
        resize(page, size)
        save_looks(page, f"{name}-{size[0]}")
        # In the dark nothing but the colours is another.
        assert violations(page, "color-contrast") == []
        turn(page, "light")
        assert violations(page) == []
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert overflow <= 0


def save_looks(page: Page, name: str) -> None:
    """Keep a picture in the light and one in the dark, which stays."""
    turn(page, "light")
    save_screenshot(page, f"{name}-light")
    turn(page, "dark")
    save_screenshot(page, f"{name}-dark")


def turn(page: Page, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    expect(page.locator("html")).to_have_class("dark" if scheme == "dark" else "")


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def expect_loaded(page: Page) -> None:
    expect(page.get_by_role("heading", level=1).last).to_be_visible()
    expect(page.get_by_role("status", name="Loading", exact=True)).to_have_count(0)


def left_of(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["x"]
