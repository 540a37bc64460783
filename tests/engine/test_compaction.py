"""Compaction: fewer events that say the same, and nothing lost of the ones before."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from sergas.core.compaction import Compacted, pack_cuts, restored, unpack_cuts
from sergas.core.json import as_object, decode, encode
from sergas.core.runs import Event
from sergas.engine import events
from sergas.engine.compaction import Merge
from sergas.engine.events import AgUiEvent
from sergas.engine.fold import fold
from sergas.engine.patches import put
from tests.chaos.trial import checks
from tests.valid_streams import seen_in, valid_streams, whole_runs

BOARD = ("wf-run", "workflow_status")
TEXT = b'{"type":"TEXT_MESSAGE_CONTENT","messageId":"m","delta":%b}'
TEXTS = [b'"text"', '"é\U0001f600"'.encode(), b'""', b'["a"]', b"null", b"7"]
PATCHES = [
    *(b'"delta":[1]', b'"delta":[1.0]', b'"delta":[]', b'"delta":""'),
    *(b'"delta":[1],"a":1', b'"a":1,"delta":[1]', b'"delta":[1],"a":1.0'),
]
# Right and wrong deltas, the same ones written otherwise, and what is no event at all.
ODD = [
    *(TEXT % delta for delta in TEXTS),
    *(TEXT.replace(b":", b": ", 1) % b'"text"', TEXT.replace(b"}", b',"a":1}') % b'"text"'),
    *(b'{"type":"STATE_DELTA",%b}' % fields for fields in PATCHES),
    *(b"", b"\xff", b"[]", b'"\\ud800"', b'{"type":"CUSTOM"}'),
]


def compacted(stream: Sequence[bytes]) -> Compacted:
    merge = Merge()
    merge.add(Event(seq, data) for seq, data in enumerate(stream, 1))
    return merge.compacted()


def merged(stream: Sequence[AgUiEvent]) -> list[AgUiEvent]:
    """Return the compacted form of a stream."""
    return [as_object(decode(data)) for data in compacted([encode(e) for e in stream]).merged]


def test_the_deltas_between_two_other_events_become_one_for_each_message() -> None:
    stream = [
        events.text_start("a", "s1"),
        events.text_content("a", "s1", "Hel"),
        events.text_start("b", "s2"),
        events.text_content("b", "s2", "Good"),
        events.text_content("a", "s1", "lo"),
        events.activity_delta(*BOARD, [put("/progress", 1)]),
        events.text_content("b", "s2", " bye"),
        events.text_content("a", "s1", "!"),
        events.activity_delta(*BOARD, [put("/progress", 2)]),
        events.text_end("a", "s1"),
        events.text_content("b", "s2", "."),
    ]

    assert merged(stream) == [
        events.text_start("a", "s1"),
        events.text_content("a", "s1", "Hel"),
        events.text_start("b", "s2"),
        events.text_content("b", "s2", "Good bye"),
        events.text_content("a", "s1", "lo!"),
        events.activity_delta(*BOARD, [put("/progress", 1), put("/progress", 2)]),
        events.text_end("a", "s1"),
        events.text_content("b", "s2", "."),
    ]


def test_patches_of_the_state_keep_their_order_whoever_made_them() -> None:
    made = [("one", 1), ("one", 2), ("two", 3), ("one", 4), ("two", 5), ("two", 6)]
    stream = [events.state_delta([put("/n", value)], who) for who, value in made]

    assert merged(stream) == [
        events.state_delta([put("/n", 1), put("/n", 2)], "one"),
        events.state_delta([put("/n", 3)], "two"),
        events.state_delta([put("/n", 4)], "one"),
        events.state_delta([put("/n", 5), put("/n", 6)], "two"),
    ]


def test_a_long_text_stays_in_parts_of_some_kilobytes() -> None:
    stream = [events.text_content("m", "s", "0123456789") for _ in range(20_000)]

    parts = [str(event["delta"]) for event in merged(stream)]

    assert len("".join(parts)) == 200_000
    assert len(parts) == 7
    assert max(map(len, parts)) < 33_000


@given(stream=valid_streams() | whole_runs())
@settings(deadline=None)
def test_a_compacted_log_folds_to_the_same(stream: list[AgUiEvent]) -> None:
    assert seen_in(fold(merged(stream))) == seen_in(fold(stream))


@given(stream=whole_runs())
@settings(deadline=None)
def test_a_compacted_log_is_a_valid_stream(stream: list[AgUiEvent]) -> None:
    short = merged(stream)

    assert [*checks.legs(short), *checks.closed_scopes(short), *checks.answered_tools(short)] == []
    assert checks.texts_of(short) == checks.texts_of(stream)


@given(
    stream=st.lists(st.sampled_from(ODD), max_size=9)
    | valid_streams().map(lambda s: [encode(e) for e in s]),
    after=st.integers(0, 80),
    limit=st.integers(1, 80),
)
@settings(max_examples=500, deadline=None)
def test_every_original_event_comes_back_byte_for_byte(
    stream: list[bytes], after: int, limit: int
) -> None:
    originals = [Event(seq, data) for seq, data in enumerate(stream, 1)]

    short = compacted(stream)
    kept = Compacted(short.merged, unpack_cuts(pack_cuts(short.cuts)))

    assert kept == short
    assert restored(kept, 0, len(stream)) == originals
    assert restored(kept, after, limit) == originals[after : after + limit]
