"""Arguments against schemas, whoever wrote the schema."""

import socket
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sergas.agents.tools.arguments import Arguments, parsed
from sergas.agents.tools.outcome import cut
from sergas.core.errors import ToolFailed
from sergas.core.json import Json, JsonObject, encode

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=5,
)


@given(st.dictionaries(st.text(), _JSON))
def test_what_was_written_as_an_object_is_read_as_it_was(arguments: dict[str, Json]) -> None:
    assert parsed(encode(arguments).decode()) == arguments


@given(st.text())
def test_any_text_is_an_object_or_a_failure_in_words(text: str) -> None:
    with suppress(ToolFailed):
        assert isinstance(parsed(text), dict)


@given(
    st.lists(st.sampled_from(["a", "b", "c"]), unique=True),
    st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), _JSON),
)
def test_arguments_fit_exactly_if_each_is_known_and_of_its_type(
    required: list[str], arguments: dict[str, Json]
) -> None:
    schema: JsonObject = {
        "type": "object",
        "properties": {name: {"type": "string"} for name in ("a", "b", "c")},
        "required": required,
        "additionalProperties": False,
    }
    fits = set(required) <= set(arguments) <= {"a", "b", "c"} and all(
        isinstance(value, str) for value in arguments.values()
    )

    if fits:
        Arguments(schema).demand(arguments)
        return
    with pytest.raises(ToolFailed, match="The arguments do not fit"):
        Arguments(schema).demand(arguments)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "objekt"},
        {"$ref": "http://127.0.0.1:9/schema"},
        {"$schema": "https://example.org/own", "type": "string"},
        {"type": "object", "properties": {"number": {"type": "string", "pattern": "("}}},
    ],
)
def test_a_schema_that_is_none_lets_everything_pass(schema: JsonObject) -> None:
    Arguments(schema).demand({"number": 1})


def test_no_pattern_of_a_page_holds_the_server_up() -> None:
    item: JsonObject = {"pattern": r"^(a*)(a*)\1(?=b)"}
    schema: JsonObject = {"properties": {"texts": {"items": item}}}
    began = time.perf_counter()

    with pytest.raises(ToolFailed):
        Arguments(schema).demand({"texts": ["a" * 700] * 200})

    assert time.perf_counter() - began < 5


def test_no_schema_makes_the_server_fetch_something() -> None:
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.setblocking(False)
        port = elsewhere.getsockname()[1]

        Arguments({"$ref": f"http://127.0.0.1:{port}/schema"}).demand({"number": 1})

        with pytest.raises(BlockingIOError):
            elsewhere.accept()


def test_only_the_first_problems_are_told() -> None:
    schema: JsonObject = {"required": [f"field{number}" for number in range(9)]}

    with pytest.raises(ToolFailed, match=r'"field4" is a required property \(and 4 more\)'):
        Arguments(schema).demand({})


@given(st.text(max_size=300), st.integers(1, 200))
def test_a_text_within_the_limit_is_whole_and_a_longer_one_says_what_it_lacks(
    text: str, limit: int
) -> None:
    short = cut(text, limit)

    assert short.startswith(text[:limit])
    if len(text) > limit:
        assert short.endswith(f"[Cut: the first {limit} of {len(text)} characters.]")
    else:
        assert short == text
