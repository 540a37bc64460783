"""Every check of the trial can fail: a run that is right passes, each way to be wrong does not."""

import pytest

from tests.chaos.trial import checks
from tests.streams import AgUiEvent

TEXT = "all of it"
START: AgUiEvent = {"type": "RUN_STARTED"}
END: AgUiEvent = {"type": "RUN_FINISHED", "outcome": {"type": "success"}}
SUSPENDED = {"type": "suspended", "interruptIds": ["i1"]}
MESSAGES: list[AgUiEvent] = [
    {"id": "m1", "role": "user", "content": "one"},
    {"id": "m2", "role": "assistant", "content": "two"},
]
STATE = {"a": 1}
BROKEN: AgUiEvent = {"type": "RUN_ERROR"}


def agent(name: str, attempt: int = 1, text: str = TEXT) -> list[AgUiEvent]:
    """Make the events of an attempt that finishes."""
    who = f"run:{name}:{attempt}"
    return [
        {"type": "SUBAGENT_STARTED", "subagentRunId": who, "name": name},
        {"type": "TOOL_CALL_START", "toolCallId": f"{who}:t"},
        {"type": "TOOL_CALL_ARGS", "toolCallId": f"{who}:t"},
        {"type": "TOOL_CALL_END", "toolCallId": f"{who}:t"},
        {"type": "TOOL_CALL_RESULT", "toolCallId": f"{who}:t"},
        {"type": "TEXT_MESSAGE_START", "messageId": f"{who}:m"},
        {
            "type": "TEXT_MESSAGE_CONTENT",
            "messageId": f"{who}:m",
            "subagentRunId": who,
            "delta": text[:4],
        },
        {
            "type": "TEXT_MESSAGE_CONTENT",
            "messageId": f"{who}:m",
            "subagentRunId": who,
            "delta": text[4:],
        },
        {"type": "TEXT_MESSAGE_END", "messageId": f"{who}:m"},
        {"type": "SUBAGENT_FINISHED", "subagentRunId": who},
    ]


def lost(name: str, attempt: int = 1, text: str = TEXT[:5]) -> list[AgUiEvent]:
    """Make the events of an attempt that ends without a result."""
    *events, finished = agent(name, attempt, text)
    return [*events, {**finished, "type": "SUBAGENT_ERROR"}]


RUN = [START, *agent("one"), *lost("two"), *agent("two", 2), END]


def without(kind: str) -> list[AgUiEvent]:
    """Return the run without its first event of a type."""
    place = next(n for n, event in enumerate(RUN) if event["type"] == kind)
    return [*RUN[:place], *RUN[place + 1 :]]


def twice(kind: str) -> list[AgUiEvent]:
    """Return the run with its first event of a type twice."""
    place = next(n for n, event in enumerate(RUN) if event["type"] == kind)
    return [*RUN[: place + 1], *RUN[place:]]


def test_a_run_that_is_right_passes_every_check() -> None:
    found = [
        *checks.legs(RUN),
        *checks.closed_scopes(RUN),
        *checks.answered_tools(RUN),
        *checks.finished_once(RUN),
        *checks.whole_texts(RUN, TEXT),
        *checks.all_agents_finished(RUN, ["one", "two"]),
        *checks.same_events(RUN, RUN, "a client"),
        *checks.same_end({"status": "completed"}, RUN),
    ]

    assert found == []


@pytest.mark.parametrize("seqs", [[], [1], [1, 2, 3]])
def test_numbers_without_a_gap_pass(seqs: list[int]) -> None:
    assert checks.contiguous(seqs) == []


@pytest.mark.parametrize("seqs", [[2], [1, 3], [1, 1], [1, 2, 2, 3], [2, 1], [0, 1]])
def test_a_gap_a_repetition_or_a_wrong_order_is_found(seqs: list[int]) -> None:
    assert checks.contiguous(seqs)


@pytest.mark.parametrize(
    "seen", [RUN[:-1], RUN[1:], [*RUN, END], [RUN[1], RUN[0], *RUN[2:]], [*RUN[:-1], BROKEN]]
)
def test_a_client_that_saw_something_else_is_found(seen: list[AgUiEvent]) -> None:
    assert checks.same_events(seen, RUN, "a client")


