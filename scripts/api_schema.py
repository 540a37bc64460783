"""`python -m scripts.api_schema`: writes what the page knows of the API, from the OpenAPI document.

A schema for each answer, which parses it, the type that comes of that, and the parameters of each
route. With `--check` it writes nothing and fails if the file is not what the document says.
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
_PREFIXES = (
    *("/api/runs", "/api/accounts", "/api/usage", "/api/telemetry", "/health/"),
    *("/api/copilotkit/info", "/api/copilotkit/status", "/api/copilotkit/threads"),
)
_REFERENCE = re.compile(r"#/components/schemas/(\w+)")
_HEAD = """/** Made from the server's OpenAPI document by `make api-schema`; not changed by hand. */
import { z } from "zod";

"""
_PARSERS = """
/** What parses the answer of each route. */
export const ANSWERS: {
  readonly [R in keyof Routes]: z.ZodType<Routes[R]["answer"], z.ZodTypeDef, unknown>;
} = {"""
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
    sys.stderr.write(f"{_FILE.name} is not what the server's document says: `make api-schema`.\n")
    return 1


def _written(document: Schema) -> Iterator[str]:
    paths = {
        path: methods for path, methods in document["paths"].items() if path.startswith(_PREFIXES)
    }
    schemas = document["components"]["schemas"]
    for name in _named(paths, schemas):
        yield from _declared(name, schemas[name])
    operations = {
        f"{method.upper()} {path}": operation
        for path, methods in paths.items()
        for method, operation in methods.items()
    }
    yield "/** What each route takes and answers. */"
    yield "export interface Routes {"
    for route, operation in operations.items():
        yield from _route(route, operation)
    yield "}"
    yield _PARSERS
    for route, operation in operations.items():
        yield f'  "{route}": {_parser(_answer(operation))},'
    yield "};"


def _declared(name: str, schema: Schema) -> Iterator[str]:
    yield f"/** {' '.join(schema.get('description', name).split())} */"
    yield f"export const {_schema_name(name)} = {_parser(schema)};"
    yield f"export type {name} = z.infer<typeof {_schema_name(name)}>;"
    yield ""


def _parser(schema: Schema) -> str:
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return "z.unknown()" if name in _ANYTHING else _schema_name(name)
    if "enum" in schema:
        return f"z.enum({json.dumps(schema['enum'])})"
    if "anyOf" in schema:
        return f"{_parser(_without_null(schema))}.nullable()"
    match schema.get("type"):
        case "array":
            parser = f"array({_parser(schema['items'])})"
        case "object" if "properties" in schema:
            fields = "".join(f"  {field},\n" for field in _fields(schema))
            parser = f"object({{\n{fields}}})"
        case "object":
            parser = f"record({_parser(schema.get('additionalProperties', {}))})"
        case kind:
            parser = f"{_PLAIN.get(str(kind), 'unknown')}()"
    return f"z.{parser}"


def _fields(schema: Schema) -> Iterator[str]:
    for name, inner in schema["properties"].items():
        if name in schema.get("required", ()):
            yield f"{name}: {_parser(inner)}"
            continue
        # A page can do without it, so what is there in another form is no reason to show nothing.
        yield f"{name}: {_parser(_without_null(inner))}.optional().catch(undefined)"


def _route(route: str, operation: Schema) -> Iterator[str]:
    parameters = operation.get("parameters", [])
    yield f'  readonly "{route}": {{'
    for place in ("path", "query"):
        fields = [one for one in parameters if one["in"] == place]
        yield f"    readonly {place}: {_object(fields)};"
    yield f"    readonly answer: {_type(_answer(operation))};"
    yield "  };"


def _object(fields: list[Schema]) -> str:
    if not fields:
        return "Record<never, never>"
    inner = "; ".join(
        f"readonly {one['name']}{'' if one.get('required') else '?'}: {_type(one['schema'])}"
        for one in fields
    )
    return f"{{ {inner} }}"


def _answer(operation: Schema) -> Schema:
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            return response.get("content", {}).get("application/json", {}).get("schema", {})
    return {}


def _type(schema: Schema) -> str:
    """Return the type of a parameter, or of an answer, which has a name."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return _type(_without_null(schema))
    if schema.get("type") == "array":
        return f"readonly {_type(schema['items'])}[]"
    return _PLAIN.get(str(schema.get("type")), "unknown")


def _without_null(schema: Schema) -> Schema:
    """Return what a value is if it is not null; there is no other choice in the document."""
    (kind,) = (one for one in schema.get("anyOf", [schema]) if one.get("type") != "null")
    return kind


def _schema_name(name: str) -> str:
    return f"{name[0].lower()}{name[1:]}Schema"


def _named(value: Schema, schemas: Schema) -> list[str]:
    """Return the names of the schemas that are used, each after those that it uses."""
    found: dict[str, None] = {}
    for name in sorted(set(_REFERENCE.findall(json.dumps(value)))):
        if name in _ANYTHING or "Validation" in name:
            continue
        inner = _named(schemas[name], schemas)
        found |= dict.fromkeys([*inner, name])
    return list(found)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
