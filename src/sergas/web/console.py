"""Serves the built console; without one, a page that says how to get it."""

from pathlib import Path

from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive, Scope, Send

SCREENS = ("accounts", "threads", "runs", "approvals", "usage", "settings")
"""The console's own addresses: each is the page, which then shows that screen."""

_MISSING = """<!doctype html><meta charset="utf-8"><title>Sergas</title>
<body style="font: 16px system-ui; max-width: 40em; margin: 4em auto">
<h1>Sergas runs, but its console is not there</h1>
<p>In a checkout <code>make run</code> builds the console and starts the server, and
<code>make wheel</code> makes a package that has it.
The API is here already: <a href="/docs">/docs</a>.</p>"""
# The names of these files hold a digest of what is in them.
_FOREVER = "public, max-age=31536000, immutable"
_COMPRESSED = {".js": "text/javascript", ".css": "text/css"}


def install_console(app: FastAPI, folder: Path | None) -> None:
    """Serve the console at `/` and at the addresses of its screens."""
    if folder is None:
        app.get("/", include_in_schema=False)(_missing)
        return
    page = folder / "index.html"

    async def console() -> Response:
        return FileResponse(page, headers={"Cache-Control": "no-cache"})

    for path in ("/", *(f"/{screen}" for screen in SCREENS)):
        app.api_route(path, methods=["GET", "HEAD"], include_in_schema=False)(console)
    for screen in SCREENS:
        path = f"/{screen}/{{detail}}"
        app.api_route(path, methods=["GET", "HEAD"], include_in_schema=False)(console)
    app.mount("/assets", Assets(folder / "assets"), name="assets")
    app.mount("/", StaticFiles(directory=folder), name="console")


class Assets:
    """Files whose names change with their content: kept by browsers, compressed by the build."""

    def __init__(self, folder: Path) -> None:
        self._files = StaticFiles(directory=folder)
        self._twins = frozenset(path.name for path in folder.glob("*.gz"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a file; its compressed twin to who takes it."""
        path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
        kind = _COMPRESSED.get(Path(path).suffix)
        takes_gzip = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        is_twin = kind is not None and takes_gzip and f"{Path(path).name}.gz" in self._twins
        wanted = {**scope, "path": f"{scope['path']}.gz"} if is_twin else scope

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in (200, 304):
                headers = MutableHeaders(scope=message)
                headers["Cache-Control"] = _FOREVER
                if kind is not None:
                    headers["Vary"] = "Accept-Encoding"
                if is_twin and kind is not None:
                    headers["Content-Type"] = f"{kind}; charset=utf-8"
                    headers["Content-Encoding"] = "gzip"
            await send(message)

        await self._files(wanted, receive, tell)


async def _missing() -> Response:
    return HTMLResponse(_MISSING)
