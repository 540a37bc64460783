"""Fresh apps that have our package from its tarball, as from a registry."""

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "frontend" / "packages" / "react"
_QUIET = {"NEXT_TELEMETRY_DISABLED": "1", "COPILOTKIT_TELEMETRY_DISABLED": "true"}
_WITHIN_S = 900


@dataclass(frozen=True, slots=True)
class App:
    """A page that was built and can be served.

    Attributes:
        folder: where it is.
        serve: the command that serves it; the port comes last.
    """

    folder: Path
    serve: tuple[str, ...]

    def prepare(self, server_url: str) -> None:
        """Install its packages and build it for a server."""
        run(
            self.folder,
            "npm",
            "install",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--prefer-offline",
        )
        run(self.folder, "npm", "run", "build", SERGAS_URL=server_url)


def fresh_vite_app(folder: Path) -> App:
    """Make a Vite app whose only lines on us are those of the README."""
    app = folder / "app"
    shutil.copytree(Path(__file__).parent / "vite", app)
    (app / "app.tsx").write_text(_quick_start())
    _take_tarball(app, folder)
    return App(app, ("npx", "vite", "preview", "--strictPort", "--host", "127.0.0.1", "--port"))


def fresh_next_app(folder: Path) -> App:
    """Copy the example to where no other package of this checkout can help it."""
    app = folder / "app"
    left_out = shutil.ignore_patterns("node_modules", ".next")
    shutil.copytree(ROOT / "examples" / "nextjs", app, ignore=left_out)
    _take_tarball(app, folder)
    return App(app, ("npx", "next", "start", "-H", "127.0.0.1", "-p"))


def run(folder: Path, *command: str, **variables: str) -> str:
    """Run a command to its end and return what it said.

    Raises:
        RuntimeError: it failed; with all that it said.
    """
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **_QUIET, **variables},
        text=True,
        capture_output=True,
        timeout=_WITHIN_S,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def _quick_start() -> str:
    found = re.search(r"```tsx\n(.*?)```", (PACKAGE / "README.md").read_text(), re.DOTALL)
    if found is None:
        raise RuntimeError("The README of the package has no quick start.")
    return found[1]


def _take_tarball(app: Path, folder: Path) -> None:
    packed = run(PACKAGE, "npm", "pack", "./dist", "--pack-destination", str(folder), "--json")
    tarball = folder / json.loads(packed)[0]["filename"]
    manifest = json.loads((app / "package.json").read_text())
    manifest["dependencies"]["@sergas/react"] = f"file:{tarball}"
    (app / "package.json").write_text(json.dumps(manifest))
