"""Who speaks in a remote run: its agent, and the subagents that its server says that it has.

Oddities, on purpose: other servers are not under our control, so nothing that they say of
subagents fails the agent. A subagent that speaks and was not announced begins with its first word;
one that begins again under an id that is in use ends first; an end of nobody, and what comes after
the end, are passed over; who is open when the run ends, ends.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sergas.agents.agui.scopes import Scopes
from sergas.core.chunks import Nested, NestedChunk, SubagentEnd, SubagentStart
from sergas.core.json import JsonObject, as_object, clean

_DEEPEST = 8
_SAYS = ("TEXT_MESSAGE_", "REASONING_MESSAGE_", "TOOL_CALL_")


@dataclass(slots=True, eq=False)
class Speaker:
    """The remote agent (without a path) or one of its subagents.

    Attributes:
        path: the ids of the subagents that it is nested in and its own, the outermost first.
    """

    scopes: Scopes
    path: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its id; the agent has none."""
        return self.path[-1] if self.path else ""

    def says(self, chunks: Iterable[NestedChunk]) -> list[NestedChunk]:
        """Return its chunks as the agent's."""
        return [_nested(self.path, chunk) for chunk in chunks]

    def is_within(self, outer: "Speaker") -> bool:
        """Say whether it is another one, or nested in it."""
        return self.path[: len(outer.path)] == outer.path


class Speakers:
    """The agent and its subagents, each with what it said and called."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._agent = Speaker(Scopes(clock))
        self._all = [self._agent]
        self._open: dict[str, Speaker] = {"": self._agent}
        self._owners: dict[tuple[str, str], Speaker] = {}
        self._latest = self._agent

    def read(self, kind: str, event: JsonObject) -> list[NestedChunk]:
        """Return the chunks of an event; one that is of no concern here gives none.

        Raises:
            KeyError: the event lacks what its type needs.
        """
        match kind:
            case "SUBAGENT_STARTED":
                return self._start(event)
            case "SUBAGENT_FINISHED" | "SUBAGENT_ERROR":
                return self._end(kind, event)
            case _ if kind.startswith(_SAYS):
                return self._say(kind, event)
            case _:
                return []

    def finish(self) -> list[NestedChunk]:
        """Complete what everybody left open."""
        return [said for one in self._open.values() for said in one.says(one.scopes.finish())]

    def end_all(self, waiting: Sequence[Speaker]) -> list[NestedChunk]:
        """End the subagents that are open, but for who waits, and those that it is nested in."""
        ending = [
            one
            for one in self._open.values()
            if one.path and not any(waits.is_within(one) for waits in waiting)
        ]
        return [chunk for one in reversed(ending) for chunk in self._ended(one)]

    def calling(self, call_id: object) -> Speaker | None:
        """Return who made a call that has no result yet, if it has not ended."""
        callers = (one for one in self._open.values() if call_id in one.scopes.unanswered)
        return next(callers, None)

    def named(self, subagent_id: object) -> Speaker:
        """Return a subagent that is open, or else the agent."""
        return self._open.get(str(subagent_id), self._agent)

    @property
    def present(self) -> Sequence[Speaker]:
        """Whoever has not ended, the agent first."""
        return list(self._open.values())

    def __iter__(self) -> Iterator[Speaker]:
        """Give whoever has begun, the agent first."""
        return iter(self._all)

    @property
    def last_words(self) -> str:
        """The last text of the agent, or of the outermost of its subagents that said one."""
        inwards = sorted(self._all, key=lambda one: -len(one.path))
        said = (
            text
            for one in reversed(inwards)
            for text in reversed(one.scopes.texts.values())
            if text
        )
        return next(said, "")

    def _say(self, kind: str, event: JsonObject) -> list[NestedChunk]:
        key = _key_of(kind, event)
        begun: list[NestedChunk] = []
        speaker = self._owner(kind, event, key)
        if speaker is None:
            subagent_id = str(event["subagentRunId"])
            begun = self._start({"subagentRunId": subagent_id, "name": subagent_id})
            speaker = self._open[subagent_id]
        elif self._open.get(speaker.name) is not speaker:
            return []
        self._latest = self._owners[key] = speaker
        return [*begun, *speaker.says(speaker.scopes.read(kind, event))]

    def _owner(self, kind: str, event: JsonObject, key: tuple[str, str]) -> Speaker | None:
        """Return whose message or call it is; None for a subagent that has not begun."""
        if key in self._owners and key[1] and not kind.endswith("_START"):
            return self._owners[key]
        if kind == "TOOL_CALL_RESULT":
            # It was called before the run waited, by an attempt that is over.
            return self._agent
        if event.get("subagentRunId"):
            return self._open.get(str(event["subagentRunId"]))
        # A chunk without an id goes on where the latest one stopped.
        return self._agent if key[1] else self._latest

    def _start(self, event: JsonObject) -> list[NestedChunk]:
        subagent_id = str(event["subagentRunId"] or "unnamed")
        before = self._open.get(subagent_id)
        ending = self._ended(before) if before is not None else []
        call_id = event.get("parentToolCallId")
        parent = self.named(event.get("parentSubagentRunId"))
        if not parent.path:
            parent = self.calling(call_id) or parent
        above = parent.path[: _DEEPEST - 1]
        is_asked = call_id in parent.scopes.unanswered and above == parent.path
        start = SubagentStart(
            subagent_id,
            clean(str(event.get("name") or subagent_id)),
            str(event.get("description") or ""),
            str(call_id) if is_asked else None,
        )
        begun = Speaker(Scopes(self._clock), (*above, subagent_id))
        self._open[subagent_id] = begun
        self._all.append(begun)
        return [*ending, _nested(above, start)]

    def _end(self, kind: str, event: JsonObject) -> list[NestedChunk]:
        ended = self._open.get(str(event["subagentRunId"]))
        if ended is None or not ended.path:
            return []
        if kind == "SUBAGENT_ERROR":
            code = clean(str(event.get("code") or "subagent_failed"))
            return self._ended(ended, str(event.get("message") or "It failed."), code)
        inside = [one for one in self._open.values() if one.is_within(ended)]
        is_suspended = as_object(event.get("outcome")).get("type") == "suspended"
        # Its calls may still be answered, or wait, when the run ends.
        is_held = is_suspended or any(one.scopes.unanswered for one in inside)
        return [] if is_held else self._ended(ended)

    def _ended(
        self, speaker: Speaker, error: str | None = None, code: str = "subagent_failed"
    ) -> list[NestedChunk]:
        for one in [one for one in self._open.values() if one.is_within(speaker)]:
            del self._open[one.name]
        return [_nested(speaker.path[:-1], SubagentEnd(speaker.name, error, code))]


def _nested(path: Sequence[str], chunk: NestedChunk) -> NestedChunk:
    for subagent_id in reversed(path):
        chunk = Nested(subagent_id, chunk)
    return chunk


def _key_of(kind: str, event: JsonObject) -> tuple[str, str]:
    what = "toolCallId" if kind.startswith("TOOL_CALL") else "messageId"
    return what, str(event.get(what) or "")
