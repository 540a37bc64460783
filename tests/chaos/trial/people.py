"""What people do with runs in a trial: start, watch, join late, answer, cancel, retry."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field

from tests.chaos.trial.checks import is_question
from tests.chaos.trial.clients import Clients
from tests.chaos.trial.lives import Life, new_life
from tests.chaos.trial.plan import Aim, Answerer, Deed, Moment, RunPlan, Version
from tests.chaos.trial.readers import Joiner
from tests.chaos.trial.stock import StockClients, Visit
from tests.streams import AgUiEvent

_LOOK_S = 0.05
_SETTLES_WITHIN_S = 20.0


@dataclass(slots=True)
class People:
    """Lives the plans, and keeps what came of them."""

    clients: Clients
    stock: StockClients
    lives: list[Life] = field(default_factory=list[Life])

    async def live(self, plan: RunPlan) -> None:
        """Start the plan's run, and go on as long as there is something to retry or to answer."""
        life = new_life(str(plan.body["runId"]), plan, plan.turns[0], ())
        await self._live_through(life)
        for turn in plan.turns[1:]:
            if life.record["status"] == "completed":
                return
            life = new_life(await self._go_on(life), plan, turn, (*life.line, life))
            await self._live_through(life)

    async def _live_through(self, life: Life) -> None:
        self.lives.append(life)
        async with asyncio.TaskGroup() as group:
            if life.turn.host is not None:
                start = {
                    key: life.plan.body[key] for key in ("runId", "messages", "forwardedProps")
                }
                await self._visit(life, life.turn.host, start).heard.wait()
            group.create_task(self.clients.read(life.watcher))
            for part in self._parts(life):
                group.create_task(part)
        for visit in life.visits:
            # A trial that ends early cancels the wait, not what it waits for.
            await asyncio.shield(visit.done)
        life.record = await self._get(f"/api/runs/{life.run_id}")
        thread = f"/api/copilotkit/threads/{life.thread_id}"
        life.thread = await self._get(f"{thread}/messages") | await self._get(f"{thread}/state")

    def _parts(self, life: Life) -> Sequence[Coroutine[object, object, None]]:
        """Return what is done to the run, beside watching it."""
        turn = life.turn
        parts = [self._join_stock(life, version, after) for version, after in turn.guests]
        if turn.join_after is not None:
            parts.append(self._join(life, turn.join_after))
        if turn.cancel_after is not None:
            parts.append(self._cancel_after(life, turn.cancel_after))
        if turn.aim is not None:
            parts.append(self._aim(life, turn.aim))
        if turn.answerer is Answerer.SAME_RUN and not (turn.aim and turn.aim.cancels_question):
            parts.append(self._answer_all(life))
        return parts

    def _visit(self, life: Life, version: Version, start: AgUiEvent | None = None) -> Visit:
        visit = self.stock.visit(
            version, life.thread_id, start=start, outlives_questions=life.outlives_questions
        )
        life.visits.append(visit)
        return visit

    async def _join_stock(self, life: Life, version: Version, after: int) -> None:
        await life.watcher.until(lambda watcher: len(watcher.frames) >= after)
        self._visit(life, version)

    async def _join(self, life: Life, after: int) -> None:
        await life.watcher.until(lambda watcher: len(watcher.frames) >= after)
        life.joiner = Joiner(life.thread_id, life.outlives_questions)
        await self.clients.read(life.joiner)

    async def _cancel_after(self, life: Life, after: int) -> None:
        if await life.watcher.until(lambda watcher: len(watcher.frames) >= after):
            await self._cancel(life)

    async def _cancel(self, life: Life) -> None:
        path = f"/api/runs/{life.run_id}/cancel"
        answer = await self.clients.ask("POST", path, {"reason": "The trial says so."})
        life.seen_at_cancel = len(life.watcher.frames)
        life.cancelled = answer.raise_for_status().json()

    async def _aim(self, life: Life, aim: Aim) -> None:
        life.is_hit = False
        if not await life.watcher.until(lambda watcher: watcher.moments[aim.moment] >= aim.nth):
            return
        async with asyncio.TaskGroup() as group:
            if aim.deed is not Deed.KILL:
                group.create_task(self._cancel(life))
            if aim.deed is not Deed.CANCEL:
                life.is_hit = await self.clients.cluster.kill_owner(life.run_id)
        life.is_hit = life.is_hit or aim.deed is Deed.CANCEL

    async def _answer_all(self, life: Life) -> None:
        while await life.watcher.until(lambda w: w.moments[Moment.ASKED] > life.answers):
            await self._answer(life, life.run_id)

    async def _answer(self, life: Life, run_id: str) -> None:
        """Answer the run's last question, twice at once, as somebody who clicks twice does."""
        question = next(event for event in reversed(life.watcher.events) if is_question(event))
        resume = [
            {"interruptId": interrupt["id"], "status": "resolved", "payload": "Yes."}
            for interrupt in question["outcome"]["interrupts"]
        ]
        body = {**life.plan.body, "runId": run_id, "resume": resume}
        life.answers += 1
        for taken in await asyncio.gather(
            *(self.clients.ask("POST", "/api/runs", body) for _ in range(2))
        ):
            assert taken.status_code == 202, taken.text
            assert taken.json()["id"] == run_id, taken.text

    async def _go_on(self, life: Life) -> str:
        """Answer or retry a run that has ended, and return the id of the one that goes on."""
        if life.record["status"] == "interrupted":
            run_id = f"{life.run_id}-answered"
            await self._answer(life, run_id)
            return run_id
        answer = await self.clients.ask("POST", f"/api/runs/{life.run_id}/retry")
        if answer.status_code == 202:
            return str(answer.json()["id"])
        # The answer to an earlier try was lost, and the retry is under way.
        assert answer.status_code == 409, answer.text
        found = await self._get(f"/api/runs?thread={life.thread_id}")
        retries = [run["id"] for run in found["runs"] if run.get("retryOf") == life.run_id]
        assert retries, f"{life.run_id} cannot be retried: {answer.text}"
        return str(retries[0])

    async def _get(self, path: str) -> AgUiEvent:
        return (await self.clients.ask("GET", path)).raise_for_status().json()


async def nothing_unfinished(
    unfinished: Callable[[], Awaitable[list[str]]], within_s: float = _SETTLES_WITHIN_S
) -> list[str]:
    """Wait until no run is unfinished; return those that still are at the deadline."""
    deadline = time.monotonic() + within_s
    # The server decides when that is; nobody here could set an event.
    while (left := await unfinished()) and time.monotonic() < deadline:  # noqa: ASYNC110
        await asyncio.sleep(_LOOK_S)
    return left
