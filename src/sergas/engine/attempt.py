"""One attempt of one agent: read its chunks, show them, and say how it ended."""

from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import cast

from sergas.core.agents import Agent, AgentTask
from sergas.core.chunks import (
    Chunk,
    Done,
    FrontendTool,
    Interrupt,
    Memory,
    Progress,
    StatePatch,
    ToolStart,
    Usage,
    innermost,
)
from sergas.core.clock import Clock
from sergas.core.errors import AgentFailed
from sergas.core.json import Json, JsonObject, clean
from sergas.engine import events
from sergas.engine.board import Board
from sergas.engine.closing import Reason, Waiting, close_scopes
from sergas.engine.contract import demand_chunk
from sergas.engine.crashes import crashes_are_failures
from sergas.engine.fold import Fold
from sergas.engine.interrupts import (
    demand_offered,
    frontend_tools_of,
    interrupts_of,
    waiting_for,
)
from sergas.engine.naming import subagent_id_of
from sergas.engine.patches import patched
from sergas.engine.patience import Patience, patiently
from sergas.engine.providers import Learn
from sergas.engine.runlog import RunLog
from sergas.engine.translate import Translator

_CONTRACT = "agent_contract"
_ENDED = Reason("agent_ended", "The agent ended without this result.", {})


@dataclass(frozen=True, slots=True)
class Stage:
    """What an attempt needs around it.

    Attributes:
        earlier: ids of tool calls that an earlier attempt left waiting, by the agent's own ids.
        remember: makes the agent's memory durable.
        count: books what the agent uses.
        learn: takes each chunk in, for what it says about the agent's provider.
    """

    log: RunLog
    board: Board
    clock: Clock
    patience: Patience
    earlier: Mapping[str, str]
    remember: Callable[[Json], Awaitable[None]]
    count: Callable[[Usage | ToolStart], Awaitable[None]]
    learn: Learn


@dataclass(slots=True)
class Attempt:
    """What an attempt delivered so far.

    Attributes:
        patches: the state operations that were applied.
        waits: what the agent wants of a person or of the page, itself or nested.
        waiting: the same as it is stored, once the attempt has ended.
    """

    subagent_id: str
    done: Done | None = None
    patches: list[JsonObject] = field(default_factory=list[JsonObject])
    waits: list[Chunk] = field(default_factory=list[Chunk])
    waiting: tuple[JsonObject, ...] = ()


async def run_attempt(agent: Agent, task: AgentTask, stage: Stage) -> Attempt:
    """Run the attempt to its end; however its agent breaks, nothing else does.

    Raises:
        AgentFailed: it ended without a result; its scopes are still open.
        BudgetExceeded: so is what the run may use.
    """
    async with crashes_are_failures(task.agent):
        return await _listen(agent, task, stage)


async def _listen(agent: Agent, task: AgentTask, stage: Stage) -> Attempt:
    log, clock = stage.log, stage.clock
    attempt = Attempt(subagent_id=subagent_id_of(task.run_id, task.agent, task.attempt))
    metadata: JsonObject = {"title": agent.title, "attempt": task.attempt, "runtime": agent.runtime}
    log.emit(events.subagent_started(attempt.subagent_id, task.agent, clock(), metadata))
    translator = Translator(attempt.subagent_id, stage.earlier)
    said = _begun(agent, task)
    async with patiently(task.agent, stage.patience) as live, aclosing(said) as chunks:
        async for chunk in chunks:
            live()
            _demand_not_over(attempt, chunk)
            stage.learn(chunk)
            _note(attempt, chunk, log)
            log.emit_all(_left_open(chunk, translator, log.view, clock()))
            log.emit_all(translator.translate(chunk, clock()))
            inner = innermost(chunk)
            log.emit_all(_shown(task.agent, inner, translator, stage.board))
            if isinstance(inner, Memory):
                await stage.remember(inner.data)
            elif isinstance(inner, Usage | ToolStart):
                await stage.count(inner)
            await log.breathe()
    if attempt.done is None and not attempt.waits:
        what = f"Agent {task.agent!r} ended without a result; the last chunk has to be Done."
        raise AgentFailed(what, code=_CONTRACT)
    _close(attempt, task, translator, stage)
    return attempt


def _begun(agent: Agent, task: AgentTask) -> AsyncGenerator[Chunk, None]:
    begun = agent.run(task)
    given = cast("object", begun)
    if isinstance(given, AsyncGenerator):
        return begun
    kind = type(begun).__name__
    if isinstance(given, Coroutine):
        given.close()
    what = f"The run of agent {task.agent!r} gave something of type {kind}; "
    raise AgentFailed(f"{what}it has to be an async function with yield.", code=_CONTRACT)


def _left_open(
    chunk: Chunk, translator: Translator, view: Fold, at_ms: int
) -> list[events.AgUiEvent]:
    """Return what closes a nested subagent run's scopes, if the chunk is its end."""
    ended = translator.ended(chunk)
    return close_scopes(view, ended, _ENDED, at_ms) if ended is not None else []


def _close(attempt: Attempt, task: AgentTask, translator: Translator, stage: Stage) -> None:
    attempt.waiting = waiting_for(task.agent, attempt.waits, translator)
    for tool in frontend_tools_of(attempt.waiting):
        demand_offered(str(tool["toolName"]), task.input.tools)
    asked: defaultdict[str, list[str]] = defaultdict(list)
    for chunk, wait in zip(attempt.waits, attempt.waiting, strict=True):
        asked[translator.of(chunk).subagent_id] += [str(i["id"]) for i in interrupts_of([wait])]
    calls = [str(wait["toolCallId"]) for wait in attempt.waiting if "toolCallId" in wait]
    log, at_ms, waiting = stage.log, stage.clock(), Waiting(calls, asked)
    log.emit_all(close_scopes(log.view, attempt.subagent_id, _ENDED, at_ms, waiting))


def _demand_not_over(attempt: Attempt, chunk: Chunk) -> None:
    demand_chunk(chunk)
    is_waiting = attempt.waits and not isinstance(innermost(chunk), Interrupt | FrontendTool)
    if attempt.done is not None or is_waiting:
        raise AgentFailed("The agent went on after its end.", code=_CONTRACT)


def _note(attempt: Attempt, chunk: Chunk, log: RunLog) -> None:
    match innermost(chunk):
        case Done() as done:
            attempt.done = done
        case Interrupt() | FrontendTool():
            if _key_of(chunk) in map(_key_of, attempt.waits):
                raise AgentFailed(f"The agent asked {_key_of(chunk)!r} twice.", code=_CONTRACT)
            attempt.waits.append(chunk)
        case StatePatch(operations):
            _check_patch(operations, log)
            attempt.patches.extend(operations)
        case _:
            pass


def _key_of(chunk: Chunk) -> str:
    match innermost(chunk):
        case Interrupt(key=key) | FrontendTool(call_id=key):
            return key
        case _:
            return ""


def _check_patch(operations: tuple[JsonObject, ...], log: RunLog) -> None:
    try:
        patched(log.view.state, list(operations))
    except ValueError as error:
        raise AgentFailed(
            f"The agent changed the state in a way that does not apply: {error}"
        ) from error


def _shown(name: str, chunk: Chunk, translator: Translator, board: Board) -> list[events.AgUiEvent]:
    match chunk:
        case Progress(percent, task):
            # Its card keeps what is not said.
            known = board.card(name)["progress"] if percent is None else max(0, min(percent, 100))
            return board.set_agent(name, progress=known, currentTask=clean(task))
        case ToolStart():
            return board.set_agent(name, toolCalls=translator.tool_calls)
        case _:
            return []
