"""Serves the built console; without one, a page that says how to build it."""

from pathlib import Path

from fastapi import FastAPI
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles

_MISSING = """<!doctype html><meta charset="utf-8"><title>Sergas</title>
<body style="font: 16px system-ui; max-width: 40em; margin: 4em auto">
<h1>Sergas runs, but its console is not built</h1>
<p>Run <code>make run</code> in the checkout: it builds the console and starts the server.
The API is here already: <a href="/docs">/docs</a>.</p>"""


def install_console(app: FastAPI, folder: Path | None) -> None:
    """Serve the console at `/`."""
    if folder is None:
        app.get("/", include_in_schema=False)(_missing)
        return
    page = folder / "index.html"

    async def console() -> Response:
        return FileResponse(page, headers={"Cache-Control": "no-cache"})

    app.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)(console)
    app.mount("/", StaticFiles(directory=folder), name="console")


async def _missing() -> Response:
    return HTMLResponse(_MISSING)
