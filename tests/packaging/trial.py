"""Watches a run in a page that somebody else could have written."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import httpx
from playwright.sync_api import Page, expect, sync_playwright

from tests.packaging.apps import App
from tests.server import Server, free_port

_START_WITHIN_S = 60.0
_RUN_WITHIN_MS = 60_000


def try_page(app: App, folder: Path) -> None:
    """Build the app, start a run in it by its button, and wait for the run's end."""
    server = Server(folder / "data", free_port(), {"SERGAS_TOKENS": ""})
    server.start()
    try:
        app.prepare(server.url)
        with _served(app, server.url) as address, sync_playwright() as playwright:
            chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            try:
                _watch_a_run(browser.new_page(), address)
            finally:
                browser.close()
    finally:
        server.stop()


def _watch_a_run(page: Page, address: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    page.get_by_role("button", name="Analyze account ACC-001").first.click()
    status = page.get_by_test_id("run-status")
    expect(status).to_have_text("Completed", timeout=_RUN_WITHIN_MS)
    cards = page.get_by_test_id("agent-card")
    expect(cards.first).to_have_attribute("data-status", "completed")
    # The style sheet of the package is enough: a card has its border and its surface.
    expect(cards.first).to_have_css("border-top-style", "solid")
    expect(cards.first).to_have_css("background-color", re.compile(r"rgb\(255, 255, 255\)"))
    page.screenshot(path=_artifact("package.png"), full_page=True)
    if errors:
        raise AssertionError(errors)


@contextmanager
def _served(app: App, server_url: str) -> Generator[str]:
    port = free_port()
    environment = {**os.environ, "SERGAS_URL": server_url, "NEXT_TELEMETRY_DISABLED": "1"}
    serving = subprocess.Popen(
        [*app.serve, str(port)], cwd=app.folder, env=environment, start_new_session=True
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield address
    finally:
        # npx does not pass signals on to what it has started.
        os.killpg(serving.pid, signal.SIGTERM)
        serving.wait(10)


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + _START_WITHIN_S
    while time.monotonic() < deadline:
        try:
            httpx.get(address)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"Nothing answers at {address}.")


def _artifact(name: str) -> Path:
    folder = Path(__file__).parents[2] / "artifacts" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name
