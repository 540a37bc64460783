"""What must be true of a run after any faults. Pure functions: events in, violations out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tests.streams import AgUiEvent

_TERMINAL = ("RUN_FINISHED", "RUN_ERROR")
_STATUS_OF_OUTCOME = {"success": "completed", "cancelled": "cancelled", "interrupt": "interrupted"}
_OPENS = {
    "TEXT_MESSAGE_START": ("text", "messageId"),
    "REASONING_MESSAGE_START": ("reasoning", "messageId"),
    "TOOL_CALL_START": ("tool", "toolCallId"),
    "SUBAGENT_STARTED": ("subagent", "subagentRunId"),
}
_CLOSES = {
    "TEXT_MESSAGE_END": ("text", "messageId"),
    "REASONING_MESSAGE_END": ("reasoning", "messageId"),
    "TOOL_CALL_END": ("tool", "toolCallId"),
    "SUBAGENT_FINISHED": ("subagent", "subagentRunId"),
    "SUBAGENT_ERROR": ("subagent", "subagentRunId"),
}
_NEEDS = {
    "TEXT_MESSAGE_CONTENT": ("text", "messageId"),
    "REASONING_MESSAGE_CONTENT": ("reasoning", "messageId"),
    "TOOL_CALL_ARGS": ("tool", "toolCallId"),
}


@dataclass(frozen=True, slots=True)
class Violation:
    """A promise that was broken, and the events that show it."""

    what: str
    events: tuple[AgUiEvent, ...] = ()

    def __str__(self) -> str:
        """Say it on one line, and each event on another."""
        return "\n".join([self.what, *(f"    {event}" for event in self.events[:5])])


def is_terminal(event: AgUiEvent) -> bool:
    """The event ends a leg."""
    return event["type"] in _TERMINAL


def is_question(event: AgUiEvent) -> bool:
    """The event ends a leg because a person has to answer."""
    return event.get("outcome", {}).get("type") == "interrupt"


def is_suspended(event: AgUiEvent) -> bool:
    """The event ends an attempt because a person has to answer."""
    return event.get("outcome", {}).get("type") == "suspended"


def is_attempt(event: AgUiEvent) -> bool:
    """The event begins an attempt of an agent of the plan, and not what is nested in one."""
    return event["type"] == "SUBAGENT_STARTED" and "parentSubagentRunId" not in event


def contiguous(seqs: Sequence[int], first: int = 1) -> list[Violation]:
    """The numbers go on from the first one, without a gap and without a repetition."""
    wanted = list(range(first, first + len(seqs)))
    if list(seqs) == wanted:
        return []
    place = next(n for n, pair in enumerate(zip(seqs, wanted, strict=True)) if pair[0] != pair[1])
    around = list(seqs[max(0, place - 2) : place + 3])
    return [Violation(f"seq {wanted[place]} was due after {place} events, around it are {around}")]


def same_events(
    seen: Sequence[AgUiEvent], stored: Sequence[AgUiEvent], who: str
) -> list[Violation]:
    """A client has seen exactly what is stored."""
    if list(seen) == list(stored):
        return []
    place = next(
        (n for n, (one, other) in enumerate(zip(seen, stored, strict=False)) if one != other),
        min(len(seen), len(stored)),
    )
    what = f"{who} saw {len(seen)} events of {len(stored)} stored; they differ after {place}"
    return [Violation(what, (*seen[place : place + 2], *stored[place : place + 2]))]


def legs(events: Sequence[AgUiEvent]) -> list[Violation]:
    """Every leg is one RUN_STARTED, its events, one terminal event; nothing is outside of a leg."""
    violations: list[Violation] = []
    is_open = False
    for event in events:
        if (event["type"] == "RUN_STARTED") == is_open:
            where = "inside of" if is_open else "outside of"
            violations.append(Violation(f"{event['type']} {where} a leg", (event,)))
        is_open = not is_terminal(event)
    if is_open or not events:
        violations.append(Violation("the last leg has no terminal event", tuple(events[-1:])))
    return violations


def closed_scopes(events: Iterable[AgUiEvent]) -> list[Violation]:
    """What is opened is closed once, before the terminal event; deltas come only in between."""
    is_open: dict[tuple[str, str], AgUiEvent] = {}
    used: set[tuple[str, str]] = set()
    violations: list[Violation] = []
    for event in events:
        kind = event["type"]
        if kind in _OPENS:
            scope = _scope(_OPENS, event)
            if scope in used:
                violations.append(Violation(f"{scope} is opened twice", (event,)))
            used.add(scope)
            is_open[scope] = event
        elif kind in _CLOSES and is_open.pop(_scope(_CLOSES, event), None) is None:
            violations.append(Violation("closes what is not open", (event,)))
        elif kind in _NEEDS and _scope(_NEEDS, event) not in is_open:
            violations.append(Violation("belongs to what is not open", (event,)))
        elif is_terminal(event) and is_open:
            violations.append(Violation("the end leaves scopes open", tuple(is_open.values())))
    return violations


def answered_tools(events: Sequence[AgUiEvent]) -> list[Violation]:
    """Every tool call has exactly one result."""
    calls = [event["toolCallId"] for event in events if event["type"] == "TOOL_CALL_START"]
    results = [event["toolCallId"] for event in events if event["type"] == "TOOL_CALL_RESULT"]
    if sorted(calls) == sorted(results):
        return []
    odd = tuple(e for e in events if "toolCallId" in e and results.count(e["toolCallId"]) != 1)
    return [Violation("tool calls and results do not match", odd)]


def finished_agents(events: Iterable[AgUiEvent]) -> list[str]:
    """Return the names of the agents that finished with a result, in order."""
    names: dict[str, str] = {}
    finished: list[str] = []
    for event in events:
        if is_attempt(event):
            names[event["subagentRunId"]] = event["name"]
        elif event["type"] == "SUBAGENT_FINISHED" and not is_suspended(event):
            finished += [names[key] for key in [event["subagentRunId"]] if key in names]
    return finished


def finished_once(
    events: Sequence[AgUiEvent], finished_before: Iterable[str] = ()
) -> list[Violation]:
    """An agent that finished, here or in the run that this one retries, is not started again."""
    by_whom: dict[str, tuple[AgUiEvent, ...]] = dict.fromkeys(finished_before, ())
    violations: list[Violation] = []
    names: dict[str, str] = {}
    for event in events:
        if is_attempt(event):
            name = names[event["subagentRunId"]] = event["name"]
            if name in by_whom:
                what = f"agent {name!r} had finished and is started again"
                violations.append(Violation(what, (*by_whom[name], event)))
        elif event["type"] == "SUBAGENT_FINISHED" and not is_suspended(event):
            by_whom |= {names[key]: (event,) for key in [event["subagentRunId"]] if key in names}
    return violations


def all_agents_finished(
    events: Sequence[AgUiEvent], agents: Iterable[str], finished_before: Iterable[str] = ()
) -> list[Violation]:
    """A run that completed has a result of each of its agents."""
    missing = set(agents) - set(finished_agents(events)) - set(finished_before)
    if not missing:
        return []
    return [Violation(f"the run completed without {sorted(missing)}", tuple(events[-1:]))]


def whole_texts(events: Sequence[AgUiEvent], wanted: str, nested: str = "") -> list[Violation]:
    """An attempt that finished said all of its text, another one the beginning of it.

    So did what is nested in one, whose text is another.
    """
    said = dict[str, str]()
    ended = dict[str, AgUiEvent]()
    texts = dict[str, str]()
    for event in events:
        if event["type"] == "SUBAGENT_STARTED":
            said[event["subagentRunId"]] = ""
            texts[event["subagentRunId"]] = wanted if is_attempt(event) else nested
        elif event["type"] == "TEXT_MESSAGE_CONTENT":
            said[event["subagentRunId"]] = said.get(event["subagentRunId"], "") + event["delta"]
        elif event["type"] == "SUBAGENT_FINISHED" and not is_suspended(event):
            ended[event["subagentRunId"]] = event
    return [
        Violation(
            f"{attempt} said {len(text)} of {len(texts[attempt])} characters, or other ones",
            (ended[attempt],) if attempt in ended else (),
        )
        for attempt, text in said.items()
        if (text != texts[attempt] if attempt in ended else not texts[attempt].startswith(text))
    ]


def texts_of(events: Iterable[AgUiEvent]) -> dict[str, str]:
    """Return what every message says that was not withdrawn."""
    texts: dict[str, str] = {}
    for event in events:
        if event["type"] == "TEXT_MESSAGE_START":
            texts[event["messageId"]] = ""
        elif event["type"] == "TEXT_MESSAGE_CONTENT":
            texts[event["messageId"]] += event["delta"]
        elif event["type"] == "MESSAGES_SNAPSHOT":
            said = {message["id"] for message in event["messages"]}
            texts = {key: text for key, text in texts.items() if key in said}
    return texts


def same_texts(
    shown: Mapping[str, str], run: Mapping[str, str], thread: Mapping[str, str]
) -> list[Violation]:
    """Who joined late shows all messages of the run, and none that the thread does not have."""
    wrong = {key for key in run if shown.get(key, "") != run[key]}
    wrong |= {key for key in shown if shown[key] != thread.get(key)}
    return [
        Violation(
            f"joined late: {key} has {len(shown.get(key, ''))} characters,"
            f" stored are {len(thread.get(key, ''))}"
        )
        for key in sorted(wrong)
    ]


def same_end(record: AgUiEvent, events: Sequence[AgUiEvent]) -> list[Violation]:
    """The run's record says how it ended, as its last event does."""
    last: AgUiEvent = events[-1] if events else {"type": "nothing"}
    status = (
        "failed"
        if last["type"] == "RUN_ERROR"
        else _STATUS_OF_OUTCOME.get(last.get("outcome", {}).get("type", ""))
    )
    if status == record["status"]:
        return []
    return [Violation(f"the record says {record['status']!r}, the events {status!r}", (last,))]


