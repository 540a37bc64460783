"""Compaction: what becomes of the events of an old run, so that its log is short. No I/O.

Deltas are merged, everything else stays where it is: of all that comes between two other events,
the deltas of one message, tool call, activity or of the state become one event. Nobody sees more
than that deltas of different things change places, which they may: the fold is the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sergas.core.compaction import Compacted, Cuts
from sergas.core.json import Json, as_object, decode, encode
from sergas.core.runs import Event

# By type: the field that holds the delta, an empty one, and the field that says what it changes.
_DELTAS: dict[str, tuple[str, str | list[Json], str]] = {
    "TEXT_MESSAGE_CONTENT": ("delta", "", "messageId"),
    "REASONING_MESSAGE_CONTENT": ("delta", "", "messageId"),
    "TOOL_CALL_ARGS": ("delta", "", "toolCallId"),
    "ACTIVITY_DELTA": ("patch", [], "messageId"),
    # There is one state.
    "STATE_DELTA": ("delta", [], ""),
}
# A merged event ends at this size, so that a reader gets a long text in parts.
_MOST_BYTES = 32_768


@dataclass(slots=True)
class _Merged:
    """One event of the compacted log under construction.

    Attributes:
        first: the first of the original events.
        grows: the field that holds what they add; "" if that is nothing.
        frame: the deltas without what they add, encoded: only equal ones are merged.
        size: of what they add, in bytes.
        parts: what each of them adds.
    """

    first: bytes
    grows: str = ""
    frame: bytes = b""
    size: int = 0
    parts: list[str | list[Json]] = field(default_factory=list[str | list[Json]])


@dataclass(frozen=True, slots=True)
class _Delta:
    target: tuple[str, str]
    grows: str
    frame: bytes
    part: str | list[Json]


@dataclass(slots=True)
class Merge:
    """Takes a log in from its first event on, and says what it is when it is compacted."""

    _merged: list[_Merged] = field(default_factory=list[_Merged])
    _places: list[int] = field(default_factory=list[int])
    _sizes: list[int] = field(default_factory=list[int])
    _open: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])

    def add(self, events: Iterable[Event]) -> None:
        """Take the next events in."""
        for event in events:
            place, size = self._place(event.data)
            self._places.append(place)
            self._sizes.append(size)

    @property
    def originals(self) -> int:
        """How many events were taken in."""
        return len(self._places)

    def compacted(self) -> Compacted:
        """Return everything taken in so far, compacted."""
        fields = tuple(one.grows if len(one.parts) > 1 else "" for one in self._merged)
        cuts = Cuts(fields, tuple(self._places), tuple(self._sizes))
        return Compacted(tuple(_encoded(one) for one in self._merged), cuts)

    def _place(self, data: bytes) -> tuple[int, int]:
        delta = _delta_of(data)
        if delta is None:
            self._open.clear()
            self._merged.append(_Merged(data))
            return len(self._merged) - 1, 0
        place = self._open.get(delta.target)
        if place is None or not _may_grow(self._merged[place], delta):
            place = self._open[delta.target] = len(self._merged)
            self._merged.append(_Merged(data, delta.grows, delta.frame))
        self._merged[place].parts.append(delta.part)
        self._merged[place].size += len(data) - len(delta.frame)
        return place, len(delta.part)


def _delta_of(data: bytes) -> _Delta | None:
    """Read a delta; None for whatever could not be cut out again exactly as it was."""
    try:
        event = as_object(decode(data))
    except (ValueError, RecursionError):
        return None
    grows, empty, key = _DELTAS.get(str(event.get("type")), ("", "", ""))
    part = event.get(grows)
    if not isinstance(part, str | list) or type(part) is not type(empty) or encode(event) != data:
        return None
    # A delta of one kind does not change places with another one of the same message.
    target = ("state", "") if not key else (key, str(event.get(key)))
    return _Delta(target, grows, encode({**event, grows: empty}), part)


def _may_grow(merged: _Merged, delta: _Delta) -> bool:
    return merged.frame == delta.frame and merged.size < _MOST_BYTES


def _encoded(merged: _Merged) -> bytes:
    if len(merged.parts) < 2:
        return merged.first
    texts = [part for part in merged.parts if isinstance(part, str)]
    items = [item for part in merged.parts if isinstance(part, list) for item in part]
    whole = as_object(decode(merged.first))
    return encode({**whole, merged.grows: "".join(texts) if texts else items})
