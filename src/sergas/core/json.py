"""What a JSON value is, as a type, and how the house writes one."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import msgspec

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
JsonObject: TypeAlias = Mapping[str, Json]

_encoder = msgspec.json.Encoder()


def encode(value: object) -> bytes:
    """Write compact UTF-8 JSON.

    Raises:
        TypeError: the value holds something that JSON has no form for.
    """
    return _encoder.encode(value)


def encode_sorted(value: object) -> bytes:
    """Write JSON whose keys are in order, so that equal values are equal bytes."""
    return msgspec.json.encode(value, order="sorted")


def decode(data: bytes | str) -> Json:
    """Read JSON.

    Raises:
        ValueError: the text is not JSON (msgspec's DecodeError is one).
    """
    return msgspec.json.decode(data)


def names_of(value: Json) -> tuple[str, ...]:
    """Return the value's items as strings if it is a list, else nothing."""
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def clean(text: str) -> str:
    """Return the text without lone surrogates, which UTF-8 has no form for.

    Halves of a pair that stand together are joined; a half alone becomes U+FFFD.
    """
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def without_nul(text: str) -> str:
    """Return the text with U+FFFD for NUL, which a database's texts may have no form for."""
    return text.replace("\0", "\ufffd")


def as_object(value: object) -> dict[str, Json]:
    """Return the value if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}  # pyright: ignore[reportUnknownVariableType]
