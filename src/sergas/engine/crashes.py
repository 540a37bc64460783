"""What breaks in somebody's agent fails its attempt, and nothing else."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import structlog

from sergas.core.errors import AgentFailed, SergasError

_log = structlog.get_logger()


@asynccontextmanager
async def crashes_are_failures(agent: str) -> AsyncGenerator[None]:
    """Turn whatever an agent raises into the failure of its attempt.

    Raises:
        AgentFailed: it crashed; the log has the details, the message has none.
        SergasError: as the agent raised it.
    """
    try:
        yield
    except SergasError:
        raise
    except asyncio.CancelledError as error:
        if _is_being_cancelled():
            raise
        raise _crashed(agent, error) from error
    # An agent's SystemExit is not ours, and would take every run of the process with it.
    except (Exception, SystemExit, BaseExceptionGroup) as error:
        if isinstance(error, BaseExceptionGroup) and _is_being_cancelled():
            raise asyncio.CancelledError from error
        raise _crashed(agent, error) from error


def _is_being_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _crashed(agent: str, error: BaseException) -> AgentFailed:
    _log.error("agent_crashed", agent=agent, exc_info=error)
    what = f"Agent {agent!r} crashed with {type(error).__name__}; see the server's log."
    return AgentFailed(what, code="agent_crashed")
