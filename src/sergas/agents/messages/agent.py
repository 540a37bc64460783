"""An agent on a model: it asks, runs the tools that the model wants, and asks again.

The server owns the conversation with the model. After every turn of the model, and after every
round of tools, the agent remembers it, so that whatever interrupts it (a failure, a crash, a
question to a person) no turn is paid twice, and a call that is made again has the same id.
"""

from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from sergas.agents.conversation import earlier_words
from sergas.agents.messages.client import ModelClient
from sergas.agents.messages.story import Result, Story, begun, recalled
from sergas.agents.messages.turn import ModelTurn
from sergas.agents.spec import AgentSpec, Delivery
from sergas.agents.tools.calls import Granted, Refused, RequestedCall
from sergas.agents.tools.running import ToolBox, page_result
from sergas.core.agents import Agent, AgentTask
from sergas.core.chunks import Chunk, Done, Memory, ToolArgs, ToolEnd, ToolResult, ToolStart
from sergas.core.errors import AgentFailed


def messages_runtime(client: ModelClient) -> Callable[[AgentSpec], Agent]:
    """Make the runtime of a client; its agents run while that is open."""
    return lambda spec: MessagesAgent(spec, client)


@dataclass(frozen=True, slots=True)
class MessagesAgent:
    """A description with a model."""

    spec: AgentSpec
    client: ModelClient
    runtime: str = "messages"

    @property
    def name(self) -> str:
        """As its spec says."""
        return self.spec.name

    @property
    def title(self) -> str:
        """As its spec says."""
        return self.spec.title

    @property
    def description(self) -> str:
        """As its spec says."""
        return self.spec.description

    @property
    def provider(self) -> str:
        """Who serves the model."""
        return self.client.endpoint.label

    @property
    def model(self) -> str:
        """As its spec says, else the endpoint's."""
        return self.spec.model or self.client.endpoint.model

    async def run(self, task: AgentTask, /) -> AsyncGenerator[Chunk, None]:
        """Take turns with the model until it has no more calls, or one has to wait."""
        story = recalled(task.memory) or begun(self.spec.instructions, self._prompt(task))
        page_tools = task.input.tools if self.spec.uses_frontend_tools else ()
        box = ToolBox(self.spec.tools(task), page_tools, task, story.notes)
        is_shown = False
        while True:
            if story.waits_for_model:
                async with aclosing(self._turn(task, story, box)) as chunks:
                    async for chunk in chunks:
                        yield chunk
                is_shown = True
            async with aclosing(_settled(task, story, box, is_shown=is_shown)) as chunks:
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
            what = f"Agent {self.name!r} was not done after {story.turns} model calls."
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


async def _settled(
    task: AgentTask, story: Story, box: ToolBox, *, is_shown: bool
) -> AsyncGenerator[Chunk, None]:
    """Run the calls of the last turn that can run, and end with what the others wait for.

    Args:
        task: the attempt.
        story: gets the results.
        box: the tools.
        is_shown: this attempt has shown the calls; else those without an answer are shown first.
    """
    answered = [call for call in story.open_calls if call.call_id in task.answers]
    others = [call for call in story.open_calls if call.call_id not in task.answers]
    if not is_shown:
        for chunk in _shown(others):
            yield chunk
    turn = box.sort(others)
    ready = [*_decided(task, story, box, answered), *turn.to_run]
    async with aclosing(box.run(ready)) as said:
        async for chunk in said:
            if isinstance(chunk, ToolResult):
                story.results[chunk.call_id] = Result(chunk.content, chunk.is_error)
            yield chunk
    if turn.waits:
        story.to_page = tuple(wait.call_id for wait in turn.to_page)
        yield Memory(story.data)
    for wait in turn.waits:
        yield wait


def _shown(calls: Sequence[RequestedCall]) -> Iterator[Chunk]:
    for call in calls:
        yield ToolStart(call.call_id, call.name)
        yield ToolArgs(call.call_id, call.arguments_json)
        yield ToolEnd(call.call_id)


def _decided(
    task: AgentTask, story: Story, box: ToolBox, calls: Sequence[RequestedCall]
) -> Iterator[Granted | Refused]:
    for call in calls:
        answer = task.answers[call.call_id]
        if call.call_id in story.to_page:
            story.results[call.call_id] = Result(page_result(answer))
        else:
            yield box.decide(call, answer)
