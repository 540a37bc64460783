"""The connection to an endpoint: one HTTP client, and room for so many calls at once."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx2
from pydantic_ai.models import Model

from sergas.agents.messages.wires import model_over
from sergas.agents.models.endpoint import Endpoint
from sergas.core.chunks import Progress

_NEWS_EVERY_S = 15.0
_IDLE_CONNECTIONS = 50


@dataclass(frozen=True, slots=True)
class CallLimits:
    """What one call of a model may take.

    Attributes:
        calls: calls at the same time; more wait for room.
        silence_s: how long the provider may send nothing, from the request on.
        output_tokens: how much the model may write; 0 is as much as it can, where its API lets it.
    """

    calls: int = 100
    silence_s: float = 60.0
    output_tokens: int = 0


class ModelClient:
    """Calls the models of one endpoint while it is open."""

    def __init__(self, endpoint: Endpoint, limits: CallLimits) -> None:
        self.endpoint, self.limits = endpoint, limits
        self._room = asyncio.Semaphore(limits.calls)
        self._http: httpx2.AsyncClient | None = None
        self._models: dict[str, Model] = {}

    @asynccontextmanager
    async def opened(self) -> AsyncGenerator[None]:
        """Keep the connections open; on leaving, those still in use are closed too."""
        timeout = httpx2.Timeout(self.limits.silence_s, connect=10.0, pool=None)
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=_IDLE_CONNECTIONS)
        async with httpx2.AsyncClient(timeout=timeout, limits=limits) as http:
            self._http = http
            # Loads the SDK, which takes a second: here nobody's stream waits for it.
            await asyncio.to_thread(self.model, self.endpoint.model)
            try:
                yield
            finally:
                self._http = None
                self._models.clear()

    def model(self, name: str) -> Model:
        """Return a model of the endpoint."""
        if self._http is None:
            raise RuntimeError("The model client is not open.")
        if name not in self._models:
            self._models[name] = model_over(self.endpoint, name, self._http)
        return self._models[name]

    async def enter(self) -> AsyncGenerator[Progress, None]:
        """Take room for a call, and say now and then that there is none; `leave` gives it back."""
        while True:
            try:
                async with asyncio.timeout(_NEWS_EVERY_S):
                    await self._room.acquire()
            except TimeoutError:
                calls = f"{self.limits.calls} calls"
                yield Progress(None, f"Waiting: {calls} to {self.endpoint.label} are under way")
            else:
                return

    def leave(self) -> None:
        """Give the room of a call back."""
        self._room.release()
