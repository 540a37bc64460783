"""Lets the model of an agent ask other agents: each is a tool, and runs nested in its call.

A subagent knows the task that it is given and nothing of the conversation, has tools and turns of
its own, and answers with its last words. What it says, it says nested; its usage, its changes of
the state and its progress are told as its asker's. What fails and may pass (429, 529, a stream that
breaks off) is tried again here, for the others that were asked with it go on; each try is a nested
subagent run, and goes on where the one before had come to. Nothing of it is kept with its asker's
memory: after a crash it is asked again, from the start. So nothing of it may wait, neither for a
person nor for the page.
"""

import asyncio
import random
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TypeGuard

from sergas.agents.spec import AgentSpec, Delivery, Runtime
from sergas.agents.tools.tool import Shown, Tool, ToolContext
from sergas.core.agents import Agent, AgentTask
from sergas.core.chunks import (
    NESTED_CHUNK_TYPES,
    Chunk,
    Done,
    FrontendTool,
    Interrupt,
    Memory,
    Nested,
    NestedChunk,
    Progress,
    StatePatch,
    SubagentEnd,
    SubagentStart,
    Usage,
)
from sergas.core.errors import AgentFailed, SergasError, ToolFailed
from sergas.core.json import Json, JsonObject
from sergas.core.retries import RetryPolicy, pause_before_retry

_PARAMETERS: JsonObject = {
    "type": "object",
    "properties": {
        "task": {
            "type": "string",
            "description": "What it has to do, with everything that it needs to know.",
        }
    },
    "required": ["task"],
    "additionalProperties": False,
}


def tools_of(spec: AgentSpec, task: AgentTask, runtime: Runtime) -> Sequence[Tool]:
    """Return what an agent's model may call: its tools, and one for each of its subagents.

    Raises:
        AgentFailed: a subagent has a tool that needs a person's approval.
    """
    for one in spec.subagents:
        _demand_no_approvals(one, task)
    asked = [_delegate(one, _Delegation(one, runtime)) for one in spec.subagents]
    return [*spec.tools(task), *asked]


def _demand_no_approvals(spec: AgentSpec, task: AgentTask) -> None:
    for tool in spec.tools(task):
        if tool.approval != "never":
            what = f"Subagent {spec.name!r} has the tool {tool.name!r}, which needs an approval; "
            raise AgentFailed(f"{what}give it to the agent that asks.", code="agent_contract")


def _delegate(spec: AgentSpec, delegation: "_Delegation") -> Tool:
    return Tool(
        name=f"delegate_to_{spec.name}",
        description=f"Asks {spec.title}, another agent: {spec.description}",
        parameters=_PARAMETERS,
        call=delegation.call,
        timeout_s=spec.timeout_s,
    )


@dataclass(frozen=True, slots=True)
class _Delegation:
    """One agent that another one may ask."""

    spec: AgentSpec
    runtime: Runtime

    async def call(self, arguments: JsonObject, context: ToolContext) -> Json:
        """Run the agent, again if it fails and may not fail again, and return its last words."""

        def prompt(_: AgentTask) -> str:
            return str(arguments["task"])

        agent = self.runtime(replace(self.spec, prompt=prompt, result=_last_words))
        task, failures, policy = self._task(context), 0, RetryPolicy()
        while True:
            attempt = _Try(agent, task, context)
            try:
                return await attempt.run(self.spec.description)
            except AgentFailed as failure:
                failures += 1
                pause_s = pause_before_retry(policy, failure, failures, random.random)
                if pause_s is None:
                    raise
            context.say(Progress(None, f"{agent.title} tries again in {pause_s:.1f} s"))
            await asyncio.sleep(pause_s)
            task = replace(task, attempt=task.attempt + 1, memory=attempt.memory)

    def _task(self, context: ToolContext) -> AgentTask:
        task = context.task
        return replace(
            task,
            agent=f"{task.agent}/{context.call_id}/{self.spec.name}",
            input=replace(task.input, messages=(), tools=(), context=()),
            inputs={},
            answers={},
            memory=None,
        )


@dataclass(slots=True)
class _Try:
    """One try of an agent that is asked.

    Attributes:
        memory: with which the next try goes on.
    """

    agent: Agent
    task: AgentTask
    context: ToolContext
    memory: Json = None

    async def run(self, description: str) -> Json:
        """Let it speak, and return its last words."""
        key, say = self.context.call_id, self.context.say
        self.memory = self.task.memory
        say(SubagentStart(key, self.agent.name, description, key))
        try:
            words = await self._heard()
        except SergasError as failure:
            say(SubagentEnd(key, str(failure), failure.code))
            raise
        except BaseException:
            say(SubagentEnd(key, "The agent was stopped before its end."))
            raise
        say(SubagentEnd(key))
        return words

    async def _heard(self) -> Json:
        async with aclosing(self.agent.run(self.task)) as chunks:
            async for chunk in chunks:
                match chunk:
                    case Done(result):
                        return result
                    case Memory(data):
                        self.memory = data
                    case _:
                        for shown in _shown(self.context.call_id, chunk):
                            # What it uses and calls counts before it goes on.
                            await self.context.say(shown)
        raise ToolFailed(f"Agent {self.agent.name!r} ended without an answer.")


def _last_words(_: AgentTask, delivery: Delivery) -> Json:
    return delivery.text


def _shown(key: str, chunk: Chunk) -> Sequence[Shown]:
    match chunk:
        case Usage(call_id=call_id):
            return [replace(chunk, call_id=f"{key}/{call_id}" if call_id else "")]
        case StatePatch() | Progress():
            return [chunk]
        case Interrupt() | FrontendTool():
            return []
        case _:
            return [Nested(key, chunk)] if _is_nested(chunk) else []


def _is_nested(chunk: Chunk) -> TypeGuard[NestedChunk]:
    return isinstance(chunk, NESTED_CHUNK_TYPES)
