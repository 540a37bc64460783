"""A strict check of one AG-UI stream, over the raw bytes that a client receives.

`ag-ui-validate` judges the order of events. This judges what it passes over: framing, exact fields,
ids, the ending, and what `@ag-ui/client` 0.0.59 rejects.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import dropwhile
from typing import Literal, NoReturn, cast

from ag_ui.core import PROTOCOL_VERSION, Event
from pydantic import BaseModel, JsonValue, TypeAdapter, ValidationError

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)
_TERMINAL = {"RUN_FINISHED", "RUN_ERROR"}
_PROBLEM_KEYS = ("type", "title", "status", "code", "detail", "requestId")


Dialect = Literal["1.0", "0.0.59"]


@dataclass(frozen=True, slots=True)
class Expected:
    """What the request said: its ids, the client's dialect, and the cursor it reads from.

    Attributes:
        is_join: the stream begins with a join prelude, of which only the last frame has a cursor.
    """

    thread_id: str
    run_id: str
    dialect: Dialect = "1.0"
    after: int = 0
    is_join: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """One `id:` and `data:` pair; `problem` says why `event` is empty."""

    number: int
    id: str | None
    data: str
    event: dict[str, JsonValue]
    problem: str | None = None

    @property
    def type(self) -> str:
        """The event's type, as far as it has one."""
        return str(self.event.get("type"))

    def __str__(self) -> str:
        """Name the frame in a problem."""
        return f"frame {self.number} {self.type}" if self.event else f"frame {self.number}"


def problems(stream: bytes, expected: Expected) -> list[str]:
    """Return everything that is wrong with the stream; an empty list means conformant."""
    frames = list(_frames(stream))
    return [
        *_framing(stream),
        *(f"{frame}: {frame.problem}" for frame in frames if frame.problem),
        *_cursors(frames, expected),
        *(problem for frame in frames if frame.event for problem in _fields(frame)),
        *_identity(frames, expected),
        *_ending(frames),
        *_pending(frames, expected),
        *(problem for frame in frames for problem in _dialect(frame, expected)),
    ]


def events(stream: bytes) -> list[dict[str, JsonValue]]:
    """Return the events of the stream, in order."""
    return [frame.event for frame in _frames(stream)]


def problem_faults(status: int, content_type: str, document: Mapping[str, JsonValue]) -> list[str]:
    """Return everything that is wrong with a refusal (RFC 9457, with a code and a request id)."""
    found = [f"{key} is missing" for key in _PROBLEM_KEYS if not document.get(key)]
    if content_type != "application/problem+json":
        found.append(f"content type {content_type!r}")
    if document.get("status") != status:
        found.append(f"status {document.get('status')!r} in an answer with {status}")
    return [f"problem {document.get('code')}: {fault}" for fault in found]


def _frames(stream: bytes) -> Iterator[Frame]:
    text = stream.decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    blocks = (block.split("\n") for block in text.split("\n\n"))
    spoken = [lines for lines in blocks if any(line and not line.startswith(":") for line in lines)]
    for number, lines in enumerate(spoken, start=1):
        data = "\n".join(_values(lines, "data"))
        yield _frame(number, next(_values(lines, "id"), None), data)


def _values(lines: list[str], name: str) -> Iterator[str]:
    return (line.removeprefix(f"{name}: ") for line in lines if line.startswith(f"{name}: "))


def _frame(number: int, cursor: str | None, data: str) -> Frame:
    try:
        event: JsonValue = json.loads(data, parse_constant=_refuse_constant)
    except ValueError as error:
        return Frame(number, cursor, data, {}, f"data is not JSON: {error}")
    if not isinstance(event, dict):
        return Frame(number, cursor, data, {}, "data is not a JSON object")
    return Frame(number, cursor, data, event)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _framing(stream: bytes) -> Iterator[str]:
    if b"\r" in stream:
        yield "stream: holds a CR; lines end in LF only"
    if not stream.endswith(b"\n\n"):
        yield "stream: does not end with a whole frame"
    try:
        stream.decode()
    except UnicodeDecodeError as error:
        yield f"stream: is not UTF-8: {error}"
    for line in stream.splitlines():
        if line and not line.startswith((b":", b"id: ", b"data: ")):
            yield f"stream: unknown line {line[:40]!r}"


def _cursors(frames: list[Frame], expected: Expected) -> Iterator[str]:
    first = expected.after + 1
    if expected.is_join:
        frames = list(dropwhile(lambda frame: frame.id is None, frames))
        first = _seq(frames[0]) if frames else first
        if not frames:
            yield "stream: the prelude's last frame has no cursor"
    for seq, frame in enumerate(frames, start=first):
        wanted = f"{expected.run_id}:{seq}"
        if frame.id != wanted:
            yield f"{frame}: id is {frame.id!r}, not {wanted!r}"


