"""What the fake model server answers: turns of a model, and every way to misbehave."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Wire: TypeAlias = Literal["anthropic", "openai"]
# JSON of a wire: any shape.
WireJson: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Say:
    """The model says something, in pieces of a few characters."""

    text: str
    piece_chars: int = 8


@dataclass(frozen=True, slots=True)
class Think:
    """The model thinks aloud."""

    text: str
    piece_chars: int = 8


@dataclass(frozen=True, slots=True)
class Call:
    """The model calls a tool; `arguments` as text is sent as it is, valid JSON or not.

    The name is looked up among the tools of the request, so that `lookup` finds
    `mcp__server__lookup` too. Without an id the call gets one of its own.
    """

    name: str
    arguments: Mapping[str, object] | str = field(default_factory=dict[str, object])
    id: str = ""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the turn cost: `input` is what was neither read from the cache nor written to it."""

    input: int = 100
    output: int = 42
    cache_read: int = 0
    cache_write: int = 0
    reasoning: int = 0


Ending: TypeAlias = Literal["well", "truncated", "dropped", "stalled", "garbled", "error"]
"""How a stream ends.

truncated: the body ends cleanly before the turn does. dropped: the connection is reset. stalled:
nothing more comes, and the connection stays open. garbled: JSON that is none. error: the wire's own
error event.
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of a model.

    Attributes:
        ends: how its stream ends, and `after` how many pieces, if not well.
        error: what an error event says, in the wire's own form.
        stop: the wire's own stop reason, "" for the usual one.
        pause_s: seconds before each piece.
    """

    parts: tuple[Say | Think | Call, ...]
    tokens: Tokens = field(default_factory=Tokens)
    ends: Ending = "well"
    after: int = 0
    error: WireJson = field(default_factory=dict[str, Any])
    stop: str = ""
    pause_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Refuse:
    """An answer with a status of its own; `body` as text is sent as HTML."""

    status: int
    body: WireJson | str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Reset:
    """The connection is reset before anything is answered."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing is answered, not even headers."""


Answer: TypeAlias = Turn | Refuse | Reset | Silence


def says(text: str) -> Turn:
    """Make a turn that only says something."""
    return Turn((Say(text),))


def calls(*wanted: Call, text: str = "") -> Turn:
    """Make a turn that calls tools, all at once."""
    return Turn(((Say(text),) if text else ()) + wanted)


def refuses(
    wire: Wire, status: int, kind: str, message: str, *, code: str = "", **headers: str
) -> Refuse:
    """Make an error as a wire words it; `_` in the names of headers stands for `-`."""
    error: WireJson = {"type": kind, "message": message}
    if code:
        error["code"] = code
    body = {"type": "error", "error": error} if wire == "anthropic" else {"error": error}
    return Refuse(status, body, {name.replace("_", "-"): value for name, value in headers.items()})


def pieces(part: Say | Think) -> list[str]:
    """Split what is said."""
    step = part.piece_chars
    return [part.text[at : at + step] for at in range(0, len(part.text), step)]
