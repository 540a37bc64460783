"""The clients: one Node process for each kind, which takes scenarios one after the other."""

import base64
import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol, get_args
from uuid import uuid4

from pydantic import BaseModel, JsonValue

from tests.conformance.scenarios import Scenario
from tests.conformance.steps import JsonObject
from tests.conformance.wire import Dialect

Stock = Literal["ag-ui 1.0.0", "ag-ui 0.0.59", "core rest", "core single", "core auto"]
STOCK: tuple[Stock, ...] = get_args(Stock)
BYTES: Mapping[Dialect, str] = {"1.0": "bytes 1.0", "0.0.59": "bytes 0.0.59"}
KINDS = (*STOCK, *BYTES.values())

_DRIVER = Path(__file__).parent / "clients" / "driver.mjs"


class Server(Protocol):
    """What is needed of the server under test."""

    @property
    def url(self) -> str: ...
    @property
    def token(self) -> str: ...


class Page(BaseModel):
    """What a page shows in the end; without a client it shows nothing."""

    thread: str
    messages: list[JsonObject] | None = None
    state: JsonValue = None

    @property
    def by_id(self) -> Mapping[str, JsonObject]:
        """The messages by their ids, in order."""
        return {str(message["id"]): message for message in self.messages or []}

    @property
    def chars(self) -> int:
        """How much text of the agents it shows."""
        said = [m for m in self.messages or [] if m["role"] == "assistant"]
        return sum(len(str(message.get("content") or "")) for message in said)


class Problem(BaseModel):
    """A refusal's content type and document."""

    type: str
    payload: JsonObject


class Stream(BaseModel):
    """What one request was answered with: every byte of a stream, or a problem."""

    threadId: str = ""  # noqa: N815 - the clients write JSON in their own spelling
    runId: str = ""  # noqa: N815
    isAnswer: bool = False  # noqa: N815
    isJoin: bool = False  # noqa: N815
    contentType: str = ""  # noqa: N815
    base64: str = ""
    status: int = 200
    problem: Problem | None = None

    @property
    def data(self) -> bytes:
        """The bytes as they came."""
        return base64.b64decode(self.base64)


class Report(BaseModel):
    """What a client made of a scenario."""

    outcomes: list[str]
    seen: dict[str, int]
    pages: dict[str, Page]
    streams: list[Stream]
    warnings: list[str]
    errors: list[str]
    unhandled: list[str]

    @property
    def complaints(self) -> Sequence[str]:
        """Everything that was said on the console, or not caught at all."""
        return [*self.warnings, *self.errors, *self.unhandled]


@dataclass(slots=True)
class Clients:
    """The running processes, by kind; each begins with the first scenario that it takes."""

    processes: dict[str, "subprocess.Popen[str]"] = field(
        default_factory=dict[str, "subprocess.Popen[str]"]
    )

    def play(self, scenario: Scenario, server: Server) -> Mapping[str, Report]:
        """Put one client of each kind through the scenario, and return their reports."""
        if scenario.server == "small":
            return {kind: self.play_alone(kind, scenario, server) for kind in KINDS}
        playing = {kind: self._begin(kind, scenario, server) for kind in KINDS}
        return {kind: self._take(process) for kind, process in playing.items()}

    def play_alone(self, kind: str, scenario: Scenario, server: Server) -> Report:
        """Put one client through the scenario, with nobody else at the server."""
        return self._take(self._begin(kind, scenario, server))

    def close(self) -> None:
        """End the processes, and make sure that they had nothing more to say."""
        for process in self.processes.values():
            rest, _ = process.communicate(timeout=10)
            assert (process.returncode, rest) == (0, "")

    def _begin(self, kind: str, scenario: Scenario, server: Server) -> "subprocess.Popen[str]":
        if kind not in self.processes:
            self.processes[kind] = subprocess.Popen(
                ["node", str(_DRIVER), kind],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        process = self.processes[kind]
        order: JsonObject = {
            "url": server.url,
            "token": server.token,
            "agent": scenario.agent,
            "thread": str(uuid4()),
            "steps": list(scenario.steps),
        }
        assert process.stdin is not None
        process.stdin.write(json.dumps(order) + "\n")
        process.stdin.flush()
        return process

    def _take(self, process: "subprocess.Popen[str]") -> Report:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, f"The client {process.args!r} died; its last words are above."
        return Report.model_validate_json(line)
