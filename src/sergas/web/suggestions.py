"""What to say next, in the form in which CopilotKit's client asks for it.

It asks for a run that has to call the tool `copilotkitSuggest`: over `/agent/{id}/suggest`, or over
`run` where it has one route only. Either way nothing is run or stored; the workflow suggests.
"""

import re
from collections.abc import Sequence

from sergas.core.agents import RunInput, Suggestion
from sergas.core.json import JsonObject, as_object, encode
from sergas.engine import events
from sergas.engine.events import AgUiEvent
from sergas.web.run_input import ParsedInput

_TOOL = "copilotkitSuggest"
_MOST = 8
# What the client writes into its last message: how many its page has room for.
_AT_MOST = re.compile(r"\bat most (\d{1,3}) suggestions\b")


def asks_for_suggestions(options: JsonObject) -> bool:
    """Say whether a run is none, but is to suggest what to say next."""
    function = as_object(as_object(options.get("toolChoice")).get("function"))
    return function.get("name") == _TOOL


def suggestion_events(
    parsed: ParsedInput, suggestions: Sequence[Suggestion], at_ms: int
) -> list[AgUiEvent]:
    """Return the events of the run that the client thinks it is; without suggestions no call."""
    fitting = suggestions[: _room(parsed.input)]
    return [
        events.run_started(parsed.thread_id, parsed.run_id, at_ms),
        *(_call(f"{parsed.run_id}:suggest", fitting) if fitting else []),
        events.run_finished(parsed.thread_id, parsed.run_id, at_ms, {"type": "success"}),
    ]


def _room(run_input: RunInput) -> int:
    asked = _AT_MOST.search(run_input.last_user_text)
    return min(int(asked[1]), _MOST) if asked else _MOST


def _call(call_id: str, suggestions: Sequence[Suggestion]) -> list[AgUiEvent]:
    said = [{"title": one.title, "message": one.message} for one in suggestions]
    arguments = encode({"suggestions": said}).decode()
    return [
        {"type": "TOOL_CALL_START", "toolCallId": call_id, "toolCallName": _TOOL},
        {"type": "TOOL_CALL_ARGS", "toolCallId": call_id, "delta": arguments},
        {"type": "TOOL_CALL_END", "toolCallId": call_id},
    ]
