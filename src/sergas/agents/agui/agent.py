"""An agent made of anything that takes a RunAgentInput and gives AG-UI events."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias, cast, runtime_checkable

from sergas.agents.agui.history import History
from sergas.agents.agui.reader import Reader
from sergas.agents.agui.shared_state import SharedState
from sergas.core.agents import AgentTask
from sergas.core.chunks import Chunk, Done, Memory
from sergas.core.errors import AgentFailed
from sergas.core.json import Json, JsonObject


@runtime_checkable
class EventModel(Protocol):
    """An event as a pydantic model, as those of `ag_ui.core` are."""

    def model_dump(self, *, mode: str, by_alias: bool, exclude_none: bool) -> dict[str, Any]:
        """Return it as JSON."""
        ...


AgUiEvents: TypeAlias = Callable[
    [JsonObject], AsyncGenerator[Mapping[str, Json] | EventModel, None]
]
"""Takes a RunAgentInput as JSON and yields events, as JSON or as models, the terminal one last."""


def _as_json(name: str, event: object) -> Mapping[str, Json]:
    match event:
        case Mapping():
            return cast("Mapping[str, Json]", event)
        case EventModel():
            return event.model_dump(mode="json", by_alias=True, exclude_none=True)
        case _:
            what = f"Agent {name!r} sent something of type {type(event).__name__}, no event."
            raise AgentFailed(what, code="remote_protocol")


def _last_text(text: str) -> Json:
    return {"text": text}


@dataclass(frozen=True, slots=True)
class AgUiAgent:
    """Works by running another AG-UI agent.

    Its events become this agent's: texts, reasoning, tool calls, state, usage; its subagents' are
    nested subagent runs. Their interrupts and their calls of the page's tools are passed on, and
    the answers go back.

    Attributes:
        events: runs the other agent.
        state_key: where its shared state goes in ours; "" hides it.
        options: sent as `forwardedProps`.
        result: makes this agent's result of the other's last text, or of its subagents' last one.
        provider: whom it depends on, for the circuit breaker; "" for nobody.
    """

    name: str
    title: str
    description: str
    events: AgUiEvents
    runtime: str = "remote"
    state_key: str = ""
    options: JsonObject = field(default_factory=dict[str, Json])
    result: Callable[[str], Json] = _last_text
    provider: str = ""

    async def run(self, task: AgentTask, /) -> AsyncGenerator[Chunk, None]:
        """Run the other agent to its end, or to where it waits."""
        history = History.of(task)
        page_tools = [str(tool.get("name")) for tool in task.input.tools]
        state = SharedState(self.state_key, is_there=self.state_key in task.state)
        reader = Reader(self.name, state, page_tools)
        async with aclosing(self.events(history.request(task, self.options))) as events:
            async for event in events:
                for chunk in reader.read(_as_json(self.name, event)):
                    yield chunk
                if reader.is_over:
                    break
        if not reader.is_over:
            what = f"The stream of agent {self.name!r} broke off before its end."
            raise AgentFailed(what, code="remote_truncated", recoverable=True)
        if reader.failure is not None:
            raise reader.failure
        if reader.waits:
            yield Memory(history.waiting(reader))
            for wait in reader.waits:
                yield wait
            return
        yield Done(self.result(reader.speakers.last_words))
