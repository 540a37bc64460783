"""A server with MCP servers: its health, its readiness, and what ends with it."""

import subprocess
import sys
import time
from pathlib import Path

import psutil

from tests.agents.tools.mcp.reach import MODULE, ROOT
from tests.server import Server, serving

ONE_THERE_ONE_AWAY = f"""
[mcpServers.count]
command = "{sys.executable}"
args = ["-m", "{MODULE}", "stdio"]
cwd = "{ROOT}"
tools = {{ add = "never", subtract = "always" }}

[mcpServers.away]
url = "http://127.0.0.1:9/mcp"
tools = {{ search = "never" }}
"""


def test_health_tells_of_tool_servers_and_readiness_does_not_need_them(tmp_path: Path) -> None:
    with serving(tmp_path, SERGAS_MCP_SERVERS=_file(tmp_path, ONE_THERE_ONE_AWAY)) as server:
        health = _health_once_connected(server)
        ready = server.get("/readyz")

    assert health["tool_server_count"]["detail"] == "1 tools; it has no subtract"
    assert health["tool_server_away"]["status"] == "unhealthy"
    assert "All connection attempts failed" in health["tool_server_away"]["detail"]
    assert ready.status_code == 200


def test_its_processes_end_with_the_server(tmp_path: Path) -> None:
    with serving(tmp_path, SERGAS_MCP_SERVERS=_file(tmp_path, ONE_THERE_ONE_AWAY)) as server:
        _health_once_connected(server)
        assert server.process is not None
        children = psutil.Process(server.process.pid).children()
        tool_servers = [child for child in children if MODULE in child.cmdline()]

    assert len(tool_servers) == 1
    _, alive = psutil.wait_procs(tool_servers, timeout=10)
    assert alive == []


def test_a_file_that_cannot_be_used_ends_the_start_with_the_reason(tmp_path: Path) -> None:
    path = _file(tmp_path, '[mcpServers.count]\ncommand = "x"\n')
    command = [sys.executable, "-m", "sergas", "serve", "--port", "0", "--data-dir", str(tmp_path)]

    ended = subprocess.run(
        command,
        env={"SERGAS_MCP_SERVERS": path, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=50,
    )

    assert ended.returncode == 2
    assert "missing required field `tools`" in " ".join(ended.stderr.split())
    assert "Traceback" not in ended.stderr


def _health_once_connected(server: Server) -> dict[str, dict[str, str]]:
    deadline = time.monotonic() + 30
    health = server.get("/health/enhanced").json()["components"]
    while health["tool_server_count"]["status"] != "healthy":
        assert time.monotonic() < deadline, health
        time.sleep(0.05)
        health = server.get("/health/enhanced").json()["components"]
    return health


def _file(folder: Path, text: str) -> str:
    path = folder / "mcp.toml"
    path.write_text(text)
    return str(path)
