"""The fold: the same whole, however the events are cut."""

from hypothesis import given
from hypothesis import strategies as st

from sergas.engine import events
from sergas.engine.closing import Reason, close_attempt, close_scopes, open_attempts, withdraw
from sergas.engine.events import AgUiEvent
from sergas.engine.fold import fold
from sergas.engine.naming import is_within
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
    own = f"run:{name}:1"
    others = {k: e for k, e in view.open.items() if not is_within(str(e["subagentRunId"]), own)}

    for event in close_scopes(view, own, Reason("lost", "It was lost.", {}), 2):
        view.apply(event)

    assert view.open == {("subagent", own): view.open["subagent", own], **others}


@given(stream=valid_streams(), name=st.sampled_from(NAMES))
def test_what_is_nested_is_closed_before_what_it_is_nested_in(
    stream: list[AgUiEvent], name: str
) -> None:
    closing = close_attempt(fold(stream), f"run:{name}:1", Reason("lost", "It was lost.", {}), 2)

    ended = [str(e["subagentRunId"]) for e in closing if e["type"] == "SUBAGENT_ERROR"]
    own = f"run:{name}:1"
    assert ended == [f"{own}/1/1/1", f"{own}/1/1", f"{own}/1", f"{own}/2", own]
    for place, subagent_id in enumerate(ended):
        last = closing.index(
            next(
                e
                for e in closing
                if e["type"] == "SUBAGENT_ERROR" and e["subagentRunId"] == subagent_id
            )
        )
        after = [str(e["subagentRunId"]) for e in closing[last + 1 :]]
        assert not [other for other in after if is_within(other, subagent_id)], place


@given(stream=valid_streams(), name=st.sampled_from(NAMES))
def test_what_is_nested_in_an_attempt_is_withdrawn_with_it(
    stream: list[AgUiEvent], name: str
) -> None:
    view, own = fold(stream), f"run:{name}:1"

    for event in withdraw(view, own, ()):
        view.apply(event)

    left = [m for m in view.transcript.messages() if m["role"] in ("assistant", "reasoning")]
    assert not [m for m in left if is_within(str(m["subagentRunId"]), own) and "toolCalls" not in m]


def test_the_end_of_a_leg_closes_everything_and_the_next_leg_opens_again() -> None:
    view = fold([events.run_started("t", "r", 1), events.text_start("m", "s")])

    view.apply(events.run_error("m", "c", 2, {}))
    ended = (view.started, view.open, view.terminal)
    view.apply(events.run_started("t", "r", 3))

    assert ended == (False, {}, events.run_error("m", "c", 2, {}))
    assert (view.started, view.terminal) == (True, None)
