"""Accessibility of a page, judged by axe in the page itself."""

from pathlib import Path

from playwright.sync_api import Page

_AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# Colours that are still changing would be judged halfway.
_RUN = """async (only) => {
  const changes = document.getAnimations().filter((one) => one instanceof CSSTransition);
  await Promise.allSettled(changes.map(({ finished }) => finished));
  const runOnly = only.length === 0 ? {} : { runOnly: only };
  const found = await axe.run(document, { resultTypes: ["violations"], ...runOnly });
  const grave = found.violations.filter(({ impact }) => /serious|critical/.test(impact));
  const told = ({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ""}`;
  const where = (nodes) => nodes.slice(0, 3).map(told).join(" | ");
  return grave.map(({ id, nodes }) => `${id}: ${where(nodes)}`);
}"""


def violations(page: Page, *only: str) -> list[str]:
    """Return what is serious or critical, by all rules or by those that are named."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{_AXE.read_text('utf-8')}; undefined")
    found: list[str] = page.evaluate(_RUN, only)
    return found
