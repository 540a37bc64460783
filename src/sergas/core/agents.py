"""What an agent and a workflow are, to whoever writes one."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from sergas.core.budget import Budget
from sergas.core.chunks import Chunk
from sergas.core.ids import RunId, TenantId, ThreadId
from sergas.core.json import Json, JsonObject


@dataclass(frozen=True, slots=True)
class RunInput:
    """What a client asked for, parsed and trusted to be well-formed (not to be true).

    Attributes:
        messages: AG-UI messages, oldest first, each with an id.
        state: what the page wrote into the shared state; untrusted, and nothing of an agent's.
        options: AG-UI `forwardedProps`.
        tools: frontend tools that the page offers, as AG-UI Tool objects.
        context: what the page says about itself, as AG-UI context entries.
        agents: names chosen by the client; empty means the workflow's own.
        answers: answers to interrupts, by interrupt id.
    """

    messages: tuple[JsonObject, ...] = ()
    state: JsonObject = field(default_factory=dict[str, Json])
    options: JsonObject = field(default_factory=dict[str, Json])
    tools: tuple[JsonObject, ...] = ()
    context: tuple[JsonObject, ...] = ()
    agents: tuple[str, ...] = ()
    answers: Mapping[str, JsonObject] = field(default_factory=dict[str, JsonObject])

    @property
    def last_user_text(self) -> str:
        """The newest thing the person said, as text ("" if nothing)."""
        for message in reversed(self.messages):
            if message.get("role") == "user":
                return text_of(message.get("content"))
        return ""


@dataclass(frozen=True, slots=True)
class AgentTask:
    """One attempt of one agent: everything it may know.

    Attributes:
        attempt: 1 for the first attempt.
        now_ms: the time at the start of the attempt, in milliseconds since 1970 UTC.
        inputs: results of earlier agents, as the workflow passes them on.
        state: the run's shared state when the attempt began; change it with `StatePatch` only.
        answers: answers to this agent's interrupts, by `Interrupt.key`, and its frontend tools'
            results, by call id.
        memory: the data of its latest `Memory`, from whatever attempt; None without one.
    """

    tenant: TenantId
    thread_id: ThreadId
    run_id: RunId
    agent: str
    attempt: int
    now_ms: int
    input: RunInput
    inputs: JsonObject
    state: JsonObject
    answers: Mapping[str, JsonObject]
    memory: Json = None


class Agent(Protocol):
    """A worker: give it a task, read its chunks.

    `run` ends with `Done`, or with one `Interrupt` or `FrontendTool` or several, and yields
    nothing after that. It raises `AgentFailed` when it
    cannot finish; any other exception counts as a failure that is not recoverable. It is closed
    with `aclose` when it has to stop early, and must then stop spending at once.
    """

    @property
    def name(self) -> str:
        """The agent's id: lower case with underscores."""
        ...

    @property
    def title(self) -> str:
        """The name a person reads."""
        ...

    @property
    def description(self) -> str:
        """One sentence: what it delivers."""
        ...

    @property
    def runtime(self) -> str:
        """What it thinks with: `rules`, `messages`, `claude`, `remote`."""
        ...

    def run(self, task: AgentTask, /) -> AsyncGenerator[Chunk, None]:
        """Work on the task."""
        ...


@runtime_checkable
class UsesProvider(Protocol):
    """What an agent has in addition, if it depends on a model provider.

    While the provider does not answer, no attempt of the agent begins: it waits, and then fails
    with `provider_unavailable`. `AgentFailed.is_provider_fault` and `Usage` say how it answers.
    """

    @property
    def provider(self) -> str:
        """Who serves the model, as a person would say it; "" for nobody."""
        ...


@runtime_checkable
class UsesModel(Protocol):
    """What an agent has in addition, if it knows which model it thinks with."""

    @property
    def model(self) -> str:
        """The model's name, as the provider knows it; "" for none."""
        ...


class Work(Protocol):
    """What a workflow holds while it works off one run."""

    @property
    def input(self) -> RunInput:
        """What the client asked for."""
        ...

    async def agent(self, name: str, inputs: JsonObject | None = None) -> Json:
        """Run one agent of the plan and return its result.

        An agent that finished before (in this run before a crash, or in the run that this one
        retries) is not run again: its stored result comes back at once.

        An optional agent that failed gives None.

        Raises:
            AgentFailed: all its attempts failed, and it is not optional.
        """
        ...

    async def parallel(self, names: Sequence[str], inputs: JsonObject | None = None) -> list[Json]:
        """Run several agents at once and return their results in the order of `names`.

        If one fails the others still finish, so that a retry need not repeat them.

        Raises:
            AgentFailed: of the first agent, in the order of `names`, that failed.
        """
        ...


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something the person could say next: words for a button, and what it then says."""

    title: str
    message: str


@dataclass(frozen=True, slots=True)
class Workflow:
    """An async function that runs agents, with the plan that a page can show in advance.

    Attributes:
        name: CopilotKit agent id and value of `forwardedProps.workflow`.
        plan: the agents that a run with this input will use; raises AgentNotFound.
        optional: the agents without whose result the run goes on (they give None, and it says so).
        run: does the work; deterministic but for the agents, for it runs again after a crash.
        suggest: what the person could say next, best first, by the messages and the state.
        owned_state: keys of the shared state that its agents alone write; a page's are not taken.
        budget: how much a run may use, where that is not what the server's settings say.
    """

    name: str
    title: str
    description: str
    plan: Callable[[RunInput], Sequence[Agent]]
    run: Callable[[Work], Awaitable[None]]
    optional: Callable[[RunInput], Collection[str]] = lambda _: ()
    suggest: Callable[[RunInput], Sequence[Suggestion]] = lambda _: ()
    owned_state: Collection[str] = ()
    budget: Budget = field(default_factory=Budget)


def text_of(content: Json) -> str:
    """Return what the content of an AG-UI message says, without pictures and files."""
    if isinstance(content, str):
        return content
    if not isinstance(content, Sequence):
        return ""
    parts = [part.get("text") for part in content if isinstance(part, Mapping)]
    return "\n".join(part for part in parts if isinstance(part, str))
