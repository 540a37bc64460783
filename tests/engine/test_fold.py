"""The fold: the same whole, however the events are cut."""

from hypothesis import given
from hypothesis import strategies as st

from sergas.core.chunks import (
    Chunk,
    Progress,
    Reasoning,
    StatePatch,
    Text,
    TextEnd,
    ToolArgs,
    ToolEnd,
    ToolResult,
    ToolStart,
)
from sergas.engine import events
from sergas.engine.closing import Reason, close_attempt, close_scopes, open_attempts
from sergas.engine.events import AgUiEvent
from sergas.engine.fold import Fold, fold
from sergas.engine.patches import put
from sergas.engine.translate import Translator

NAMES = ("alpha", "beta", "gamma")
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
    for number, (name, kind) in enumerate(
        draw(st.lists(st.tuples(st.sampled_from(NAMES), CHUNKS), max_size=60))
    ):
        for chunk in chunks_of(kind, number):
            stream += translators[name].translate(chunk, 1)
        stream.append(
            events.activity_delta("wf-run", "workflow_status", [put("/progress", number)])
        )
    return stream


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


@given(stream=valid_streams(), cut=st.integers(0, 200))
def test_folding_in_two_pieces_is_folding_in_one(stream: list[AgUiEvent], cut: int) -> None:
    whole = fold(stream)

    pieces = fold(stream[:cut])
    for event in stream[cut:]:
        pieces.apply(event)

    assert seen_in(pieces) == seen_in(whole)


@given(stream=valid_streams())
def test_closing_leaves_nothing_open_and_no_tool_call_unanswered(stream: list[AgUiEvent]) -> None:
    view = fold(stream)
    reason = Reason("lost", "It was lost.", {})

    for subagent_id in open_attempts(view):
        for event in close_attempt(view, subagent_id, reason, 2):
            view.apply(event)

    assert view.open == {}
    assert view.unanswered == {}
    assert len({str(m["id"]) for m in view.transcript.messages()}) == len(
        view.transcript.messages()
    )


@given(stream=valid_streams(), name=st.sampled_from(NAMES))
def test_closing_one_attempt_leaves_its_neighbours_alone(
    stream: list[AgUiEvent], name: str
) -> None:
    view = fold(stream)
    others = {key: e for key, e in view.open.items() if e.get("subagentRunId") != f"run:{name}:1"}

    for event in close_scopes(view, f"run:{name}:1", "lost"):
        view.apply(event)

    assert {
        k: e for k, e in view.open.items() if e.get("subagentRunId") != f"run:{name}:1"
    } == others
    assert [k for k in view.open if k[1].startswith(f"run:{name}:1:")] == []


def test_the_end_of_a_leg_closes_everything_and_the_next_leg_opens_again() -> None:
    view = fold([events.run_started("t", "r", 1), events.text_start("m", "s")])

    view.apply(events.run_error("m", "c", 2, {}))
    ended = (view.started, view.open, view.terminal)
    view.apply(events.run_started("t", "r", 3))

    assert ended == (False, {}, events.run_error("m", "c", 2, {}))
    assert (view.started, view.terminal) == (True, None)


def seen_in(view: Fold) -> object:
    return (
        view.open,
        view.unanswered,
        view.started,
        view.terminal,
        view.state,
        view.transcript.messages(),
    )
