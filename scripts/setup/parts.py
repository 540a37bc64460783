"""The parts of a set-up, and the command line that names them."""

import fcntl
import os
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager

from scripts.setup import node, npm_lock, pages, python
from scripts.setup.browser import prepare_browser
from scripts.setup.environment import ROOT, TOOLS, environment
from scripts.setup.shell import SetupError, say

Part = Callable[[], Mapping[str, str]]
"""Brings one part up to date and returns what it adds to the environment."""

PARTS: dict[str, Part] = {
    "python": python.prepare,
    "claude": python.prepare_claude,
    "frontend": node.prepare_frontend,
    "console": pages.prepare_console,
    "stock-page": pages.prepare_stock_page,
    "package": pages.prepare_package,
    "conformance": node.prepare_conformance,
    "comparison": node.prepare_comparison,
    "aimock": node.prepare_aimock,
    "browser": prepare_browser,
    "python-locks": python.lock,
    "npm-locks": npm_lock.lock,
}


def main(arguments: list[str]) -> int:
    """Prepare the named parts, then become the command after `--`."""
    parts, command = _split(arguments)
    unknown = [name for name in parts if name not in PARTS]
    if unknown:
        say(f"There is no part {unknown[0]!r}; the parts are {', '.join(PARTS)}.")
        return 2
    try:
        added = _prepare(parts)
    except SetupError as error:
        say(f"\n{error}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped; the next set-up goes on from here.")
        return 130
    return _become(command, added) if command else 0


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
    if "--" not in arguments:
        return arguments, []
    middle = arguments.index("--")
    return arguments[:middle], arguments[middle + 1 :]


def _prepare(parts: list[str]) -> dict[str, str]:
    added: dict[str, str] = {}
    with _one_at_a_time():
        for name in parts:
            added |= PARTS[name]()
    return added


@contextmanager
def _one_at_a_time() -> Generator[None]:
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another set-up of this checkout to finish ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _become(command: list[str], added: Mapping[str, str]) -> int:
    os.chdir(ROOT)
    variables = {**environment(), **added}
    sys.stdout.flush()
    try:
        os.execvpe(command[0], command, variables)
    except FileNotFoundError:
        say(f"`{command[0]}` is not installed; is it in the development dependencies?")
        return 127
