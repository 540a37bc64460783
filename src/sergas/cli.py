"""The command line: `sergas serve`, and `sergas --help` for the rest."""

import asyncio
import os
import secrets
import socket
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, NoReturn

from cyclopts import App, Parameter
from pydantic import ValidationError
from rich.console import Console

from sergas import app
from sergas.app import NO_CONSOLE, check_can_start, console_folder
from sergas.core.errors import (
    BadOffer,
    BadSetting,
    StoreRefused,
    StoreUnavailable,
)
from sergas.settings import Settings
from sergas.telemetry.logs import configure_logs

cli = App(
    name="sergas",
    help="Durable multi-agent runs for CopilotKit, from Python.",
    help_format="markdown",
)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_MIGRATE_PATIENCE_S = 30.0
_out = Console(stderr=True, highlight=False)


def main() -> None:
    """Run the command line."""
    cli()


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """What `sergas serve` takes; an option that is not given leaves its setting as it is."""

    host: str | None = None
    """Address to listen on; anything but loopback needs SERGAS_TOKENS. Default 127.0.0.1."""
    port: int | None = None
    """Port to listen on; 0 picks a free one. Default 8008."""
    data_dir: Path | None = None
    """Folder of the database and the token. Default ./data."""
    dev_agents: Annotated[bool | None, Parameter(negative="")] = None
    """Offer the workflow `script` for tests, demos and benchmarks."""
    log_level: str | None = None
    """debug, info, warning or error. Default info."""
    log_format: str | None = None
    """json, pretty, or auto (pretty on a terminal). Default auto."""


@cli.command
def serve(
    workflows: str | None = None,
    /,
    options: ServeOptions | None = None,
    *,
    auto_token: Annotated[bool, Parameter(negative="")] = False,
) -> None:
    """Start the server: API, console and workers in one process.

    Every option is also an environment variable, `SERGAS_HOST`, `SERGAS_DATA_DIR` and so on; the
    option wins. More settings (tokens, CORS, limits) exist only there: see docs/configuration.md.

    Parameters
    ----------
    workflows
        Your own agents and workflows as `module:attribute`, such as `my_agents:offer`: a workflow,
        an agent, an AgentSpec, several of them, or a function that returns them. Without it the
        server offers the account review on sample data.
    auto_token
        Without SERGAS_TOKENS: make a random token, keep it in the data folder, and print an
        address that carries it.
    """
    named: dict[str, object] = {
        "workflows": workflows,
        **(asdict(options) if options is not None else {}),
    }
    given = {name: value for name, value in named.items() if value is not None}
    settings = _settings(given)
    if auto_token and not settings.token_list:
        settings = settings.model_copy(update={"tokens": _kept_token(settings.data_dir)})
    _demand_tokens_beyond_loopback(settings)
    try:
        check_can_start(settings)
    except StoreRefused as error:
        _fail(str(error))
    except StoreUnavailable as error:
        _out.print(f"{error.reason}; the server starts and waits for it.", style="yellow")
    configure_logs(settings.log_level, settings.log_format)
    _serve(settings)


@cli.command
def migrate() -> None:
    """Bring the tables of the database that SERGAS_DATABASE_URL names up to date.

    `sergas serve` does the same when it starts; this is for those who want it done before.
    """
    settings = _settings({})
    try:
        applied = asyncio.run(app.migrate(settings, patience_s=_MIGRATE_PATIENCE_S))
    except (StoreRefused, StoreUnavailable) as error:
        _fail(str(error))
    for name in applied:
        _out.print(f"Applied {name}.")
    if not applied:
        _out.print("The tables are up to date.")


@cli.command
def doctor(workflows: str | None = None, /, *, call: bool = True) -> None:
    """Look whether a server with these settings would work, and say what is wrong.

    It brings the tables of a PostgreSQL up to date, as `sergas serve` does. Ends with 1 if a server
    would not work.

    Parameters
    ----------
    workflows
        Your own agents and workflows as `module:attribute`, as `sergas serve` takes them.
    call
        Ask the model, if there is one, for one word; that costs a few tokens.
    """
    settings = _settings({} if workflows is None else {"workflows": workflows})
    if not asyncio.run(_examined(settings, calls_model=call)):
        sys.exit(1)


async def _examined(settings: Settings, *, calls_model: bool) -> bool:
    works = True
    async for finding in app.examine(settings, calls_model=calls_model):
        sign = "[red]✗[/red]" if finding.is_fatal else "[yellow]![/yellow]"
        _out.print(sign if finding.is_fault else "[green]✓[/green]", end=" ")
        _out.print(f"[bold]{finding.what}[/bold]", end=" ")
        _out.print(finding.says, markup=False, soft_wrap=True)
        works = works and not finding.is_fatal
    return works


def _settings(given: dict[str, object]) -> Settings:
    try:
        return Settings.model_validate({**Settings().model_dump(), **given})
    except ValidationError as error:
        faults = "; ".join(
            f"SERGAS_{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors()
        )
        _fail(f"A setting is wrong: {faults}.")


def _kept_token(folder: Path) -> str:
    path = folder / "token"
    try:
        if path.is_file():
            return path.read_text().strip()
        folder.mkdir(parents=True, exist_ok=True)
        token = secrets.token_urlsafe(24)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(token + "\n")
    except OSError as error:
        _fail(
            f"The token cannot be kept in {path}: {error.strerror}. Name a folder that can be "
            "written with --data-dir, or set SERGAS_TOKENS=<secret>."
        )
    return token


def _demand_tokens_beyond_loopback(settings: Settings) -> None:
    if settings.host not in _LOOPBACK and not settings.token_list:
        _fail(
            f"Listening on {settings.host} without tokens would let anybody in. "
            "Set SERGAS_TOKENS=<secret>, or add --auto-token, or listen on 127.0.0.1."
        )


def _serve(settings: Settings) -> None:
    listener = _listen(settings)
    try:
        runtime = app.choose_runtime(settings)
        server = app.make_server(settings, runtime)
    except (BadOffer, BadSetting) as error:
        _fail(str(error))
    _greet(settings, listener.getsockname()[1])
    _out.print(f"Agents think {runtime.described}.", soft_wrap=True, markup=False)
    server.run(sockets=[listener])
    if not server.started:
        sys.exit(1)


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        # Who opens the address before the server is up waits, and is not refused.
        listener.listen()
    except OSError as error:
        place = f"{settings.host}:{settings.port}"
        _fail(f"Cannot listen on {place}: {error.strerror}. Try another --port.")
    return listener


def _greet(settings: Settings, port: int) -> None:
    shown_host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{shown_host}:{port}/"
    if settings.token_list:
        address += f"?token={settings.token_list[0]}"
    if console_folder() is None:
        _out.print(f"The console {NO_CONSOLE}", soft_wrap=True)
    _out.print(f"Sergas is at [bold]{address}[/bold]", soft_wrap=True)
    _out.print("Ctrl-C stops it; unfinished runs go on at the next start.", soft_wrap=True)


def _fail(message: str) -> NoReturn:
    # A message may have brackets of its own, which are no markup: sergas[claude].
    _out.print(message, style="red", markup=False)
    sys.exit(2)
