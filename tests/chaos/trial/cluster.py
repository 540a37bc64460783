"""The processes of a trial: replicas of the server on one database."""

import asyncio
import random
import signal
import subprocess
import time
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psycopg

from tests.postgres import Postgres, drop_database, execute, make_database
from tests.server import Server, free_port

_CUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_OWNER = "SELECT owner FROM sergas.runs WHERE id = %s"
_NAMED_WITHIN_S = 20.0
_TOLD_CHARS = 1000


@dataclass(frozen=True, slots=True)
class Cluster:
    """Replicas that share one database; whoever does something to one has it in hand meanwhile.

    Attributes:
        problems: processes that did not stop or start as they should.
    """

    replicas: list[Server]
    postgres: Postgres
    database_url: str
    _hands: defaultdict[int, asyncio.Lock] = field(
        default_factory=lambda: defaultdict[int, asyncio.Lock](asyncio.Lock)
    )
    problems: list[str] = field(default_factory=list[str])
    # What the database calls the present boot of each replica, by port.
    _names: dict[int, str] = field(default_factory=dict[int, str])

    def other_than(self, replica: Server | None, chance: random.Random) -> Server:
        """Choose a replica, another one if there is one; it may be down."""
        others = [other for other in self.replicas if other is not replica]
        return chance.choice(others or self.replicas)

    @asynccontextmanager
    async def in_hand(self, *replicas: Server) -> AsyncGenerator[None]:
        """Keep others from doing something to these replicas."""
        async with AsyncExitStack() as hands:
            for replica in replicas:
                await hands.enter_async_context(self._hands[replica.port])
            yield

    async def kill(self, replica: Server) -> None:
        """End a replica without a warning."""
        await asyncio.to_thread(replica.kill)

    async def kill_owner(self, run_id: str) -> bool:
        """Kill whoever works a run off at this very moment, start it again; say if there was one.

        All replicas stand still while the database is asked who it is.
        """
        free = [replica for replica in self.replicas if not self._hands[replica.port].locked()]
        async with self.in_hand(*free):
            for replica in free:
                self.freeze(replica)
            try:
                name = await asyncio.to_thread(_owner, self.database_url, run_id)
                owner = next((r for r in free if self._names.get(r.port) == name), None)
                if owner is not None:
                    _signal(owner, signal.SIGKILL)
            finally:
                for replica in free:
                    self.thaw(replica)
        if owner is None:
            return False
        async with self.in_hand(owner):
            await self.kill(owner)
            await self.start(owner)
        return True

    async def drain(self, replica: Server) -> None:
        """Ask a replica to end and wait for it."""
        await self._noted(replica.stop)

    async def start(self, replica: Server) -> None:
        """Start a replica on its port and folder, and wait until it is ready."""
        await self._noted(lambda: self._start(replica))

    def start_all(self) -> None:
        """Start every replica at the same moment, as they would after a power cut."""
        with ThreadPoolExecutor() as starters:
            list(starters.map(self._start, self.replicas))

    def freeze(self, replica: Server) -> None:
        """Stop a replica as it stands."""
        _signal(replica, signal.SIGSTOP)

    def thaw(self, replica: Server) -> None:
        """Let a frozen replica go on, as if nothing had been."""
        _signal(replica, signal.SIGCONT)

    async def restart_database(self, how: str) -> None:
        """Restart PostgreSQL: `fast`, or `immediate` as in a crash."""
        await self._noted(lambda: self.postgres.restart(how))

    async def cut_database_connections(self) -> None:
        """Cut every connection that a replica has to the database."""
        try:
            await asyncio.to_thread(execute, self.database_url, _CUT)
        except psycopg.OperationalError:
            return

    async def _noted(self, work: Callable[[], None]) -> None:
        try:
            await asyncio.to_thread(work)
        except (AssertionError, subprocess.SubprocessError) as error:
            self.problems.append(str(error)[-_TOLD_CHARS:])

    def _start(self, replica: Server) -> None:
        replica.start()
        self._names[replica.port] = _name_of(replica)


@contextmanager
def running_cluster(
    postgres: Postgres, folder: Path, *, replicas: int, settings: dict[str, str]
) -> Generator[Cluster]:
    """Give running replicas on a database of their own; at the end they are killed."""
    url = make_database(postgres)
    servers = [
        Server(
            folder / f"replica{number}" / "data",
            free_port(),
            {"SERGAS_DATABASE_URL": url, **settings},
        )
        for number in range(1, replicas + 1)
    ]
    cluster = Cluster(servers, postgres, url)
    try:
        for server in servers:
            server.data_dir.mkdir(parents=True)
        cluster.start_all()
        yield cluster
    finally:
        for server in servers:
            server.kill()
        drop_database(postgres, url)


def _owner(database_url: str, run_id: str) -> str | None:
    try:
        with psycopg.connect(database_url, autocommit=True) as connection:
            row = connection.execute(_OWNER, (run_id,)).fetchone()
    except psycopg.OperationalError:
        return None
    return row[0] if row else None


def _name_of(replica: Server) -> str:
    deadline = time.monotonic() + _NAMED_WITHIN_S
    while time.monotonic() < deadline:
        try:
            components = replica.get("/health/enhanced").json()["components"]
        except httpx.TransportError:
            continue
        if components["replicas"]["status"] == "healthy":
            return components["replicas"]["detail"].rpartition(" ")[2]
    raise AssertionError(f"Replica {replica.port} does not tell its name.")


def _signal(replica: Server, number: signal.Signals) -> None:
    if replica.process is not None:
        replica.process.send_signal(number)
