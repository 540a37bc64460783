"""An agent in a process of Claude Code: it asks there, and runs here the tools that it wants.

The server owns the conversation, as for any other model: after every turn and after every round of
tools the agent remembers it, so that a later attempt goes on, in another process, wherever that is.
"""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass

from sergas.agents.claude.runtime import ClaudeRuntime, Role
from sergas.agents.claude.seat import Seat
from sergas.agents.claude.story import Story, begun, recalled
from sergas.agents.conversation import earlier_words
from sergas.agents.delegation import tools_of
from sergas.agents.described import DescribedAgent
from sergas.agents.settling import settled
from sergas.agents.spec import AgentSpec, Delivery
from sergas.agents.tools.running import ToolBox
from sergas.core.agents import Agent, AgentTask
from sergas.core.chunks import Chunk, Done, Memory
from sergas.core.errors import AgentFailed


def claude_agents(runtime: ClaudeRuntime) -> Callable[[AgentSpec], Agent]:
    """Make agents of a runtime; they run while that is open."""
    return lambda spec: _agent(spec, runtime)


def _agent(spec: AgentSpec, runtime: ClaudeRuntime, *, may_rest: bool = True) -> DescribedAgent:
    model = spec.model or runtime.endpoint.model
    run = _Thinking(spec, runtime, model, may_rest).run
    return DescribedAgent(spec, "claude", run, runtime.endpoint.label, model)


@dataclass(frozen=True, slots=True)
class _Thinking:
    """A description with Claude Code.

    Attributes:
        may_rest: its process waits for the next run of the thread; not that of a subagent.
    """

    spec: AgentSpec
    runtime: ClaudeRuntime
    model: str
    may_rest: bool

    async def run(self, task: AgentTask, /) -> AsyncGenerator[Chunk, None]:
        """Take turns with the model until it has no more calls, or one has to wait."""
        prompt = earlier_words(task.input) + self.spec.prompt(task)
        story = recalled(task.memory) or begun(prompt)
        page_tools = task.input.tools if self.spec.uses_frontend_tools else ()
        tools = tools_of(self.spec, task, lambda one: _agent(one, self.runtime, may_rest=False))
        box = ToolBox(tools, page_tools, task, story.notes)
        seat = Seat(self.runtime, self._role(box), task)
        try:
            async with aclosing(self._worked(task, story, box, seat)) as chunks:
                async for chunk in chunks:
                    yield chunk
            if story.open_calls:
                return
            if self.may_rest:
                await seat.rest()
        finally:
            await seat.leave()
        yield Done(self.spec.result(task, Delivery(story.last_words, story.notes)))

    async def _worked(
        self, task: AgentTask, story: Story, box: ToolBox, seat: Seat
    ) -> AsyncGenerator[Chunk, None]:
        is_shown = False
        while True:
            if story.waits_for_model:
                self._demand_turns_left(story)
                async with aclosing(seat.turn(story)) as chunks:
                    async for chunk in chunks:
                        yield chunk
                yield Memory(story.data)
                is_shown = True
                if self.spec.subagents and story.open_calls:
                    # It makes room for theirs; all of it taken by who asks, nobody could answer.
                    await seat.leave()
            async with aclosing(settled(task, story, box, is_shown=is_shown)) as chunks:
                async for chunk in chunks:
                    yield chunk
            if story.open_calls:
                return
            results = dict(story.results)
            if not story.answer_calls():
                return
            yield Memory(story.data)
            seat.answer(results)

    def _demand_turns_left(self, story: Story) -> None:
        if story.turns >= self.spec.max_turns:
            what = f"Agent {self.spec.name!r} was not done after {story.turns} model calls."
            raise AgentFailed(what, code="max_turns")

    def _role(self, box: ToolBox) -> Role:
        return Role(self.spec.instructions, self.model, box.schemas, self.spec.max_turns)
