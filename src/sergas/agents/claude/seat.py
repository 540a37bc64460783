"""An agent's process during one attempt: there when the model has to speak, gone at the end."""

from collections.abc import AsyncGenerator, Hashable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

from claude_agent_sdk import StreamEvent

from sergas.agents.claude.process import Process
from sergas.agents.claude.runtime import ClaudeRuntime, Role
from sergas.agents.claude.story import Said, Story
from sergas.agents.claude.turn import ModelTurn
from sergas.agents.settling import Result
from sergas.core.agents import AgentTask
from sergas.core.chunks import Chunk, Progress, TextEnd
from sergas.core.errors import AgentFailed
from sergas.core.json import JsonObject, as_object


@dataclass(slots=True)
class Seat:
    """The place of a process that an attempt may have."""

    runtime: ClaudeRuntime
    role: Role
    task: AgentTask
    _process: Process | None = None
    _wire_ids: Mapping[str, str] = field(default_factory=dict[str, str])

    async def turn(self, story: Story) -> AsyncGenerator[Chunk, None]:
        """Let the model take its turn and add it to the story.

        Raises:
            AgentFailed: it did not come to its end.
        """
        usage_id = f"{self.task.attempt}.{story.turns}"
        async with aclosing(self._ready(story)) as news:
            async for one in news:
                yield one
        process = self._here
        turn = ModelTurn(self.runtime.endpoint, self.role.model, story.call_ids)
        process.line.allow()
        async with aclosing(_heard(process, turn, usage_id)) as chunks:
            async for chunk in chunks:
                yield chunk
        yield TextEnd()
        yield turn.usage(usage_id)
        turn.demand_meant_end()
        story.add_turn(turn.content, turn.calls)
        self._wire_ids = turn.wire_ids

    def answer(self, results: Mapping[str, Result]) -> None:
        """Give the process what came of the calls of its turn."""
        if self._process is None:
            return
        for call_id, result in results.items():
            self._process.desk.leave(self._wire_ids[call_id], result)

    async def rest(self) -> None:
        """Let the process wait for the next run of the thread."""
        process = self._process
        if process is None:
            return
        try:
            ended = await process.result()
        except AgentFailed:
            return
        if not ended.is_error:
            self._process = None
            self.runtime.hall.rest(self._key, process)

    async def leave(self) -> None:
        """End the process if there is one, at once; its calls are closed then."""
        process, self._process = self._process, None
        if process is not None:
            self.runtime.hall.end(process)
            await process.line.closed()

    @property
    def _key(self) -> Hashable:
        # One's conversation never gets near another's thread.
        return (self.task.tenant, self.task.thread_id, self.task.agent, repr(self.role))

    @property
    def _here(self) -> Process:
        if self._process is None:
            raise RuntimeError("There is no process.")
        return self._process

    async def _ready(self, story: Story) -> AsyncGenerator[Progress, None]:
        if self._process is not None:
            return
        is_new = len(story.messages) == 1
        if not (is_new and await self._warm()):
            async with aclosing(self._started(story, is_new=is_new)) as news:
                async for one in news:
                    yield one
        if is_new:
            await self._here.say(str(story.messages[0].content[0]["text"]))

    async def _warm(self) -> bool:
        process = self.runtime.hall.warm(self._key)
        if process is None:
            return False
        self._process = process
        if await process.reset():
            return True
        await self.leave()
        return False

    async def _started(self, story: Story, *, is_new: bool) -> AsyncGenerator[Progress, None]:
        hall = self.runtime.hall
        async with aclosing(hall.enter()) as news:
            async for one in news:
                yield one
        process = await self._made(() if is_new else tuple(story.messages))
        async with aclosing(hall.start(process)) as news:
            async for one in news:
                yield one

    async def _made(self, earlier: Sequence[Said]) -> Process:
        task = self.task
        seed = f"{task.run_id}/{task.agent}/{task.attempt}"
        try:
            make = self.runtime.make(self.role, earlier, seed=seed, now_ms=task.now_ms)
            self._process = await make
        except OSError as error:
            what = f"Claude Code has no room on the disk ({error.strerror})."
            raise AgentFailed(what, code="claude_process", recoverable=True) from error
        finally:
            if self._process is None:
                self.runtime.hall.leave()
        return self._here


async def _heard(process: Process, turn: ModelTurn, usage_id: str) -> AsyncGenerator[Chunk, None]:
    """Let a turn read what a process says, and tell early what is paid even if it breaks off."""
    has_told = False
    while not turn.is_complete:
        try:
            event = await _next_event(process)
        except AgentFailed:
            if not has_told and process.line.begun is not None:
                list(turn.read(process.line.begun))
                yield turn.usage(usage_id)
            raise
        for chunk in turn.read(event):
            yield chunk
        if not has_told:
            has_told = True
            yield turn.usage(usage_id)


async def _next_event(process: Process) -> JsonObject:
    while True:
        said = await process.next()
        if not isinstance(said, StreamEvent):
            what = "Claude Code ended its turn before the model did."
            raise AgentFailed(what, code="claude_process", recoverable=True)
        if said.parent_tool_use_id is None:
            return as_object(said.event)
