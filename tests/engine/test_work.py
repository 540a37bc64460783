"""What a run does with its agents: wait for a person, go on without one, stop one alone."""

import asyncio
from collections.abc import AsyncGenerator

from sergas.core.agents import AgentTask
from sergas.core.chunks import Chunk, Done, Interrupt, Text
from sergas.core.errors import AgentFailed
from sergas.core.runs import RunStatus
from sergas.core.stores import Stores
from tests.examples import a_run
from tests.working import TestAgent, answer_all, events_of, executor_of, leg, waiting_for


async def asks_then_fails(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    if not task.answers:
        yield Interrupt("sure", "Are you sure?")
        return
    raise AgentFailed("no luck")


async def asks_again(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Interrupt("again" if task.answers else "first", "And now?")


async def test_a_run_waits_only_for_what_its_agents_asked_in_this_leg(stores: Stores) -> None:
    agents = [TestAgent(asks_then_fails, "optional"), TestAgent(asks_again, "curious")]
    executor = executor_of(stores, agents, optional={"optional"})
    await stores.runs.add(a_run(), "script", None)

    first = await leg(stores, executor)
    await answer_all(stores, first)
    second = await leg(stores, executor)

    assert len(waiting_for(first)) == 2
    assert second.status is RunStatus.INTERRUPTED
    assert waiting_for(second) == ["run-1:curious:2:again"]


async def quick(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    yield Text("a")
    yield Done()


async def test_an_agent_that_is_stopped_before_it_begins_leaves_no_end_without_a_beginning(
    stores: Stores,
) -> None:
    executor = executor_of(
        stores, [TestAgent(quick, "unwanted"), TestAgent(quick)], optional={"unwanted"}
    )
    await stores.runs.add(a_run(), "script", None)
    await stores.control.ask_cancel_agent(a_run().id, "unwanted")

    run = await leg(stores, executor)

    assert run.outcome == {"skipped": ["unwanted"]}
    ids = [event["subagentRunId"] for event in await events_of(stores) if "subagentRunId" in event]
    assert {str(subagent_id).split(":")[1] for subagent_id in ids} == {"odd"}


async def fails_at_first(task: AgentTask) -> AsyncGenerator[Chunk, None]:
    if task.attempt == 1:
        raise AgentFailed("Come back later.", recoverable=True, retry_after_s=25)
    yield Done()


async def test_an_agent_is_stopped_at_once_while_it_waits_for_its_next_attempt(
    stores: Stores,
) -> None:
    executor = executor_of(stores, [TestAgent(fails_at_first)], optional={"odd"})
    await stores.runs.add(a_run(), "script", None)

    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        working = group.create_task(leg(stores, executor))
        while "SUBAGENT_ERROR" not in [event["type"] for event in await events_of(stores)]:
            pass
        executor.active.cancel_agent(a_run().id, "odd")

    assert working.result().outcome == {"skipped": ["odd"]}
