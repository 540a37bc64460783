"""Streams of runs for property tests, and what a reader sees in one."""

from typing import cast

from hypothesis import strategies as st

from sergas.core.chunks import (
    NESTED_CHUNK_TYPES,
    Chunk,
    Nested,
    NestedChunk,
    Progress,
    Reasoning,
    StatePatch,
    SubagentStart,
    Text,
    TextEnd,
    ToolArgs,
    ToolEnd,
    ToolResult,
    ToolStart,
)
from sergas.engine import events
from sergas.engine.closing import Reason, close_attempt, open_attempts
from sergas.engine.events import AgUiEvent
from sergas.engine.fold import Fold, fold
from sergas.engine.patches import put
from sergas.engine.translate import Translator

NAMES = ("alpha", "beta", "gamma")
DEPTHS = st.integers(0, 3)
CHUNKS = st.sampled_from(
    [
        "text",
        "text",
        "text",
        "text_end",
        "reasoning",
        "tool",
        "open_tool",
        "state",
        "progress",
    ]
)


@st.composite
def valid_streams(draw: st.DrawFn) -> list[AgUiEvent]:
    """Draw the stream of a run whose agents speak in any interleaving, cut at any place."""
    translators = {name: Translator(f"run:{name}:1") for name in NAMES}
    stream = [events.run_started("thread", "run", 1), events.state_snapshot({"n": 0})]
    stream += [events.subagent_started(f"run:{name}:1", name, 1, {}) for name in NAMES]
    stream.append(events.activity_snapshot("wf-run", "workflow_status", {"progress": 0}))
    for name, translator in translators.items():
        for chunk in nested_starts(name):
            stream += translator.translate(chunk, 1)
    for number, (name, kind, depth) in enumerate(
        draw(st.lists(st.tuples(st.sampled_from(NAMES), CHUNKS, DEPTHS), max_size=60))
    ):
        for chunk in chunks_of(kind, number):
            stream += translators[name].translate(nested(chunk, depth), 1)
        stream.append(
            events.activity_delta("wf-run", "workflow_status", [put("/progress", number)])
        )
    return stream


@st.composite
def whole_runs(draw: st.DrawFn) -> list[AgUiEvent]:
    """Draw the stream of a run that is over: one leg or two, everything closed."""
    stream: list[AgUiEvent] = []
    for _ in range(draw(st.integers(1, 2))):
        leg = draw(valid_streams())
        stream += [_renamed(event, f"leg{len(stream)}") for event in leg]
        view = fold(stream)
        for subagent_id in open_attempts(view):
            stream += close_attempt(view, subagent_id, Reason("lost", "It was lost.", {}), 2)
        said = [str(message["id"]) for message in view.transcript.messages()]
        stream.append(events.messages_withdrawn(draw(st.lists(st.sampled_from(said), max_size=2))))
        stream.append(events.run_finished("thread", "run", 3, {"type": "success"}))
    return stream


def _renamed(event: AgUiEvent, leg: str) -> AgUiEvent:
    """Give what a leg opens ids of its own."""
    ids = ("subagentRunId", "parentSubagentRunId", "messageId", "toolCallId")
    # The number of the attempt comes last in an id.
    return {k: f"{leg}{v}" if k in ids and v != "wf-run" else v for k, v in event.items()}


def nested_starts(name: str) -> list[Chunk]:
    """Return what begins three subagent runs, one in the other, and another one beside them."""
    start = SubagentStart("n", f"{name}-helper")
    deeper = [start, Nested("n", start), Nested("n", Nested("n", start))]
    return [*deeper, SubagentStart("beside", "beside")]


def nested(chunk: Chunk, depth: int) -> Chunk:
    """Let a subagent run say a chunk, so deep in its agent; the agent says itself what it must."""
    for _ in range(depth if isinstance(chunk, NESTED_CHUNK_TYPES) else 0):
        chunk = Nested("n", cast("NestedChunk", chunk))
    return chunk


def chunks_of(kind: str, number: int) -> list[Chunk]:
    call = f"c{number}"
    said: dict[str, list[Chunk]] = {
        "text": [Text(f"t{number} ")],
        "text_end": [TextEnd()],
        "reasoning": [Reasoning(f"r{number} ")],
        "tool": [
            ToolStart(call, "tool"),
            ToolArgs(call, "{}"),
            ToolEnd(call),
            ToolResult(call, "ok", 1.0),
        ],
        "open_tool": [ToolStart(call, "tool"), ToolArgs(call, '{"a":')],
        "state": [StatePatch(({"op": "add", "path": f"/k{number}", "value": number},))],
        "progress": [Progress(1, "x")],
    }
    return said[kind]


def seen_in(view: Fold) -> object:
    return (
        view.open,
        view.unanswered,
        view.answered,
        view.legs,
        view.started,
        view.terminal,
        view.state,
        view.transcript.messages(),
    )
