"""Requests of a page, and what came of them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import uuid4

import httpx

from tests.comparison.sides import Side

DOOR = "/api/copilotkit"
AGENT = f"{DOOR}/agent/script"
# Events and documents of two servers, of any shape; a probe looks at the fields it is about.
Json: TypeAlias = dict[str, Any]


def body(*agents: Json, **fields: object) -> Json:
    """Make the body of a run of scripted agents, on a thread of its own."""
    return {
        "threadId": f"thread-{uuid4()}",
        "runId": f"run-{uuid4()}",
        "messages": [{"id": f"m-{uuid4()}", "role": "user", "content": "Go."}],
        "tools": [],
        "context": [],
        "state": {},
        "forwardedProps": {"workflow": "script", "script": {"parallel": True, "agents": agents}},
        **fields,
    }


def speaker(seconds: float, **changes: object) -> Json:
    """Make an agent that speaks for so long: 100 pieces of 12 characters a second."""
    return {"name": "a", "deltas": int(seconds * 100), "delay_ms": 10, "delta_chars": 12, **changes}


@dataclass(slots=True)
class Stream:
    """The answer to a run or a connect, read as far as somebody wanted.

    Attributes:
        size: how many bytes have come.
        is_broken: the connection ended before the body did.
    """

    response: httpx.Response
    client: httpx.Client
    events: list[Json] = field(default_factory=list[Json])
    size: int = 0
    is_broken: bool = False
    _coming: Iterator[Json] = field(init=False)

    def __post_init__(self) -> None:
        """Begin to read when somebody asks."""
        self._coming = self._frames()

    def until(self, kind: str, count: int = 1) -> "Stream":
        """Read until so many events of a kind have come in all, or to the end."""
        missing = count - sum(event["type"] == kind for event in self.events)
        while missing > 0 and (event := next(self._coming, None)) is not None:
            self.events.append(event)
            missing -= event["type"] == kind
        return self

    def whole(self) -> "Stream":
        """Read to the end."""
        return self.until("")

    def leave(self) -> "Stream":
        """Drop the connection, as a page does that is closed."""
        self.response.close()
        self.client.close()
        return self

    @property
    def chars(self) -> int:
        """How many characters of agents it told, in a snapshot and in deltas."""
        chars = 0
        for event in self.events:
            if event["type"] == "MESSAGES_SNAPSHOT":
                said = [m for m in event["messages"] if m["role"] == "assistant"]
                chars = sum(len(message.get("content") or "") for message in said)
            elif event["type"] == "TEXT_MESSAGE_CONTENT":
                chars += len(event["delta"])
        return chars

    @property
    def end(self) -> str:
        """How it ended, in a few words."""
        if self.response.status_code != 200:
            return refusal(self.response)
        if not self.events:
            return f"HTTP 200 and {self.size} bytes"
        last = self.events[-1]
        if last["type"] not in ("RUN_FINISHED", "RUN_ERROR"):
            return f"it {'breaks off' if self.is_broken else 'ends'} after `{last['type']}`"
        return f"`{last['type']}`{_ending(last)}"

    def _frames(self) -> Iterator[Json]:
        if self.response.status_code != 200:
            return
        text = b""
        try:
            for piece in self.response.iter_raw():
                self.size += len(piece)
                *frames, text = (text + piece).split(b"\n\n")
                yield from _events(frames)
        except httpx.TransportError:
            self.is_broken = True


def start(side: Side, request: Json, **headers: str) -> Stream:
    """Begin a run."""
    return _open(side, f"{AGENT}/run", request, headers)


def connect(side: Side, thread_id: str, **headers: str) -> Stream:
    """Join a thread, as a page does that is loaded."""
    request = body(threadId=thread_id, messages=[], forwardedProps={})
    return _open(side, f"{AGENT}/connect", request, headers)


def call(side: Side, method: str, path: str, request: Json | None = None) -> httpx.Response:
    """Send any other request."""
    url = f"{side.url}{DOOR}{path}"
    return httpx.request(method, url, json=request, headers=side.headers, timeout=30)


def refusal(answer: httpx.Response) -> str:
    """Say what a refusal says."""
    document: Json = answer.json()
    said = str(document.get("code") or document.get("error"))
    return f"HTTP {answer.status_code} `{said.partition('. ')[0]}`"


def _ending(event: Json) -> str:
    if event["type"] == "RUN_ERROR":
        return f" `{event.get('code')}`"
    lacking = " and ".join(f"`{key}`" for key in ("threadId", "runId") if key not in event)
    outcome: Json = event.get("outcome", {})
    metadata: Json = event.get("metadata", {})
    how = "cancelled" if metadata.get("cancelled") else outcome.get("type")
    said = f" ({how})" if how else " with no outcome"
    return said + (f", without {lacking}" if lacking else "")


def _open(side: Side, path: str, request: Json, headers: dict[str, str]) -> Stream:
    client = httpx.Client(timeout=60, headers={**side.headers, **headers})
    sent = client.build_request("POST", f"{side.url}{path}", json=request)
    answer = client.send(sent, stream=True)
    if answer.status_code != 200:
        answer.read()
    return Stream(answer, client)


def _events(frames: list[bytes]) -> Iterator[Json]:
    for frame in frames:
        for line in frame.splitlines():
            if line.startswith(b"data: "):
                yield json.loads(line[6:])
