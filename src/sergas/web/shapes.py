"""What answers look like, for the OpenAPI document; the routes write the JSON themselves.

A field with a default may be missing from an answer.
"""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, JsonValue
from pydantic.alias_generators import to_camel

from sergas.core.runs import RunStatus
from sergas.core.usage import UsageBy


class Shape(BaseModel):
    """What most have in common: camelCase names."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel)


class Problem(Shape):
    """A refusal (RFC 9457); `error` and `message` are what CopilotKit's client reads."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    request_id: str
    error: str
    message: str


class Usage(Shape):
    """What model calls used."""

    calls: int
    input_tokens: int
    output_tokens: int
    total_tokens: int
    reasoning_tokens: int
    cached_input_tokens: int
    cache_write_input_tokens: int
    unpriced_tokens: int
    cost_usd: float | None = None


class UsageRow(Usage):
    """A line of the table of usage."""

    key: str


class UsageTable(Shape):
    """Usage added up."""

    by: UsageBy
    usage: list[UsageRow]
    total: Usage
    next_cursor: str | None


class RunFault(Shape):
    """Why a run failed; seconds until another try is worth it, where the cause says so."""

    code: str
    message: str
    recoverable: bool = False
    retry_after: float | None = None
    budget: dict[str, JsonValue] | None = None


class Outcome(Shape):
    """How a run ended; empty before."""

    error: RunFault | None = None
    reason: str | None = None
    interrupts: list[dict[str, JsonValue]] | None = None
    frontend_tools: list[dict[str, JsonValue]] | None = None
    skipped: list[str] | None = None


class Run(Shape):
    """A run."""

    id: str
    thread_id: str
    workflow: str
    title: str
    status: RunStatus
    agents: list[str]
    question: str
    leg: int = Field(ge=1)
    created_at: datetime
    outcome: Outcome
    usage: Usage
    started_at: datetime | None = None
    finished_at: datetime | None = None
    retry_of: str | None = None
    queue_position: int | None = Field(default=None, ge=1)


class RunPage(Shape):
    """A page of runs."""

    runs: list[Run]
    next_cursor: str | None


class Thread(Shape):
    """A thread, as CopilotKit's client wants it."""

    id: str
    name: str | None
    agent_id: str
    organization_id: str
    created_by_id: str
    archived: bool
    created_at: datetime
    updated_at: datetime
    run_count: int
    status: RunStatus | None = None
    last_run_at: datetime | None = None


class ThreadPage(Shape):
    """A page of threads."""

    threads: list[Thread]
    next_cursor: str | None


class Archived(Shape):
    """A thread that was archived."""

    thread_id: str
    archived: bool


class Deleted(Shape):
    """A thread that was deleted."""

    thread_id: str
    deleted: bool


class Messages(Shape):
    """The messages of a thread."""

    messages: list[dict[str, JsonValue]]


class Events(Shape):
    """The events of a thread."""

    events: list[dict[str, JsonValue]]


class State(Shape):
    """The shared state of a thread."""

    state: JsonValue


class Stopped(Shape):
    """Whether a run was stopped, and what CopilotKit's client shows of it."""

    stopped: bool
    message: str | None = None
    run_id: str | None = None
    interrupt: dict[str, str] | None = None


class AgentStanding(BaseModel):
    """How an agent of a run stands, in the blueprint's words."""

    status: str
    progress: float


class RunStanding(BaseModel):
    """How a run stands, in the blueprint's words."""

    workflow_id: str
    status: str
    started_at: datetime
    agent_states: dict[str, AgentStanding]
    progress: float
    thread_id: str
    workflow: str


class RunStopped(BaseModel):
    """A run that was stopped, in the blueprint's words."""

    status: str
    workflow_id: str


class RunRetried(BaseModel):
    """The run that does what was missing of another, in the blueprint's words."""

    status: str
    workflow_id: str
    retry_of: str
    thread_id: str
