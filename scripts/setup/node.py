"""The Node part: a version check, and packages exactly as each lock file says."""

import shutil
import subprocess
from pathlib import Path

from scripts.setup.environment import ROOT
from scripts.setup.shell import SetupError, run
from scripts.setup.stamps import digest, is_fresh, mark_fresh, sources

FRONTEND = ROOT / "frontend"
CONFORMANCE = ROOT / "tests" / "conformance"
COMPARISON = ROOT / "tests" / "comparison"
AIMOCK = ROOT / "tests" / "aimock"
_OLDEST = (20, 19)
_HINT = (
    "If package-lock.json is not in sync, run `make lock`. "
    "If the network is to blame, check the connection or the proxy and try again."
)


def prepare_frontend() -> dict[str, str]:
    """Install the frontend's packages."""
    _install("frontend", FRONTEND, title="Installing frontend packages (first time, a minute)")
    return {}


def prepare_conformance() -> dict[str, str]:
    """Install the stock AG-UI clients that the conformance tests drive."""
    _install("conformance", CONFORMANCE, title="Installing the stock AG-UI clients")
    return {}


def prepare_comparison() -> dict[str, str]:
    """Install CopilotKit's own runtime, to compare with."""
    _install("comparison", COMPARISON, title="Installing CopilotKit's Node runtime (a minute)")
    return {}


def prepare_aimock() -> dict[str, str]:
    """Install the model server that the end-to-end tests let agents think with."""
    _install("aimock", AIMOCK, title="Installing a model server for tests")
    return {}


def node_version() -> str:
    """Return Node's version, or raise `SetupError` when it is missing or too old."""
    oldest = ".".join(str(number) for number in _OLDEST)
    advice = f"Install Node.js {oldest} or newer with npm, and put it on PATH."
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise SetupError(f"`node` or `npm` is missing. {advice}")
    found = subprocess.check_output(["node", "--version"], text=True).strip()
    numbers = tuple(int(number) for number in found.removeprefix("v").split(".")[:2])
    if numbers < _OLDEST:
        raise SetupError(f"Node.js {found} is too old. {advice}")
    return found


def _install(part: str, folder: Path, *, title: str) -> None:
    manifests = [path for path in sources(folder) if path.name.startswith("package")]
    current = digest(manifests, node_version())
    if is_fresh(part, current) and (folder / "node_modules").is_dir():
        return
    run(title, ["npm", "ci", "--ignore-scripts"], folder=folder, hint=_HINT)
    mark_fresh(part, current)
