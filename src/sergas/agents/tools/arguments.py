"""Whether the arguments of a call fit its tool, and what to tell the model when they do not."""

from collections.abc import Mapping

import jsonschema_rs

from sergas.core.errors import ToolFailed
from sergas.core.json import Json, JsonObject, decode

_BACKTRACKS = 10_000
_SHOWN_PROBLEMS = 5
_SHOWN_CHARS = 300


def parsed(arguments_json: str) -> dict[str, Json]:
    """Read the arguments as the model wrote them; nothing at all means no arguments.

    Raises:
        ToolFailed: they are not a JSON object.
    """
    if not arguments_json.strip():
        return {}
    try:
        arguments = decode(arguments_json)
    except (ValueError, RecursionError) as error:
        what = f"The arguments are not JSON ({_short(str(error))}); send one JSON object."
        raise ToolFailed(what) from error
    if not isinstance(arguments, dict):
        kind = type(arguments).__name__
        raise ToolFailed(f"The arguments are a JSON {kind}; send one JSON object.")
    return arguments


class Fitting:
    """What fits a JSON Schema. A schema that is none, or points elsewhere, lets everything pass."""

    def __init__(self, schema: JsonObject) -> None:
        self._validator = _validator(schema)

    def demand(self, arguments: Mapping[str, Json]) -> None:
        """Make sure that arguments fit.

        Raises:
            ToolFailed: they do not; the message names the places and what is wrong there.
        """
        if self._validator is None:
            return
        problems = [_problem(error) for error in self._validator.iter_errors(arguments)]
        if not problems:
            return
        shown = problems[:_SHOWN_PROBLEMS]
        rest = len(problems) - len(shown)
        more = f" (and {rest} more)" if rest else ""
        raise ToolFailed(f"The arguments do not fit: {'; '.join(shown)}{more}. Send them anew.")


def _validator(schema: JsonObject) -> jsonschema_rs.Validator | None:
    try:
        # Pages and MCP servers bring schemas: no fetching, no endless regular expressions.
        bounded = jsonschema_rs.FancyRegexOptions(backtrack_limit=_BACKTRACKS)
        return jsonschema_rs.validator_for(dict(schema), offline=True, pattern_options=bounded)
    except (ValueError, jsonschema_rs.ReferencingError):
        return None


def _problem(error: jsonschema_rs.ValidationError) -> str:
    place = "".join(
        f"[{key}]" if isinstance(key, int) else f".{key}" for key in error.instance_path
    )
    return f"{place.removeprefix('.') or 'arguments'}: {_short(error.message)}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS]}..."
