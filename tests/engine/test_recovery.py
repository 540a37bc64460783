"""A run whose executor is lost after any of its events: it goes on, and reads as one story."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace

import pytest

from sergas.core.agents import AgentTask
from sergas.core.chunks import Chunk, Done, Interrupt, Nested, SubagentStart, Text
from sergas.core.errors import Fenced
from sergas.core.ids import ExecutorId, RunId
from sergas.core.runs import Event, Run, RunStatus
from sergas.core.stores import Stores
from sergas.engine.board import activity_id
from sergas.engine.events import AgUiEvent
from sergas.engine.executor import Executor
from sergas.engine.fold import Fold, fold
from tests.chaos.trial import checks
from tests.examples import a_run
from tests.working import TestAgent, answer_all, events_of, executor_of, leg


async def speaks(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Text("a")
    yield SubagentStart("h", "helper")
    yield Nested("h", SubagentStart("h", "deeper"))
    yield Nested("h", Nested("h", Text("b")))
    yield Done()


async def asks(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    if not task.answers:
        yield Interrupt("sure", "Are you sure?")
        return
    yield Text("b")
    yield Done()


@pytest.mark.parametrize("count", range(1, 36))
async def test_a_run_goes_on_after_whatever_event_its_executor_was_lost(
    stores: Stores, count: int
) -> None:
    await stores.runs.add(a_run(), "script", None)
    log = LosingLog(stores, count)
    executor = executor_of(stores, [TestAgent(speaks, "speaks"), TestAgent(asks, "asks")])

    run = await to_the_end(stores, replace(executor, log=log))

    events = await events_of(stores)
    assert log.has_lost
    assert run.status is RunStatus.COMPLETED, run.outcome
    assert not [*checks.legs(events), *checks.closed_scopes(events), *checks.finished_once(events)]
    assert boards_at_work(events) == {"running"}
    told = fold(events)
    assert told.transcript.activity(activity_id(run.id))["status"] == "completed"
    assert told.state_object["workflow"] == {
        "workflow_progress": 100,
        "completed_agents": ["speaks", "asks"],
        "current_agent": "",
    }


async def to_the_end(stores: Stores, executor: Executor) -> Run:
    """Work off every leg of the run, as often as it is lost, and answer what it asks."""
    run = await leg(stores, executor)
    while run.status in (RunStatus.RUNNING, RunStatus.QUEUED, RunStatus.INTERRUPTED):
        if run.status is RunStatus.INTERRUPTED:
            await answer_all(stores, run)
        run = await leg(stores, executor)
    return run


def boards_at_work(events: list[AgUiEvent]) -> set[object]:
    """Return what the board said of the run whenever an agent started."""
    told, said = Fold(), set[object]()
    for event in events:
        told.apply(event)
        if event["type"] == "SUBAGENT_STARTED":
            said.add(told.transcript.activity(activity_id(a_run().id))["status"])
    return said


class LosingLog:
    """The event log of a process that loses its run once, after so many events."""

    def __init__(self, stores: Stores, count: int) -> None:
        self._stores, self._left = stores, count
        self.has_lost = False

    async def append(self, run_id: RunId, epoch: int, events: Sequence[Event]) -> None:
        if self.has_lost or len(events) < self._left:
            self._left -= len(events)
            await self._stores.events.append(run_id, epoch, events)
            return
        self.has_lost = True
        await self._stores.events.append(run_id, epoch, events[: self._left])
        await self._stores.replicas.take_over(ExecutorId("other"), ())
        raise Fenced(run_id, epoch)

    async def read(self, run_id: RunId, after: int, limit: int) -> Sequence[Event]:
        return await self._stores.events.read(run_id, after, limit)

    async def last_seq(self, run_id: RunId) -> int:
        return await self._stores.events.last_seq(run_id)
