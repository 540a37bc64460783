"""The processes of a trial: replicas of the server on one database."""

import asyncio
import random
import signal
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.postgres import Postgres, drop_database, execute, make_database
from tests.server import Server, free_port

_CUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Replicas that share one database."""

    replicas: list[Server]
    postgres: Postgres
    database_url: str

    def other_than(self, replica: Server | None, chance: random.Random) -> Server:
        """Choose a replica, another one if there is one; it may be down."""
        others = [other for other in self.replicas if other is not replica]
        return chance.choice(others or self.replicas)

    async def kill(self, replica: Server) -> None:
        """End a replica without a warning."""
        await asyncio.to_thread(replica.kill)

    async def drain(self, replica: Server) -> None:
        """Ask a replica to end and wait for it."""
        await asyncio.to_thread(replica.stop)

    async def start(self, replica: Server) -> None:
        """Start a replica on its port and folder, and wait until it is ready."""
        await asyncio.to_thread(replica.start)

    def freeze(self, replica: Server) -> None:
        """Stop a replica as it stands."""
        _signal(replica, signal.SIGSTOP)

    def thaw(self, replica: Server) -> None:
        """Let a frozen replica go on, as if nothing had been."""
        _signal(replica, signal.SIGCONT)

    async def restart_database(self, how: str) -> None:
        """Restart PostgreSQL: `fast`, or `immediate` as in a crash."""
        await asyncio.to_thread(self.postgres.restart, how)

    async def cut_database_connections(self) -> None:
        """Cut every connection that a replica has to the database."""
        try:
            await asyncio.to_thread(execute, self.database_url, _CUT)
        except psycopg.OperationalError:
            return


@contextmanager
def running_cluster(
    postgres: Postgres, folder: Path, *, replicas: int, lease_s: float
) -> Generator[Cluster]:
    """Give running replicas on a database of their own; at the end they are killed."""
    url = make_database(postgres)
    settings = {"SERGAS_DATABASE_URL": url, "SERGAS_LEASE_SECONDS": str(lease_s)}
    servers = [
        Server(folder / f"replica{number}" / "data", free_port(), settings)
        for number in range(1, replicas + 1)
    ]
    try:
        for server in servers:
            server.data_dir.mkdir(parents=True)
        # All at once, as they would start after a power cut.
        with ThreadPoolExecutor() as starters:
            list(starters.map(Server.start, servers))
        yield Cluster(servers, postgres, url)
    finally:
        for server in servers:
            server.kill()
        drop_database(postgres, url)


def _signal(replica: Server, number: signal.Signals) -> None:
    if replica.process is not None:
        replica.process.send_signal(number)
