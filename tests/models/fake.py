"""A fake model server: real HTTP on 127.0.0.1, both wires, scripted, and misbehaving on command.

>>> with running_models() as models:
...     models.answer(calls(Call("lookup", {"account": "Acme"})), says("Acme is fine."))
...     # ... let an agent talk to `models.url_of("anthropic")` ...
...     assert models.requests[0].body["model"] == "fake-1"

What is not scripted is refused with status 400, so that a test sees it. Requests of a helper kind
(HEAD, counting tokens, answers without a stream) are answered and recorded, and use nothing up.
"""

import asyncio
import contextlib
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from tests.models import anthropic_wire, openai_wire
from tests.models.http import Exchange, Headers, Received, receive
from tests.models.turns import Answer, Refuse, Reset, Silence, Turn, Wire, WireJson

_WITHIN_S = 10.0
_PATHS: dict[Wire, str] = {"anthropic": "/v1/messages", "openai": "/chat/completions"}
_WIRES: dict[Wire, ModuleType] = {"anthropic": anthropic_wire, "openai": openai_wire}


@dataclass(slots=True)
class Request:
    """A request that came; times are `time.monotonic()`, the same for all processes.

    Attributes:
        wire: None for what is no model call.
        last_byte_at: when the last piece of the answer so far was written.
        closed_at: when the client hung up before its answer was complete.
        is_answered: the answer was sent to its scripted end.
    """

    number: int
    method: str
    path: str
    headers: Headers
    body: WireJson
    wire: Wire | None
    received_at: float
    last_byte_at: float | None = None
    closed_at: float | None = None
    is_answered: bool = False


@dataclass(slots=True)
class FakeModels:
    """The script, and what came.

    Attributes:
        otherwise: the answer to a model call that nothing is scripted for.
        requests: everything that came, in order.
    """

    otherwise: Answer = field(default_factory=lambda: _UNSCRIPTED)
    requests: list[Request] = field(default_factory=list[Request], repr=False)
    port: int = 0
    _script: dict[str, deque[Answer]] = field(default_factory=dict[str, deque[Answer]])

    def url_of(self, wire: Wire) -> str:
        """Return the base URL as clients of a wire want it."""
        address = f"http://127.0.0.1:{self.port}"
        return address if wire == "anthropic" else f"{address}/v1"

    def answer(self, *answers: Answer, when: str = "") -> None:
        """Answer the next model calls; `when` is a text that their bodies have to hold."""
        self._script.setdefault(when, deque()).extend(answers)

    @property
    def calls(self) -> list[Request]:
        """The model calls among the requests, but for those that want no stream."""
        return [call for call in self.requests if call.wire and call.body.get("stream")]

    def wait_for(self, holds: Callable[["FakeModels"], bool]) -> None:
        """Wait until something holds, but not for long."""
        deadline = time.monotonic() + _WITHIN_S
        while not holds(self):
            assert time.monotonic() < deadline, f"It did not come: {self.requests[-1:]}"
            time.sleep(0.002)

    def next_answer(self, text: str) -> Answer:
        """Take the answer to a request's text."""
        for needle, answers in sorted(self._script.items(), reverse=True):
            if answers and needle in text:
                return answers.popleft()
        return self.otherwise


@contextmanager
def running_models(port: int = 0) -> Generator[FakeModels]:
    """Run a fake model server in a thread of its own, until the block ends."""
    models = FakeModels(port=port)
    running = threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()
    thread = threading.Thread(
        target=lambda: loop.run_until_complete(_run(models, running, stop)), name="fake-models"
    )
    thread.start()
    try:
        assert running.wait(_WITHIN_S)
        yield models
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


