"""Runs, threads and messages as JSON for clients."""

from collections.abc import Sequence

from sergas.core.agents import RunInput, Workflow
from sergas.core.clock import iso
from sergas.core.errors import SergasError
from sergas.core.ids import RunId
from sergas.core.json import Json, JsonObject, as_object
from sergas.core.runs import Run, Thread
from sergas.core.usage import UsageTotal
from sergas.engine.requests import input_from
from sergas.engine.thread_feed import ThreadPage
from sergas.engine.workflows import planned
from sergas.web.door import Door

_QUESTION_CHARS = 120


async def run_records(door: Door, runs: Sequence[Run]) -> list[dict[str, Json]]:
    """Describe runs; see docs/http.md."""
    used: dict[RunId, UsageTotal] = {}
    for one in await door.usage.sums([run.id for run in runs]):
        used[one.run_id] = used.get(one.run_id, UsageTotal()).plus(one.total)
    return [_run_record(door, run, used.get(run.id, UsageTotal())) for run in runs]


async def run_record(door: Door, run: Run) -> dict[str, Json]:
    """Describe a run; see docs/http.md."""
    (record,) = await run_records(door, [run])
    return record


def _run_record(door: Door, run: Run, used: UsageTotal) -> dict[str, Json]:
    workflow = door.workflows.get(run.workflow)
    run_input = input_from(run.input)
    record: dict[str, Json] = {
        "id": run.id,
        "threadId": run.thread_id,
        "workflow": run.workflow,
        "title": workflow.title if workflow is not None else run.workflow,
        "status": run.status.value,
        "agents": _agents(workflow, run_input),
        "question": run_input.last_user_text[:_QUESTION_CHARS],
        "leg": run.leg,
        "createdAt": iso(run.created_ms),
        "outcome": run.outcome,
        "usage": used.described,
    }
    if run.started_ms is not None:
        record["startedAt"] = iso(run.started_ms)
    if run.finished_ms is not None:
        record["finishedAt"] = iso(run.finished_ms)
    if run.retry_of is not None:
        record["retryOf"] = run.retry_of
    return record


def _agents(workflow: Workflow | None, run_input: RunInput) -> list[Json]:
    if workflow is None:
        return []
    try:
        return [agent.name for agent in planned(workflow, run_input)]
    except SergasError:
        # The request could not be planned, which is how its run ended.
        return list(run_input.agents)


def thread_record(thread: Thread) -> dict[str, Json]:
    """Describe a thread as CopilotKit's client wants it."""
    record: dict[str, Json] = {
        "id": thread.id,
        "name": thread.name,
        "agentId": thread.agent_id,
        "organizationId": thread.tenant,
        "createdById": "",
        "archived": thread.is_archived,
        "createdAt": iso(thread.created_ms),
        "updatedAt": iso(thread.updated_ms),
        "runCount": thread.run_count,
    }
    if thread.run_status is not None:
        record["status"] = thread.run_status.value
    if thread.last_run_ms is not None:
        record["lastRunAt"] = iso(thread.last_run_ms)
    return record


def page_record(page: ThreadPage) -> dict[str, Json]:
    """Describe a page of the list of threads, as CopilotKit's client wants it."""
    threads = [thread_record(thread) for thread in page.threads]
    place = page.next
    cursor = f"{place.updated_ms}:{place.thread_id}" if place is not None else None
    return {"threads": threads, "nextCursor": cursor}


def inspected(message: JsonObject) -> JsonObject:
    """Write a message with flat tool calls, `{id, name, args}`; all else stays as it was said."""
    calls = message.get("toolCalls")
    if not isinstance(calls, list):
        return message
    return {**message, "toolCalls": [_flat_call(as_object(call)) for call in calls]}


def _flat_call(call: JsonObject) -> JsonObject:
    function = as_object(call.get("function"))
    return {"id": call["id"], "name": function.get("name"), "args": function.get("arguments")}
