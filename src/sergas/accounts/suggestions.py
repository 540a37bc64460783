"""What a person could ask for next, by what the shared state shows."""

from collections.abc import Mapping, Sequence

from sergas import Json, JsonObject, RunInput, Suggestion

_MOST = 3
_OVERVIEW = Suggestion("Which accounts need attention?", "Review my accounts")


def next_requests(run_input: RunInput) -> Sequence[Suggestion]:
    """Suggest a review of each account on show; after a review, what lies beyond it."""
    state = run_input.state
    account = _object(_object(state.get("brief")).get("account"))
    if account.get("number"):
        again = Suggestion("What has changed since?", f"Analyze account {account['number']}")
        return (_OVERVIEW, again)
    shown = [*_rows(state.get("matches")), *_rows(state.get("attention"))]
    reviews = [
        Suggestion(f"Review {row['name']}", f"Analyze account {row['number']}")
        for row in shown
        if row.get("number") and row.get("name")
    ]
    return reviews[:_MOST] or (_OVERVIEW,)


def _object(value: Json) -> JsonObject:
    return value if isinstance(value, Mapping) else {}


def _rows(value: Json) -> list[JsonObject]:
    return [_object(row) for row in value] if isinstance(value, list) else []