@pytest.mark.parametrize(
    "events",
    [
        [],
        RUN[:-1],
        RUN[1:],
        [START, *RUN],
        [*RUN, END],
        [*RUN, *agent("three")],
        [*RUN, START],
    ],
)
def test_a_leg_that_has_not_one_start_and_one_end_is_found(events: list[AgUiEvent]) -> None:
    assert checks.legs(events)


def test_two_legs_pass() -> None:
    assert checks.legs([START, END, START, BROKEN]) == []


@pytest.mark.parametrize(
    "events",
    [
        without("TEXT_MESSAGE_END"),
        without("TEXT_MESSAGE_START"),
        without("TOOL_CALL_END"),
        without("TOOL_CALL_START"),
        without("SUBAGENT_FINISHED"),
        without("SUBAGENT_ERROR"),
        twice("TEXT_MESSAGE_START"),
        twice("TEXT_MESSAGE_END"),
        twice("SUBAGENT_STARTED"),
        twice("SUBAGENT_FINISHED"),
        [START, *agent("one"), *agent("one"), END],
    ],
)
def test_a_scope_that_is_not_opened_and_closed_once_is_found(events: list[AgUiEvent]) -> None:
    assert checks.closed_scopes(events)


@pytest.mark.parametrize(
    "events", [without("TOOL_CALL_RESULT"), twice("TOOL_CALL_RESULT"), without("TOOL_CALL_START")]
)
def test_a_tool_call_without_one_result_is_found(events: list[AgUiEvent]) -> None:
    assert checks.answered_tools(events)


@pytest.mark.parametrize(
    ("events", "before"),
    [
        ([START, *agent("one"), *agent("one", 2), END], []),
        ([START, *agent("one"), *lost("one", 2), END], []),
        (RUN, ["one"]),
        (RUN, ["two"]),
    ],
)
def test_an_agent_that_runs_again_after_its_end_is_found(
    events: list[AgUiEvent], before: list[str]
) -> None:
    assert checks.finished_once(events, before)


def test_an_agent_that_waits_for_a_person_may_go_on() -> None:
    *events, finished = agent("one")

    waited = [*events, {**finished, "outcome": SUSPENDED}, *agent("one", 2)]

    assert checks.finished_once(waited) == []
    assert checks.finished_agents(waited) == ["one"]


def test_a_run_that_completed_without_an_agent_is_found() -> None:
    assert checks.all_agents_finished(RUN, ["one", "two", "three"])
    assert checks.all_agents_finished([START, *lost("one"), END], ["one"])
    assert checks.all_agents_finished(RUN, ["one", "two", "three"], ["three"]) == []


@pytest.mark.parametrize(
    "events",
    [
        agent("one", text=TEXT[:-1]),
        agent("one", text=TEXT + TEXT),
        agent("one", text=""),
        lost("one", text="something else"),
        lost("one", text=TEXT[1:]),
    ],
)
def test_a_text_that_is_cut_or_repeated_is_found(events: list[AgUiEvent]) -> None:
    assert checks.whole_texts(events, TEXT)


def nested(text: str) -> list[AgUiEvent]:
    """Make the events of a nested subagent run that finishes."""
    started, *rest = agent("asked", text=text)
    return [{**started, "parentSubagentRunId": "run:one:1"}, *rest]


def test_a_nested_text_is_another_one_and_has_to_be_whole_too() -> None:
    assert checks.whole_texts([*agent("one"), *nested("nested")], TEXT, "nested") == []
    assert checks.whole_texts(nested(TEXT), TEXT, "nested")
    assert checks.whole_texts(nested("nest"), TEXT, "nested")


@pytest.mark.parametrize(
    "shown",
    [
        {},
        {"m1": "all"},
        {"m1": "all of itall of it", "m0": "before"},
        {"m1": TEXT, "m0": "befo"},
        {"m1": TEXT, "unknown": "text"},
    ],
)
def test_a_late_reader_with_another_text_is_found(shown: dict[str, str]) -> None:
    assert checks.same_texts(shown, {"m1": TEXT}, {"m1": TEXT, "m0": "before"})


