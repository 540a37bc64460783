"""The join prelude: what a reader who comes late gets instead of every past event.

RUN_STARTED, the whole conversation with partial messages and activities, the state, then the open
scopes once more, so that the live tail continues them. Stock clients take it without duplicating.
"""

from collections.abc import AsyncGenerator, Iterable, Sequence
from dataclasses import dataclass

from sergas.core.ids import RunId, TenantId, ThreadId
from sergas.core.json import Json, JsonObject, as_object, decode
from sergas.core.ports import EventLog, RunStore
from sergas.core.runs import Run, RunFilter
from sergas.engine import events
from sergas.engine.conversation import extended
from sergas.engine.events import AgUiEvent
from sergas.engine.fold import Fold
from sergas.engine.requests import messages_of_leg

_PAGE = 1000
_MAX_RUNS = 200


@dataclass(frozen=True, slots=True)
class Joined:
    """A thread as a late reader sees it.

    Attributes:
        run: the newest run.
        after: seq of that run's newest event that the prelude tells; follow it from there.
        is_live: the run goes on.
        is_begun: its leg has begun. If not, the prelude tells its RUN_STARTED ahead of the log, and
            nobody can continue from `after` before it is there.
    """

    run: Run
    after: int
    is_live: bool
    is_begun: bool
    prelude: Sequence[AgUiEvent]


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A thread folded from all its runs, oldest first; `after` as in `Joined`."""

    run: Run
    after: int
    view: Fold
    messages: Sequence[JsonObject]


@dataclass(frozen=True, slots=True)
class Joiner:
    """What joining takes."""

    log: EventLog
    runs: RunStore

    async def join(self, tenant: TenantId, thread_id: ThreadId) -> Joined | None:
        """Return the thread's prelude; None if nothing ever ran in it."""
        thread = await self.view(tenant, thread_id)
        if thread is None:
            return None
        run, view = thread.run, thread.view
        is_begun = view.legs >= run.leg
        is_live = view.terminal is None or not is_begun
        at_ms = run.started_ms or run.created_ms
        prelude = [
            events.run_started(run.thread_id, run.id, at_ms),
            events.messages_snapshot(thread.messages),
            events.state_snapshot(view.state_object),
            *(_reopened(view) if is_live else [_ended(run, view)]),
        ]
        after = thread.after if is_begun else thread.after + 1
        return Joined(run, after, is_live, is_begun, prelude)

    async def messages_at(self, tenant: TenantId, run_id: RunId, seq: int) -> AgUiEvent:
        """Return the conversation as it stood after an event of a run, as a snapshot.

        Raises:
            RunNotFound: there is no such run.
        """
        run = await self.runs.find(tenant, run_id)
        thread = await self.view(tenant, run.thread_id, until=(run_id, seq))
        return events.messages_snapshot(thread.messages if thread is not None else [])

    async def view(
        self, tenant: TenantId, thread_id: ThreadId, until: tuple[RunId, int] | None = None
    ) -> ThreadView | None:
        """Fold the thread's runs, to the end or until an event; None if there are none."""
        selected = await self.runs.select(tenant, RunFilter(thread_id), limit=_MAX_RUNS)
        # A run that another one replaced was rolled back; a waiting one has said nothing yet.
        wanted = until[0] if until else None
        replaced = {str(run.input.get("replaces")) for run in selected} - {wanted}
        runs = [r for r in reversed(selected) if r.id not in replaced and not r.is_waiting]
        messages: list[JsonObject] = []
        latest: ThreadView | None = None
        for run in runs:
            is_last = run.id == wanted
            view, after = await self._fold(run.id, until[1] if until and is_last else None)
            asked = messages_of_leg(run.input, view.legs if is_last else run.leg)
            messages = extended(messages, asked, view.transcript.messages())
            latest = ThreadView(run, after, view, messages)
            if is_last:
                break
        return latest

    async def events(self, tenant: TenantId, thread_id: ThreadId) -> list[Json]:
        """Return every stored event of the thread's runs, oldest first."""
        runs = reversed(await self.runs.select(tenant, RunFilter(thread_id), limit=_MAX_RUNS))
        return [event for run in runs async for _, event in self._read(run.id)]

    async def fold(self, run_id: RunId) -> Fold:
        """Fold one run's stored events."""
        view, _ = await self._fold(run_id)
        return view

    async def _fold(self, run_id: RunId, until: int | None = None) -> tuple[Fold, int]:
        view, last = Fold(), 0
        async for seq, event in self._read(run_id, until):
            view.apply(event)
            last = seq
        return view, last

    async def _read(
        self, run_id: RunId, until: int | None = None
    ) -> AsyncGenerator[tuple[int, AgUiEvent]]:
        after, is_full = 0, True
        while is_full:
            page = await self.log.read(run_id, after, _PAGE, until)
            for event in page:
                yield event.seq, as_object(decode(event.data))
                after = event.seq
            is_full = len(page) == _PAGE


def _reopened(view: Fold) -> Iterable[AgUiEvent]:
    openers = sorted(view.open.items(), key=lambda item: item[0][0] != "subagent")
    for (scope, _), opener in openers:
        if scope == "reasoning":
            span: AgUiEvent = {"type": "REASONING_START", "messageId": opener["messageId"]}
            if "subagentRunId" in opener:
                span["subagentRunId"] = opener["subagentRunId"]
            yield span
        yield opener


def _ended(run: Run, view: Fold) -> AgUiEvent:
    """Return the end to show: an old failure is history in the transcript, not a fresh error."""
    terminal = view.terminal
    if terminal is not None and terminal["type"] == "RUN_FINISHED":
        return terminal
    finished_ms = run.finished_ms or run.created_ms
    event = events.run_finished(run.thread_id, run.id, finished_ms, {"type": "success"})
    return {**event, "metadata": {"status": run.status.value, "isHistory": True}}
