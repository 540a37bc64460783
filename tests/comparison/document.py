"""The document that the comparison writes."""

import json
import platform
import subprocess
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.comparison.sides import HERE, OURS, THEIRS

_TEMPLATE = HERE / "template.md"


def written(
    answers: Mapping[str, Mapping[str, str]],
    shown: Mapping[str, Mapping[str, tuple[str, str]]],
) -> str:
    """Write the document.

    Args:
        answers: what each side answered, by question.
        shown: the verdicts on page and stream of each side, by scenario.
    """
    runs = ((ask, *(_cell(each[side]) for side in (THEIRS, OURS))) for ask, each in answers.items())
    pages = ((name, *map(_cell, (*each[THEIRS], *each[OURS]))) for name, each in shown.items())
    columns = [f"{side}, {what}" for side in ("CopilotKit", OURS) for what in ("page", "stream")]
    return _TEMPLATE.read_text().format(
        runs=_table(("", THEIRS, OURS), runs), pages=_table(("", *columns), pages), **_versions()
    )


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(headings)
    lines = [head, ["---"] * len(head), *map(list, rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _versions() -> Mapping[str, str]:
    return {
        "runtime": _installed(HERE / "node_modules" / "@copilotkit" / "runtime"),
        "core": _installed(HERE.parent / "conformance" / "node_modules" / "@copilotkit" / "core"),
        "node": subprocess.check_output(["node", "--version"], text=True).strip().lstrip("v"),
        "sergas": version("sergas"),
        "python": platform.python_version(),
        "date": datetime.now(UTC).date().isoformat(),
    }


def _installed(package: Path) -> str:
    return str(json.loads((package / "package.json").read_text())["version"])
