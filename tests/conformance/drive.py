"""Two ways to take a scenario: a stock client in Node, and a plain request that keeps the bytes."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, Protocol

import httpx
from ag_ui.core import PROTOCOL_VERSION
from pydantic import BaseModel

from tests.conformance.scenarios import JsonObject, Request

Version = Literal["1.0.0", "0.0.59"]
Dialect = Literal["1.0", "0.0.59"]

_CLIENT = Path(__file__).parent / "client.mjs"
_TIMEOUT_S = 30


class Server(Protocol):
    """What is needed of the server under test."""

    @property
    def url(self) -> str: ...
    @property
    def token(self) -> str: ...


class Said(BaseModel):
    """A message as the client kept it."""

    role: str
    chars: int
    toolCalls: int  # noqa: N815 - the client writes JSON in its own spelling


class Report(BaseModel):
    """What a stock client made of a run."""

    rejected: str | None
    warnings: list[str]
    unhandled: list[str]
    terminal: list[JsonObject]
    seen: dict[str, int]
    messages: list[Said]
    stateKeys: list[str]  # noqa: N815 - as above

    def assistant_chars(self) -> int:
        """Return how much text the agents said."""
        return sum(message.chars for message in self.messages if message.role == "assistant")


def stock_client(server: Server, request: Request, version: Version) -> Report:
    """Let the stock client take the run, and return its report."""
    order = {
        "url": f"{server.url}/api/copilotkit",
        "token": server.token,
        "version": version,
        "input": request.body(),
        "cancelUrl": _cancel_url(server, request),
        "cancelAfterEvents": request.scenario.cancel_after_events,
    }
    command = ["node", str(_CLIENT)]
    done = subprocess.run(
        command,
        input=json.dumps(order),
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Report.model_validate_json(done.stdout)


def raw_stream(server: Server, request: Request, dialect: Dialect) -> bytes:
    """Run the scenario as a client of the dialect would, and return every byte of the answer."""
    body = request.body() | ({"protocolVersion": PROTOCOL_VERSION} if dialect == "1.0" else {})
    headers = {"Authorization": f"Bearer {server.token}", "Accept": "text/event-stream"}
    door = f"{server.url}/api/copilotkit"
    with (
        httpx.Client(headers=headers, timeout=_TIMEOUT_S) as http,
        http.stream("POST", door, json=body) as answer,
    ):
        assert answer.status_code == 200, answer.read()
        pieces = answer.iter_raw()
        received = b""
        if request.scenario.cancel_after_events is not None:
            received = _until(request.scenario.cancel_after_events, pieces)
            http.post(_cancel_url(server, request), json={}).raise_for_status()
        return received + b"".join(pieces)


def _until(frames: int, pieces: Iterator[bytes]) -> bytes:
    received = b""
    while received.count(b"\n\n") < frames:
        received += next(pieces)
    return received


def _cancel_url(server: Server, request: Request) -> str:
    return f"{server.url}/api/runs/{request.run_id}/cancel"
