"""`sergas doctor`: would this server work, and if not, what is to be done."""

import asyncio
import os
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from sergas.agents.models.endpoint import Endpoint
from sergas.app.application import NO_CONSOLE, check_can_start, console_folder
from sergas.app.prices import read_prices
from sergas.app.runtime import ChosenRuntime, choose_runtime, selected
from sergas.app.tools import ToolServers, tool_servers
from sergas.app.workflows import offered_workflows
from sergas.core.errors import AgentFailed, SergasError, ToolFailed
from sergas.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at and what was found; `is_fatal` keeps the server from working."""

    what: str
    says: str
    is_fault: bool = False
    is_fatal: bool = False


async def examine(settings: Settings, *, calls_model: bool = True) -> AsyncGenerator[Finding, None]:
    """Look at everything that a server needs, one thing after the other.

    Args:
        settings: of the server.
        calls_model: whether to spend one call of a few tokens on the model, if there is one.
    """
    yield await _database(settings)
    yield _console()
    yield _door(settings)
    async for finding in _model(settings, calls_model=calls_model):
        yield finding


async def _database(settings: Settings) -> Finding:
    place = "PostgreSQL" if settings.database_url else f"SQLite in {settings.data_dir}"
    try:
        await asyncio.to_thread(check_can_start, settings)
    except (OSError, SergasError) as error:
        return Finding("Database", str(error), is_fault=True, is_fatal=True)
    return Finding("Database", f"{place} can be used.")


def _console() -> Finding:
    if console_folder() is None:
        return Finding("Console", NO_CONSOLE, is_fault=True)
    return Finding("Console", "is there.")


def _door(settings: Settings) -> Finding:
    count = len(settings.token_list)
    if not count:
        return Finding("Door", "has no tokens, so it opens to this machine alone.")
    return Finding("Door", f"asks for one of {count} tokens.")


async def _model(settings: Settings, *, calls_model: bool) -> AsyncGenerator[Finding, None]:
    try:
        runtime = choose_runtime(settings)
        endpoint = selected(settings, os.environ).endpoint
    except SergasError as error:
        yield Finding("Model", str(error), is_fault=True, is_fatal=True)
        return
    yield Finding("Agents", f"think {runtime.described}.")
    async for finding in _offer(settings, runtime):
        yield finding
    if runtime.model and endpoint is not None and calls_model:
        yield await _call(endpoint)


async def _offer(settings: Settings, runtime: ChosenRuntime) -> AsyncGenerator[Finding, None]:
    try:
        read_prices(settings.prices_file)
        servers = tool_servers(settings)
        offered = offered_workflows(settings, servers.by_name, runtime.make)
    except SergasError as error:
        yield Finding("Workflows", str(error), is_fault=True, is_fatal=True)
        return
    others = ", ".join(name for name in offered.workflows if name != offered.default)
    yield Finding("Workflows", f"are {offered.default} (the default), {others}.")
    for finding in await _tools(servers):
        yield finding


async def _tools(servers: ToolServers) -> list[Finding]:
    found = list[Finding]()
    async with servers.connected():
        for name, server in servers.by_name.items():
            try:
                found.append(Finding("Tools", f"of {name}: {await server.check()}."))
            except ToolFailed as failure:
                found.append(Finding("Tools", str(failure), is_fault=True))
    return found


async def _call(endpoint: Endpoint) -> Finding:
    from sergas.agents.messages.check import check_model

    try:
        checked = await check_model(endpoint)
    except AgentFailed as failure:
        return Finding("Model", str(failure), is_fault=True, is_fatal=True)
    if not checked.input_tokens:
        says = "does not say how many tokens it used; budgets cannot limit them."
        return Finding("Model", f"{endpoint.model} works, but {says}", is_fault=True)
    says = (
        f"{endpoint.model} answered in {checked.took_ms:.0f} ms "
        f"({checked.input_tokens} tokens in, {checked.output_tokens} out)."
    )
    return Finding("Model", says)
