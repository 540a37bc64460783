"""A real Chromium, a real server with the built console, and pages that may not misbehave."""

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from sergas.app import console_folder
from tests.server import Server, free_port

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_WAIT_MS = 15_000
ARTIFACTS = Path(__file__).parents[2] / "artifacts" / "screenshots"


# Playwright keeps an attribute of its own on whoever handles its events, so no slots.
@dataclass
class Watch:
    """What a page did that it must not: errors on its console, requests to other hosts."""

    origin: str
    errors: list[str] = field(default_factory=list[str])
    strangers: list[str] = field(default_factory=list[str])

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def on_request(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.strangers.append(request.url)


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    """Give a Chromium: `$CHROMIUM`, or one of the system's."""
    path = chromium_path()
    expect.set_options(timeout=_WAIT_MS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield launched
        launched.close()


def chromium_path() -> str:
    """Find `$CHROMIUM`, or a Chromium of the system's."""
    names = (os.environ.get("CHROMIUM"), "chromium", "google-chrome", "google-chrome-stable")
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    if path is None:
        raise AssertionError(
            "The browser tests need Chromium: run `apt-get install -y chromium` as root."
        )
    return path


@pytest.fixture(scope="session")
def console_server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    """Give a server whose agents are slow enough to be watched."""
    if console_folder() is None:
        raise AssertionError("The console is not built: run `npm --prefix frontend run build`.")
    folder = tmp_path_factory.mktemp("console")
    own = Server(folder / "data", free_port(), {"SERGAS_AGENT_PAUSE_MS": "250"})
    own.start()
    yield own
    own.stop()


@pytest.fixture
def watch(console_server: Server) -> Watch:
    """Give the page's watch; a test that expects errors empties it."""
    return Watch(console_server.url)


@pytest.fixture
def page(browser: Browser, console_server: Server, watch: Watch) -> Generator[Page]:
    """Give a signed-in page of the server that all tests share."""
    with watched_page(browser, console_server, watch) as opened:
        yield opened


@contextmanager
def watched_page(browser: Browser, server: Server, watch: Watch) -> Generator[Page]:
    """Open the console of a server, signed in; at the end it must have behaved."""
    with behaving_page(browser, watch) as opened:
        opened.goto(f"{server.url}/?token={server.token}")
        yield opened


@contextmanager
def behaving_page(browser: Browser, watch: Watch) -> Generator[Page]:
    """Open a page in a browser context of its own; at the end its tabs must have behaved."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    context.set_default_timeout(_WAIT_MS)
    context.on("console", watch.on_console)
    context.on("weberror", lambda error: watch.errors.append(str(error.error)))
    context.on("request", watch.on_request)
    yield context.new_page()
    context.close()
    assert watch.strangers == []
    assert watch.errors == []


def save_screenshot(page: Page, name: str) -> None:
    """Keep a picture of the page for people, under artifacts/screenshots."""
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTIFACTS / f"{name}.png")
