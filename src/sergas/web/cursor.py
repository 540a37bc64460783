"""Cursors: of an event log, as `id:` and `Last-Event-ID`; of the list of threads."""

from dataclasses import dataclass

from sergas.core.errors import InvalidCursor
from sergas.core.ids import RunId, ThreadId
from sergas.core.runs import ThreadPlace
from sergas.web.errors import RequestRefused


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


def parse_place(text: str | None) -> ThreadPlace | None:
    """Read a place in the list of threads, `<updatedMs>:<threadId>`; where no text is, none is.

    Raises:
        RequestRefused: 422, the text is not a place.
    """
    if not text:
        return None
    updated_ms, colon, thread_id = text.partition(":")
    is_time = updated_ms.isascii() and updated_ms.isdigit() and len(updated_ms) <= 15
    if not colon or not thread_id or not is_time:
        detail = f"`cursor` {text[:80]!r} is no `nextCursor` of this list; leave it out to begin."
        raise RequestRefused(422, "invalid_request", detail)
    return ThreadPlace(int(updated_ms), ThreadId(thread_id))
