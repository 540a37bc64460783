"""What an agent says while it works; `engine.translate` turns chunks into AG-UI events.

An agent never makes event ids and never sees the protocol: it says text, calls tools, changes
state, reports progress, asks a person, and ends with `Done` (or raises `AgentFailed`).
"""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from sergas.core.json import Json, JsonObject


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of the agent's message; the first one opens the message."""

    delta: str


@dataclass(frozen=True, slots=True)
class TextEnd:
    """The message is complete; the next `Text` opens another one."""


@dataclass(frozen=True, slots=True)
class Reasoning:
    """A piece of the agent's visible reasoning."""

    delta: str


@dataclass(frozen=True, slots=True)
class ToolStart:
    """A tool call begins; `call_id` is unique within the attempt."""

    call_id: str
    name: str


@dataclass(frozen=True, slots=True)
class ToolArgs:
    """A piece of the call's arguments, as JSON text."""

    call_id: str
    delta: str


@dataclass(frozen=True, slots=True)
class ToolEnd:
    """The arguments are complete; the tool runs now."""

    call_id: str


@dataclass(frozen=True, slots=True)
class ToolResult:
    """The tool answered.

    Attributes:
        content: what it answered, as text (JSON text for structured results).
        execution_ms: how long it took, in milliseconds.
        is_error: the tool failed and `content` says how.
    """

    call_id: str
    content: str
    execution_ms: float
    is_error: bool = False


@dataclass(frozen=True, slots=True)
class StatePatch:
    """A change of the shared state: RFC 6902 operations that apply in order, or not at all."""

    operations: tuple[JsonObject, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the agent is, 0-100, and what it is doing, in a few words for a person.

    Without a percentage it is as far as it was.
    """

    percent: int | None
    task: str


@dataclass(frozen=True, slots=True)
class Interrupt:
    """The agent cannot go on without a person; its turn ends and waits for the answer.

    Attributes:
        key: names the question within the agent; the answer comes back under it.
        message: what the person reads.
        response_schema: JSON Schema of the answer, or None for any answer.
        expires_at: ISO 8601 time after which only "cancelled" is accepted, or None.
        call_id: the tool call it is about, if it is about one; the call's arguments are complete,
            and the attempt that gets the answer yields its `ToolResult`.
        details: what the page may show beside the message (`metadata.details`), or None.
    """

    key: str
    message: str
    reason: str = "input_required"
    response_schema: JsonObject | None = None
    expires_at: str | None = None
    call_id: str | None = None
    details: JsonObject | None = None


@dataclass(frozen=True, slots=True)
class FrontendTool:
    """The page runs this tool call; the agent's turn ends and waits for the result.

    The call's arguments are complete, its tool is one of `RunInput.tools`. The next attempt finds
    the result under the call's id in `AgentTask.answers`, as `payload`; it is part of the
    conversation already, so the agent does not say it again.
    """

    call_id: str


@dataclass(frozen=True, slots=True)
class Memory:
    """What the agent wants to know when it has to go on in another attempt (JSON).

    It is durable before the agent's next chunk is asked for. Whatever the agent said before it
    stays said; what it says after it is withdrawn if the attempt is repeated.
    """

    data: Json


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that one model call used; durable before the agent's next chunk is asked for.

    Attributes:
        provider, model: as the price table names them.
        input_tokens: all that the model read, cache reads and cache writes included.
        output_tokens: all that it wrote, reasoning included.
        call_id: names the call if it is reported more than once, say when it begins and when it
            ends: its latest report counts. Without one, each report is a call of its own.
        is_final: the call has ended; before, the provider may still fail.
    """

    provider: str
    model: str
    input_tokens: int
    output_tokens: int
    reasoning_tokens: int = 0
    cached_input_tokens: int = 0
    cache_write_input_tokens: int = 0
    call_id: str = ""
    is_final: bool = True


@dataclass(frozen=True, slots=True)
class SubagentStart:
    """An agent that this one asked for help begins: a nested subagent run.

    Attributes:
        subagent_id: names it to whoever says it, until its end.
        name: the agent's.
        description: what it does, in a sentence for a person.
        call_id: the tool call that asked for it, if one did.
    """

    subagent_id: str
    name: str
    description: str = ""
    call_id: str | None = None


@dataclass(frozen=True, slots=True)
class SubagentEnd:
    """A nested subagent run is over; what it left open is closed.

    Attributes:
        error: why it failed, or None if it did not.
        code: what kind of failure that is.
    """

    subagent_id: str
    error: str | None = None
    code: str = "subagent_failed"


@dataclass(frozen=True, slots=True)
class Nested:
    """What a nested subagent run says: words, tool calls, and what those nested in it say.

    It may wait for a person or for the page, and then its whole attempt waits, and says nothing
    more. Keys and call ids of what it waits for are unique within the attempt; the next attempt
    finds the answers under them, and yields the results of such calls itself.

    The rest belongs to the run or to the agent that asked, which says it itself: state, progress,
    usage, memory.
    """

    subagent_id: str
    chunk: "NestedChunk"


NestedChunk: TypeAlias = (
    Text
    | TextEnd
    | Reasoning
    | ToolStart
    | ToolArgs
    | ToolEnd
    | ToolResult
    | SubagentStart
    | SubagentEnd
    | Nested
    | Interrupt
    | FrontendTool
)


@dataclass(frozen=True, slots=True)
class Done:
    """The agent is finished; `result` goes to the workflow and is stored (JSON)."""

    result: Json = field(default=None)


Chunk: TypeAlias = NestedChunk | StatePatch | Progress | Memory | Usage | Done

CHUNK_TYPES: tuple[type, ...] = get_args(Chunk)
"""The classes of all chunks, for a check at run time."""

NESTED_CHUNK_TYPES: tuple[type, ...] = get_args(NestedChunk)
"""The classes of what a nested subagent run may say."""

AgentState = Literal["initializing", "running", "completed", "error", "cancelled", "waiting"]
"""What `workflow_status` says of an agent; the first four are the blueprint's own words."""


def innermost(chunk: Chunk) -> Chunk:
    """Return what is said, whoever nested says it."""
    while isinstance(chunk, Nested):
        chunk = chunk.chunk
    return chunk
