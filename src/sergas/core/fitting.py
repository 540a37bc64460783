"""Whether JSON fits a JSON Schema, told in words for whoever sent it."""

import jsonschema_rs

from sergas.core.json import Json, JsonObject

_BACKTRACKS = 10_000
_SHOWN_PROBLEMS = 5
_SHOWN_CHARS = 300


class Fitting:
    """What fits a schema. A schema that is none, or points elsewhere, lets everything pass.

    Args:
        schema: a JSON Schema of any draft.
        whole: what a value is called, where a problem is about all of it.
    """

    def __init__(self, schema: JsonObject, whole: str) -> None:
        self._validator, self._whole = _validator(schema), whole

    def problems(self, value: Json) -> str:
        """Name the places that do not fit, and what is wrong there; nothing if it fits."""
        if self._validator is None:
            return ""
        found = [self._problem(error) for error in self._validator.iter_errors(value)]
        shown = found[:_SHOWN_PROBLEMS]
        rest = len(found) - len(shown)
        return "; ".join(shown) + (f" (and {rest} more)" if rest else "")

    def _problem(self, error: jsonschema_rs.ValidationError) -> str:
        place = "".join(
            f"[{key}]" if isinstance(key, int) else f".{key}" for key in error.instance_path
        )
        return f"{place.removeprefix('.') or self._whole}: {shortened(error.message)}"


def shortened(text: str) -> str:
    """Cut a text that is too long for a message."""
    return text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS]}..."


def _validator(schema: JsonObject) -> jsonschema_rs.Validator | None:
    try:
        # Pages and MCP servers bring schemas: no fetching, no endless regular expressions.
        bounded = jsonschema_rs.FancyRegexOptions(backtrack_limit=_BACKTRACKS)
        return jsonschema_rs.validator_for(dict(schema), offline=True, pattern_options=bounded)
    except (ValueError, jsonschema_rs.ReferencingError):
        return None
