"""The matrix of scenarios and clients."""

from collections.abc import Iterator, Mapping, Sequence

from tests.conformance.clients import BYTES, STOCK
from tests.conformance.scenarios import SCENARIOS

CELL = "conformance"
"""The test property that holds a result's (row, column)."""

JUDGES = ("wire", "validate")
COLUMNS: Sequence[str] = (*STOCK, *(f"{judge} {dialect}" for judge in JUDGES for dialect in BYTES))
_MARKS = {"passed": "ok", "failed": "FAILED", "error": "ERROR"}


def matrix(cells: Mapping[tuple[str, str], str]) -> Iterator[str]:
    """Yield the lines of the matrix; nothing if no cell is known."""
    if not cells:
        return
    width = max(len(str(scenario)) for scenario in SCENARIOS)
    yield ""
    yield " " * width + "".join(f"  {column}" for column in COLUMNS)
    for row in map(str, SCENARIOS):
        results = [cells.get((row, column)) for column in COLUMNS]
        marks = [_MARKS[result] if result else "-" for result in results]
        yield row.ljust(width) + "".join(
            f"  {mark.center(len(column))}" for mark, column in zip(marks, COLUMNS, strict=True)
        )
    good = sum(result == "passed" for result in cells.values())
    yield f"{good} of {len(cells)} hold"
