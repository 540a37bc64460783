"""A thread's conversation: what its runs were asked and what they said, each message once. Pure.

A client sends its whole conversation with every run. What a run said stands where the run said it,
and what the client has in addition comes before that. Only a tool's result stands where the client
put it, and in any case behind its call.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sergas.core.json import JsonObject, as_object


def extended(
    told: Sequence[JsonObject], asked: Sequence[JsonObject], said: Sequence[JsonObject]
) -> list[JsonObject]:
    """Return the conversation with one more run.

    Args:
        told: the conversation before the run.
        asked: the messages of the run's request.
        said: the messages of the run itself.
    """
    sent = _once(asked)
    known = _once([*told, *said])
    new = [m for key, m in sent.items() if key not in known and m["role"] != "tool"]
    whole = _once([*told, *new, *said])
    return _with_results(list(whole.values()), list(sent.values()))


def _with_results(whole: Sequence[JsonObject], asked: Sequence[JsonObject]) -> list[JsonObject]:
    places = {str(message["id"]): place for place, message in enumerate(whole)}
    if all(str(message["id"]) in places for message in asked):
        return list(whole)
    calls = {call: place for place, message in enumerate(whole) for call in _calls_of(message)}
    results: defaultdict[int, list[JsonObject]] = defaultdict(list)
    place = -1
    for message in asked:
        if str(message["id"]) in places:
            place = places[str(message["id"])]
        else:
            call = str(message.get("toolCallId"))
            results[max(place, calls.get(call, -1))].append(message)
    return [*results[-1], *(m for at, said in enumerate(whole) for m in (said, *results[at]))]


def _calls_of(message: JsonObject) -> Iterator[str]:
    calls = message.get("toolCalls")
    for call in calls if isinstance(calls, list) else ():
        yield str(as_object(call).get("id"))


def _once(messages: Iterable[JsonObject]) -> dict[str, JsonObject]:
    found: dict[str, JsonObject] = {}
    for message in messages:
        found.setdefault(str(message["id"]), message)
    return found
