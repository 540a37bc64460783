"""The memory analyst on a model."""

from dataclasses import dataclass

import msgspec

from sergas import AgentSpec, AgentTask, Delivery, Json, Tool, ToolContext, ToolOutput
from sergas.accounts.agents.memory import recalled
from sergas.accounts.agents.request import chosen
from sergas.accounts.agents.tools import MemoryDesk, match_rows, shown
from sergas.accounts.crm.port import CrmPort
from sergas.accounts.crm.records import Task
from sergas.accounts.memory.port import MemoryPort
from sergas.accounts.memory.records import Ledger
from sergas.accounts.on_models.desk import ACCOUNT_ID, REFERENCE, patch, plain, reading_tool
from sergas.accounts.on_models.fence import asked
from sergas.accounts.on_models.prompts import instructions

_FIRST = {"error": "Call mem_get_ledger first."}


def memory_spec(crm: CrmPort, memory: MemoryPort) -> AgentSpec:
    """Describe the analyst; its result is that of `MemoryAnalyst`."""
    return AgentSpec(
        name="memory_analyst",
        title="Memory analyst",
        description="Recalls promises, preferences and what became of earlier advice.",
        instructions=instructions("memory"),
        prompt=lambda task: asked(task.input),
        tools=lambda task: _MemoryTools(crm, memory, task).all(),
        result=_recalled,
    )


@dataclass(frozen=True, slots=True)
class _MemoryTools:
    """What the analyst may read; `mem_get_ledger` reads all there is, and publishes it."""

    crm: CrmPort
    memory: MemoryPort
    task: AgentTask

    def all(self) -> list[Tool]:
        """Return the tools."""
        return [
            reading_tool("crm_find_account", "Find accounts.", REFERENCE, self.find),
            reading_tool(
                "mem_get_ledger", "Promises, preferences, last review.", ACCOUNT_ID, self.recall
            ),
            reading_tool(
                "mem_list_advice", "Earlier advice and decisions.", ACCOUNT_ID, self.advice
            ),
            reading_tool("crm_list_tasks", "Our tasks, open and closed.", ACCOUNT_ID, self.tasks),
        ]

    async def find(self, ref: str, _: ToolContext) -> Json:
        """Find accounts."""
        matches = await self.crm.resolve_account(ref)
        sure = chosen(matches).account
        return {"matches": match_rows(matches), "certain": sure.id if sure else None}

    async def recall(self, account_id: str, context: ToolContext) -> ToolOutput:
        """Read everything that is remembered."""
        desk = MemoryDesk(self.crm, self.memory)
        answer = await desk.get_ledger(account_id)
        await desk.list_advice(account_id)
        await desk.list_tasks(account_id)
        context.notes.update(
            account_id=account_id, ledger=plain(desk.ledger), tasks=plain(desk.tasks)
        )
        published = patch(self.task.state, "memory", recalled(desk, self.task.now_ms))
        return ToolOutput(answer, (published,))

    async def advice(self, _: str, context: ToolContext) -> Json:
        """Show earlier advice."""
        if "ledger" not in context.notes:
            return _FIRST
        return shown(msgspec.convert(context.notes["ledger"], Ledger).advice)

    async def tasks(self, _: str, context: ToolContext) -> Json:
        """Show our tasks."""
        if "tasks" not in context.notes:
            return _FIRST
        return shown(msgspec.convert(context.notes["tasks"], tuple[Task, ...]))


def _recalled(_: AgentTask, delivery: Delivery) -> Json:
    notes = delivery.notes
    if "ledger" not in notes:
        return {"kind": "none"}
    return {"kind": "account", "account_id": notes["account_id"], "ledger": notes["ledger"]}
