"""The page `/docs`: every route of the server, made from its OpenAPI document.

Ours, because the stock pages load their scripts from other hosts.
"""

from collections.abc import Mapping
from html import escape

from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse

from sergas.core.json import Json, as_object

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sergas API</title>
<link rel="icon" href="/favicon.svg"><style>
:root {{ color-scheme: light dark }}
body {{ font: 15px/1.5 system-ui, sans-serif; max-width: 60rem }}
body {{ margin: 2rem auto; padding: 0 1rem }}
code {{ font: 13px ui-monospace, monospace }} h2 {{ margin-top: 2rem }}
dt {{ margin-top: .8rem }} dd {{ margin: 0 0 0 4.5rem; opacity: .8 }}
b {{ display: inline-block; width: 4.5rem; font: 600 12px ui-monospace, monospace }}
</style></head><body><h1>{title} <small>{version}</small></h1>
<p>{description} Send <code>Authorization: Bearer &lt;token&gt;</code>.
The OpenAPI document is at <a href="/openapi.json">/openapi.json</a>.</p>{sections}</body></html>"""


def install_reference(app: FastAPI) -> None:
    """Serve the page at `/docs`."""
    app.get("/docs", include_in_schema=False)(_reference)


async def _reference(request: Request) -> HTMLResponse:
    document = as_object(request.app.openapi())
    info = as_object(document.get("info"))
    page = _PAGE.format(
        title=escape(str(info.get("title"))),
        version=escape(str(info.get("version"))),
        description=escape(str(info.get("description"))),
        sections="".join(_sections(as_object(document.get("paths")))),
    )
    return HTMLResponse(page)


def _sections(paths: Mapping[str, Json]) -> list[str]:
    by_tag: dict[str, list[str]] = {}
    for path, methods in paths.items():
        for method, operation in as_object(methods).items():
            described = as_object(operation)
            tags = described.get("tags")
            tag = str(tags[0]) if isinstance(tags, list) and tags else "Other"
            by_tag.setdefault(tag, []).append(_row(method, path, described))
    return [f"<h2>{escape(tag)}</h2><dl>{''.join(rows)}</dl>" for tag, rows in by_tag.items()]


def _row(method: str, path: str, operation: Mapping[str, Json]) -> str:
    summary = escape(str(operation.get("summary", "")))
    text = escape(str(operation.get("description", "")))
    parameters = operation.get("parameters")
    listed = [as_object(p) for p in parameters] if isinstance(parameters, list) else []
    query = ", ".join(str(p["name"]) for p in listed if p.get("in") == "query")
    extra = f" Query: <code>{escape(query)}</code>." if query else ""
    return (
        f"<dt><b>{method.upper()}</b><code>{escape(path)}</code></dt>"
        f"<dd>{summary}. {text}{extra}</dd>"
    )
