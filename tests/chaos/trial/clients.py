"""Readers that never give up: when a stream breaks, they go on at another replica."""

import asyncio
import json
import random
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Protocol

import httpx

from tests.chaos.trial.cluster import Cluster
from tests.server import Server
from tests.streams import AgUiEvent

TERMINAL = ("RUN_FINISHED", "RUN_ERROR")
_PATIENCE_S = 3.0
_PAUSE_S = 0.1


@dataclass(frozen=True, slots=True)
class Frame:
    """An event, and the cursor that came with it."""

    cursor: str
    event: AgUiEvent

    @property
    def seq(self) -> int:
        """The event's number in its run; 0 without a cursor."""
        return int(self.cursor.rpartition(":")[2] or 0)


class _Refused(Exception):
    """A server answered with a client error; the trial's clients make none."""


class Reader(Protocol):
    """What reads a stream: says what to ask for next, takes the frames."""

    def request(self) -> tuple[str, str, AgUiEvent | None, str]:
        """Return method, path, body and cursor of the next request."""
        ...

    def take(self, frame: Frame) -> None:
        """Take one frame."""
        ...

    def refuse(self, detail: str) -> None:
        """Take note that a server refused the request; the reader gives up."""
        ...

    @property
    def is_over(self) -> bool:
        """The reader has seen the end of its run, or gave up."""
        ...


@dataclass(slots=True)
class Tally:
    """What the clients of a trial went through."""

    cut: int = 0
    broken: int = 0
    moved: int = 0
    longest_pause_s: float = 0


@dataclass(slots=True)
class Clients:
    """Everything that speaks to the replicas."""

    http: httpx.AsyncClient
    cluster: Cluster
    chance: random.Random
    cuts_per_frame: float
    tally: Tally = field(default_factory=Tally)

    async def read(self, reader: Reader) -> None:
        """Read until the reader has seen the end, however often the stream breaks on the way."""
        replica, watch = None, _Stopwatch(self.tally)
        while not reader.is_over:
            last, replica = replica, self.cluster.other_than(replica, self.chance)
            self.tally.moved += last is not None and last is not replica
            try:
                await self._read_once(reader, replica, watch)
            except httpx.TransportError:
                self.tally.broken += 1
                await asyncio.sleep(_PAUSE_S)
            except _Refused as refused:
                reader.refuse(str(refused))

    async def ask(self, method: str, path: str, body: AgUiEvent | None = None) -> httpx.Response:
        """Ask any replica until one answers; whoever waits for this has a deadline."""
        replica = None
        while True:
            replica = self.cluster.other_than(replica, self.chance)
            try:
                answer = await self.http.request(
                    method, replica.url + path, json=body, headers=replica.headers
                )
            except httpx.TransportError:
                await asyncio.sleep(_PAUSE_S)
                continue
            if answer.status_code < 500:
                return answer
            await asyncio.sleep(_PAUSE_S)

    async def _read_once(self, reader: Reader, replica: Server, watch: "_Stopwatch") -> None:
        async with aclosing(self._frames(reader, replica)) as frames:
            async for frame in frames:
                watch.press()
                reader.take(frame)
                if not reader.is_over and self.chance.random() < self.cuts_per_frame:
                    self.tally.cut += 1
                    return
        if not reader.is_over:
            # The stream ended before its run: the replica leaves, or the thread is still empty.
            await asyncio.sleep(_PAUSE_S)

    async def _frames(self, reader: Reader, replica: Server) -> AsyncGenerator[Frame]:
        method, path, body, cursor = reader.request()
        headers = {**replica.headers, **({"Last-Event-ID": cursor} if cursor else {})}
        async with self.http.stream(
            method, replica.url + path, json=body, headers=headers
        ) as answer:
            await _demand_stream(answer)
            async for frame in _frames_of(answer):
                yield frame


@dataclass(slots=True)
class _Stopwatch:
    tally: Tally
    since: float = field(default_factory=time.monotonic)

    def press(self) -> None:
        now = time.monotonic()
        self.tally.longest_pause_s = max(self.tally.longest_pause_s, now - self.since)
        self.since = now


