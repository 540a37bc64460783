"""The developer's own agents and workflows, named on the command line as `module:attribute`."""

import importlib
import inspect
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from sergas.agents.spec import AgentSpec, Runtime
from sergas.agents.tools.servers import ToolServer, with_tool_servers
from sergas.core.agents import Agent, Workflow
from sergas.core.errors import BadOffer

_PARTS = ("name", "title", "description", "runtime", "run")


@dataclass(frozen=True, slots=True)
class Offer:
    """What a server offers; the first workflow is what a page gets that names none."""

    workflows: tuple[Workflow, ...]
    agents: tuple[Agent, ...]


def load_offer(name: str, runtime: Runtime | None, servers: Mapping[str, ToolServer]) -> Offer:
    """Import what `module:attribute` names and sort it.

    It is a workflow, an agent, an `AgentSpec`, several of them, or a function that returns them.
    A function that takes an argument gets what makes agents of descriptions, for its workflows.
    The folder in which the server starts is searched first.

    Args:
        name: `module:attribute`.
        runtime: makes agents of descriptions; None without a model.
        servers: the tool servers that descriptions may name.

    Raises:
        BadOffer: there is no such thing, or it is something else, or it needs what we do not have.
    """

    def make(spec: AgentSpec) -> Agent:
        if runtime is None:
            raise BadOffer(name, f"agent {spec.name!r} needs a model, and none is configured")
        _demand_tool_servers(name, spec, servers)
        return runtime(with_tool_servers(spec, servers))

    given = _given(name, _imported(name), make)
    items: list[object] = (
        list(cast("Iterable[object]", given)) if isinstance(given, list | tuple) else [given]
    )
    if not items:
        raise BadOffer(name, "it is empty")
    made = [make(item) if isinstance(item, AgentSpec) else _whole(name, item) for item in items]
    return Offer(
        workflows=tuple(item for item in made if isinstance(item, Workflow)),
        agents=tuple(item for item in made if not isinstance(item, Workflow)),
    )


def _imported(name: str) -> object:
    module, colon, attribute = name.partition(":")
    if not (module and colon and attribute):
        raise BadOffer(name, "it is not of the form module:attribute")
    if module.endswith(".py"):
        raise BadOffer(name, f"write {module.removesuffix('.py')}:{attribute}")
    folder = str(Path.cwd())
    if folder not in sys.path:
        sys.path.insert(0, folder)
    try:
        found = importlib.import_module(module)
    except ModuleNotFoundError as error:
        if not f"{module}.".startswith(f"{error.name}."):
            raise BadOffer(name, f"importing it raised {_told(error)}") from error
        raise BadOffer(name, f"there is no module {error.name!r} in {folder}") from error
    except Exception as error:
        raise BadOffer(name, f"importing it raised {_told(error)}") from error
    if not hasattr(found, attribute):
        raise BadOffer(name, f"module {module!r} has no attribute {attribute!r}")
    return getattr(found, attribute)


def _given(name: str, found: object, make: Runtime) -> object:
    """Call a function; agents and workflows, which may be callable too, stay what they are."""
    if not callable(found) or isinstance(found, Workflow | AgentSpec) or hasattr(found, "run"):
        return found
    if inspect.iscoroutinefunction(found):
        raise BadOffer(name, "it is an async function; make it a plain one")
    try:
        return found(make) if _takes_one(found) else found()
    except BadOffer:
        raise
    except Exception as error:
        raise BadOffer(name, f"it raised {_told(error)}") from error


def _takes_one(function: Callable[..., object]) -> bool:
    parameters = inspect.signature(function).parameters.values()
    return any(parameter.default is parameter.empty for parameter in parameters)


def _told(error: Exception) -> str:
    said = f"{type(error).__name__}: {error}"
    if isinstance(error, SyntaxError):
        return said
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{said} ({place.filename}, line {place.lineno})"


def _whole(name: str, item: object) -> Agent | Workflow:
    if isinstance(item, Workflow):
        return item
    if isinstance(item, type):
        raise BadOffer(name, f"it has the class {item.__name__}; make one of it")
    missing = [part for part in _PARTS if not hasattr(item, part)]
    if not missing:
        return cast("Agent", item)
    what = f"it has something of type {type(item).__name__}, no workflow, agent or AgentSpec"
    lacks = f"; an agent also has {', '.join(missing)}" if len(missing) < len(_PARTS) else ""
    raise BadOffer(name, f"{what}{lacks}")


def _demand_tool_servers(name: str, spec: AgentSpec, servers: Mapping[str, ToolServer]) -> None:
    for wanted in spec.tool_servers:
        if wanted not in servers:
            known = ", ".join(servers) or "none"
            what = f"agent {spec.name!r} wants the tool server {wanted!r}, SERGAS_MCP_SERVERS has "
            raise BadOffer(name, f"{what}{known}")
    for one in spec.subagents:
        _demand_tool_servers(name, one, servers)
