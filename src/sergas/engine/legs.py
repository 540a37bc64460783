"""Where a leg of a run begins in its log."""

from sergas.core.ports import EventLog
from sergas.core.runs import Run

_PAGE = 1000
_RUN_STARTED = b'{"type":"RUN_STARTED"'


async def start_of_leg(log: EventLog, run: Run) -> int:
    """Return the seq after which the run's present leg is read."""
    legs, start, after = 0, 0, 0
    if run.leg == 1:
        return 0
    while page := await log.read(run.id, after, _PAGE):
        for event in page:
            if event.data.startswith(_RUN_STARTED):
                legs, start = legs + 1, event.seq - 1
        after = page[-1].seq
    return start if legs == run.leg else after
