"""What one process tells the others: the channels, and a payload that names runs and its sender.

Ids hold no spaces (`core.ids.is_valid_id`), so a space parts them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sergas.core.ids import RunId

EVENTS_CHANNEL = "sergas_events"
CONTROL_CHANNEL = "sergas_control"
# Sent by triggers, so senders hear themselves; the payload is a tenant and a thread.
THREADS_CHANNEL = "sergas_threads"
# PostgreSQL refuses 8000 bytes and more.
_MOST_BYTES = 7900


@dataclass(frozen=True, slots=True)
class Notices:
    """Notices of one sender, which itself has no need to hear them."""

    sender: str

    def about(self, run_ids: Sequence[RunId]) -> list[str]:
        """Write payloads that name the runs, as few as fit."""
        payloads = [self.sender]
        for run_id in run_ids:
            if len(payloads[-1]) + len(run_id) + 1 > _MOST_BYTES:
                payloads.append(self.sender)
            payloads[-1] += f" {run_id}"
        return payloads

    def read(self, payload: str) -> Sequence[RunId]:
        """Return the runs that another sender's payload names; none of our own."""
        sender, *run_ids = payload.split(" ")
        return [] if sender == self.sender else [RunId(run_id) for run_id in run_ids]
