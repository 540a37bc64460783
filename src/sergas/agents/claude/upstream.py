"""One call of a model on behalf of a process, and what it means when it fails."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import httpx2

from sergas.agents.claude.http import Answer, Request
from sergas.agents.claude.line import Line
from sergas.agents.claude.watch import StreamWatch
from sergas.agents.models.endpoint import Endpoint
from sergas.agents.models.failures import Kind, failed, refused
from sergas.core.errors import AgentFailed
from sergas.core.json import decode

_OK = 200
_STREAM = "text/event-stream"
_OURS = ("authorization", "x-api-key", "host", "connection", "content-length", "accept-encoding")


@dataclass(frozen=True, slots=True)
class Upstream:
    """The endpoint, with the HTTP client that calls it."""

    endpoint: Endpoint
    http: httpx2.AsyncClient

    async def forward(self, request: Request, answer: Answer, line: Line) -> None:
        """Make the call and pass on what comes, while it comes.

        Raises:
            AgentFailed: it was refused, or its stream did not come to its end.
        """
        url = self.endpoint.base_url.rstrip("/") + request.path
        headers = self._headers(request.headers)
        line.begun, model = None, line.model
        with self._faults_are_failures(model):
            async with self.http.stream(
                request.method, url, headers=headers, content=request.body
            ) as got:
                if got.status_code != _OK:
                    await got.aread()
                    raise self._refusal(got, model)
                if not got.headers.get("content-type", "").startswith(_STREAM):
                    raise failed(Kind.PROTOCOL, self.endpoint, model=model)
                answer.begin(_STREAM)
                await self._pass_on(got, answer, line)
        await answer.end()

    async def _pass_on(self, got: httpx2.Response, answer: Answer, line: Line) -> None:
        watch, model = StreamWatch(), line.model
        async for piece in got.aiter_bytes():
            try:
                watch.read(piece)
            except ValueError:
                raise failed(Kind.PROTOCOL, self.endpoint, model=model) from None
            line.begun = watch.begun
            if watch.error is not None:
                raise refused(self.endpoint, got.status_code, watch.error, model=model)
            await answer.send(piece)
        if not watch.is_complete:
            raise failed(Kind.TRUNCATED, self.endpoint, model=model)

    def _refusal(self, got: httpx2.Response, model: str) -> AgentFailed:
        try:
            body: object = decode(got.content)
        except ValueError:
            body = None
        wait_s = _seconds(got.headers.get("retry-after", ""))
        return refused(self.endpoint, got.status_code, body, model=model, retry_after_s=wait_s)

    def _headers(self, given: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value for name, value in given.items() if name not in _OURS}
        kept["accept-encoding"] = "identity"
        if self.endpoint.is_bearer:
            return {**kept, "authorization": f"Bearer {self.endpoint.key}"}
        return {**kept, "x-api-key": self.endpoint.key}

    @contextmanager
    def _faults_are_failures(self, model: str) -> Generator[None]:
        try:
            yield
        except httpx2.TimeoutException:
            raise failed(Kind.TIMEOUT, self.endpoint, model=model) from None
        except httpx2.TransportError:
            raise failed(Kind.UNREACHABLE, self.endpoint, model=model) from None


def _seconds(retry_after: str) -> float | None:
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        return None
