"""`make comparison`: asks both sides the same, and writes down what they answer."""

import sys
import tempfile
from collections.abc import Mapping
from inspect import getdoc
from pathlib import Path

from tests.comparison.document import written
from tests.comparison.pages import verdicts
from tests.comparison.probes import QUESTIONS, Probe
from tests.comparison.sides import OURS, THEIRS

_DOCUMENT = Path(__file__).parents[2] / "docs" / "comparison.md"


def main() -> None:
    """Ask everything, and write the document."""
    with tempfile.TemporaryDirectory(prefix="sergas-comparison-") as folder:
        answers = {getdoc(ask) or "": _answers(ask, Path(folder)) for ask in QUESTIONS}
        shown = {name: verdicts(name, Path(folder) / name) for name in (THEIRS, OURS)}
    pages = {row: {name: shown[name][row] for name in shown} for row in shown[OURS]}
    for row, sides in pages.items():
        _say(f"{row}: {sides[THEIRS]} / {sides[OURS]}")
    _DOCUMENT.write_text(written(answers, pages))
    _say(f"wrote {_DOCUMENT}")


def _answers(ask: Probe, folder: Path) -> Mapping[str, str]:
    _say(f"\n{getdoc(ask)}")
    answers: dict[str, str] = {}
    for name in (THEIRS, OURS):
        answers[name] = ask(name, folder / ask.__name__ / name)
        _say(f"  {name}: {answers[name]}")
    return answers


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


main()
