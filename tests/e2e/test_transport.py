"""Networks that treat streams badly: what the page does about it, and what it says."""

from playwright.sync_api import Browser, expect

from tests.cutting import cutting_proxy
from tests.server import Server

AGENTS = ("zoho_data_scout", "memory_analyst", "recommendation_author")


def test_a_run_whose_stream_is_cut_again_and_again_goes_on_over_the_websocket(
    browser: Browser, console_server: Server
) -> None:
    with cutting_proxy(console_server.port, after_s=0.4) as address:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(f"{address}/?token={console_server.token}")

        page.get_by_role("button", name="Analyze account ACC-001").first.click()

        badge = page.get_by_test_id("connection-badge").first
        expect(badge).to_have_text("Live over WebSocket", timeout=20_000)
        expect(page.get_by_test_id("run-status")).to_have_text("Completed", timeout=30_000)
        cards = page.get_by_test_id("agent-card")
        expect(cards).to_have_count(len(AGENTS))
        for agent in AGENTS:
            shown = page.locator(f'[data-testid="agent-card"][data-agent="{agent}"]')
            expect(shown).to_have_attribute("data-status", "completed")
        context.close()
