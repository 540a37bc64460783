"""Cursors: `<runId>:<seq>`, as the `id:` of every frame and as `Last-Event-ID`."""

from dataclasses import dataclass

from sergas.core.errors import InvalidCursor
from sergas.core.ids import RunId


@dataclass(frozen=True, slots=True)
class Cursor:
    """An event of a run."""

    run_id: RunId
    seq: int


def parse_cursor(text: str | None) -> Cursor | None:
    """Read a cursor; where no text is, none is.

    Raises:
        InvalidCursor: the text is not a cursor.
    """
    if not text:
        return None
    run_id, colon, seq = text.rpartition(":")
    if not colon or not run_id or not seq.isascii() or not seq.isdigit() or len(seq) > 15:
        raise InvalidCursor(text)
    return Cursor(RunId(run_id), int(seq))