@dataclass(slots=True)
class Watcher:
    """Reads one run from its first event on; with a body, it is also who starts the run."""

    run_id: str
    body: AgUiEvent | None = None
    frames: list[Frame] = field(default_factory=list[Frame])
    refusal: str = ""

    def request(self) -> tuple[str, str, AgUiEvent | None, str]:
        """Start the run until something was heard of it; then go on after that."""
        if not self.frames and self.body is not None:
            return "POST", "/api/copilotkit", self.body, ""
        cursor = self.frames[-1].cursor if self.frames else ""
        return "GET", f"/api/runs/{self.run_id}/events", None, cursor

    def take(self, frame: Frame) -> None:
        """Keep the frame."""
        self.frames.append(frame)

    def refuse(self, detail: str) -> None:
        """Keep what the server said."""
        self.refusal = detail

    @property
    def is_over(self) -> bool:
        """The terminal event was seen, or a server refused."""
        if self.refusal:
            return True
        return bool(self.frames) and self.frames[-1].event["type"] in TERMINAL


@dataclass(slots=True)
class Joiner:
    """Joins a thread late: builds its text from the prelude and what follows.

    Attributes:
        texts: what every message says, as this reader shows it.
        live: the frames after the prelude.
        cursor: the last one that came.
        joined_at: seq of the newest event in the prelude.
    """

    thread_id: str
    texts: dict[str, str] = field(default_factory=dict[str, str])
    live: list[Frame] = field(default_factory=list[Frame])
    cursor: str = ""
    joined_at: int = 0
    is_over: bool = False
    refusal: str = ""

    def request(self) -> tuple[str, str, AgUiEvent | None, str]:
        """Connect; a prelude that broke off is worth nothing, so begin again."""
        if not self.cursor:
            self.texts.clear()
        body = {"threadId": self.thread_id, "protocolVersion": "1.0"}
        return "POST", "/api/copilotkit/agent/default/connect", body, self.cursor

    def take(self, frame: Frame) -> None:
        """Build the text, as a page does."""
        if self.cursor:
            self.live.append(frame)
        elif frame.cursor:
            self.joined_at = frame.seq
        self.cursor = frame.cursor or self.cursor
        event, kind = frame.event, frame.event["type"]
        if kind == "MESSAGES_SNAPSHOT":
            self.texts = {m["id"]: m["content"] for m in event["messages"] if _is_text(m)}
        elif kind == "TEXT_MESSAGE_START":
            self.texts.setdefault(event["messageId"], "")
        elif kind == "TEXT_MESSAGE_CONTENT":
            self.texts[event["messageId"]] += event["delta"]
        self.is_over = kind in TERMINAL

    def refuse(self, detail: str) -> None:
        """Keep what the server said, and give up."""
        self.refusal, self.is_over = detail, True


def _is_text(message: AgUiEvent) -> bool:
    return message["role"] == "assistant" and isinstance(message.get("content"), str)


async def _demand_stream(answer: httpx.Response) -> None:
    if answer.status_code >= 500:
        raise httpx.RemoteProtocolError(f"The server answered {answer.status_code}.")
    if answer.status_code != 200:
        raise _Refused(f"{answer.request.url}: {(await answer.aread()).decode()}")


async def _frames_of(answer: httpx.Response) -> AsyncGenerator[Frame]:
    cursor = ""
    async for line in answer.aiter_lines():
        if line.startswith("id: "):
            cursor = line.removeprefix("id: ")
        elif line.startswith("data: "):
            yield Frame(cursor, json.loads(line.removeprefix("data: ")))
            cursor = ""


def http_client() -> httpx.AsyncClient:
    """Make what all clients send with: a connection for each request, and not much patience."""
    return httpx.AsyncClient(
        timeout=httpx.Timeout(_PATIENCE_S, pool=None),
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
        trust_env=False,
    )
