"""RFC 6902 patches: apply one, all or nothing."""

import jsonpatch

from sergas.core.json import Json, JsonObject


def patched(document: Json, operations: Json) -> Json:
    """Return the document after the operations; the given one is not changed.

    Raises:
        ValueError: an operation is malformed or does not apply.
    """
    if not isinstance(operations, list):
        raise ValueError("A patch is a list of operations.")
    try:
        # The operations come from outside; jsonpatch checks their form itself.
        result: Json = jsonpatch.apply_patch(document, operations)  # pyright: ignore[reportArgumentType]
    except (jsonpatch.JsonPatchException, jsonpatch.JsonPointerException, TypeError) as error:
        raise ValueError(f"The patch does not apply: {error}") from error
    return result


def put(path: str, value: Json) -> JsonObject:
    """Make the operation that sets a member of an object, whether or not it is there."""
    return {"op": "add", "path": path, "value": value}


def pointer(*keys: str) -> str:
    """Make a JSON pointer from object keys."""
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)
