"""The developer's own agents and workflows, named on the command line as `module:attribute`."""

import importlib
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from sergas.agents.spec import AgentSpec, Runtime
from sergas.agents.tools.servers import ToolServer, with_tool_servers
from sergas.core.agents import Agent, Workflow
from sergas.core.errors import BadOffer


@dataclass(frozen=True, slots=True)
class Offer:
    """What a server offers; the first workflow is what a page gets that names none."""

    workflows: tuple[Workflow, ...]
    agents: tuple[Agent, ...]


def load_offer(name: str, runtime: Runtime | None, servers: Mapping[str, ToolServer]) -> Offer:
    """Import what `module:attribute` names and sort it.

    It is a workflow, an agent, an `AgentSpec`, several of them, or a function that returns them.
    The folder in which the server starts is searched first.

    Args:
        name: `module:attribute`.
        runtime: makes agents of descriptions; None without a model.
        servers: the tool servers that descriptions may name.

    Raises:
        BadOffer: there is no such thing, or it is something else, or it needs what we do not have.
    """
    found = _imported(name)
    try:
        given = _called(found)
    except Exception as error:
        what = f"it raised {type(error).__name__}: {error}"
        raise BadOffer(name, what) from error
    items: list[object] = (
        list(cast("Iterable[object]", given)) if isinstance(given, list | tuple) else [given]
    )
    made = [_made(name, item, runtime, servers) for item in items]
    offer = Offer(
        workflows=tuple(item for item in made if isinstance(item, Workflow)),
        agents=tuple(item for item in made if not isinstance(item, Workflow)),
    )
    if not made:
        raise BadOffer(name, "it is empty")
    return offer


def _imported(name: str) -> object:
    module, colon, attribute = name.partition(":")
    if not (module and colon and attribute):
        raise BadOffer(name, "it is not of the form module:attribute")
    folder = str(Path.cwd())
    if folder not in sys.path:
        sys.path.insert(0, folder)
    try:
        return getattr(importlib.import_module(module), attribute)
    except ModuleNotFoundError as error:
        raise BadOffer(name, f"there is no module {error.name!r} in {folder}") from error
    except AttributeError as error:
        raise BadOffer(name, str(error)) from error


def _called(found: object) -> object:
    """Call a function; agents and workflows, which may be callable too, stay what they are."""
    is_offer = isinstance(found, Workflow | AgentSpec) or hasattr(found, "run")
    return cast("Callable[[], object]", found)() if callable(found) and not is_offer else found


def _made(
    name: str, item: object, runtime: Runtime | None, servers: Mapping[str, ToolServer]
) -> Agent | Workflow:
    if isinstance(item, AgentSpec):
        if runtime is None:
            raise BadOffer(name, f"agent {item.name!r} needs a model, and none is configured")
        _demand_tool_servers(name, item, servers)
        return runtime(with_tool_servers(item, servers))
    if isinstance(item, Workflow):
        return item
    if all(hasattr(item, part) for part in ("name", "title", "description", "runtime", "run")):
        return cast("Agent", item)
    what = f"it has a {type(item).__name__}, which is no workflow, agent or AgentSpec"
    raise BadOffer(name, what)


def _demand_tool_servers(name: str, spec: AgentSpec, servers: Mapping[str, ToolServer]) -> None:
    for wanted in spec.tool_servers:
        if wanted not in servers:
            known = ", ".join(servers) or "none"
            what = f"agent {spec.name!r} wants the tool server {wanted!r}, SERGAS_MCP_SERVERS has "
            raise BadOffer(name, f"{what}{known}")
    for one in spec.subagents:
        _demand_tool_servers(name, one, servers)
