"""A turn as the Anthropic Messages API streams it."""

import json
from collections.abc import Iterator, Mapping, Sequence

from tests.models.turns import Call, Say, Think, Turn, WireJson, pieces

GARBLED = b'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"del\n\n'


def frames(
    turn: Turn, *, model: str, number: int, names: Mapping[str, str]
) -> Iterator[tuple[bytes, bool]]:
    """Yield the frames of a turn, and of each whether it is a piece of content.

    Args:
        turn: what the model does.
        model: the name that was asked for.
        number: makes ids.
        names: the tools' names on this wire, by their own.
    """
    started: WireJson = {
        "id": f"msg_{number}",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {
            "input_tokens": turn.tokens.input,
            "cache_read_input_tokens": turn.tokens.cache_read,
            "cache_creation_input_tokens": turn.tokens.cache_write,
            "output_tokens": 1,
        },
    }
    yield _frame("message_start", message=started), False
    for index, part in enumerate(turn.parts):
        start, deltas = _block(part, f"toolu_{number}_{index}", names)
        yield _frame("content_block_start", index=index, content_block=start), False
        for delta in deltas:
            yield _frame("content_block_delta", index=index, delta=delta), True
        yield _frame("content_block_stop", index=index), False
    has_calls = any(isinstance(part, Call) for part in turn.parts)
    stop = turn.stop or ("tool_use" if has_calls else "end_turn")
    yield (
        _frame(
            "message_delta",
            delta={"stop_reason": stop, "stop_sequence": None},
            usage={"output_tokens": turn.tokens.output},
        ),
        False,
    )
    yield _frame("message_stop"), False


def error_frame(error: WireJson) -> bytes:
    """Make the event of an error in mid-stream."""
    return _frame("error", error=error or {"type": "overloaded_error", "message": "Overloaded"})


def tool_names(body: WireJson) -> Sequence[str]:
    """Return the names of the tools that a request offers."""
    return [tool["name"] for tool in body.get("tools", []) if "name" in tool]


def whole(model: str) -> WireJson:
    """Make an answer to a request that does not want a stream."""
    return {
        "id": "msg_whole",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": [{"type": "text", "text": '{"title":"A title"}'}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 1, "output_tokens": 1},
    }


def _block(
    part: Say | Think | Call, call_id: str, names: Mapping[str, str]
) -> tuple[WireJson, list[WireJson]]:
    match part:
        case Say():
            texts = [{"type": "text_delta", "text": piece} for piece in pieces(part)]
            return {"type": "text", "text": ""}, texts
        case Think():
            thoughts = [{"type": "thinking_delta", "thinking": piece} for piece in pieces(part)]
            thoughts.append({"type": "signature_delta", "signature": "c2lnbmVk"})
            return {"type": "thinking", "thinking": "", "signature": ""}, thoughts
        case Call():
            start: WireJson = {
                "type": "tool_use",
                "id": part.id or call_id,
                "name": names.get(part.name, part.name),
                "input": {},
            }
            json_deltas = pieces(Say(arguments_text(part), 10))
            return start, [{"type": "input_json_delta", "partial_json": d} for d in json_deltas]


def arguments_text(call: Call) -> str:
    """Return a call's arguments as they go over the wire."""
    return call.arguments if isinstance(call.arguments, str) else json.dumps(dict(call.arguments))


def _frame(kind: str, **fields: object) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n".encode()
