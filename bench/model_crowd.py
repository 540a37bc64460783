"""Measures many agents that a model streams to at once. Prints, never judges but for lost words.

    .venv/bin/python bench/model_crowd.py [runs] [seconds]

A fake model server says to each of 100 callers another text, 20 pieces a second. Its callers are,
one after the other: the provider's own SDK in a process without anything else; our `messages`
runtime in such a process; and runs of a `sergas serve` (SQLite, a log, a client each). Each text
has to arrive as it was sent. CPU is user + system time of the caller's process while they stream;
memory is what its RSS grew by. The fake model server and the clients are processes of their own,
and share the machine.
"""

import asyncio
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeAlias

import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.crowd_callers import CALLERS, Caller, hear_runs
from bench.model_cancel import PROVIDERS, settings_of
from tests.models.fake import running_models
from tests.models.turns import Say, Turn, Wire
from tests.server import Server, serving

RUNS, SECONDS, PIECES_A_SECOND, PIECE_CHARS = 100, 10, 20, 8
Texts: TypeAlias = list[str]
_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Row:
    """What a caller took."""

    took_s: float
    whole_texts: int
    cpu_s: float
    grown_bytes: int


def main() -> None:
    runs, seconds = (*map(int, sys.argv[1:]), *(RUNS, SECONDS)[len(sys.argv) - 1 :])[:2]
    texts = [text_of(number, seconds * PIECES_A_SECOND) for number in range(runs)]
    print(f"{runs} at once, {PIECES_A_SECOND} pieces a second, {seconds} s")
    print(f"{'':31} whole texts     took  CPU a run  of a core  memory a run")
    for wire in PROVIDERS:
        for name, caller in CALLERS[wire].items():
            with fake_server(texts, wire) as url:
                show(f"{wire}: {name}", alone(caller, url, texts), runs)
        with fake_server(texts, wire) as url:
            show(f"{wire}: sergas serve", served(wire, url, texts), runs)


def text_of(number: int, pieces: int) -> str:
    """Make a text of which each piece tells whose it is and which one."""
    return "".join(f"{number:03}-{piece:03} " for piece in range(pieces))


def question_of(number: int) -> str:
    return f"Question {number:03}."


@contextmanager
def fake_server(texts: Texts, wire: Wire) -> Generator[str]:
    """Run the fake model server in a process of its own."""
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_serve_models, args=(theirs, texts, wire))
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send("stop")
        process.join(20)


def _serve_models(pipe: Connection, texts: Texts, wire: Wire) -> None:
    with running_models() as models:
        models.otherwise = Turn((Say("Warm."),))
        for number, text in enumerate(texts):
            turn = Turn((Say(text, PIECE_CHARS),), pause_s=1 / PIECES_A_SECOND)
            models.answer(turn, when=question_of(number))
        pipe.send(models.url_of(wire))
        pipe.recv()


def alone(caller: Caller, url: str, texts: Texts) -> Row:
    """Let a caller ask everything in a process of its own."""
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_call, args=(theirs, caller, url, len(texts)))
    process.start()
    assert process.pid is not None
    ours.recv()
    with measured(process.pid) as meter:
        ours.send("go")
        heard = ours.recv()
    process.join(20)
    return meter.row(heard, texts)


def _call(pipe: Connection, caller: Caller, url: str, runs: int) -> None:
    asyncio.run(_call_all(pipe, caller, url, runs))


async def _call_all(pipe: Connection, caller: Caller, url: str, runs: int) -> None:
    async with caller(url) as ask:
        await ask("Warm up.")
        pipe.send("ready")
        await asyncio.to_thread(pipe.recv)
        pipe.send(await asyncio.gather(*(ask(question_of(number)) for number in range(runs))))


def served(wire: Wire, url: str, texts: Texts) -> Row:
    """Let runs of a server ask everything, each with a client."""
    settings = {**settings_of(wire, url), "SERGAS_MAX_ACTIVE_RUNS": str(len(texts))}
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "s", **settings) as server:
        asyncio.run(hear_runs(server, ["Warm up."]))
        questions = [question_of(number) for number in range(len(texts))]
        with measured(pid_of(server)) as meter:
            heard = asyncio.run(hear_runs(server, questions))
    return meter.row(heard, texts)


def pid_of(server: Server) -> int:
    assert server.process is not None
    return server.process.pid


class measured:  # noqa: N801 - reads as a function: `with measured(pid) as meter`
    """What a process uses in the block."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)

    def __enter__(self) -> "measured":
        self._began, self._cpu_s = time.perf_counter(), self._cpu()
        self._rss = self._process.memory_info().rss
        return self

    def __exit__(self, *_: object) -> None:
        self.took_s = time.perf_counter() - self._began
        self.cpu_s = self._cpu() - self._cpu_s
        self.grown = self._process.memory_info().rss - self._rss

    def row(self, heard: Texts, texts: Texts) -> Row:
        """Sum up, with what was heard of the texts."""
        whole = sum(one == text for one, text in zip(heard, texts, strict=True))
        return Row(self.took_s, whole, self.cpu_s, self.grown)

    def _cpu(self) -> float:
        times = self._process.cpu_times()
        return times.user + times.system


def show(what: str, row: Row, runs: int) -> None:
    cpu, memory = 1000 * row.cpu_s / runs, row.grown_bytes / runs / 1024
    core = 100 * row.cpu_s / row.took_s
    print(
        f"{what:31} {row.whole_texts:>5} of {runs:<3} {row.took_s:>5.1f} s {cpu:>7.1f} ms"
        f" {core:>7.0f} % {memory:>9.0f} KB"
    )


if __name__ == "__main__":
    main()
