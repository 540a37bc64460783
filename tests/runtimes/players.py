"""Agents of every runtime, models or none, that each play a part which the test asks for.

What needs a model that misbehaves is no part: `test_failures` and its like are for models alone.
"""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

import msgspec

from sergas import RemoteServer, remote_agent
from sergas.accounts import sample_crm
from sergas.accounts.agents import ZohoDataScout
from sergas.agents.script import ScriptAgent
from sergas.agents.script_parts import Part as ScriptPart
from sergas.agents.tools.tool import Answer, Tool
from sergas.core.agents import Agent
from sergas.core.json import Json, JsonObject
from tests.accounts.studio import CONFIG, TODAY, ms_of
from tests.accounts.test_scout import BrokenCrm
from tests.models.fake import FakeModels
from tests.models.turns import Call, Say, Think, Turn, calls, says
from tests.runtimes.houses import Opening, a_lookup, a_spec, claude, messages_over
from tests.server import Server

Part = Literal[
    "words",
    "reasoning",
    "tool",
    "two tools at once",
    "failing tool",
    "approval",
    "page tool",
    "memory",
    "long",
]
SHORT: tuple[Part, ...] = get_args(Part)[:-1]
Cast: TypeAlias = Callable[[Part], Agent]
"""Makes an agent that plays a part."""

PAINT: JsonObject = {
    "name": "paint",
    "description": "Paints the page.",
    "parameters": {"type": "object", "properties": {"colour": {"type": "string"}}},
}


@dataclass(frozen=True, slots=True)
class Player:
    """A runtime.

    Attributes:
        cannot: parts that its agents have no use for.
        edited: arguments that a person gives in place of the agent's.
        shows: what the result says then.
    """

    opened: Callable[[FakeModels, Server], AbstractAsyncContextManager[Cast]]
    cannot: tuple[Part, ...] = ()
    edited: JsonObject | None = None
    shows: str = ""


@asynccontextmanager
async def rules(_: FakeModels, __: Server) -> AsyncGenerator[Cast]:
    """The CRM scout of the account copilot, on the sample CRM or on one that is broken."""
    crm = sample_crm(lambda: ms_of(TODAY))

    def cast(part: Part) -> Agent:
        if part == "failing tool":
            return ZohoDataScout(BrokenCrm(), CONFIG, pace_s=0)
        return ZohoDataScout(crm, CONFIG, pace_s=0.02 if part == "long" else 0)

    yield cast


_SCRIPTS: Mapping[Part, dict[str, Any]] = {
    "words": {"deltas": 5},
    "reasoning": {"reasoning": 3, "deltas": 1},
    "tool": {"tools": 1},
    "two tools at once": {"subagents": [{"name": "left"}, {"name": "right"}]},
    "failing tool": {"subagents": [{"name": "left", "error": "It broke."}]},
    "approval": {"approval": "May I square 3?"},
    "page tool": {"frontend_tool": "paint", "frontend_arguments": {"colour": "red"}},
    "long": {"deltas": 5000, "delay_ms": 5},
    "memory": {"deltas": 40, "remembers": True},
}


@asynccontextmanager
async def script(_: FakeModels, __: Server) -> AsyncGenerator[Cast]:
    """The agents of the workflow `script`."""
    yield lambda part: ScriptAgent(
        msgspec.convert({"name": "analyst", **_SCRIPTS[part]}, ScriptPart)
    )


@asynccontextmanager
async def remote(_: FakeModels, server: Server) -> AsyncGenerator[Cast]:
    """The same agents, on another server."""
    place = RemoteServer(
        f"{server.url}/api/copilotkit/agent/script/run",
        server.headers,
        f"{server.url}/api/runs/{{runId}}/cancel",
    )

    def cast(part: Part) -> Agent:
        agents: Json = [{"name": "analyst", **_SCRIPTS[part]}]
        return remote_agent("analyst", place, options={"script": {"agents": agents}})

    yield cast


_LOOKS = calls(Call("lookup", {"account": "Acme"}), text="Looking.")
_BOTH = calls(Call("lookup", {"account": "Acme"}), Call("lookup", {"account": "Globex"}))
_TURNS: Mapping[Part, tuple[Turn, ...]] = {
    "words": (says("Acme is doing well."),),
    "reasoning": (Turn((Think("Let me think about it."), Say("Fine."))),),
    "tool": (_LOOKS, says("It is good.")),
    "two tools at once": (_BOTH, says("Both are good.")),
    "failing tool": (calls(Call("explode")), says("It broke.")),
    "approval": (_LOOKS, says("It is good.")),
    "page tool": (calls(Call("paint", {"colour": "red"})), says("Painted.")),
    "long": (Turn((Say("word " * 5000),), pause_s=0.005),),
    "memory": (_LOOKS, says("It is good.")),
}


async def _explode(*_: Any) -> Answer:
    raise ZeroDivisionError


def on_model(opening: Opening) -> Player:
    """Make the player of a runtime with a model, which says what the part wants."""

    @asynccontextmanager
    async def opened(models: FakeModels, _: Server) -> AsyncGenerator[Cast]:
        async with opening(models) as runtime:

            def cast(part: Part) -> Agent:
                models.answer(*_TURNS[part])
                lookup = a_lookup("always" if part == "approval" else "never")
                explode = Tool("explode", "Breaks.", {"type": "object"}, _explode)
                return runtime(a_spec(lookup, explode, uses_frontend_tools=part == "page tool"))

            yield cast

    return Player(opened, edited={"account": "Initech"}, shows="Initech")


PLAYERS: Mapping[str, Player] = {
    "rules": Player(rules, ("reasoning", "two tools at once", "approval", "page tool", "memory")),
    "script": Player(script, edited={"number": 4}, shows="16"),
    # It remembers where it waits; what it said before is the other server's to remember.
    "remote": Player(remote, ("memory",), edited={"number": 4}, shows="16"),
    "messages-anthropic": on_model(messages_over("anthropic")),
    "messages-openai": on_model(messages_over("openai")),
    "claude": on_model(claude()),
}
