"""Dialects: the same events for clients that would not take AG-UI 1.0 as it is stored."""

import pytest
from ag_ui.core import Event as Protocol
from ag_ui.core import EventType
from pydantic import BaseModel, TypeAdapter

from sergas.core.json import decode, encode
from sergas.web.dialect import before_1_0, blueprint, current, dialect_of
from tests.every_event import BLUEPRINT, EVERY, FAILED, OLDER, SAME, Event

_PROTOCOL: TypeAdapter[BaseModel] = TypeAdapter(Protocol)
BINARY: Event = {"type": "binary", "mimeType": "image/png", "data": "AAAA", "filename": "a.png"}


def name_of(value: Event | list[Event]) -> str | None:
    return str(value.get("type")) if isinstance(value, dict) else None


def test_the_table_has_every_event_of_the_protocol_and_only_valid_ones() -> None:
    assert {event["type"] for event in EVERY} == {kind.value for kind in EventType}
    for event in EVERY:
        parsed = _PROTOCOL.validate_python(event)
        assert parsed.model_dump(mode="json", by_alias=True, exclude_unset=True) == event


@pytest.mark.parametrize("event", EVERY, ids=name_of)
def test_a_client_of_1_0_gets_the_very_bytes_that_are_stored(event: Event) -> None:
    stored = encode(event)

    (said,) = current(stored)

    assert said is stored


@pytest.mark.parametrize(
    "event", [*SAME, *(stored for stored, _ in BLUEPRINT), FAILED], ids=name_of
)
def test_most_events_are_the_same_for_an_older_client(event: Event) -> None:
    (said,) = before_1_0(encode(event))

    assert decode(said) == event


@pytest.mark.parametrize(("stored", "told"), OLDER, ids=name_of)
def test_what_an_older_client_rejects_is_said_otherwise(stored: Event, told: Event) -> None:
    (said,) = before_1_0(encode(stored))

    assert decode(said) == told
    assert blueprint(encode(stored)) == before_1_0(encode(stored))


@pytest.mark.parametrize("event", SAME, ids=name_of)
def test_the_blueprint_is_told_the_same_of_what_it_does_not_know(event: Event) -> None:
    assert blueprint(encode(event)) == before_1_0(encode(event))


@pytest.mark.parametrize(("stored", "more"), BLUEPRINT, ids=name_of)
def test_the_blueprint_is_told_of_agents_in_its_own_words_too(
    stored: Event, more: list[Event]
) -> None:
    assert [decode(form) for form in blueprint(encode(stored))] == [stored, *more]


def test_the_blueprint_finds_an_error_where_it_looks_for_it() -> None:
    (said,) = blueprint(encode(FAILED))

    error: Event = {
        "code": "agent_failed",
        "message": "No.",
        "type": "AgentFailed",
        "recoverable": False,
        "retry_after": None,
    }
    assert decode(said) == {**FAILED, "error": error}


@pytest.mark.parametrize("event", EVERY, ids=name_of)
def test_a_dialect_says_the_same_however_often_it_is_asked(event: Event) -> None:
    for dialect in (current, before_1_0, blueprint):
        stored = encode(event)

        assert dialect(stored) == dialect(stored)
        assert stored == encode(event)


@pytest.mark.parametrize(
    ("part", "modern"),
    [
        (
            BINARY,
            {
                "type": "image",
                "source": {"type": "data", "value": "AAAA", "mimeType": "image/png"},
                "metadata": {"filename": "a.png"},
            },
        ),
        (
            {"type": "binary", "mimeType": "audio/mpeg", "url": "https://x/y"},
            {
                "type": "audio",
                "source": {"type": "url", "value": "https://x/y", "mimeType": "audio/mpeg"},
            },
        ),
        (
            {"type": "binary", "mimeType": "application/pdf", "id": "file-1"},
            {
                "type": "document",
                "source": {"type": "file", "value": "file-1", "mimeType": "application/pdf"},
            },
        ),
    ],
)
def test_the_binary_part_of_0_0_59_is_told_as_1_0_has_it(part: Event, modern: Event) -> None:
    messages: list[Event] = [{"id": "u", "role": "user", "content": [part]}]
    stored = encode({"type": "MESSAGES_SNAPSHOT", "messages": messages})

    (to_new,), (to_old,) = current(stored), before_1_0(stored)

    assert decode(to_old) == decode(stored)
    _PROTOCOL.validate_json(to_new)
    assert decode(to_new) == {
        "type": "MESSAGES_SNAPSHOT",
        "messages": [{"id": "u", "role": "user", "content": [modern]}],
    }


@pytest.mark.parametrize(
    ("version", "is_blueprint", "dialect"),
    [
        ("1.0", False, current),
        ("1.1", False, current),
        (None, False, before_1_0),
        (None, True, blueprint),
        ("1.0", True, blueprint),
    ],
)
def test_a_client_is_spoken_to_as_its_request_speaks(
    version: str | None, is_blueprint: bool, dialect: object
) -> None:
    assert dialect_of(version, is_blueprint=is_blueprint) is dialect
