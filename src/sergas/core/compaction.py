"""A compacted log: the events of an old run with their deltas merged, and how to cut them apart.

The original events have the seqs 1 to n; the merged ones are numbered from n + 2 on. So a cursor
says by itself which of the two its reader has begun with: 0 and everything above n belong to the
merged events, 1 to n to the original ones, which are cut out of the merged ones again. The seq
n + 1 stays free, so that "all original events" and "no merged event yet" are different places.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import msgspec

from sergas.core.ids import RunId
from sergas.core.json import JsonObject, as_object, decode, encode
from sergas.core.runs import Event


@dataclass(frozen=True, slots=True)
class Cuts:
    """How the original events are cut out of the merged ones, byte for byte.

    Attributes:
        fields: by merged event, the field that holds what was merged; "" if it is one event, whole.
        places: by original event, the place of its merged event among them.
        sizes: by original event, how many characters or items of the field are its own.
    """

    fields: tuple[str, ...]
    places: tuple[int, ...]
    sizes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Compacted:
    """A whole log, compacted."""

    merged: tuple[bytes, ...]
    cuts: Cuts

    @property
    def originals(self) -> int:
        """How many events there were before."""
        return len(self.cuts.places)

    @property
    def events(self) -> list[Event]:
        """The merged events with their seqs."""
        return [Event(seq, data) for seq, data in enumerate(self.merged, self.originals + 2)]

    def demand_originals(self, run_id: RunId, stored: int) -> None:
        """Make sure that what is replaced is what was compacted.

        Raises:
            RuntimeError: the store had another number of events.
        """
        if stored != self.originals:
            what = f"Run {run_id!r} has {stored} stored events, and {self.originals} were compacted"
            raise RuntimeError(f"{what}; its log stays as it is.")


def is_of_originals(after: int, until: int | None, found: Sequence[Event]) -> bool:
    """Say whether cursors are from before the compaction, by what is stored behind the first."""
    if not found or found[0].seq == after + 1:
        return False
    return after > 0 or (until is not None and until < found[0].seq)


def up_to(until: int | None, found: Sequence[Event]) -> Sequence[Event]:
    """Return the events whose seq is not above `until`."""
    return found if until is None else [event for event in found if event.seq <= until]


def restored(log: Compacted, after: int, limit: int) -> list[Event]:
    """Return up to `limit` original events with seq > `after`, as they were."""
    begin = [0] * len(log.merged)
    for place, size in islice(zip(log.cuts.places, log.cuts.sizes, strict=True), after):
        begin[place] += size
    decoded: dict[int, JsonObject] = {}
    events: list[Event] = []
    for n in range(after, min(after + limit, log.originals)):
        place, size = log.cuts.places[n], log.cuts.sizes[n]
        field, data = log.cuts.fields[place], log.merged[place]
        if field:
            if place not in decoded:
                decoded[place] = as_object(decode(data))
            data = _piece(decoded[place], field, begin[place], size)
            begin[place] += size
        events.append(Event(n + 1, data))
    return events


def pack_cuts(cuts: Cuts) -> bytes:
    """Write cuts for a store: two bytes an original event, often less."""
    return zlib.compress(encode(cuts))


def unpack_cuts(data: bytes) -> Cuts:
    """Read what `pack_cuts` wrote."""
    return msgspec.json.decode(zlib.decompress(data), type=Cuts)


def _piece(whole: JsonObject, field: str, begin: int, size: int) -> bytes:
    grown = whole[field]
    assert isinstance(grown, str | list)  # noqa: S101 - made by whoever merged
    return encode({**whole, field: grown[begin : begin + size]})
