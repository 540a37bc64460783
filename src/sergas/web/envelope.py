"""CopilotKit's single-route envelope: one POST that stands for another request."""

from collections.abc import Mapping
from urllib.parse import quote, unquote

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from sergas.core.json import Json, JsonObject, as_object, encode
from sergas.web.errors import RequestRefused
from sergas.web.run_input import parse_id
from sergas.web.streams import DEFAULT_AGENT

PREFIX = "/api/copilotkit"
_STREAMS = ("agent/run", "agent/connect", "agent/suggest")
_KNOWN = ", ".join(("info", *_STREAMS, "agent/stop", "resource/request"))


class Rerouted(Response):
    """The answer of the route that the envelope stands for."""

    def __init__(self, method: str, path: str, query: str = "", body: Json = None) -> None:
        super().__init__()
        self._target = {
            "method": method,
            "path": unquote(f"{PREFIX}{path}"),
            "raw_path": f"{PREFIX}{path}".encode(),
            "query_string": query.encode(),
        }
        self._content = b"" if body is None else encode(body)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on with its new target and body; its headers stay."""
        is_read = False

        async def read() -> Message:
            nonlocal is_read
            if is_read:
                return await receive()
            is_read = True
            return {"type": "http.request", "body": self._content, "more_body": False}

        try:
            await scope["app"].router({**scope, **self._target}, read, send)
        except HTTPException as error:
            wrapped = f"{self._target['method']} {self._target['path']} in the envelope"
            raise HTTPException(error.status_code, f"{wrapped}: {error.detail}") from error


def unwrap(envelope: Mapping[str, Json]) -> Rerouted:
    """Find the route that an envelope stands for.

    Raises:
        RequestRefused: it stands for none, or what the route needs is missing.
    """
    params, body = as_object(envelope.get("params")), envelope.get("body")
    method = str(envelope.get("method"))
    if method == "info":
        return Rerouted("GET", "/info")
    if method == "resource/request":
        return _resource(params, body)
    agent = f"/agent/{quote(parse_id(params.get('agentId', DEFAULT_AGENT), 'agentId'))}"
    if method in _STREAMS:
        return Rerouted("POST", agent + method.removeprefix("agent"), body=body)
    if method == "agent/stop":
        thread_id = quote(parse_id(params.get("threadId"), "threadId"))
        return Rerouted("POST", f"{agent}/stop/{thread_id}", body=body)
    detail = f"Method {method[:60]!r} is unknown; known methods: {_KNOWN}."
    raise RequestRefused(400, "invalid_request", detail)


def _resource(params: JsonObject, body: Json) -> Rerouted:
    path, _, query = str(params.get("path")).partition("?")
    if path != "/threads" and not path.startswith("/threads/"):
        detail = "`params.path` has to be /threads or a path below it."
        raise RequestRefused(400, "invalid_request", detail)
    return Rerouted(str(params.get("httpMethod", "GET")), path, query, body)
