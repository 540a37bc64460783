"""Stamps: a part is up to date while what it is made from has the digest written down last time."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from scripts.setup.environment import ROOT, TOOLS

_MADE = {"node_modules", "dist", "coverage", "test-results", "playwright-report"}


def sources(folder: Path) -> Iterator[Path]:
    """Yield the files below the folder, leaving out what is installed or built."""
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in _MADE]
        yield from (Path(place, name) for name in files if not name.endswith(".tsbuildinfo"))


def digest(files: Iterable[Path], *facts: str) -> str:
    """Return one digest of the files' names and contents, the facts, and the checkout's place."""
    whole = hashlib.sha256("\0".join([str(ROOT), *facts]).encode())
    for file in sorted(files):
        whole.update(str(file).encode() + b"\0")
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def is_fresh(part: str, current: str) -> bool:
    """Tell whether the part was last made from exactly this."""
    stamp = _stamp(part)
    return stamp.is_file() and stamp.read_text() == current


def mark_fresh(part: str, current: str) -> None:
    """Write down what the part was made from."""
    _stamp(part).parent.mkdir(parents=True, exist_ok=True)
    _stamp(part).write_text(current)


def _stamp(part: str) -> Path:
    return TOOLS / "stamps" / part
