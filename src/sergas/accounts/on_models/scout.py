"""The CRM scout on a model."""

from dataclasses import dataclass

import msgspec

from sergas import AgentSpec, AgentTask, Delivery, Json, Tool, ToolContext, ToolOutput
from sergas.accounts.agents.overview import ranked_accounts
from sergas.accounts.agents.request import chosen
from sergas.accounts.agents.tools import CrmDesk, match_rows, shown
from sergas.accounts.analysis import AnalysisConfig, Snapshot, analyze
from sergas.accounts.brief import first_brief
from sergas.accounts.check import keep_grounded
from sergas.accounts.crm.port import CrmPort
from sergas.accounts.days import day_of
from sergas.accounts.memory.records import Ledger
from sergas.accounts.on_models.desk import (
    ACCOUNT_ID,
    NOTHING,
    REFERENCE,
    patch,
    plain,
    reading_tool,
)
from sergas.accounts.on_models.fence import asked
from sergas.accounts.on_models.prompts import instructions

_FIRST = {"error": "Call crm_get_account first."}


def scout_spec(crm: CrmPort, config: AnalysisConfig) -> AgentSpec:
    """Describe the scout; its result is that of `ZohoDataScout`."""
    return AgentSpec(
        name="zoho_data_scout",
        title="CRM scout",
        description="Reads the account in the CRM and gathers its people, deals and changes.",
        instructions=instructions("scout"),
        prompt=lambda task: asked(task.input),
        tools=lambda task: _ScoutTools(crm, config, task).all(),
        result=_found,
    )


@dataclass(frozen=True, slots=True)
class _ScoutTools:
    """What the scout may read; `crm_get_account` reads all of an account at once and publishes it.

    The others show parts of that, so that the brief is whole whatever the model looks at.
    """

    crm: CrmPort
    config: AnalysisConfig
    task: AgentTask

    def all(self) -> list[Tool]:
        """Return the tools."""
        parts = (
            ("crm_list_contacts", "The people of the account.", "contacts"),
            ("crm_list_deals", "Its deals.", "deals"),
            ("crm_list_activities", "Calls, meetings and e-mails.", "activities"),
            ("crm_list_tasks", "Our tasks for it.", "tasks"),
            ("crm_list_notes", "Notes about it.", "notes"),
            ("crm_list_changes", "What changed in its records.", "changes"),
        )
        return [
            reading_tool("crm_find_account", "Find accounts.", REFERENCE, self.find),
            reading_tool("crm_get_account", "Open one account.", ACCOUNT_ID, self.open),
            *(self._part(name, words, part) for name, words, part in parts),
            reading_tool(
                "crm_compare_accounts",
                "Rank the accounts that changed last by how much attention they need.",
                NOTHING,
                self.compare,
            ),
        ]

    async def find(self, ref: str, context: ToolContext) -> "Json | ToolOutput":
        """Find accounts; the page shows them if none is certain."""
        matches = await self.crm.resolve_account(ref)
        rows = match_rows(matches)
        sure = chosen(matches).account
        content: Json = {"matches": rows, "certain": sure.id if sure else None}
        if sure is not None:
            return content
        context.notes.update(kind="unknown", ref=ref, matches=rows)
        return ToolOutput(content, (patch(self.task.state, "matches", rows, "brief", "attention"),))

    async def open(self, account_id: str, context: ToolContext) -> ToolOutput:
        """Read the whole account, publish the first part of the brief."""
        snapshot = await CrmDesk(self.crm, self.config).read(account_id)
        context.notes.update(kind="account", snapshot=plain(snapshot))
        analysis = analyze(snapshot, Ledger(), day_of(self.task.now_ms), self.config)
        brief = keep_grounded(first_brief(snapshot, analysis, self.task.now_ms))
        published = patch(self.task.state, "brief", brief, "matches", "attention")
        return ToolOutput({"account": plain(snapshot.account)}, (published,))

    async def compare(self, _: str, context: ToolContext) -> ToolOutput:
        """Rank the accounts."""
        today = day_of(self.task.now_ms)
        rows = await ranked_accounts(self.crm, self.config, today)
        context.notes.update(kind="overview", accounts=rows)
        published = patch(self.task.state, "attention", rows, "brief", "matches")
        return ToolOutput({"accounts": rows}, (published,))

    def _part(self, name: str, words: str, part: str) -> Tool:
        async def read(_: str, context: ToolContext) -> Json:
            if "snapshot" not in context.notes:
                return _FIRST
            snapshot = msgspec.convert(context.notes["snapshot"], Snapshot)
            return shown(getattr(snapshot, part))

        return reading_tool(name, words, ACCOUNT_ID, read)


def _found(_: AgentTask, delivery: Delivery) -> Json:
    notes = delivery.notes
    match notes.get("kind"):
        case "account":
            return {"kind": "account", "snapshot": notes["snapshot"]}
        case "unknown":
            return {"kind": "unknown", "ref": notes["ref"], "matches": notes["matches"]}
        case "overview":
            return {"kind": "overview", "accounts": notes["accounts"]}
        case _:
            return {"kind": "none"}
