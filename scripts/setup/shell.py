"""Running one command of the set-up: a progress line, a log file, and a helpful failure."""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from scripts.setup.environment import ROOT, TOOLS, environment

_SHOWN_LINES = 10


class SetupError(Exception):
    """The set-up cannot go on; the message says what to do."""


def say(text: str, *, end: str = "\n") -> None:
    """Write a line of progress, at once."""
    sys.stderr.write(text + end)
    sys.stderr.flush()


def run(title: str, command: Sequence[str | Path], *, folder: Path = ROOT, hint: str = "") -> None:
    """Run the command with its output in a log; if it fails, raise `SetupError`."""
    log = TOOLS / "logs" / f"{Path(command[0]).name}-{command[1]}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    say(f"{title} ...", end="")
    started = time.monotonic()
    with log.open("w") as output:
        done = subprocess.run(
            [str(word) for word in command],
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode != 0:
        say(" failed")
        raise SetupError(_failure(command, log=log, hint=hint))
    say(f" {time.monotonic() - started:.0f} s")


def _failure(command: Sequence[str | Path], *, log: Path, hint: str) -> str:
    words = " ".join(str(word) for word in command)
    lines = log.read_text(errors="replace").splitlines()
    if len(lines) > 2 * _SHOWN_LINES:
        lines = [*lines[:_SHOWN_LINES], "...", *lines[-_SHOWN_LINES:]]
    said = "\n".join(f"  {line}" for line in lines)
    advice = hint or "If the network is to blame, check the connection or the proxy and try again."
    return f"This failed: {words}\n{said}\n{advice}\nWhole output: {log.relative_to(ROOT)}"
