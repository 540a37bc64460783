"""Whether the arguments of a call fit its tool, and what to tell the model when they do not."""

from collections.abc import Mapping

from sergas.core.errors import ToolFailed
from sergas.core.fitting import Fitting, shortened
from sergas.core.json import Json, JsonObject, decode


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
        what = f"The arguments are not JSON ({shortened(str(error))}); send one JSON object."
        raise ToolFailed(what) from error
    if not isinstance(arguments, dict):
        kind = type(arguments).__name__
        raise ToolFailed(f"The arguments are a JSON {kind}; send one JSON object.")
    return arguments


class Arguments:
    """What fits the parameters of a tool."""

    def __init__(self, schema: JsonObject) -> None:
        self._fitting = Fitting(schema, "arguments")

    def demand(self, arguments: Mapping[str, Json]) -> None:
        """Make sure that arguments fit.

        Raises:
            ToolFailed: they do not; the message names the places and what is wrong there.
        """
        problems = self._fitting.problems(dict(arguments))
        if problems:
            raise ToolFailed(f"The arguments do not fit: {problems}. Send them anew.")
