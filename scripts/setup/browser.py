"""The browser part: a Chromium for the end-to-end tests."""

import os
import shutil
from pathlib import Path

from scripts.setup.shell import SetupError, run

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_INSTALL = "apt-get install -y chromium"


def prepare_browser() -> dict[str, str]:
    """Find a Chromium, install Debian's when root, and name it in `CHROMIUM`."""
    return {"CHROMIUM": str(_named() or _installed() or _install())}


def _named() -> Path | None:
    named = os.environ.get("CHROMIUM")
    if not named:
        return None
    found = shutil.which(named)
    if found is None:
        raise SetupError(f"CHROMIUM names {named!r}, which cannot be run; correct it or unset it.")
    return Path(found)


def _installed() -> Path | None:
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return Path(found) if found else None


def _install() -> Path:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise SetupError(f"The tests need Chromium: run `{_INSTALL}` as root, or set CHROMIUM.")
    run("Reading Debian's package lists", ["apt-get", "update"])
    options = ["-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"]
    run("Installing Chromium", ["apt-get", "install", *options, "chromium"])
    found = _installed()
    if found is None:
        raise SetupError(f"`{_INSTALL}` gave no Chromium on PATH; set CHROMIUM to its path.")
    return found
