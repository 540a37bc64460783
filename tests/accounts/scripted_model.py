"""A runtime whose model does as a test says: it calls the tools it is told to, then speaks."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sergas import (
    Agent,
    AgentSpec,
    AgentTask,
    Chunk,
    Delivery,
    Done,
    Json,
    JsonObject,
    Text,
    ToolContext,
    ToolOutput,
)
from sergas.agents.described import DescribedAgent

Call = tuple[str, JsonObject]
Turns = Callable[[list[Json]], Sequence[Call]]
"""What the model calls next, from all answers so far; nothing means that it has done."""


@dataclass(frozen=True, slots=True)
class ScriptedModel:
    """Makes agents that follow the turns of their name; keeps what a real model would have read."""

    turns: Mapping[str, Turns]
    says: str = "Done."
    read: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def __call__(self, spec: AgentSpec) -> Agent:
        """Make the agent."""
        self.read[spec.name] = [spec.instructions]
        follower = _Follower(spec, self.turns[spec.name], self.says, self.read[spec.name])
        return DescribedAgent(spec, "scripted", follower.run)


@dataclass(frozen=True, slots=True)
class _Follower:
    spec: AgentSpec
    turns: Turns
    says: str
    read: list[str]

    async def run(self, task: AgentTask, /) -> AsyncGenerator[Chunk, None]:
        self.read.append(self.spec.prompt(task))
        tools = {tool.name: tool for tool in self.spec.tools(task)}
        notes: dict[str, Json] = {}
        answers: list[Json] = []
        while calls := self.turns(answers):
            for name, arguments in calls:
                call_id = f"call-{len(answers)}"
                context = ToolContext(task, call_id, call_id, notes)
                answer = await tools[name].call(arguments, context)
                if isinstance(answer, ToolOutput):
                    for chunk in answer.shown:
                        yield chunk
                    answer = answer.content
                answers.append(answer)
                self.read.append(str(answer))
        yield Text(self.says)
        yield Done(self.spec.result(task, Delivery(self.says, notes)))


def in_order(*turns: Sequence[Call]) -> Turns:
    """Take the turns one after the other, whatever the answers are."""
    left = [list(turn) for turn in turns]
    return lambda _: left.pop(0) if left else []
