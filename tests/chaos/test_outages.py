"""A database that cannot be used: it is said clearly and waited for, and nothing is lost."""

import subprocess
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.postgres import Postgres, make_database, running_postgres
from tests.server import Server, free_port
from tests.sockets import connected
from tests.streams import AgUiEvent, kinds, opened, run_body, stream, text_of

LONG = {"name": "long", "deltas": 150, "delay_ms": 20, "tools": 1}
SHORT = {"name": "short", "deltas": 3}


@pytest.fixture
def postgres() -> Generator[Postgres]:
    """Give a PostgreSQL of the test's own, to stop and start."""
    with running_postgres() as running:
        if running.folder is None:
            pytest.skip("The server is not ours to stop.")
        yield running


def test_a_run_goes_on_where_it_was_when_the_disk_has_room_again(own_server: Server) -> None:
    body = run_body(LONG)

    with opened(own_server, body) as frames:
        seen = until_it_speaks(frames)
        own_server.limit_files(1)
        own_server.wait_until_ready(is_ready=False)
        not_ready = own_server.get("/readyz")
        refused = own_server.post("/api/copilotkit", run_body(SHORT))
        listed = own_server.get(f"/api/runs/{body['runId']}")
        own_server.limit_files(None)
        seen += [event for _, event in frames]
    own_server.wait_until_ready()

    assert "replicas" in not_ready.text
    demand_unavailable(refused, "disk")
    assert (listed.status_code, listed.json()["status"]) == (200, "running")
    demand_whole(own_server, body, seen)
    assert kinds(stream(own_server, run_body(SHORT)))[-1] == "RUN_FINISHED"


def test_a_database_file_that_was_moved_away_is_waited_for(own_server: Server) -> None:
    body = run_body(LONG)
    file = own_server.data_dir / "sergas.sqlite"

    with opened(own_server, body) as frames:
        seen = until_it_speaks(frames)
        file.rename(file.with_name("elsewhere"))
        own_server.wait_until_ready(is_ready=False)
        refused = own_server.post("/api/copilotkit", run_body(SHORT))
        file.with_name("elsewhere").rename(file)
        seen += [event for _, event in frames]

    demand_unavailable(refused, "was moved or deleted; put it back")
    demand_whole(own_server, body, seen)


def test_a_server_without_room_for_its_database_waits_for_it(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", free_port())
    try:
        # Enough for the first lines of its log, too little for a page of the database.
        server.launch(file_limit=4000)
        server.wait_until_ready(is_ready=False)
        refused = server.post("/api/copilotkit", run_body(SHORT))
        server.limit_files(None)
        server.wait_until_ready()
        events = stream(server, run_body(SHORT))
    finally:
        server.stop()

    demand_unavailable(refused, "disk")
    assert kinds(events)[-1] == "RUN_FINISHED"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--data-dir", "/proc/sys/sergas"), "name a folder that can be written"),
        (("--data-dir", __file__), "name a folder that can be written"),
    ],
)
def test_a_server_whose_folder_cannot_be_written_says_so_and_ends(
    options: tuple[str, ...], said: str
) -> None:
    done = serve(*options)

    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert said in " ".join(done.stderr.split())


def test_a_server_that_postgresql_does_not_let_in_says_so_and_ends(postgres: Postgres) -> None:
    done = serve(database_url=postgres.url("nobody_made_it"))

    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert 'database "nobody_made_it" does not exist' in " ".join(done.stderr.split())


def test_a_server_waits_for_a_postgresql_that_is_away_when_it_starts(
    postgres: Postgres, tmp_path: Path
) -> None:
    settings = {"SERGAS_DATABASE_URL": make_database(postgres)}
    server = Server(tmp_path / "data", free_port(), settings)
    server.data_dir.mkdir()
    postgres.stop()
    try:
        server.launch()
        server.wait_until_ready(is_ready=False)
        lives = server.get("/livez")
        refused = server.post("/api/copilotkit", run_body(SHORT))
        with pytest.raises(InvalidStatus) as no_socket:
            connected(server)
        postgres.start()
        server.wait_until_ready()
        events = stream(server, run_body(SHORT))
    finally:
        server.stop()

    assert lives.status_code == 200
    demand_unavailable(refused, "PostgreSQL cannot be reached")
    assert no_socket.value.response.status_code == 503
    assert kinds(events)[-1] == "RUN_FINISHED"


def test_a_run_outlives_a_postgresql_that_is_away_for_longer_than_requests_wait(
    postgres: Postgres, tmp_path: Path
) -> None:
    settings = {"SERGAS_DATABASE_URL": make_database(postgres), "SERGAS_LEASE_SECONDS": "2"}
    server = Server(tmp_path / "data", free_port(), settings)
    server.data_dir.mkdir()
    body = run_body(LONG)
    try:
        server.start()
        with opened(server, body) as frames:
            seen = until_it_speaks(frames)
            postgres.stop()
            server.wait_until_ready(is_ready=False)
            refused = server.post("/api/copilotkit", run_body(SHORT))
            postgres.start()
            seen += [event for _, event in frames]
        server.wait_until_ready()
        demand_whole(server, body, seen)
        after = stream(server, run_body(SHORT))
    finally:
        server.stop()

    demand_unavailable(refused, "PostgreSQL cannot be reached")
    assert kinds(after)[-1] == "RUN_FINISHED"


def serve(*options: str, database_url: str = "") -> subprocess.CompletedProcess[str]:
    """Run `sergas serve` until it ends by itself."""
    command = [sys.executable, "-m", "sergas", "serve", "--port", "0", *options]
    environment = {"SERGAS_RUNTIME": "rules", "SERGAS_DATABASE_URL": database_url}
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=50, check=False
    )


def until_it_speaks(frames: Iterator[tuple[str, AgUiEvent]]) -> list[AgUiEvent]:
    """Read until the agent has said a little."""
    seen: list[AgUiEvent] = []
    for _, event in frames:
        seen.append(event)
        if len(text_of(seen, "long")) > 60:
            return seen
    raise AssertionError("The run ended before the agent spoke.")


def demand_unavailable(answer: httpx.Response, reason: str) -> None:
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (503, "store_unavailable")
    assert answer.headers["Retry-After"] == "5"
    assert reason in problem["detail"]


def demand_whole(server: Server, body: AgUiEvent, seen: list[AgUiEvent]) -> None:
    """Demand that a reader got the run's whole log, with everything that its agent said once."""
    assert [kind for kind in kinds(seen) if kind in ("RUN_FINISHED", "RUN_ERROR")] == [
        "RUN_FINISHED"
    ]
    assert len(text_of(seen, "long")) == 150 * 12
    assert stream(server, None, f"/api/runs/{body['runId']}/events") == seen
