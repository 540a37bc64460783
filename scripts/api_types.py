"""`python -m scripts.api_types`: writes the TypeScript of the runs API from the OpenAPI document.

With `--check` it writes nothing and fails if the file is not what the document says.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from sergas.web.application import make_application

Schema = Mapping[str, Any]
_FILE = Path(__file__).parents[1] / "frontend/packages/react/src/client/api-schema.ts"
_PREFIXES = ("/api/runs", "/api/telemetry", "/api/usage")
_REFERENCE = re.compile(r"#/components/schemas/(\w+)")
_HEAD = """/** Made from the server's OpenAPI document by `make api-types`; not changed by hand. */
"""
_ANYTHING = ("JsonValue",)
_PLAIN = {"integer": "number", "number": "number", "string": "string", "boolean": "boolean"}


def main(arguments: list[str]) -> int:
    """Write the file, or check it."""
    document = make_application(lambda _: nullcontext(), cors_origins=(), console=None).openapi()
    text = _HEAD + "\n".join(_written(document)) + "\n"
    if "--check" not in arguments:
        _FILE.write_text(text)
        return 0
    if _FILE.read_text() == text:
        return 0
    sys.stderr.write(f"{_FILE.name} is not what the server's document says: `make api-types`.\n")
    return 1


def _written(document: Schema) -> Iterator[str]:
    paths = {
        path: methods for path, methods in document["paths"].items() if path.startswith(_PREFIXES)
    }
    schemas = document["components"]["schemas"]
    for name in sorted(_named(paths, schemas)):
        yield from _declared(name, schemas[name])
        yield ""
    yield "/** What each route takes and answers. */"
    yield "export interface Routes {"
    for path, methods in paths.items():
        for method, operation in methods.items():
            yield from _route(f"{method.upper()} {path}", operation)
    yield "}"


def _route(name: str, operation: Schema) -> Iterator[str]:
    parameters = operation.get("parameters", [])
    yield f'  readonly "{name}": {{'
    for place in ("path", "query"):
        fields = [one for one in parameters if one["in"] == place]
        yield f"    readonly {place}: {_object(fields)};"
    yield f"    readonly answer: {_answer(operation)};"
    yield "  };"


def _object(fields: list[Schema]) -> str:
    if not fields:
        return "Record<never, never>"
    inner = "; ".join(
        f"readonly {one['name']}{'' if one.get('required') else '?'}: "
        f"{_type(one['schema']).removesuffix(' | null')}"
        for one in fields
    )
    return f"{{ {inner} }}"


def _answer(operation: Schema) -> str:
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            schema = response.get("content", {}).get("application/json", {}).get("schema", {})
            return _type(schema)
    return "unknown"


def _declared(name: str, schema: Schema) -> Iterator[str]:
    yield f"/** {' '.join(schema.get('description', name).split())} */"
    if "properties" not in schema:
        yield f"export type {name} = {_type(schema)};"
        return
    yield f"export interface {name} {{"
    for field, inner in schema["properties"].items():
        mark = "" if field in schema.get("required", ()) else "?"
        yield f"  readonly {field}{mark}: {_type(inner)};"
    yield "}"


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return "unknown" if name in _ANYTHING else name
    if "enum" in schema or "const" in schema:
        return " | ".join(f'"{value}"' for value in schema.get("enum", [schema.get("const")]))
    if "anyOf" in schema:
        kinds = ["null" if one.get("type") == "null" else _type(one) for one in schema["anyOf"]]
        return " | ".join(kinds)
    if schema.get("type") == "array":
        return f"readonly {_type(schema['items'])}[]"
    if schema.get("type") == "object":
        return f"Readonly<Record<string, {_type(schema.get('additionalProperties', {}))}>>"
    return _PLAIN.get(str(schema.get("type")), "unknown")


def _named(value: Schema, schemas: Schema) -> set[str]:
    """Return the names of the schemas that are used, and of those that they use."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        for name in _REFERENCE.findall(json.dumps(waiting.pop())):
            if name not in found and name not in _ANYTHING and "Validation" not in name:
                found.add(name)
                waiting.append(schemas[name])
    return found


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
