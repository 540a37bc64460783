"""The runtimes under contract, each on a fake model server, and how one is driven."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeAlias, TypeVar

from sergas.agents.messages import CallLimits, ModelClient, messages_runtime
from sergas.agents.models.endpoint import Endpoint, Provider
from sergas.agents.spec import AgentSpec, Delivery, Runtime
from sergas.agents.tools.tool import Answer, Approval, Tool, ToolContext
from sergas.core.agents import AgentTask, RunInput
from sergas.core.chunks import Chunk, Done, Memory, Text, ToolResult
from sergas.core.errors import AgentFailed
from sergas.core.ids import LOCAL_TENANT, RunId, ThreadId
from sergas.core.json import Json, JsonObject
from tests.models.fake import FakeModels
from tests.models.turns import Wire

SECRET = "sk-secret-0123456789"
SILENCE_S = 0.4
C = TypeVar("C")

Opening: TypeAlias = Callable[[FakeModels], AbstractAsyncContextManager[Runtime]]


def endpoint_of(models: FakeModels, wire: Wire, provider: Provider | None = None) -> Endpoint:
    """Describe the fake model server as an endpoint."""
    usual = Provider.ANTHROPIC if wire == "anthropic" else Provider.OPENAI_COMPATIBLE
    return Endpoint(
        provider=provider or usual,
        wire=wire,
        base_url=models.url_of(wire),
        model="fake-1",
        key=SECRET,
        key_setting="SERGAS_MODEL_API_KEY",
    )


def messages_over(wire: Wire) -> Opening:
    """Open the `messages` runtime over a wire."""

    @asynccontextmanager
    async def opened(models: FakeModels) -> AsyncGenerator[Runtime]:
        limits = CallLimits(silence_s=SILENCE_S)
        client = ModelClient(endpoint_of(models, wire), limits)
        async with client.opened():
            yield messages_runtime(client)

    return opened


@dataclass(frozen=True, slots=True)
class Kind:
    """A runtime under test, and the wire that it speaks."""

    name: str
    wire: Wire
    opened: Opening


KINDS = (
    Kind("messages-anthropic", "anthropic", messages_over("anthropic")),
    Kind("messages-openai", "openai", messages_over("openai")),
)


@dataclass(frozen=True, slots=True)
class House:
    """An open runtime, with the model server that it talks to."""

    wire: Wire
    runtime: Runtime
    models: FakeModels

    def early_usage(self, input_tokens: int) -> list[int]:
        """Say what is known of a call that has not ended: OpenAI's wire counts at the end."""
        return [input_tokens] if self.wire == "anthropic" else []

    async def hear(self, spec: AgentSpec, task: AgentTask | None = None) -> "Heard":
        """Let an attempt run to its end, whatever that is."""
        task = task or a_task()
        heard = Heard(task, [])
        try:
            async with aclosing(self.runtime(spec).run(task)) as said:
                async for chunk in said:
                    heard.chunks.append(chunk)
        except AgentFailed as failure:
            return replace(heard, failure=failure)
        return heard


@dataclass(frozen=True, slots=True)
class Heard:
    """What an attempt said, and how it failed if it did."""

    task: AgentTask
    chunks: list[Chunk]
    failure: AgentFailed | None = None

    def of(self, kind: type[C]) -> list[C]:
        """Return the chunks of a kind."""
        return [chunk for chunk in self.chunks if isinstance(chunk, kind)]

    @property
    def text(self) -> str:
        """All that was said."""
        return "".join(chunk.delta for chunk in self.of(Text))

    @property
    def results(self) -> dict[str, str]:
        """The results of tool calls, by call id."""
        return {result.call_id: result.content for result in self.of(ToolResult)}

    @property
    def result(self) -> Json:
        """What the agent delivered."""
        assert self.failure is None, self.failure
        (done,) = self.of(Done)
        return done.result

    def next_task(self, answers: Mapping[str, JsonObject] | None = None) -> AgentTask:
        """Make the task of the next attempt."""
        memories = self.of(Memory)
        return replace(
            self.task,
            attempt=self.task.attempt + 1,
            memory=memories[-1].data if memories else self.task.memory,
            answers={**self.task.answers, **(answers or {})},
        )


def a_task(text: str = "How is Acme?", **fields: Any) -> AgentTask:
    """Make the task of a first attempt."""
    given = RunInput(messages=({"id": "u1", "role": "user", "content": text},), **fields)
    return AgentTask(
        tenant=LOCAL_TENANT,
        thread_id=ThreadId("thread_1"),
        run_id=RunId("run_1"),
        agent="analyst",
        attempt=1,
        now_ms=1_790_000_000_000,
        input=given,
        inputs={},
        state={},
        answers={},
    )


def a_spec(*tools: Tool, **fields: Any) -> AgentSpec:
    """Describe an agent."""
    return AgentSpec(
        name="analyst",
        title="Analyst",
        description="Looks accounts up.",
        instructions="You look accounts up.",
        prompt=lambda task: task.input.last_user_text,
        tools=lambda _: tools,
        result=_delivered,
        **fields,
    )


def a_lookup(approval: Approval = "never", made: list[JsonObject] | None = None) -> Tool:
    """Make a tool that knows accounts, and notes each call that is made."""

    async def call(arguments: JsonObject, context: ToolContext) -> Answer:
        if made is not None:
            made.append({**arguments, "key": context.idempotency_key})
        context.notes[str(arguments["account"])] = "seen"
        return {"account": arguments["account"], "health": "good"}

    schema: JsonObject = {
        "type": "object",
        "properties": {"account": {"type": "string"}},
        "required": ["account"],
        "additionalProperties": False,
    }
    return Tool("lookup", "Looks an account up.", schema, call, approval)


def roles_in(body: Mapping[str, Any]) -> Sequence[str]:
    """Return the roles of a request's messages, without the system's."""
    return [message["role"] for message in body["messages"] if message["role"] != "system"]


def _delivered(_: AgentTask, delivery: Delivery) -> Json:
    return {"text": delivery.text, "notes": dict(delivery.notes)}
