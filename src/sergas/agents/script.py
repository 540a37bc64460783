"""The workflow `script`: agents that do as the request says, for tests, demos and benchmarks.

`forwardedProps.script = {"parallel": bool, "agents": [{"name", "deltas", "delta_chars", "delay_ms",
"reasoning", "tools", "fail_times", "error", "on_error", "interrupt", "expires_at", "approval",
"frontend_tool", "frontend_arguments", "remembers", "provider", "retry_after_s", "echo", "usage",
"subagents"}]}`. With a `provider`, an agent calls no model, and its failures count as that
provider's faults. With an `echo`, it says as JSON what it was given of that name. `usage` is what
it says that models used, `[{"after", "provider", "model", "input", "output", "reasoning", "cached",
"written", "call"}]`, in every attempt that gets so many deltas far. `subagents` are asked before
the deltas, see `agents.script_subagents`. Only servers started with `--dev-agents` have it.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Annotated

import msgspec

from sergas.agents.script_asks import FRONTEND_CALL, approved_call, ask
from sergas.agents.script_parts import Part
from sergas.agents.script_subagents import asked
from sergas.agents.script_words import preparation, words
from sergas.core.agents import Agent, AgentTask, RunInput, Work, Workflow
from sergas.core.chunks import Chunk, Done, Memory, Progress, Text, TextEnd
from sergas.core.errors import AgentFailed, InvalidRequest
from sergas.core.json import Json, JsonObject, encode


class Script(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole script."""

    agents: Annotated[tuple[Part, ...], msgspec.Meta(min_length=1, max_length=50)]
    parallel: bool = False


@dataclass(frozen=True, slots=True)
class ScriptAgent:
    """An agent that follows its part."""

    part: Part
    runtime: str = "script"

    @property
    def name(self) -> str:
        """The name in the script."""
        return self.part.name

    @property
    def title(self) -> str:
        """The name in the script."""
        return self.part.name

    @property
    def description(self) -> str:
        """What it is."""
        return "Does as its script says."

    @property
    def provider(self) -> str:
        """The provider that the script gives it."""
        return self.part.provider

    async def run(self, task: AgentTask) -> AsyncGenerator[Chunk, None]:
        """Ask what it has to ask, call the tools, stream the deltas, then fail or finish."""
        questions = ask(self.part, task)
        for chunk in [*self.part.used_after(0), *questions, *approved_call(self.part, task)]:
            yield chunk
        if questions:
            return
        for chunk in _echo(self.part, task):
            yield chunk
        async with aclosing(asked(self.part)) as chunks:
            async for chunk in chunks:
                yield chunk
        async for chunk in preparation(self.part):
            yield chunk
        async for chunk in self._deltas(task):
            yield chunk
        yield Done(_result(task))

    async def _deltas(self, task: AgentTask) -> AsyncGenerator[Chunk, None]:
        part, fails_now = self.part, task.attempt <= self.part.fail_times
        begun = task.memory if isinstance(task.memory, int) else 0
        for number in range(begun, part.deltas // 2 if fails_now else part.deltas):
            if number % max(1, part.deltas // 10) == 0:
                yield Progress(100 * number // part.deltas, f"Delta {number} of {part.deltas}")
            yield Text(words(number, part.delta_chars))
            for usage in part.used_after(number + 1):
                yield usage
            if part.remembers and number == part.deltas // 4:
                yield TextEnd()
                yield Memory(number + 1)
            await asyncio.sleep(part.delay_ms / 1000)
        if fails_now:
            raise AgentFailed(
                f"Attempt {task.attempt} fails, as the script says.",
                recoverable=True,
                retry_after_s=part.retry_after_s,
                is_provider_fault=bool(part.provider),
            )
        if part.error:
            raise AgentFailed(part.error)


def script_workflow() -> Workflow:
    """Make the workflow."""
    return Workflow(
        name="script",
        title="Script",
        description="Does as `forwardedProps.script` says; for tests, demos and benchmarks.",
        plan=_plan,
        run=_run,
        optional=_optional,
    )


def _plan(run_input: RunInput) -> Sequence[Agent]:
    script = _script_of(run_input)
    names = [part.name for part in script.agents]
    if len(set(names)) != len(names):
        raise InvalidRequest("Two agents of the script have the same name; give each its own.")
    return [ScriptAgent(part) for part in script.agents]


def _optional(run_input: RunInput) -> Sequence[str]:
    return [part.name for part in _script_of(run_input).agents if part.on_error == "skip"]


async def _run(work: Work) -> None:
    script = _script_of(work.input)
    names = [part.name for part in script.agents]
    if script.parallel:
        await work.parallel(names)
        return
    for name in names:
        await work.agent(name)


def _script_of(run_input: RunInput) -> Script:
    given = run_input.options.get("script", {"agents": [{"name": "alpha"}, {"name": "beta"}]})
    try:
        return msgspec.convert(given, Script)
    except msgspec.ValidationError as error:
        raise InvalidRequest(f"forwardedProps.script is not a script: {error}.") from error


def _echo(part: Part, task: AgentTask) -> list[Chunk]:
    given: dict[str, Json] = {
        "context": list(task.input.context),
        "messages": list(task.input.messages),
        "state": task.state,
    }
    return [Text(encode(given[part.echo]).decode()), TextEnd()] if part.echo else []


def _result(task: AgentTask) -> JsonObject:
    answer = task.answers.get("answer")
    result: dict[str, Json] = {"agent": task.agent, "attempt": task.attempt}
    if answer is not None:
        result["answer"] = encode(answer.get("payload")).decode()
    if FRONTEND_CALL in task.answers:
        result["frontend"] = task.answers[FRONTEND_CALL].get("payload")
    return result
