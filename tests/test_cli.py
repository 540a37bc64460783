"""What `sergas serve` says at its start."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from tests.server import free_port


def test_an_address_that_was_told_can_be_opened(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "sergas", "serve", "--port", str(port)]
    environment = {**os.environ, "SERGAS_DATA_DIR": str(tmp_path), "SERGAS_RUNTIME": "rules"}

    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        try:
            told = next(line for line in server.stderr if "Sergas is at" in line)
            socket.create_connection(("127.0.0.1", port), timeout=20).close()
        finally:
            server.kill()

    assert f"http://127.0.0.1:{port}/" in told


def test_a_token_that_cannot_be_kept_ends_the_start_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    command = [sys.executable, "-m", "sergas", "serve", "--auto-token", "--port", "0"]
    environment = {**os.environ, "SERGAS_DATA_DIR": str(tmp_path / "file" / "data")}

    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=50)

    assert ended.returncode == 2
    said = " ".join(ended.stderr.split())
    assert "cannot be kept" in said
    assert "name a folder that can be written with --data-dir" in said.lower()
    assert "Traceback" not in said
