"""What the routes need, made once by `app` and kept on the application."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from copy import copy
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from sergas.core.accounts import AccountBook
from sergas.core.agents import Workflow
from sergas.core.clock import Clock
from sergas.core.errors import SergasError
from sergas.core.ports import ThreadStore
from sergas.core.usage import UsageStore
from sergas.engine.engine import Engine


@dataclass(frozen=True, slots=True)
class Door:
    """The parts behind the routes.

    Attributes:
        workflows: by name; each is a CopilotKit agent.
        server_keys: keys of the shared state that a page cannot write.
        default_workflow: what `default` and a request without a choice mean.
        tokens: accepted bearer tokens; empty means loopback callers need none.
        cors_origins: origins of pages elsewhere that may talk to this server; `*` is every one.
        accounts: what people look up without a run; None if this server has no accounts.
        leaving: set when the server is about to stop.
        runtime, model: what the agents think with; no model is "".
        checks: health checks by component; each returns a line for a person, or raises.
        limits: settings that a person may want to know, by their names.
        side_checks: the same of what a server is ready without.
    """

    engine: Engine
    threads: ThreadStore
    usage: UsageStore
    workflows: Mapping[str, Workflow]
    server_keys: Collection[str]
    default_workflow: str
    tokens: tuple[str, ...]
    cors_origins: tuple[str, ...]
    max_body_bytes: int
    clock: Clock
    runtime: str
    model: str
    checks: Mapping[str, Callable[[], Awaitable[str]]]
    side_checks: Mapping[str, Callable[[], Awaitable[str]]]
    accounts: AccountBook | None
    limits: Mapping[str, float]
    leaving: asyncio.Event


def door_of(connection: HTTPConnection) -> Door:
    """Return the door of the application that serves this request.

    Raises:
        StoreUnavailable, StoreRefused: the server still waits for its database.
    """
    door = connection.app.state.door
    if isinstance(door, SergasError):
        # A new one: a raised error keeps the traces of every request that it went through.
        raise copy(door)
    if not isinstance(door, Door):
        raise TypeError("The application was built without a door.")
    return door
