"""One attempt of one agent: read its chunks, show them, and say how it ended."""

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, field

import structlog

from sergas.core.agents import Agent, AgentTask
from sergas.core.chunks import (
    CHUNK_TYPES,
    Chunk,
    Done,
    Interrupt,
    Progress,
    StatePatch,
    ToolStart,
    Usage,
)
from sergas.core.clock import Clock
from sergas.core.errors import AgentFailed, SergasError
from sergas.core.json import Json, JsonObject, clean, encode
from sergas.engine import events
from sergas.engine.board import Board
from sergas.engine.closing import close_scopes, subagent_id_of
from sergas.engine.patches import patched
from sergas.engine.patience import Patience, patiently
from sergas.engine.runlog import RunLog
from sergas.engine.translate import Translator

_log = structlog.get_logger()


@dataclass(slots=True)
class Attempt:
    """What an attempt delivered so far.

    Attributes:
        patches: the state operations that were applied.
        interrupts: what the agent wants to know from a person.
    """

    subagent_id: str
    done: Done | None = None
    patches: list[JsonObject] = field(default_factory=list[JsonObject])
    interrupts: list[Interrupt] = field(default_factory=list[Interrupt])
    usage: list[Usage] = field(default_factory=list[Usage])


async def run_attempt(
    agent: Agent, task: AgentTask, *, log: RunLog, board: Board, clock: Clock, patience: Patience
) -> Attempt:
    """Run the attempt to its end; however its agent breaks, nothing else does.

    Raises:
        AgentFailed: it ended without a result; its scopes are still open.
    """
    try:
        return await _listen(agent, task, log=log, board=board, clock=clock, patience=patience)
    except SergasError:
        raise
    except asyncio.CancelledError as error:
        if _is_being_cancelled():
            raise
        raise _crashed(task.agent, error) from error
    # An agent's SystemExit is not ours, and would take every run of the process with it.
    except (Exception, SystemExit, BaseExceptionGroup) as error:
        if isinstance(error, BaseExceptionGroup) and _is_being_cancelled():
            raise asyncio.CancelledError from error
        raise _crashed(task.agent, error) from error


async def _listen(
    agent: Agent, task: AgentTask, *, log: RunLog, board: Board, clock: Clock, patience: Patience
) -> Attempt:
    attempt = Attempt(subagent_id=subagent_id_of(task.run_id, task.agent, task.attempt))
    metadata: JsonObject = {"title": agent.title, "attempt": task.attempt, "runtime": agent.runtime}
    log.emit(events.subagent_started(attempt.subagent_id, task.agent, clock(), metadata))
    translator = Translator(attempt.subagent_id)
    async with patiently(task.agent, patience) as live, aclosing(agent.run(task)) as chunks:
        async for chunk in chunks:
            live()
            _demand_not_over(attempt, chunk)
            _note(attempt, chunk, log)
            log.emit_all(translator.translate(chunk, clock()))
            log.emit_all(_shown(task.agent, chunk, translator, board))
            await log.breathe()
    if attempt.done is None and not attempt.interrupts:
        raise AgentFailed(f"Agent {task.agent!r} ended without a result.", code="agent_contract")
    log.emit_all(
        close_scopes(log.view, attempt.subagent_id, "The agent ended without this result.")
    )
    return attempt


def _demand_not_over(attempt: Attempt, chunk: Chunk) -> None:
    # What an agent yields comes from somebody's code, whatever its type says.
    if not isinstance(chunk, CHUNK_TYPES):
        what = f"The agent said a {type(chunk).__name__}, which is no chunk."
        raise AgentFailed(what, code="agent_contract")
    if attempt.done is not None or (attempt.interrupts and not isinstance(chunk, Interrupt)):
        raise AgentFailed("The agent went on after its end.", code="agent_contract")


def _note(attempt: Attempt, chunk: Chunk, log: RunLog) -> None:
    match chunk:
        case Done(result):
            _demand_json(result)
            attempt.done = chunk
        case Interrupt(key=key):
            if key in {asked.key for asked in attempt.interrupts}:
                raise AgentFailed(f"The agent asked {key!r} twice.", code="agent_contract")
            attempt.interrupts.append(chunk)
        case Usage():
            attempt.usage.append(chunk)
        case StatePatch(operations):
            _check_patch(operations, log)
            attempt.patches.extend(operations)
        case _:
            pass


def _demand_json(result: Json) -> None:
    try:
        encode(result)
    except (TypeError, ValueError) as error:
        what = f"The agent's result cannot be stored as JSON: {error}"
        raise AgentFailed(what, code="agent_contract") from error


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
            return board.set_agent(
                name, progress=max(0, min(percent, 100)), currentTask=clean(task)
            )
        case ToolStart():
            return board.set_agent(name, toolCalls=translator.tool_calls)
        case _:
            return []


def _is_being_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _crashed(agent: str, error: BaseException) -> AgentFailed:
    _log.error("agent_crashed", agent=agent, exc_info=error)
    what = f"Agent {agent!r} crashed with {type(error).__name__}; see the server's log."
    return AgentFailed(what, code="agent_crashed")
