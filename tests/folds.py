"""`python -m tests.folds`: writes streams and what they fold to, for the page to be held against.

A page reads the log as a stream tells it: where the log withdraws messages, it gets the
conversation without them.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sergas.core.json import Json, JsonObject, as_object, names_of
from sergas.engine import events
from sergas.engine.closing import open_attempts
from sergas.engine.events import AgUiEvent
from sergas.engine.fold import fold
from tests.valid_streams import valid_streams, whole_runs

FOLDS = Path(__file__).parents[1] / "frontend/packages/react/tests/state/folds.json"
_COUNT = 24
_SHORTEST = 30


def told(stream: list[AgUiEvent]) -> Iterator[AgUiEvent]:
    """Give the log as a page hears it."""
    logged: list[AgUiEvent] = []
    for event in stream:
        if event["type"] != "CUSTOM":
            logged.append(event)
            yield event
            continue
        texts = _texts(fold(logged).transcript.messages())
        named = names_of(as_object(event["value"]).get("messageIds"))
        # An engine withdraws texts alone; the streams of the property tests anything.
        logged.append(events.messages_withdrawn([name for name in named if name in texts]))
        yield {"type": "MESSAGES_SNAPSHOT", "messages": fold(logged).transcript.messages()}


def seen(stream: list[AgUiEvent]) -> JsonObject:
    """Return what both folds have to agree on."""
    kept: list[AgUiEvent] = []
    for event in stream:
        if event["type"] == "MESSAGES_SNAPSHOT":
            before = _texts(fold(kept).transcript.messages())
            after = _texts([as_object(message) for message in _list(event["messages"])])
            event = events.messages_withdrawn([name for name in before if name not in after])
        kept.append(event)
    view = fold(kept)
    messages = view.transcript.messages()
    calls = [as_object(c) for message in messages for c in _list(message.get("toolCalls"))]
    return {
        "isOver": view.terminal is not None,
        "state": view.state,
        "activity": view.transcript.activity("wf-run"),
        "texts": _texts(messages),
        "calls": {str(call["id"]): as_object(call["function"]) for call in calls},
        "results": {
            str(message["toolCallId"]): message["content"]
            for message in messages
            if message["role"] == "tool"
        },
        "atWork": [*open_attempts(view)],
    }


def _texts(messages: list[dict[str, Json]]) -> dict[str, Json]:
    return {
        str(message["id"]): message["content"]
        for message in messages
        if message["role"] == "assistant" and message.get("content")
    }


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def main() -> None:
    """Write streams of every kind that the property tests draw, always the same ones."""
    found: list[Json] = []

    @settings(
        max_examples=400,
        derandomize=True,
        database=None,
        suppress_health_check=[*HealthCheck.__members__.values()],
    )
    @given(st.one_of(valid_streams(), whole_runs()))
    def collect(stream: list[AgUiEvent]) -> None:
        heard = list(told(stream))
        if len(heard) >= _SHORTEST and len(found) < _COUNT:
            found.append({"events": heard, "seen": seen(heard)})

    collect()
    FOLDS.write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
