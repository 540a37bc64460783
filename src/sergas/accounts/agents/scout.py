"""The CRM scout: finds the account, reads every record of it, and publishes what it found.

State: the first part of `/brief`; `/matches` when the account is unknown; `/attention` when no
account was named.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field

import msgspec

from sergas import AgentTask, Chunk, Done, Json, JsonObject, Progress, StatePatch, ToolCall
from sergas.accounts.agents.overview import OVERVIEW_ACCOUNTS, ranked_accounts
from sergas.accounts.agents.request import is_about_an_account, reference_of
from sergas.accounts.agents.steps import PACE_S, say, take
from sergas.accounts.agents.tools import CrmDesk, match_rows
from sergas.accounts.agents.words import NO_ACCOUNT_NAMED, scout_words, unknown_words
from sergas.accounts.analysis import AnalysisConfig, Snapshot, analyze
from sergas.accounts.brief import first_brief
from sergas.accounts.check import keep_grounded
from sergas.accounts.crm.port import CrmPort
from sergas.accounts.crm.records import Account
from sergas.accounts.days import day_of
from sergas.accounts.memory.records import Ledger


@dataclass(frozen=True, slots=True)
class ZohoDataScout:
    """Reads one account; its result holds the snapshot, the matches, or an overview."""

    crm: CrmPort
    config: AnalysisConfig = field(default_factory=AnalysisConfig)
    pace_s: float = PACE_S
    name: str = "zoho_data_scout"
    title: str = "CRM scout"
    description: str = "Reads the account in the CRM and gathers its people, deals and changes."
    runtime: str = "rules"

    async def run(self, task: AgentTask, /) -> AsyncGenerator[Chunk, None]:
        """Find the account that the person named, and read it."""
        reference = reference_of(task.input)
        desk = CrmDesk(self.crm, self.config)
        if reference.text:
            call = ToolCall("find", "crm_find_account", desk.find_account, {"ref": reference.text})
            step = take(call, percent=5, words="Finding the account", pace_s=self.pace_s)
            async with aclosing(step) as chunks:
                async for chunk in chunks:
                    yield chunk
        if desk.found.account:
            work = self._read(desk, desk.found.account, task)
        elif is_about_an_account(reference, desk.found):
            work = self._ask(desk, reference.text, task)
        else:
            work = self._overview(task)
        async with aclosing(work) as chunks:
            async for chunk in chunks:
                yield chunk

    async def _read(
        self, desk: CrmDesk, account: Account, task: AgentTask
    ) -> AsyncGenerator[Chunk, None]:
        for percent, words, call in _reading(desk, account.id):
            step = take(call, percent=percent, words=words, pace_s=self.pace_s)
            async with aclosing(step) as chunks:
                async for chunk in chunks:
                    yield chunk
        snapshot = desk.snapshot or Snapshot(account)
        analysis = analyze(snapshot, Ledger(), day_of(task.now_ms), self.config)
        brief = keep_grounded(first_brief(snapshot, analysis, task.now_ms))
        yield StatePatch((*_forget(task, "matches", "attention"), _add("/brief", brief)))
        async with aclosing(say(scout_words(snapshot, brief), pace_s=self.pace_s)) as chunks:
            async for chunk in chunks:
                yield chunk
        yield Progress(100, "All records read")
        found: JsonObject = {"kind": "account", "snapshot": msgspec.to_builtins(snapshot)}
        yield Done(found)

    async def _ask(self, desk: CrmDesk, ref: str, task: AgentTask) -> AsyncGenerator[Chunk, None]:
        matches = match_rows(desk.found.matches)
        yield StatePatch((*_forget(task, "brief", "attention"), _add("/matches", matches)))
        words = unknown_words(ref, desk.found.matches)
        async with aclosing(say(words, pace_s=self.pace_s)) as chunks:
            async for chunk in chunks:
                yield chunk
        yield Done({"kind": "unknown", "ref": ref, "matches": matches})

    async def _overview(self, task: AgentTask) -> AsyncGenerator[Chunk, None]:
        async def compare(limit: int) -> Json:
            return await ranked_accounts(self.crm, self.config, day_of(task.now_ms), limit)

        call = ToolCall("compare", "crm_compare_accounts", compare, {"limit": OVERVIEW_ACCOUNTS})
        step = take(call, percent=20, words="Comparing accounts", pace_s=self.pace_s)
        async with aclosing(step) as chunks:
            async for chunk in chunks:
                yield chunk
        rows = call.answer
        yield StatePatch((*_forget(task, "brief", "matches"), _add("/attention", rows)))
        async with aclosing(say([NO_ACCOUNT_NAMED], pace_s=self.pace_s)) as chunks:
            async for chunk in chunks:
                yield chunk
        yield Done({"kind": "overview", "accounts": rows})


def _reading(desk: CrmDesk, account_id: str) -> Iterator[tuple[int, str, ToolCall]]:
    steps: tuple[tuple[int, str, str, Callable[[str], Awaitable[Json]]], ...] = (
        (15, "Reading the account", "crm_get_account", desk.get_account),
        (30, "Reading contacts", "crm_list_contacts", desk.list_contacts),
        (45, "Reading deals", "crm_list_deals", desk.list_deals),
        (60, "Reading calls, meetings and e-mails", "crm_list_activities", desk.list_activities),
        (75, "Reading notes", "crm_list_notes", desk.list_notes),
        (85, "Reading what changed", "crm_list_changes", desk.list_changes),
    )
    for percent, words, name, function in steps:
        yield percent, words, ToolCall(name, name, function, {"account_id": account_id})


def _add(path: str, value: Json) -> JsonObject:
    return {"op": "add", "path": path, "value": value}


def _forget(task: AgentTask, *keys: str) -> list[JsonObject]:
    """Remove what an earlier run of the thread left, so that nobody takes it for this answer."""
    return [{"op": "remove", "path": f"/{key}"} for key in keys if key in task.state]
