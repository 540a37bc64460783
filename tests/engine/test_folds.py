"""The page's fold and ours agree: both are held against the same stored streams."""

import json

import pytest

from sergas.core.json import JsonObject
from tests.folds import FOLDS, seen

_STORED: list[JsonObject] = json.loads(FOLDS.read_text())


@pytest.mark.parametrize("stored", _STORED, ids=range(len(_STORED)))
def test_a_stored_stream_folds_to_what_the_page_is_held_against(stored: JsonObject) -> None:
    # A stored fold is JSON, so its events have no closer type.
    assert seen(stored["events"]) == stored["seen"]  # pyright: ignore[reportArgumentType]
