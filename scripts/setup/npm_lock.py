"""The npm lock files: written by npm, then completed with the binaries of every platform.

A mirror may lack the binaries of some platforms. npm leaves those out, and `npm ci` refuses such a
lock file. What npm would write follows from the package's name and version.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

from scripts.setup.node import AIMOCK, COMPARISON, CONFORMANCE, FRONTEND, node_version
from scripts.setup.shell import run

_SYSTEMS = "android|darwin|freebsd|linux|openharmony|win32"
_PROCESSORS = "arm64|arm|ia32|loong64|ppc64|riscv64|s390x|x64"
_PLATFORM = re.compile(rf"\b(?P<os>{_SYSTEMS})-(?P<cpu>{_PROCESSORS})(-(?P<rest>\w+))?$")
_LIBRARIES = {"musl": "musl", "gnu": "glibc"}


class Package(TypedDict, total=False):
    """An entry of `packages` in a lock file, as far as it matters here."""

    version: str
    dev: bool
    optional: bool
    cpu: list[str]
    os: list[str]
    libc: list[str]
    optionalDependencies: dict[str, str]


class Lock(TypedDict):
    """A package-lock.json, as far as it matters here."""

    packages: dict[str, Package]


def lock() -> dict[str, str]:
    """Write the npm lock files anew, keeping versions that still fit."""
    node_version()
    for folder in (FRONTEND, CONFORMANCE, COMPARISON, AIMOCK):
        command = ["npm", "install", "--package-lock-only", "--ignore-scripts"]
        run(f"Locking the npm packages of {folder.name}", command, folder=folder)
        complete(folder / "package-lock.json")
    return {}


def complete(path: Path) -> None:
    """Name every platform's binaries in the lock file."""
    lock: Lock = json.loads(path.read_text())
    packages = lock["packages"] | dict(_missing(lock["packages"]))
    lock["packages"] = dict(sorted(packages.items()))
    path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")


def _missing(packages: dict[str, Package]) -> Iterator[tuple[str, Package]]:
    for owner in packages.values():
        for name, version in owner.get("optionalDependencies", {}).items():
            platform = _PLATFORM.search(name)
            if platform and not any(place.endswith(f"node_modules/{name}") for place in packages):
                yield f"node_modules/{name}", _entry(version, platform, owner)


def _entry(version: str, platform: re.Match[str], owner: Package) -> Package:
    entry: Package = {"version": version, "cpu": [platform["cpu"]]}
    if "dev" in owner:
        entry["dev"] = True
    if library := _LIBRARIES.get(platform["rest"]):
        entry["libc"] = [library]
    return entry | Package(optional=True, os=[platform["os"]])
