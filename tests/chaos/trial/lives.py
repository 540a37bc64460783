"""What people do with runs in a trial: start, watch, join late, cancel, retry."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from tests.chaos.trial.checks import texts_of
from tests.chaos.trial.clients import Clients, Joiner, Watcher
from tests.chaos.trial.plan import RunPlan, Turn
from tests.streams import AgUiEvent

_LOOK_S = 0.05
_SETTLES_WITHIN_S = 20.0


@dataclass(slots=True)
class Life:
    """One run, and what its clients got.

    Attributes:
        line: the runs that this one is a retry of, oldest first.
        cancelled: what the server answered to the cancel.
        record: the run's record, read at the end.
    """

    run_id: str
    plan: RunPlan
    line: tuple["Life", ...]
    watcher: Watcher
    joiner: Joiner | None = None
    cancelled: AgUiEvent | None = None
    record: AgUiEvent = field(default_factory=dict[str, Any])


@dataclass(slots=True)
class People:
    """Lives the plans, and keeps what came of them."""

    clients: Clients
    lives: list[Life] = field(default_factory=list[Life])

    async def live(self, plan: RunPlan) -> None:
        """Start the plan's run, and its retries as long as there is something to retry."""
        run_id, line = str(plan.body["runId"]), tuple[Life, ...]()
        for number, turn in enumerate(plan.turns):
            body = None if line else plan.body
            life = Life(run_id, plan, line, Watcher(run_id, body))
            self.lives.append(life)
            await self._live_through(life, turn)
            can_retry = life.record["status"] in ("cancelled", "failed")
            if not can_retry or number + 1 == len(plan.turns):
                return
            line, run_id = (*line, life), await self._retry(life)

    async def _live_through(self, life: Life, turn: Turn) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self.clients.read(life.watcher))
            if turn.cancel_after is not None:
                group.create_task(self._cancel(life, turn.cancel_after))
            if turn.join_after is not None:
                group.create_task(self._join(life, turn.join_after))
        life.record = await self._record(life.run_id)

    async def _cancel(self, life: Life, after: int) -> None:
        await _heard(life.watcher, after)
        path = f"/api/runs/{life.run_id}/cancel"
        answer = await self.clients.ask("POST", path, {"reason": "The trial says so."})
        life.cancelled = answer.raise_for_status().json()

    async def _join(self, life: Life, after: int) -> None:
        await _heard(life.watcher, after)
        life.joiner = Joiner(str(life.plan.body["threadId"]))
        await self.clients.read(life.joiner)

    async def _retry(self, life: Life) -> str:
        answer = await self.clients.ask("POST", f"/api/runs/{life.run_id}/retry")
        if answer.status_code == 202:
            return str(answer.json()["id"])
        # The answer to an earlier try was lost, and the retry is under way.
        assert answer.status_code == 409, answer.text
        thread = life.plan.body["threadId"]
        found = await self.clients.ask("GET", f"/api/runs?thread={thread}")
        retries = [r["id"] for r in found.json()["runs"] if r.get("retryOf") == life.run_id]
        assert retries, f"{life.run_id} cannot be retried: {answer.text}"
        return str(retries[0])

    async def _record(self, run_id: str) -> AgUiEvent:
        answer = await self.clients.ask("GET", f"/api/runs/{run_id}")
        return answer.raise_for_status().json()


def thread_texts(life: Life) -> dict[str, str]:
    """Return what every message of a life's thread says, up to its run."""
    texts: dict[str, str] = {}
    for one in (*life.line, life):
        texts |= texts_of(frame.event for frame in one.watcher.frames)
    return texts


async def _heard(watcher: Watcher, count: int) -> None:
    """Wait until the watcher has so many events, or all; the trial has a deadline."""
    # An event for each number that somebody waits for would say less than this.
    while len(watcher.frames) < count and not watcher.is_over:  # noqa: ASYNC110
        await asyncio.sleep(_LOOK_S)


async def nothing_unfinished(
    unfinished: Callable[[], Awaitable[list[str]]], within_s: float = _SETTLES_WITHIN_S
) -> list[str]:
    """Wait until no run is unfinished; return those that still are at the deadline."""
    deadline = time.monotonic() + within_s
    # The server decides when that is; nobody here could set an event.
    while (left := await unfinished()) and time.monotonic() < deadline:  # noqa: ASYNC110
        await asyncio.sleep(_LOOK_S)
    return left
