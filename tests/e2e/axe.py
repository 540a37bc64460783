"""Accessibility of a page, judged by axe in the page itself."""

from pathlib import Path

from playwright.sync_api import Page

_AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
_RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  const grave = found.violations.filter(({ impact }) => /serious|critical/.test(impact));
  const where = (nodes) => nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | ");
  return grave.map(({ id, nodes }) => `${id}: ${where(nodes)}`);
}"""


def violations(page: Page) -> list[str]:
    """Return what is serious or critical."""
    page.evaluate(f"{_AXE.read_text('utf-8')}; undefined")
    found: list[str] = page.evaluate(_RUN)
    return found
