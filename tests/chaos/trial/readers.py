"""Who reads a stream: says what to ask for next, takes the frames, and knows when it is over."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from sergas.engine.naming import is_nested
from tests.chaos.trial.checks import is_question, is_terminal
from tests.chaos.trial.plan import Moment
from tests.chaos.trial.transports import Connect, Follow, Frame, Start, Wish
from tests.streams import AgUiEvent


class Reader(Protocol):
    """What reads a stream, over as many connections as it takes."""

    def wish(self) -> Wish:
        """Return what to ask for next."""
        ...

    def take(self, frame: Frame) -> None:
        """Take one frame."""
        ...

    def refuse(self, detail: str) -> None:
        """Take note that a server refused the request; the reader gives up."""
        ...

    @property
    def is_over(self) -> bool:
        """The reader has seen the end of its run, or gave up."""
        ...


@dataclass(slots=True)
class Watcher:
    """Reads one run from its first event on; with a body, it is also who starts the run.

    Attributes:
        outlives_questions: the run goes on after an interrupt, and so does the watcher.
        moments: how often each kind of moment has come.
    """

    run_id: str
    body: AgUiEvent | None = None
    outlives_questions: bool = False
    frames: list[Frame] = field(default_factory=list[Frame])
    moments: Counter[Moment] = field(default_factory=Counter[Moment])
    refusal: str = ""
    _alarms: list["_Alarm"] = field(default_factory=list["_Alarm"])

    def wish(self) -> Wish:
        """Start the run until something was heard of it; then go on after that."""
        if not self.frames and self.body is not None:
            return Start(self.body)
        return Follow(self.run_id, self.frames[-1].cursor if self.frames else "")

    def take(self, frame: Frame) -> None:
        """Keep the frame, and tell who waits for it."""
        self.frames.append(frame)
        moment = _moment_of(frame.event)
        if moment is not None:
            self.moments[moment] += 1
        self._ring()

    def refuse(self, detail: str) -> None:
        """Keep what the server said."""
        self.refusal = detail
        self._ring()

    @property
    def is_over(self) -> bool:
        """The terminal event was seen, or a server refused."""
        if self.refusal or not self.frames:
            return bool(self.refusal)
        return _is_end(self.frames[-1].event, self.outlives_questions)

    @property
    def events(self) -> list[AgUiEvent]:
        """What was seen."""
        return [frame.event for frame in self.frames]

    async def until(self, is_so: "_Condition") -> bool:
        """Return when it is so, at once; False if the run ends without it."""
        if not is_so(self) and not self.is_over:
            rings = asyncio.Event()
            self._alarms.append((is_so, rings))
            await rings.wait()
        return is_so(self)

    def _ring(self) -> None:
        for is_so, rings in self._alarms:
            if self.is_over or is_so(self):
                rings.set()


_Condition: TypeAlias = Callable[[Watcher], bool]
_Alarm: TypeAlias = tuple[_Condition, asyncio.Event]


@dataclass(slots=True)
class Joiner:
    """Joins a thread late: builds its text from the prelude and what follows.

    Attributes:
        outlives_questions: as for a watcher.
        texts: what every message says, as this reader shows it.
        live: the frames after the prelude.
        cursor: the last one that came.
        joined_at: seq of the newest event in the prelude.
    """

    thread_id: str
    outlives_questions: bool = False
    texts: dict[str, str] = field(default_factory=dict[str, str])
    live: list[Frame] = field(default_factory=list[Frame])
    cursor: str = ""
    joined_at: int = 0
    is_over: bool = False
    refusal: str = ""

    def wish(self) -> Wish:
        """Connect; a prelude that broke off is worth nothing, so begin again."""
        if not self.cursor:
            self.texts.clear()
        return Connect(self.thread_id, self.cursor)

    def take(self, frame: Frame) -> None:
        """Build the text, as a page does."""
        if self.cursor:
            self.live.append(frame)
        elif frame.cursor:
            self.joined_at = frame.seq
        self.cursor = frame.cursor or self.cursor
        event, kind = frame.event, frame.event["type"]
        if kind == "MESSAGES_SNAPSHOT":
            self.texts = {m["id"]: m["content"] for m in event["messages"] if _is_text(m)}
        elif kind == "TEXT_MESSAGE_START":
            self.texts.setdefault(event["messageId"], "")
        elif kind == "TEXT_MESSAGE_CONTENT":
            self.texts[event["messageId"]] += event["delta"]
        self.is_over = _is_end(event, self.outlives_questions)

    def refuse(self, detail: str) -> None:
        """Keep what the server said, and give up."""
        self.refusal, self.is_over = detail, True


def _is_end(event: AgUiEvent, outlives_questions: bool) -> bool:
    return is_terminal(event) and not (outlives_questions and is_question(event))


def _moment_of(event: AgUiEvent) -> Moment | None:
    match event:
        case {"type": "RUN_STARTED"}:
            return Moment.RUN_STARTED
        case {"type": "TEXT_MESSAGE_CONTENT"}:
            return Moment.DELTA
        case {"type": "SUBAGENT_FINISHED", "subagentRunId": who, "outcome": {"type": "success"}}:
            return None if is_nested(who) else Moment.AGENT_FINISHED
        case _ if is_question(event):
            return Moment.ASKED
        case _:
            return Moment.ENDED if is_terminal(event) else None


def _is_text(message: AgUiEvent) -> bool:
    return message["role"] == "assistant" and isinstance(message.get("content"), str)
