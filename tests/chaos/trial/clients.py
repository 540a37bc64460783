"""Clients that never give up: when a stream breaks, they go on at another replica."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field

import httpx

from tests.chaos.trial.cluster import Cluster
from tests.chaos.trial.readers import Reader
from tests.chaos.trial.transports import (
    Broken,
    Frame,
    Refused,
    Transport,
    over_sse,
    over_websocket,
)
from tests.server import Server
from tests.streams import AgUiEvent

_PAUSE_S = 0.1


@dataclass(slots=True)
class Tally:
    """What the clients of a trial went through.

    Attributes:
        streams: how many were opened over each transport.
    """

    cut: int = 0
    broken: int = 0
    moved: int = 0
    longest_pause_s: float = 0
    streams: Counter[Transport] = field(default_factory=Counter[Transport])


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
            except Broken:
                self.tally.broken += 1
                await asyncio.sleep(_PAUSE_S)
            except Refused as refused:
                reader.refuse(str(refused))

    async def ask(
        self, method: str, path: str, body: AgUiEvent | None = None, *, not_at: Server | None = None
    ) -> httpx.Response:
        """Ask any replica until one answers; whoever waits for this has a deadline."""
        replica = not_at
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
            # The stream ended before its run: the replica leaves, or nobody has answered yet.
            await asyncio.sleep(_PAUSE_S)

    def _frames(self, reader: Reader, replica: Server) -> AsyncGenerator[Frame]:
        transport = self.chance.choice(list(Transport))
        self.tally.streams[transport] += 1
        match transport:
            case Transport.SSE:
                return over_sse(self.http, replica, reader.wish())
            case Transport.WEBSOCKET:
                return over_websocket(replica, reader.wish())


@dataclass(slots=True)
class _Stopwatch:
    tally: Tally
    since: float = field(default_factory=time.monotonic)

    def press(self) -> None:
        now = time.monotonic()
        self.tally.longest_pause_s = max(self.tally.longest_pause_s, now - self.since)
        self.since = now
