"""Reads one run of an AG-UI agent: its events become chunks, its end becomes ours.

Its board (`workflow_status`) is told as progress and no more: our run has a board of its own, and
what its agents say and call is shown as theirs.
"""

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sergas.agents.agui.far_board import FarBoard
from sergas.agents.agui.shared_state import SharedState
from sergas.agents.agui.speakers import Speaker, Speakers
from sergas.core.chunks import (
    Chunk,
    FrontendTool,
    Interrupt,
    NestedChunk,
    Progress,
    Usage,
)
from sergas.core.errors import AgentFailed
from sergas.core.json import Json, JsonObject, as_object


@dataclass(slots=True)
class Reader:
    """One run, from RUN_STARTED to its terminal event.

    Attributes:
        agent: whose run it is, for messages.
        state: where its shared state goes.
        speakers: what it and its subagents have said and called so far.
        page_tools: the names of the page's tools, which it may call.
        failure: why it failed, once it has ended so.
        waits: what it waits for, once it has ended.
    """

    agent: str
    state: SharedState
    page_tools: Collection[str]
    speakers: Speakers = field(default_factory=lambda: Speakers(time.monotonic))
    board: FarBoard = field(default_factory=FarBoard)
    failure: AgentFailed | None = None
    waits: list[NestedChunk] = field(default_factory=list[NestedChunk])
    is_over: bool = False

    def read(self, event: Mapping[str, Json]) -> list[Chunk]:
        """Return what an event says.

        Raises:
            AgentFailed: it is no AG-UI event.
        """
        kind = str(event.get("type"))
        try:
            return self._read(kind, event)
        except (KeyError, TypeError, AttributeError) as error:
            what = f"Agent {self.agent!r} sent a {kind} that is not AG-UI: {error!r}."
            raise AgentFailed(what, code="remote_protocol") from error

    def _read(self, kind: str, event: JsonObject) -> list[Chunk]:
        match kind:
            case "STATE_SNAPSHOT":
                return [*self.state.replace(event["snapshot"])]
            case "STATE_DELTA":
                return [*self.state.change([as_object(op) for op in _items(event["delta"])])]
            case "STEP_STARTED":
                return [Progress(None, str(event["stepName"]))]
            case "ACTIVITY_SNAPSHOT" | "ACTIVITY_DELTA":
                return [*self.board.read(kind, event)]
            case "RUN_ERROR" | "RUN_FINISHED":
                self.is_over = True
                return self._fail(event) if kind == "RUN_ERROR" else self._finish(event)
            case _:
                return [*self.speakers.read(kind, event)]

    def _fail(self, event: JsonObject) -> list[Chunk]:
        self.failure = _failure(self.agent, event)
        return [*_usage(event.get("usage"))]

    def _finish(self, event: JsonObject) -> list[Chunk]:
        outcome = as_object(event.get("outcome"))
        if outcome.get("type") == "cancelled":
            what = f"Agent {self.agent!r} was stopped by its own server."
            self.failure = AgentFailed(what, code="remote_cancelled")
            return [*_usage(event.get("usage"))]
        said: list[Chunk] = [*self.speakers.finish(), *_usage(event.get("usage"))]
        waiting = list(self._waiting([as_object(i) for i in _items(outcome.get("interrupts"))]))
        self.waits = [said for speaker, wait in waiting for said in speaker.says([wait])]
        return [*said, *self.speakers.end_all([speaker for speaker, _ in waiting])]

    def _waiting(
        self, interrupts: Iterable[JsonObject]
    ) -> Iterator[tuple[Speaker, Interrupt | FrontendTool]]:
        asked: set[object] = set()
        for interrupt in interrupts:
            call_id = interrupt.get("toolCallId")
            caller = self.speakers.calling(call_id)
            asked.add(call_id)
            speaker = caller or self.speakers.named(interrupt.get("subagentRunId"))
            yield speaker, _interrupt(interrupt, call_id if caller else None)
        for speaker in self.speakers.present:
            for call_id, name in speaker.scopes.unanswered.items():
                if name in self.page_tools and call_id not in asked:
                    yield speaker, FrontendTool(call_id)


def _interrupt(asked: JsonObject, call_id: Json) -> Interrupt:
    schema, details = as_object(asked.get("responseSchema")), as_object(asked.get("metadata"))
    expires_at = asked.get("expiresAt")
    return Interrupt(
        key=str(asked["id"]),
        message=str(asked.get("message") or asked.get("reason") or "The agent asks."),
        reason=str(asked.get("reason") or "input_required"),
        response_schema=schema or None,
        expires_at=str(expires_at) if expires_at else None,
        call_id=str(call_id) if call_id else None,
        details=details or None,
    )


def _usage(given: Json) -> list[Usage]:
    return [
        Usage(
            provider=str(one.get("provider") or "remote"),
            model=str(one.get("model") or ""),
            input_tokens=_count(one.get("inputTokens")),
            output_tokens=_count(one.get("outputTokens")),
            reasoning_tokens=_count(one.get("reasoningTokens")),
            cached_input_tokens=_count(one.get("cachedInputTokens")),
            cache_write_input_tokens=_count(one.get("cacheWriteInputTokens")),
        )
        for one in map(as_object, _items(given))
    ]


def _failure(agent: str, event: JsonObject) -> AgentFailed:
    metadata = as_object(event.get("metadata"))
    after_s = metadata.get("retryAfter")
    return AgentFailed(
        f"Agent {agent!r} failed: {event['message']}",
        code=str(event.get("code") or "remote_error"),
        recoverable=metadata.get("recoverable") is True,
        retry_after_s=float(after_s) if isinstance(after_s, int | float) else None,
    )


def _count(value: Json) -> int:
    return int(value) if isinstance(value, int | float) else 0


def _items(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
