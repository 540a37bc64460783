"""An agent on a model: it asks, runs the tools that the model wants, and asks again.

The server owns the conversation with the model. After every turn of the model, and after every
round of tools, the agent remembers it, so that whatever interrupts it (a failure, a crash, a
question to a person) no turn is paid twice, and a call that is made again has the same id.
"""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass

from sergas.agents.conversation import earlier_words
from sergas.agents.delegation import tools_of
from sergas.agents.described import DescribedAgent
from sergas.agents.messages.client import ModelClient
from sergas.agents.messages.story import Story, begun, recalled
from sergas.agents.messages.turn import ModelTurn
from sergas.agents.settling import settled
from sergas.agents.spec import AgentSpec, Delivery
from sergas.agents.tools.running import ToolBox
from sergas.core.agents import Agent, AgentTask
from sergas.core.chunks import Chunk, Done, Memory
from sergas.core.errors import AgentFailed


def messages_runtime(client: ModelClient) -> Callable[[AgentSpec], Agent]:
    """Make the runtime of a client; its agents run while that is open."""
    return lambda spec: _agent(spec, client)


def _agent(spec: AgentSpec, client: ModelClient) -> DescribedAgent:
    model = spec.model or client.endpoint.model
    run = _Thinking(spec, client, model).run
    return DescribedAgent(spec, "messages", run, client.endpoint.label, model)


@dataclass(frozen=True, slots=True)
class _Thinking:
    """A description with a model."""

    spec: AgentSpec
    client: ModelClient
    model: str

    async def run(self, task: AgentTask, /) -> AsyncGenerator[Chunk, None]:
        """Take turns with the model until it has no more calls, or one has to wait."""
        story = recalled(task.memory) or begun(self.spec.instructions, self._prompt(task))
        page_tools = task.input.tools if self.spec.uses_frontend_tools else ()
        tools = tools_of(self.spec, task, lambda spec: _agent(spec, self.client))
        box = ToolBox(tools, page_tools, task, story.notes)
        is_shown = False
        while True:
            if story.waits_for_model:
                async with aclosing(self._turn(task, story, box)) as chunks:
                    async for chunk in chunks:
                        yield chunk
                is_shown = True
            async with aclosing(settled(task, story, box, is_shown=is_shown)) as chunks:
                async for chunk in chunks:
                    yield chunk
            if story.open_calls:
                return
            if not story.answer_calls():
                break
            yield Memory(story.data)
        yield Done(self.spec.result(task, Delivery(story.last_words, story.notes)))

    def _prompt(self, task: AgentTask) -> str:
        return earlier_words(task.input) + self.spec.prompt(task)

    async def _turn(
        self, task: AgentTask, story: Story, box: ToolBox
    ) -> AsyncGenerator[Chunk, None]:
        if story.turns >= self.spec.max_turns:
            what = f"Agent {self.spec.name!r} was not done after {story.turns} model calls."
            raise AgentFailed(what, code="max_turns")
        turn = ModelTurn(
            client=self.client,
            model=self.model,
            messages=story.messages,
            tools=box.schemas,
            taken=story.call_ids,
            usage_id=f"{task.attempt}.{story.turns}",
        )
        async with aclosing(turn.stream()) as chunks:
            async for chunk in chunks:
                yield chunk
        if turn.response is not None:
            story.messages.append(turn.response)
        yield Memory(story.data)
