"""Measures the console in a real Chromium, over the devtools protocol; prints, never judges.

How the first screen loads, how frames stand while 20,000 deltas stream, how fast a thread of 300
messages opens, and what the page's memory does over 30 runs. The console has to be built.
"""

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.server import Server, free_port
from tests.streams import run_body, stream

_FRAMES = """() => {
  window.frames_ms = []; window.blocked_ms = [];
  let last = performance.now();
  const tick = (now) => {
    window.frames_ms.push(now - last);
    last = now;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.blocked_ms.push(entry.duration);
  }).observe({ type: "longtask" });
}"""
_LOAD = """() => new Promise((resolve) => {
  const told = { fcp: 0, lcp: 0, tbt: 0 };
  new PerformanceObserver((list) => {
    told.lcp = list.getEntries().at(-1).startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) told.tbt += Math.max(0, duration - 50);
  }).observe({ type: "longtask", buffered: true });
  setTimeout(() => {
    told.fcp = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
    const loaded = performance.getEntriesByType("resource");
    const scripts = loaded.filter(({ name }) => name.endsWith(".js"));
    told.kb = scripts.reduce((sum, { transferSize }) => sum + transferSize, 0) / 1000;
    resolve(told);
  }, 1500);
})"""


def main() -> None:
    """Start a server and a browser, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data", free_port())
        server.start()
        try:
            with sync_playwright() as playwright:
                path = shutil.which("chromium") or shutil.which("google-chrome")
                browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
                load(browser, server)
                streaming(browser, server)
                long_thread(browser, server)
                memory(browser, server)
                browser.close()
        finally:
            server.stop()


def load(browser: Browser, server: Server) -> None:
    for path in ("/accounts", "/"):
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.goto(f"{server.url}{path}?token={server.token}")
        told: dict[str, Any] = page.evaluate(_LOAD)
        print(
            f"load {path:10} first paint {told['fcp']:.0f} ms, largest {told['lcp']:.0f} ms, "
            f"blocked {told['tbt']:.0f} ms, scripts {told['kb']:.0f} kB over the wire"
        )
        page.context.close()


def streaming(browser: Browser, server: Server, deltas: int = 20_000) -> None:
    page = opened(browser, server)
    body = run_body({"name": "fast", "deltas": deltas, "delta_chars": 8, "delay_ms": 1})
    server.post("/api/runs", body)
    page.goto(f"{server.url}/?thread={body['threadId']}")
    page.wait_for_selector('[data-testid="assistant-turn"]')
    page.evaluate(_FRAMES)
    page.wait_for_selector('[data-testid="run-status"]:has-text("Completed")', timeout=180_000)
    frames: list[float] = page.evaluate("window.frames_ms")
    blocked: list[float] = page.evaluate("window.blocked_ms")
    slow = [frame for frame in frames if frame > 100]
    print(
        f"stream {deltas} deltas: {len(frames)} frames, median {statistics.median(frames):.0f} ms, "
        f"longest {max(frames):.0f} ms, {len(slow)} over 100 ms; "
        f"{len(blocked)} long tasks, longest {max(blocked, default=0):.0f} ms"
    )
    page.context.close()


def long_thread(browser: Browser, server: Server, runs: int = 150) -> None:
    thread = "long-thread"
    for number in range(runs):
        said = [{"id": f"u{number}", "role": "user", "content": f"Question {number}"}]
        stream(server, {**run_body({"name": "a", "deltas": 12}, messages=said), "threadId": thread})
    page = opened(browser, server)
    page.goto(f"{server.url}/?thread=other")
    page.wait_for_selector("[data-thread]")
    began = time.perf_counter()
    page.locator(f'[data-thread="{thread}"] button').first.click()
    page.wait_for_selector(f"text=Question {runs - 1}")
    page.wait_for_function(
        "n => document.querySelectorAll('[data-testid=assistant-turn]').length > 0", arg=runs
    )
    print(f"thread of {2 * runs} messages opens in {(time.perf_counter() - began) * 1000:.0f} ms")
    page.context.close()


def memory(browser: Browser, server: Server, runs: int = 30) -> None:
    page = opened(browser, server)
    sizes: list[float] = []
    for number in range(runs):
        said = [{"id": f"m{number}", "role": "user", "content": f"Run {number}"}]
        body = run_body({"name": "a", "deltas": 300, "delta_chars": 40}, messages=said)
        server.post("/api/runs", body)
        page.evaluate(
            "url => { history.pushState(null, '', url); dispatchEvent(new Event('popstate')); }",
            f"/?thread={body['threadId']}",
        )
        page.wait_for_selector('[data-testid="run-status"]:has-text("Completed")')
        sizes.append(heap_mb(page))
    marks = ", ".join(f"{size:.1f}" for size in (sizes[0], sizes[9], sizes[19], sizes[-1]))
    print(f"memory after run 1, 10, 20, {runs}: {marks} MB")
    page.context.close()


def heap_mb(page: Page) -> float:
    # Playwright's own types leave open what the protocol answers.
    session: Any = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return float(used) / 1e6


def opened(browser: Browser, server: Server) -> Page:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{server.url}/?token={server.token}")
    page.wait_for_selector('[data-testid="welcome"]')
    return page


if __name__ == "__main__":
    main()
