"""The memory analyst: what was promised, what was advised before and what became of it.

State: `/memory` with `commitments`, `advice` and `sources` as in the brief. It works beside the
scout and so never touches `/brief`; the author takes its result over into the brief.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass

import msgspec

from sergas import AgentTask, Chunk, Done, Json, JsonObject, Progress, StatePatch, ToolCall
from sergas.accounts.agents.request import reference_of
from sergas.accounts.agents.steps import PACE_S, say, take
from sergas.accounts.agents.tools import MemoryDesk
from sergas.accounts.agents.words import memory_words
from sergas.accounts.analysis.lines import advice_line
from sergas.accounts.analysis.promises import promises_today
from sergas.accounts.analysis.result import Promise
from sergas.accounts.brief import advice_rows, cited_sources, commitment_rows
from sergas.accounts.crm.port import CrmPort
from sergas.accounts.crm.records import Account
from sergas.accounts.days import day_of
from sergas.accounts.memory.port import MemoryPort
from sergas.accounts.sources import memory_sources


@dataclass(frozen=True, slots=True)
class MemoryAnalyst:
    """Reads the ledger of one account; its result holds the ledger."""

    crm: CrmPort
    memory: MemoryPort
    pace_s: float = PACE_S
    name: str = "memory_analyst"
    title: str = "Memory analyst"
    description: str = "Recalls promises, preferences and what became of earlier advice."
    runtime: str = "rules"

    async def run(self, task: AgentTask, /) -> AsyncGenerator[Chunk, None]:
        """Recall what belongs to the account that the person named."""
        reference = reference_of(task.input)
        desk = MemoryDesk(self.crm, self.memory)
        if reference.text:
            call = ToolCall("find", "crm_find_account", desk.find_account, {"ref": reference.text})
            step = take(call, percent=10, words="Finding the account", pace_s=self.pace_s)
            async with aclosing(step) as chunks:
                async for chunk in chunks:
                    yield chunk
        if desk.found.account is None:
            if "memory" in task.state:
                yield StatePatch(({"op": "remove", "path": "/memory"},))
            yield Progress(100, "Nothing to recall without an account")
            yield Done({"kind": "none"})
            return
        async with aclosing(self._recall(desk, desk.found.account, task)) as chunks:
            async for chunk in chunks:
                yield chunk

    async def _recall(
        self, desk: MemoryDesk, account: Account, task: AgentTask
    ) -> AsyncGenerator[Chunk, None]:
        for percent, words, call in _reading(desk, account.id):
            step = take(call, percent=percent, words=words, pace_s=self.pace_s)
            async with aclosing(step) as chunks:
                async for chunk in chunks:
                    yield chunk
        published = recalled(desk, task.now_ms)
        yield StatePatch(({"op": "add", "path": "/memory", "value": published},))
        words = memory_words(account, desk.ledger, _promises(desk, task.now_ms))
        async with aclosing(say(words, pace_s=self.pace_s)) as chunks:
            async for chunk in chunks:
                yield chunk
        yield Progress(100, "All memories read")
        found: JsonObject = {
            "kind": "account",
            "account_id": account.id,
            "ledger": msgspec.to_builtins(desk.ledger),
        }
        yield Done(found)


def recalled(desk: MemoryDesk, now_ms: int) -> dict[str, Json]:
    """Return what the desk has read as `/memory` of the shared state."""
    advice = [advice_line(item) for item in desk.ledger.advice]
    sources = memory_sources(desk.ledger)
    rows: dict[str, Json] = {
        "commitments": commitment_rows(_promises(desk, now_ms), sources),
        "advice": advice_rows(advice, sources),
    }
    return rows | {"sources": cited_sources(rows, sources)}


def _promises(desk: MemoryDesk, now_ms: int) -> tuple[Promise, ...]:
    return promises_today(desk.ledger.commitments, day_of(now_ms), tasks=desk.tasks)


def _reading(desk: MemoryDesk, account_id: str) -> Iterator[tuple[int, str, ToolCall]]:
    steps: tuple[tuple[int, str, str, Callable[[str], Awaitable[Json]]], ...] = (
        (30, "Reading promises and preferences", "mem_get_ledger", desk.get_ledger),
        (55, "Reading earlier advice", "mem_list_advice", desk.list_advice),
        (80, "Comparing promises with closed tasks", "crm_list_tasks", desk.list_tasks),
    )
    for percent, words, name, function in steps:
        yield percent, words, ToolCall(name, name, function, {"account_id": account_id})