def stays_cancelled(record: AgUiEvent, answer: AgUiEvent, *, was_done: bool) -> list[Violation]:
    """A run that was reported as cancelled still is, and one whose cancel was taken becomes it.

    Only a run whose agents had all finished by then may complete nevertheless.
    """
    if record["status"] == "cancelled" or (was_done and record["status"] == "completed"):
        return []
    if answer["status"] == "cancelled":
        return [Violation(f"the run was cancelled, and is {record['status']!r} now")]
    if answer["status"] in ("queued", "running"):
        return [Violation(f"the wish to cancel was taken, and the run is {record['status']!r}")]
    return []


def same_thread(shown: AgUiEvent, stored: AgUiEvent) -> list[Violation]:
    """A page shows the messages and the state that the server has, each message once.

    Where a result stands does not matter, it is shown in its call: a stock client that joins again
    puts those that it has missed at the end.
    """
    violations = [] if shown["state"] == stored["state"] else [Violation("another state")]
    mine = _placed([_as_listed(message) for message in shown["messages"]])
    theirs = _placed(stored["messages"])
    if mine != theirs:
        place = next(
            (n for n, (one, other) in enumerate(zip(mine, theirs, strict=False)) if one != other),
            min(len(mine), len(theirs)),
        )
        what = f"{len(mine)} messages of {len(theirs)}; they differ after {place}"
        violations.append(Violation(what, (*mine[place : place + 1], *theirs[place : place + 1])))
    return violations


def _placed(messages: Sequence[AgUiEvent]) -> list[AgUiEvent]:
    """Return the messages with every tool result right behind the call that it answers."""
    results = [message for message in messages if message["role"] == "tool"]
    placed: list[AgUiEvent] = []
    for message in messages:
        calls = {call["id"] for call in message.get("toolCalls", ())}
        behind = [one for one in results if one["toolCallId"] in calls]
        placed += [message, *behind] if message["role"] != "tool" else []
        results = [one for one in results if one not in behind]
    return [*placed, *results]


def _as_listed(message: AgUiEvent) -> AgUiEvent:
    """Return a page's message as the server lists it: tool calls without a wrapping."""
    if "toolCalls" not in message:
        return message
    calls = [(call["id"], call["function"]) for call in message["toolCalls"]]
    flat = [{"id": key, "name": f["name"], "args": f["arguments"]} for key, f in calls]
    return {**message, "toolCalls": flat}


def _scope(table: Mapping[str, tuple[str, str]], event: AgUiEvent) -> tuple[str, str]:
    scope, key = table[event["type"]]
    return scope, event[key]
