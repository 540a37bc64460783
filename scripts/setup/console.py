"""What is built of the frontend when its sources changed: the console, and the package."""

from scripts.setup.node import FRONTEND, node_version, prepare_frontend
from scripts.setup.shell import run
from scripts.setup.stamps import digest, is_fresh, mark_fresh, sources

_PACKAGE = FRONTEND / "packages" / "react"
_PAGE = FRONTEND / "apps" / "console" / "dist" / "index.html"


def prepare() -> dict[str, str]:
    """Build `frontend/apps/console/dist`, unless it is already made from these very sources."""
    prepare_frontend()
    current = digest(sources(FRONTEND), node_version())
    if is_fresh("console", current) and _PAGE.is_file():
        return {}
    run("Building the console", ["npm", "run", "build"], folder=FRONTEND)
    mark_fresh("console", current)
    return {}


def prepare_package() -> dict[str, str]:
    """Build `frontend/packages/react/dist`, unless it is already made from these very sources."""
    prepare_frontend()
    current = digest(sources(_PACKAGE), node_version())
    if is_fresh("package", current) and (_PACKAGE / "dist" / "package.json").is_file():
        return {}
    run("Building @sergas/react", ["npm", "run", "build"], folder=_PACKAGE)
    mark_fresh("package", current)
    return {}