def test_a_late_reader_with_the_same_text_passes() -> None:
    shown = {"m1": TEXT, "m0": "before"}

    assert checks.same_texts(shown, checks.texts_of([]), shown) == []
    assert checks.texts_of(agent("one")) == {"run:one:1:m": TEXT}


@pytest.mark.parametrize(
    ("status", "last"),
    [
        ("failed", END),
        ("running", END),
        ("completed", BROKEN),
        ("completed", {"type": "RUN_FINISHED", "outcome": {"type": "cancelled"}}),
    ],
)
def test_a_record_that_says_something_else_than_the_events_is_found(
    status: str, last: AgUiEvent
) -> None:
    assert checks.same_end({"status": status}, [START, last])
    assert checks.same_end({"status": status}, [])


@pytest.mark.parametrize(
    ("now", "answered"),
    [("completed", "cancelled"), ("failed", "cancelled"), ("completed", "running")],
)
def test_a_cancel_that_is_lost_is_found(now: str, answered: str) -> None:
    assert checks.stays_cancelled({"status": now}, {"status": answered}, was_done=False)


@pytest.mark.parametrize(
    ("now", "answered"),
    [("cancelled", "running"), ("cancelled", "cancelled"), ("completed", "completed")],
)
def test_a_cancel_that_is_kept_or_came_too_late_passes(now: str, answered: str) -> None:
    assert checks.stays_cancelled({"status": now}, {"status": answered}, was_done=False) == []


@pytest.mark.parametrize(("now", "is_wrong"), [("completed", False), ("failed", True)])
def test_a_run_whose_agents_had_all_finished_may_only_complete(now: str, is_wrong: bool) -> None:
    found = checks.stays_cancelled({"status": now}, {"status": "running"}, was_done=True)

    assert bool(found) == is_wrong


def test_an_attempt_that_asked_may_have_said_anything_so_far() -> None:
    *events, finished = agent("one", text=TEXT[:5])

    assert checks.whole_texts([*events, finished], TEXT)
    assert checks.whole_texts([*events, {**finished, "outcome": SUSPENDED}], TEXT) == []


@pytest.mark.parametrize(
    "shown",
    [
        {"messages": MESSAGES, "state": {"a": 2}},
        {"messages": MESSAGES[:1], "state": STATE},
        {"messages": [*MESSAGES, MESSAGES[1]], "state": STATE},
        {"messages": MESSAGES[::-1], "state": STATE},
        {"messages": [MESSAGES[0], {**MESSAGES[1], "content": "twotwo"}], "state": STATE},
    ],
)
def test_a_page_that_shows_another_thread_is_found(shown: AgUiEvent) -> None:
    stored = {"messages": MESSAGES, "state": STATE}

    assert checks.same_thread(shown, stored)
    assert checks.same_thread(stored, stored) == []


def test_a_result_may_stand_elsewhere_and_may_not_be_missing() -> None:
    calls: list[AgUiEvent] = [
        {"id": key, "role": "assistant", "toolCalls": [{"id": key, "name": "look", "args": "{}"}]}
        for key in ("a", "b")
    ]
    results: list[AgUiEvent] = [
        {"id": f"{key}:result", "role": "tool", "toolCallId": key, "content": "seen"}
        for key in ("a", "b")
    ]
    stored: AgUiEvent = {
        "state": STATE,
        "messages": [calls[0], results[0], calls[1], results[1]],
    }
    wrapped = [
        {**call, "toolCalls": [{"id": call["id"], "function": {"name": "look", "arguments": "{}"}}]}
        for call in calls
    ]

    assert checks.same_thread({"state": STATE, "messages": [*wrapped, *results]}, stored) == []
    assert checks.same_thread({"state": STATE, "messages": [*wrapped, results[0]]}, stored)
    assert checks.same_thread({"state": STATE, "messages": [*wrapped[::-1], *results]}, stored)
