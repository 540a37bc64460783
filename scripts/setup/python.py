"""The Python part: a pinned uv, the project's environment, and its lock files."""

import sys
from pathlib import Path

from scripts.setup.environment import ROOT, TOOLS, UV, VENV
from scripts.setup.shell import SetupError, run, say
from scripts.setup.stamps import digest, is_fresh, mark_fresh

_UV_LOCK = ROOT / "scripts" / "uv.lock.txt"
_SERVER_LOCK = ROOT / "requirements.lock"
_DEVELOPMENT_LOCK = ROOT / "requirements-dev.lock"
_CLAUDE_LOCK = ROOT / "requirements-claude.lock"
_PROJECT = ROOT / "pyproject.toml"


def prepare() -> dict[str, str]:
    """Bring `.venv` to exactly what `requirements-dev.lock` says, with the checkout in place."""
    if VENV.is_symlink():
        say("`.venv` is a link to an environment of your own; leaving it as it is.")
        return {}
    current = digest([_DEVELOPMENT_LOCK, _PROJECT, _UV_LOCK], sys.version)
    if is_fresh("python", current) and (VENV / "bin" / "python").exists():
        return {}
    _prepare_uv()
    _make_environment()
    _install_packages()
    mark_fresh("python", current)
    return {}


def prepare_claude() -> dict[str, str]:
    """Add the extra `claude` to `.venv`: 168 MB, for the tests that need it."""
    prepare()
    current = digest([_CLAUDE_LOCK, _DEVELOPMENT_LOCK, _PROJECT], sys.version)
    is_there = any(VENV.glob("lib/python*/site-packages/claude_agent_sdk"))
    if VENV.is_symlink() or (is_fresh("claude", current) and is_there):
        return {}
    title = "Installing the Claude Agent SDK (168 MB)"
    run(title, [UV, "pip", "install", "--require-hashes", "--requirement", _CLAUDE_LOCK])
    mark_fresh("claude", current)
    return {}


def lock() -> dict[str, str]:
    """Write the lock files anew from `pyproject.toml`, keeping versions that still fit."""
    _prepare_uv()
    _compile("Locking what a server needs", _SERVER_LOCK)
    more = ["--group", "dev", "--extra", "mcp", "--constraints", _SERVER_LOCK.name]
    _compile("Locking what development needs", _DEVELOPMENT_LOCK, *more)
    more = ["--extra", "claude", "--constraints", _DEVELOPMENT_LOCK.name]
    _compile("Locking what the extra `claude` needs", _CLAUDE_LOCK, *more)
    return {}


def _prepare_uv() -> None:
    current = digest([_UV_LOCK], sys.version)
    if is_fresh("uv", current) and UV.exists():
        return
    place = TOOLS / "uv"
    hint = "On Debian, `apt-get install python3-venv` brings what a virtual environment needs."
    run("Making a place for uv", [sys.executable, "-m", "venv", "--clear", place], hint=hint)
    pip = place / "bin" / "pip"
    run("Installing uv", [pip, "install", "--require-hashes", "--requirement", str(_UV_LOCK)])
    mark_fresh("uv", current)


def _make_environment() -> None:
    python = VENV / "bin" / "python"
    if python.exists() and is_fresh("venv", digest([], sys.version)):
        return
    run("Making `.venv`", [UV, "venv", "--clear", "--python", sys.executable, VENV])
    mark_fresh("venv", digest([], sys.version))


def _install_packages() -> None:
    if not _DEVELOPMENT_LOCK.is_file():
        raise SetupError("`requirements-dev.lock` is missing; `make lock` writes it.")
    title = "Installing Python packages (first time, about a minute)"
    # Compiled now, because a server that compiles its packages takes seconds longer to start.
    choices = ["--require-hashes", "--compile-bytecode"]
    run(title, [UV, "pip", "sync", *choices, _DEVELOPMENT_LOCK])
    run("Installing Sergas itself", [UV, "pip", "install", "--no-deps", "--editable", str(ROOT)])


def _compile(title: str, output: Path, *choices: str) -> None:
    run(
        title,
        [
            *(UV, "pip", "compile", "--no-config", "--universal", "--python-version", "3.11"),
            *("--generate-hashes", "--no-header", "--no-emit-index-url", "--no-emit-find-links"),
            *("--output-file", output.name, *choices, _PROJECT.name),
        ],
    )
