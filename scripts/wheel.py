"""`python -m scripts.wheel`: makes the Python package, with the console in it, in `dist/`."""

import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

from scripts.setup.environment import ROOT, UV
from scripts.setup.shell import SetupError, run, say

_CONSOLE = ROOT / "frontend" / "apps" / "console" / "dist"
_DIST = ROOT / "dist"
_DEMANDED = ("sergas/web/console/index.html", "sergas/app/prices.toml", "sergas/py.typed")


def main() -> int:
    """Build the wheel from a copy, so that no console in `src/` gets older than its sources."""
    with tempfile.TemporaryDirectory(prefix="sergas-wheel-") as folder:
        place = Path(folder)
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, place)
        shutil.copytree(ROOT / "src", place / "src", ignore=shutil.ignore_patterns("__pycache__"))
        console = place / "src" / "sergas" / "web" / "console"
        shutil.copytree(_CONSOLE, console, dirs_exist_ok=True)
        command = [UV, "build", "--wheel", "--clear", "--out-dir", str(_DIST), str(place)]
        run("Building the wheel", command)
    (wheel,) = _DIST.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    if missing := [name for name in _DEMANDED if name not in names]:
        raise SetupError(f"{wheel.name} has no {', '.join(missing)}.")
    say(f"pip install {wheel.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
