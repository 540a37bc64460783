"""Tools of the desks as a model calls them, with what they found kept in the agent's notes."""

from collections.abc import Awaitable, Callable, Mapping

import msgspec

from sergas import Json, JsonObject, StatePatch, Tool, ToolContext, ToolOutput
from sergas.accounts.on_models.fence import as_data

Reading = Callable[[str, ToolContext], Awaitable["Json | ToolOutput"]]
ACCOUNT_ID: JsonObject = {
    "type": "object",
    "properties": {"account_id": {"type": "string", "description": "Id of the account."}},
    "required": ["account_id"],
    "additionalProperties": False,
}
REFERENCE: JsonObject = {
    "type": "object",
    "properties": {"ref": {"type": "string", "description": "Number, name or id, as written."}},
    "required": ["ref"],
    "additionalProperties": False,
}
NOTHING: JsonObject = {"type": "object", "properties": {}, "additionalProperties": False}


def reading_tool(name: str, description: str, parameters: JsonObject, read: Reading) -> Tool:
    """Make a tool that reads; its only argument, if it has one, goes to `read`."""
    (field, *_) = [*_names(parameters), ""]

    async def call(arguments: JsonObject, context: ToolContext) -> "Json | ToolOutput":
        found = await read(str(arguments.get(field, "")), context)
        if isinstance(found, ToolOutput):
            return ToolOutput(as_data(found.content), found.shown)
        return as_data(found)

    return Tool(name, description, parameters, call)


def patch(task_state: Mapping[str, Json], key: str, value: Json, *forget: str) -> StatePatch:
    """Put something into the shared state, and take out what an earlier run left there."""
    stale = [{"op": "remove", "path": f"/{old}"} for old in forget if old in task_state]
    return StatePatch((*stale, {"op": "add", "path": f"/{key}", "value": value}))


def plain(value: object) -> Json:
    """Return records as JSON."""
    return msgspec.to_builtins(value)


def _names(parameters: JsonObject) -> list[str]:
    properties = parameters["properties"]
    return list(properties) if isinstance(properties, Mapping) else []
