"""The fold: the same whole, however the events are cut."""

from hypothesis import given
from hypothesis import strategies as st

from sergas.engine import events
from sergas.engine.closing import Reason, close_attempt, close_scopes, open_attempts
from sergas.engine.events import AgUiEvent
from sergas.engine.fold import fold
from tests.valid_streams import NAMES, seen_in, valid_streams


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
