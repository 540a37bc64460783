"""JSON that no well-meaning client sends, for property tests: odd values, anywhere in a body."""

import json
from collections.abc import Iterator
from typing import Any, TypeAlias, cast

from hypothesis import strategies as st

Path: TypeAlias = tuple[str | int, ...]

_SURROGATE = "\ud800"
_TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", " ", "\0", "a\0b", _SURROGATE, f"x{_SURROGATE}y", "\udc00\ud800", "\u2028", "\r\n\r\n"]
    ),
    st.sampled_from(["data: x\n\n", "__proto__", "../..", "%00", "😀" * 3, "default", "null"]),
)
_NUMBERS = st.one_of(
    st.integers(-3, 3),
    st.sampled_from([2**53, -(2**63), 2**63, 2**64, 10**40, -(10**40)]),
    st.floats(),
    st.sampled_from([1e308, -1e308, 5e-324, float("nan"), float("inf"), float("-inf")]),
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), _NUMBERS, _TEXTS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(_TEXTS, inner, max_size=4)
    ),
    max_leaves=8,
)


@st.composite
def spoilt(draw: st.DrawFn, bodies: st.SearchStrategy[Any]) -> Any:
    """Draw a body and put any JSON into up to three places of it."""
    body = draw(bodies)
    for _ in range(draw(st.integers(0, 3))):
        path = draw(st.sampled_from(list(paths(body))))
        body = replaced(body, path, draw(VALUES))
    return body


@st.composite
def written(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> bytes:
    """Draw a value and write it as bytes: with escapes, or as raw and perhaps broken UTF-8."""
    text = json.dumps(draw(values), ensure_ascii=draw(st.booleans()))
    return text.encode("utf-8", "surrogatepass")


def paths(value: Any, here: Path = ()) -> Iterator[Path]:
    """Yield the place of every value within a value, and of the value itself."""
    yield here
    for key, item in _inner(value):
        yield from paths(item, (*here, key))


def replaced(value: Any, path: Path, other: Any) -> Any:
    """Return the value with another one in a place of it."""
    if not path:
        return other
    key, *rest = path
    inner = replaced(value[key], tuple(rest), other)
    if isinstance(key, str):
        return {**value, key: inner}
    return [*value[:key], inner, *value[key + 1 :]]


def _inner(value: Any) -> list[tuple[str | int, Any]]:
    match value:
        case dict():
            # `match` cannot tell what a dict or a list holds, and any JSON will do here.
            return list(cast("dict[str | int, Any]", value).items())
        case list():
            return list(enumerate(cast("list[Any]", value)))
        case _:
            return []
