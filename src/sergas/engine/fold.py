"""The fold of a run's events: what is open, what was said, what the state is. No I/O.

`fold(a + b)` is `fold(b)` on top of `fold(a)`: the same code serves the live run, recovery after a
crash, the join prelude and history.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from sergas.core.json import Json, as_object
from sergas.engine.events import AgUiEvent
from sergas.engine.patches import patched
from sergas.engine.transcript import Transcript

Scope = Literal["text", "reasoning", "tool", "subagent"]

_OPENS: dict[str, tuple[Scope, str]] = {
    "TEXT_MESSAGE_START": ("text", "messageId"),
    "REASONING_MESSAGE_START": ("reasoning", "messageId"),
    "TOOL_CALL_START": ("tool", "toolCallId"),
    "SUBAGENT_STARTED": ("subagent", "subagentRunId"),
}
_CLOSES: dict[str, tuple[Scope, str]] = {
    "TEXT_MESSAGE_END": ("text", "messageId"),
    "REASONING_MESSAGE_END": ("reasoning", "messageId"),
    "TOOL_CALL_END": ("tool", "toolCallId"),
    "SUBAGENT_FINISHED": ("subagent", "subagentRunId"),
    "SUBAGENT_ERROR": ("subagent", "subagentRunId"),
}


@dataclass(slots=True)
class Fold:
    """Where a run stands after its events so far.

    Attributes:
        open: what was opened and not closed, oldest first; the opening event by (scope, id).
        unanswered: tool calls of this leg without a result; the opening event by tool call id.
        answered: tool calls with a result.
        tool_calls: how many have begun.
        legs: how many legs have begun.
        started: a RUN_STARTED without its terminal event was seen.
        terminal: the terminal event of the latest leg, once there is one.
        state: the shared state.
        transcript: what a reader sees: messages, tool calls, activities, in order.
    """

    open: dict[tuple[Scope, str], AgUiEvent] = field(
        default_factory=dict[tuple[Scope, str], AgUiEvent]
    )
    unanswered: dict[str, AgUiEvent] = field(default_factory=dict[str, AgUiEvent])
    answered: set[str] = field(default_factory=set[str])
    tool_calls: int = 0
    legs: int = 0
    started: bool = False
    terminal: AgUiEvent | None = None
    state: Json = field(default_factory=dict[str, Json])
    transcript: Transcript = field(default_factory=Transcript)
    _worked_ms: int = 0
    _began_ms: int | None = None

    def apply(self, event: AgUiEvent) -> None:
        """Take one event in."""
        kind = str(event["type"])
        if kind in _OPENS:
            scope, key = _OPENS[kind]
            self.open[scope, str(event[key])] = event
        elif kind in _CLOSES:
            scope, key = _CLOSES[kind]
            self.open.pop((scope, str(event[key])), None)
        self._apply_run(kind, event)
        self.transcript.apply(kind, event)

    def _apply_run(self, kind: str, event: AgUiEvent) -> None:
        match kind:
            case "RUN_STARTED":
                self.started, self.terminal = True, None
                self._began_ms = _time_of(event)
                self.legs += 1
            case "RUN_FINISHED" | "RUN_ERROR":
                self.started, self.terminal = False, event
                self._worked_ms, self._began_ms = self.worked_ms(_time_of(event)), None
                self.open.clear()
                self.unanswered.clear()
            case "STATE_SNAPSHOT":
                self.state = event["snapshot"]
            case "STATE_DELTA":
                self.state = patched(self.state, event["delta"])
            case "TOOL_CALL_START":
                self.unanswered[str(event["toolCallId"])] = event
                self.tool_calls += 1
            case "TOOL_CALL_RESULT":
                self.unanswered.pop(str(event["toolCallId"]), None)
                self.answered.add(str(event["toolCallId"]))
            case _:
                pass

    def worked_ms(self, now_ms: int | None) -> int:
        """Return how long the run has been at work, all its legs together, in milliseconds."""
        if self._began_ms is None or now_ms is None:
            return self._worked_ms
        return self._worked_ms + max(0, now_ms - self._began_ms)

    @property
    def state_object(self) -> dict[str, Json]:
        """The state, if it is an object; else an empty one."""
        return as_object(self.state)


def _time_of(event: AgUiEvent) -> int | None:
    at_ms = event.get("timestamp")
    return at_ms if isinstance(at_ms, int) else None


def fold(events: Iterable[AgUiEvent]) -> Fold:
    """Fold events from the first one on."""
    result = Fold()
    for event in events:
        result.apply(event)
    return result
