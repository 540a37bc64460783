"""The console as an app of somebody's device: on a Mac, installed, without a connection."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import CHROMIUM_FLAGS, Watch, chromium_path, save_screenshot
from tests.server import Server

MAC: dict[str, Any] = {
    "userAgent": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/156",
    "platform": "MacIntel",
    "userAgentMetadata": {
        "platform": "macOS",
        "platformVersion": "15.0",
        "architecture": "arm",
        "model": "",
        "mobile": False,
    },
}


def test_a_mac_has_its_own_key_for_the_palette(page: Page) -> None:
    told(page, "Emulation.setUserAgentOverride", **MAC)
    page.reload()
    expect(page.get_by_test_id("welcome")).to_be_visible()
    search = page.get_by_role("button", name="Search and commands")
    expect(search).to_have_attribute("title", "Search and commands (⌘K)")

    page.keyboard.press("Control+k")
    expect(page.get_by_test_id("palette")).to_have_count(0)
    page.keyboard.press("Meta+k")
    expect(page.get_by_test_id("palette")).to_be_visible()
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")

    expect(page.get_by_role("dialog")).to_contain_text("⌘K")


def test_any_other_machine_has_control_for_the_palette(page: Page) -> None:
    search = page.get_by_role("button", name="Search and commands")
    expect(search).to_have_attribute("title", "Search and commands (Ctrl K)")


def test_the_console_can_be_installed(
    browser: Browser, console_server: Server, tmp_path: Path
) -> None:
    # The contexts of other tests are private ones, in which nothing can be installed.
    own = browser.browser_type.launch_persistent_context(
        tmp_path / "profile", executable_path=chromium_path(), args=list(CHROMIUM_FLAGS)
    )
    page = own.new_page()
    page.goto(f"{console_server.url}/?token={console_server.token}")
    expect(page.get_by_test_id("welcome")).to_be_visible()

    manifest = told(page, "Page.getAppManifest")
    hindrances = told(page, "Page.getInstallabilityErrors")
    own.close()

    assert manifest["url"].endswith("/manifest.webmanifest")
    assert manifest["errors"] == []
    assert hindrances["installabilityErrors"] == []


def test_a_page_without_a_connection_says_so_and_comes_back(page: Page, watch: Watch) -> None:
    expect(page.get_by_test_id("welcome")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")

    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name="The server does not answer")).to_be_visible()
    expect(page.get_by_role("link", name="Try now")).to_be_visible()
    save_screenshot(page, "36-offline")
    page.context.set_offline(False)

    expect(page.get_by_test_id("welcome")).to_be_visible()
    assert all("ERR_INTERNET_DISCONNECTED" in error for error in watch.errors)
    watch.errors.clear()


def told(page: Page, method: str, **parameters: object) -> dict[str, Any]:
    """Say something to the browser over the devtools protocol, and return its answer."""
    devtools: Any = page.context.new_cdp_session(page)
    return devtools.send(method, parameters)
