"""Stock AG-UI clients in a trial: one Node process that keeps all of them in their threads."""

import asyncio
import json
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos.trial.cluster import Cluster
from tests.chaos.trial.plan import Version
from tests.streams import AgUiEvent

_PROGRAM = Path(__file__).parents[2] / "conformance" / "clients" / "rejoin.mjs"
_LONGEST_LINE = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Visit:
    """A stock client's stay in a thread.

    Attributes:
        heard: it has got an event, or never will.
        done: how its stay was, in the words of the program, once it is over.
    """

    version: Version
    is_host: bool
    heard: asyncio.Event
    done: asyncio.Future[AgUiEvent]

    def __str__(self) -> str:
        """Name its kind."""
        return f"{'host' if self.is_host else 'guest'} {self.version}"

    @property
    def result(self) -> AgUiEvent | None:
        """How its stay was; None if it is not over."""
        return self.done.result() if self.done.done() else None


@dataclass(slots=True)
class StockClients:
    """The running program.

    Attributes:
        complaints: what clients said on their console.
    """

    cluster: Cluster
    seed: int
    process: Process
    visits: list[Visit] = field(default_factory=list[Visit])
    complaints: list[str] = field(default_factory=list[str])

    def visit(
        self,
        version: Version,
        thread_id: str,
        *,
        start: AgUiEvent | None = None,
        outlives_questions: bool = False,
    ) -> Visit:
        """Let a client join the thread, or with `start` be the one who runs it."""
        loop = asyncio.get_running_loop()
        visit = Visit(version, start is not None, asyncio.Event(), loop.create_future())
        order = {
            "id": len(self.visits),
            "version": version,
            "urls": [replica.url for replica in self.cluster.replicas],
            "token": self.cluster.replicas[0].token,
            "seed": self.seed + len(self.visits),
            "outlivesQuestions": outlives_questions,
            "threadId": thread_id,
            **({"start": start} if start is not None else {}),
        }
        self.visits.append(visit)
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        return visit

    async def listen(self) -> None:
        """Take what the program says, until it ends."""
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            said: AgUiEvent = json.loads(line)
            if "complaint" in said:
                self.complaints.append(said["complaint"])
            elif "done" in said:
                self.visits[int(said["id"])].done.set_result(said["done"])
            if "id" in said:
                self.visits[int(said["id"])].heard.set()
        for visit in self.visits:
            visit.heard.set()
            if not visit.done.done():
                visit.done.set_result({"rejected": ["The program ended."]})


@asynccontextmanager
async def stock_clients(cluster: Cluster, seed: int) -> AsyncGenerator[StockClients]:
    """Give the running program; it ends with the context."""
    process = await asyncio.create_subprocess_exec(
        "node", str(_PROGRAM), stdin=PIPE, stdout=PIPE, limit=_LONGEST_LINE
    )
    assert process.stdin is not None
    clients = StockClients(cluster, seed, process)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(clients.listen())
            try:
                yield clients
            finally:
                process.stdin.close()
        await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