def _seq(frame: Frame) -> int:
    digits = (frame.id or "").rpartition(":")[2]
    return int(digits) if digits.isdecimal() else 0


def _fields(frame: Frame) -> Iterator[str]:
    try:
        model = _EVENT.validate_json(frame.data, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        yield f"{frame}: {'.'.join(map(str, first['loc']))}: {first['msg']}"
        return
    for problem in _differences(frame.event, model, ""):
        yield f"{frame}: {problem}"


def _differences(raw: JsonValue, parsed: object, path: str) -> Iterator[str]:
    """Yield where the JSON holds more than the model: unknown fields, nulls for absent ones."""
    if isinstance(raw, list) and isinstance(parsed, list):
        # `isinstance` cannot tell what a list holds, and any object will do here.
        parts = cast("list[object]", parsed)
        for index, (item, part) in enumerate(zip(raw, parts, strict=True)):
            yield from _differences(item, part, f"{path}/{index}")
    if not isinstance(raw, dict) or not isinstance(parsed, BaseModel):
        return
    fields = {
        field.alias or name: (name, field) for name, field in type(parsed).model_fields.items()
    }
    for key, value in raw.items():
        if key not in fields:
            yield f"unknown field {path}/{key}"
            continue
        name, field = fields[key]
        if value is None and not field.is_required():
            yield f"null instead of absent {path}/{key}"
        yield from _differences(value, getattr(parsed, name), f"{path}/{key}")


def _identity(frames: list[Frame], expected: Expected) -> Iterator[str]:
    if frames and frames[0].type != "RUN_STARTED" and not expected.after:
        yield f"{frames[0]}: a stream starts with RUN_STARTED"
    wanted = {"threadId": expected.thread_id, "runId": expected.run_id}
    for frame in frames:
        if frame.type not in {"RUN_STARTED", "RUN_FINISHED"}:
            continue
        found = {key: frame.event.get(key) for key in wanted}
        if found != wanted:
            yield f"{frame}: ids {found} differ from the request's {wanted}"
        if frame.type == "RUN_STARTED" and expected.dialect == "1.0":
            yield from _version(frame)


def _version(frame: Frame) -> Iterator[str]:
    version = frame.event.get("protocolVersion")
    if version != PROTOCOL_VERSION:
        yield f"{frame}: protocolVersion is {version!r}, not {PROTOCOL_VERSION!r}"


def _ending(frames: list[Frame]) -> Iterator[str]:
    places = [frame.number for frame in frames if frame.type in _TERMINAL]
    if places != [len(frames)] or not frames:
        yield f"stream: terminal events at {places} of {len(frames)}; exactly one ends a stream"


def _pending(frames: list[Frame], expected: Expected) -> Iterator[str]:
    """Yield where a success does not name the calls that the page has to answer, or others."""
    if expected.dialect != "1.0" or expected.is_join:
        return
    open_calls: list[JsonValue] = []
    for frame in frames:
        outcome = frame.event.get("outcome")
        if frame.type == "TOOL_CALL_START":
            open_calls.append(frame.event.get("toolCallId"))
        elif frame.type == "TOOL_CALL_RESULT" and frame.event.get("toolCallId") in open_calls:
            open_calls.remove(frame.event.get("toolCallId"))
        elif (
            frame.type == "RUN_FINISHED"
            and isinstance(outcome, dict)
            and outcome.get("type") == "success"
        ):
            named = outcome.get("pendingToolCallIds", [])
            if named != open_calls:
                yield f"{frame}: pendingToolCallIds are {named}, and {open_calls} have no result"


def _dialect(frame: Frame, expected: Expected) -> Iterator[str]:
    """Yield what 1.0 allows and `@ag-ui/client` 0.0.59 answers by rejecting the whole run."""
    if expected.dialect != "0.0.59":
        return
    outcome = frame.event.get("outcome")
    if frame.type == "RUN_FINISHED" and isinstance(outcome, dict):
        if outcome.get("type") not in {"success", "interrupt"}:
            yield f"{frame}: 0.0.59 rejects the outcome {outcome.get('type')!r}"
        if "pendingToolCallIds" in outcome:
            yield f"{frame}: 0.0.59 rejects pendingToolCallIds"
    if frame.type == "TOOL_CALL_RESULT" and not isinstance(frame.event.get("content"), str):
        yield f"{frame}: 0.0.59 rejects a tool result that is not a string"
