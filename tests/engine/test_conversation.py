"""The conversation of a thread: every message once, and each where a reader expects it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sergas.core.json import Json, JsonObject
from sergas.engine.conversation import extended

NUMBERS = st.lists(st.integers(0, 30), unique=True, max_size=12)


def message(name: str, role: str = "assistant", **fields: Json) -> JsonObject:
    """Make a message whose id is its name."""
    return {"id": name, "role": role, **fields}


def calling(name: str, *calls: str) -> JsonObject:
    """Make a message that calls tools."""
    return message(name, toolCalls=[{"id": call} for call in calls])


def result(call: str) -> JsonObject:
    """Make the message with a call's result."""
    return message(f"{call}-result", "tool", toolCallId=call)


USER, CARD, REST = message("u1", "user"), message("wf", "activity"), message("rest")


def ids(messages: list[JsonObject]) -> list[Json]:
    """Return the ids of messages, in order."""
    return [each["id"] for each in messages]


def test_what_was_asked_comes_before_what_was_said():
    again = message("u2", "user")
    said = [message("wf2", "activity"), message("m2")]

    whole = extended([USER, CARD, REST], [USER, REST, again], said)

    assert ids(whole) == ["u1", "wf", "rest", "u2", "wf2", "m2"]


def test_what_a_run_said_stays_where_it_said_it_when_an_answer_sends_it_back():
    call = calling("c", "c")

    whole = extended([], [USER, call], [CARD, call, REST])

    assert ids(whole) == ["u1", "wf", "c", "rest"]


def test_results_stand_behind_their_calls_when_the_page_put_them_there():
    first, second = calling("a", "a"), calling("b", "b")
    asked = [USER, first, result("a"), second, result("b"), REST]

    whole = extended([USER, CARD, first, second, REST], asked, [message("m2")])

    assert ids(whole) == ["u1", "wf", "a", "a-result", "b", "b-result", "rest", "m2"]


def test_results_stand_at_the_end_when_the_page_put_them_there():
    first, second = calling("a", "a"), calling("b", "b")
    asked = [USER, first, second, REST, result("a"), result("b")]

    whole = extended([USER, CARD, first, second, REST], asked, [message("m2")])

    assert ids(whole) == ["u1", "wf", "a", "b", "rest", "a-result", "b-result", "m2"]


def test_a_result_stands_behind_its_call_also_when_the_page_sent_no_call():
    whole = extended([USER, CARD, calling("a", "a")], [USER, result("a")], [REST])

    assert ids(whole) == ["u1", "wf", "a", "a-result", "rest"]


@given(
    told=NUMBERS,
    asked=st.lists(st.integers(0, 30), max_size=12),
    said=NUMBERS,
    tools=st.sets(st.integers(0, 30)),
)
def test_every_message_is_there_once_and_no_order_is_changed(
    told: list[int], asked: list[int], said: list[int], tools: set[int]
):
    def drawn(numbers: list[int]) -> list[JsonObject]:
        return [message(str(n), "tool" if n in tools else "user") for n in numbers]

    whole = ids(extended(drawn(told), drawn(asked), drawn(said)))

    assert sorted(map(str, whole)) == sorted({str(n) for n in (*told, *asked, *said)})
    new = [str(n) for n in said if n not in told]
    for order in (list(map(str, told)), new):
        assert all(whole.index(a) < whole.index(b) for a, b in pairwise(order))
