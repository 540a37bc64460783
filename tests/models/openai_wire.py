"""A turn as the OpenAI chat completions API streams it, with GLM's `reasoning_content`."""

import json
from collections.abc import Iterator, Mapping, Sequence

from tests.models.anthropic_wire import arguments_text
from tests.models.turns import Call, Say, Think, Tokens, Turn, WireJson, pieces

GARBLED = b'data: {"id":"c","object":"chat.completion.chunk","choices":[{"ind\n\n'


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
    base: WireJson = {
        "id": f"chatcmpl-{number}",
        "object": "chat.completion.chunk",
        "created": 1_790_000_000,
        "model": model,
    }

    def chunk(delta: WireJson, finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return _frame({**base, "choices": [choice]})

    yield chunk({"role": "assistant", "content": ""}), False
    calls = 0
    for index, part in enumerate(turn.parts):
        match part:
            case Say():
                yield from ((chunk({"content": piece}), True) for piece in pieces(part))
            case Think():
                yield from ((chunk({"reasoning_content": piece}), True) for piece in pieces(part))
            case Call():
                for delta in _call(part, calls, f"call_{number}_{index}", names):
                    yield chunk({"tool_calls": [delta]}), True
                calls += 1
    yield chunk({}, turn.stop or ("tool_calls" if calls else "stop")), False
    yield _frame({**base, "choices": [], "usage": _usage(turn.tokens)}), False
    yield b"data: [DONE]\n\n", False


def error_frame(error: WireJson) -> bytes:
    """Make the event of an error in mid-stream."""
    return _frame({"error": error or {"code": "overloaded", "message": "Overloaded"}})


def tool_names(body: WireJson) -> Sequence[str]:
    """Return the names of the tools that a request offers."""
    return [tool["function"]["name"] for tool in body.get("tools", [])]


def whole(model: str) -> WireJson:
    """Make an answer to a request that does not want a stream."""
    message = {"role": "assistant", "content": "Hello."}
    return {
        "id": "chatcmpl-whole",
        "object": "chat.completion",
        "created": 1_790_000_000,
        "model": model,
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


def _call(part: Call, index: int, call_id: str, names: Mapping[str, str]) -> Iterator[WireJson]:
    function: WireJson = {"name": names.get(part.name, part.name), "arguments": ""}
    yield {"index": index, "id": part.id or call_id, "type": "function", "function": function}
    for piece in pieces(Say(arguments_text(part), 10)):
        yield {"index": index, "function": {"arguments": piece}}


def _usage(tokens: Tokens) -> WireJson:
    # This wire counts what was read from the cache as input, and reasoning as output.
    prompt = tokens.input + tokens.cache_read + tokens.cache_write
    return {
        "prompt_tokens": prompt,
        "completion_tokens": tokens.output,
        "total_tokens": prompt + tokens.output,
        "prompt_tokens_details": {"cached_tokens": tokens.cache_read},
        "completion_tokens_details": {"reasoning_tokens": tokens.reasoning},
    }


def _frame(payload: WireJson) -> bytes:
    return f"data: {json.dumps(payload)}\n\n".encode()
