"""An agent on another AG-UI server."""

from collections.abc import AsyncGenerator, Mapping

import httpx2

from sergas.agents.agui.agent import AgUiAgent, AgUiEvents
from sergas.agents.remote.refusals import refusal_of
from sergas.agents.remote.server import RemoteServer
from sergas.agents.remote.sse import SseDecoder
from sergas.core.errors import AgentFailed
from sergas.core.json import Json, JsonObject, as_object, decode

_CONNECT_S = 10.0
_STOP_S = 2.0


def remote_agent(
    name: str,
    server: RemoteServer,
    *,
    title: str = "",
    description: str = "",
    state_key: str = "",
    options: JsonObject | None = None,
) -> AgUiAgent:
    """Make an agent of an AG-UI server.

    >>> analyst = remote_agent("analyst", RemoteServer("http://127.0.0.1:9000/agent"))

    Args:
        name: its id in workflows.
        server: where it runs.
        title: the name a person reads; its id if empty.
        description: what it delivers.
        state_key: where its shared state goes in the run's; "" hides it.
        options: sent as `forwardedProps`.
    """
    return AgUiAgent(
        name=name,
        title=title or name,
        description=description or "Runs on another AG-UI server.",
        events=events_of(server),
        state_key=state_key,
        options=options or {},
        provider=httpx2.URL(server.url).host,
    )


def events_of(server: RemoteServer) -> AgUiEvents:
    """Return what runs the agent there, once for each request."""

    async def events(request: JsonObject) -> AsyncGenerator[Mapping[str, Json], None]:
        timeout = httpx2.Timeout(None, connect=_CONNECT_S)
        async with httpx2.AsyncClient(timeout=timeout) as client:
            is_over = False
            try:
                async for event in _stream(client, server, request):
                    is_over = event.get("type") in ("RUN_FINISHED", "RUN_ERROR")
                    yield event
            except httpx2.HTTPError as error:
                raise _unreachable(server, error) from error
            finally:
                if not is_over and server.stop_url:
                    await _stop(client, server, request)

    return events


async def _stream(
    client: httpx2.AsyncClient, server: RemoteServer, request: JsonObject
) -> AsyncGenerator[Mapping[str, Json], None]:
    headers = {**server.headers, "Accept": "text/event-stream"}
    async with client.stream("POST", server.url, json=request, headers=headers) as answer:
        if not answer.is_success:
            raise refusal_of(server, answer, await answer.aread())
        if "text/event-stream" not in answer.headers.get("content-type", ""):
            what = f"{server.shown} answered with something else than a stream of events."
            raise AgentFailed(what, code="remote_protocol")
        decoder = SseDecoder()
        async for piece in answer.aiter_bytes():
            for data in _fed(decoder, piece):
                yield _event(server, data)


def _fed(decoder: SseDecoder, piece: bytes) -> list[bytes]:
    try:
        return decoder.feed(piece)
    except ValueError as error:
        raise AgentFailed(str(error), code="remote_protocol") from error


def _event(server: RemoteServer, data: bytes) -> Mapping[str, Json]:
    try:
        event = as_object(decode(data))
    except ValueError:
        event = {}
    if "type" not in event:
        what = f"{server.shown} sent something that is no AG-UI event."
        raise AgentFailed(what, code="remote_protocol")
    return event


async def _stop(client: httpx2.AsyncClient, server: RemoteServer, request: JsonObject) -> None:
    url = server.stop_url.format(threadId=request["threadId"], runId=request["runId"])
    try:
        await client.post(url, json={}, headers=server.headers, timeout=_STOP_S)
    except httpx2.HTTPError:
        # Whoever stops has done what can be done; the other server ends its run by itself.
        return


def _unreachable(server: RemoteServer, error: httpx2.HTTPError) -> AgentFailed:
    return AgentFailed(
        f"The connection to {server.shown} failed with {type(error).__name__}.",
        code="remote_unavailable",
        recoverable=True,
        is_provider_fault=True,
    )
