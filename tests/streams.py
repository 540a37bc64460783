"""Reads event streams in tests."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias
from uuid import uuid4

import httpx

from tests.server import Server

# Events are JSON objects of any shape; a test looks at the fields it is about.
AgUiEvent: TypeAlias = dict[str, Any]


def run_body(*agents: Mapping[str, Any], parallel: bool = False, **fields: object) -> AgUiEvent:
    """Make the body of a run of the workflow `script`."""
    return {
        "threadId": f"thread-{uuid4()}",
        "runId": f"run-{uuid4()}",
        "messages": [{"id": "u1", "role": "user", "content": "Go."}],
        "forwardedProps": {
            "workflow": "script",
            "script": {"parallel": parallel, "agents": agents},
        },
        **fields,
    }


def stream(
    server: Server, body: object, path: str = "/api/copilotkit", **headers: str
) -> list[AgUiEvent]:
    """POST a body and read its stream to the end."""
    with opened(server, body, path, **headers) as frames:
        return [event for _, event in frames]


class opened:  # noqa: N801 - reads as a function: `with opened(...) as frames`
    """An open stream: iterate over (cursor, event); leaving drops the connection."""

    def __init__(
        self, server: Server, body: object, path: str = "/api/copilotkit", **headers: str
    ) -> None:
        self._client = httpx.Client(timeout=30)
        self._request = self._client.build_request(
            "POST" if body is not None else "GET",
            server.url + path,
            json=body,
            headers={**server.headers, **headers},
        )

    def __enter__(self) -> Iterator[tuple[str, AgUiEvent]]:
        self._response = self._client.send(self._request, stream=True)
        assert self._response.status_code == 200, self._response.read()
        return frames_of(self._response.iter_lines())

    def __exit__(self, *_: object) -> None:
        self._response.close()
        self._client.close()


def frames_of(lines: Iterator[str]) -> Iterator[tuple[str, AgUiEvent]]:
    """Read (cursor, event) pairs from the lines of a stream."""
    cursor = ""
    for line in lines:
        if line.startswith("id: "):
            cursor = line.removeprefix("id: ")
        elif line.startswith("data: "):
            yield cursor, json.loads(line.removeprefix("data: "))


def kinds(events: list[AgUiEvent]) -> list[str]:
    """Return the types of the events."""
    return [event["type"] for event in events]


def text_of(events: list[AgUiEvent], agent: str) -> str:
    """Join everything an agent said."""
    return "".join(
        event["delta"]
        for event in events
        if event["type"] == "TEXT_MESSAGE_CONTENT" and f":{agent}:" in event["messageId"]
    )
