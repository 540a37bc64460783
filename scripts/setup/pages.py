"""The pages and the package for other pages; built when a source changed."""

from pathlib import Path

from scripts.setup.node import FRONTEND, node_version, prepare_frontend
from scripts.setup.shell import run
from scripts.setup.stamps import digest, is_fresh, mark_fresh, sources

_APPS = FRONTEND / "apps"
_PACKAGE = FRONTEND / "packages" / "react"
_STOCK = _APPS / "stock-page"


def prepare_console() -> dict[str, str]:
    """Build the page that the server serves, unless it is made from these very sources."""
    made_from = [file for file in sources(FRONTEND) if not file.is_relative_to(_STOCK)]
    _build("console", "build", made_from, _APPS / "console")
    return {}


def prepare_stock_page() -> dict[str, str]:
    """Build the page with nothing but CopilotKit, unless it is made from these very sources."""
    made_from = [
        *sources(_STOCK),
        *sources(_APPS / "console" / "plain"),
        *FRONTEND.glob("*.json"),
    ]
    _build("stock-page", "build:stock-page", made_from, _STOCK)
    return {}


def prepare_package() -> dict[str, str]:
    """Build `@sergas/react` as it is published, unless it is made from these very sources."""
    prepare_frontend()
    current = digest(sources(_PACKAGE), node_version())
    if is_fresh("package", current) and (_PACKAGE / "dist" / "package.json").is_file():
        return {}
    run("Building @sergas/react", ["npm", "run", "build"], folder=_PACKAGE)
    mark_fresh("package", current)
    return {}


def _build(part: str, script: str, made_from: list[Path], app: Path) -> None:
    prepare_frontend()
    current = digest(made_from, node_version())
    if is_fresh(part, current) and (app / "dist" / "index.html").is_file():
        return
    run(f"Building the {part}", ["npm", "run", script], folder=FRONTEND)
    mark_fresh(part, current)
