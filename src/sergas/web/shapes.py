"""The JSON that routes answer with, for the OpenAPI document and the types of `@sergas/react`.

Answers are written by hand, because most of their fields are absent until they are known. A test
holds real ones against these shapes.
"""

from typing import Literal, NotRequired

from pydantic import ConfigDict, JsonValue, with_config
from typing_extensions import TypedDict

from sergas.core.runs import RunStatus

_EXACT = ConfigDict(extra="forbid")


@with_config(_EXACT)
class UsageShape(TypedDict):
    """Tokens and cost of model calls, added up; without `costUsd` where no price is known."""

    calls: int
    inputTokens: int
    outputTokens: int
    totalTokens: int
    reasoningTokens: int
    cachedInputTokens: int
    cacheWriteInputTokens: int
    unpricedTokens: int
    costUsd: NotRequired[float]


@with_config(_EXACT)
class RunErrorShape(TypedDict):
    """Why a run failed; `retryAfter` is in seconds."""

    code: str
    message: str
    recoverable: bool
    type: NotRequired[str]
    retryAfter: NotRequired[float]
    budget: NotRequired[dict[str, JsonValue]]


@with_config(ConfigDict(extra="allow"))
class InterruptShape(TypedDict):
    """What a run waits for, as AG-UI has it."""

    id: str
    reason: str
    message: str
    toolCallId: NotRequired[str]
    expiresAt: NotRequired[str]
    responseSchema: NotRequired[dict[str, JsonValue]]
    metadata: dict[str, JsonValue]


@with_config(ConfigDict(extra="allow"))
class OutcomeShape(TypedDict):
    """How a run ended, as far as it has."""

    error: NotRequired[RunErrorShape]
    reason: NotRequired[str]
    interrupts: NotRequired[list[InterruptShape]]
    skipped: NotRequired[list[str]]


@with_config(_EXACT)
class RunShape(TypedDict):
    """A run's record; times are ISO 8601 in UTC."""

    id: str
    threadId: str
    workflow: str
    title: str
    status: RunStatus
    agents: list[str]
    question: str
    leg: int
    createdAt: str
    startedAt: NotRequired[str]
    finishedAt: NotRequired[str]
    retryOf: NotRequired[str]
    queuePosition: NotRequired[int]
    outcome: OutcomeShape
    usage: UsageShape


@with_config(_EXACT)
class RunPageShape(TypedDict):
    """Runs, newest first; `nextCursor` is the `before` of the next page."""

    runs: list[RunShape]
    nextCursor: str | None


@with_config(_EXACT)
class CancelledShape(TypedDict):
    """The blueprint's answer to its interrupt."""

    status: Literal["interrupted"]
    workflow_id: str


@with_config(_EXACT)
class RetriedShape(TypedDict):
    """The blueprint's answer to its retry: the new run."""

    status: Literal["queued"]
    workflow_id: str
    retry_of: str
    thread_id: str