async def _run(models: FakeModels, running: threading.Event, stop: asyncio.Event) -> None:
    connections = set[asyncio.Task[Any]]()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        connections.add(task)
        try:
            await _serve(models, reader, writer)
        except (ConnectionError, asyncio.CancelledError):
            # Cancelled at the end, by `_run` alone; asyncio's streams would complain of it.
            return
        finally:
            connections.discard(task)
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", models.port, backlog=512)
    models.port = server.sockets[0].getsockname()[1]
    running.set()
    await stop.wait()
    server.close()
    for task in connections:
        task.cancel()
    if connections:
        await asyncio.wait(connections)


async def _serve(
    models: FakeModels, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    while received := await receive(reader):
        request = _noted(models, received)
        exchange = Exchange(reader, writer)
        answering = asyncio.ensure_future(_answer(models, request, received, exchange))
        try:
            await asyncio.wait([answering, exchange.hung_up], return_when="FIRST_COMPLETED")
            if not answering.done() or isinstance(answering.exception(), ConnectionError):
                request.closed_at = time.monotonic()
                return
            answering.result()
        finally:
            answering.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await answering
            await exchange.rest()
        if writer.is_closing():
            return


def _noted(models: FakeModels, received: Received) -> Request:
    path = received.path.partition("?")[0]
    body: WireJson = json.loads(received.text) if received.text.startswith("{") else {}
    wires: list[Wire] = [wire for wire, end in _PATHS.items() if path.endswith(end)]
    request = Request(
        number=len(models.requests) + 1,
        method=received.method,
        path=received.path,
        headers=received.headers,
        body=body,
        wire=wires[0] if wires and received.method == "POST" else None,
        received_at=time.monotonic(),
    )
    models.requests.append(request)
    return request


async def _answer(
    models: FakeModels, request: Request, received: Received, exchange: Exchange
) -> None:
    if request.wire is None or not request.body.get("stream"):
        await exchange.document(200, _helper_answer(request))
        return
    match models.next_answer(received.text):
        case Turn() as turn:
            await _stream(turn, request, exchange)
        case Refuse(status, body, headers):
            await exchange.document(status, body, headers)
        case Reset():
            exchange.reset()
        case Silence():
            await _for_ever()
    request.is_answered = True


def _helper_answer(request: Request) -> WireJson:
    if request.wire:
        return _WIRES[request.wire].whole(request.body.get("model", ""))
    return {"input_tokens": 100} if request.path.endswith("count_tokens") else {"ok": True}


async def _stream(turn: Turn, request: Request, exchange: Exchange) -> None:
    assert request.wire
    wire = _WIRES[request.wire]
    exchange.begin_stream()
    frames = wire.frames(
        turn,
        model=request.body["model"],
        number=request.number,
        names=_named(turn, wire.tool_names(request.body)),
    )
    sent = 0
    for frame, is_piece in frames:
        if turn.ends != "well" and sent == turn.after and (sent or is_piece):
            break
        if is_piece:
            sent += 1
            if turn.pause_s:
                await asyncio.sleep(turn.pause_s)
        await exchange.send(frame)
        request.last_byte_at = time.monotonic()
    await _end(turn, wire, exchange)


async def _end(turn: Turn, wire: ModuleType, exchange: Exchange) -> None:
    match turn.ends:
        case "dropped":
            exchange.drop()
        case "stalled":
            await _for_ever()
        case "garbled" | "error":
            is_garbled = turn.ends == "garbled"
            await exchange.send(wire.GARBLED if is_garbled else wire.error_frame(turn.error))
            await exchange.end_stream()
        case "well" | "truncated":
            await exchange.end_stream()


async def _for_ever() -> None:
    # Whoever awaits this is cancelled when the client hangs up.
    await asyncio.Event().wait()


def _named(turn: Turn, offered: list[str]) -> dict[str, str]:
    wanted = {getattr(part, "name", "") for part in turn.parts} - {""}
    return {name: offer for name in wanted for offer in offered if offer.endswith(f"__{name}")} | {
        name: name for name in wanted if name in offered
    }


_UNSCRIPTED = Refuse(
    400,
    {
        "type": "error",
        "error": {"type": "invalid_request_error", "message": "Nothing is scripted for this."},
    },
)
