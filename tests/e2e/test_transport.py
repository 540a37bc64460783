"""Networks that treat streams badly: what the page does about it, and what it says."""

from playwright.sync_api import Browser, expect

from tests.cutting import cutting_proxy
from tests.e2e.test_reconnect import badge, expect_whole, watching
from tests.server import Server


def test_a_run_whose_stream_is_cut_again_and_again_goes_on_over_the_websocket(
    browser: Browser, console_server: Server
) -> None:
    with (
        cutting_proxy(console_server.port, after_s=0.4) as address,
        watching(browser, address, console_server, deltas=400) as page,
    ):
        expect(badge(page)).to_have_text("Live over WebSocket", timeout=20_000)

        expect_whole(page, console_server)
