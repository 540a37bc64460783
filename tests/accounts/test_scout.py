"""The CRM scout, driven as the engine drives it."""

import json

import pytest

from sergas import AgentFailed, Progress, StatePatch, ToolResult, ToolStart
from sergas.accounts import sample_crm
from sergas.accounts.agents import ZohoDataScout
from sergas.accounts.crm.port import CrmUnavailable
from sergas.accounts.crm.records import Account, R
from sergas.accounts.crm.sample import SampleCrm
from tests.accounts.studio import (
    CONFIG,
    TODAY,
    added,
    chunks_of,
    expected,
    ms_of,
    result_of,
    said,
    task,
)


def scout() -> ZohoDataScout:
    return ZohoDataScout(sample_crm(lambda: ms_of(TODAY)), CONFIG, pace_s=0)


async def test_the_scout_reads_the_account_with_one_tool_after_the_other():
    chunks = await chunks_of(scout(), task("Analyze account ACC-001"))

    assert [chunk.name for chunk in chunks if isinstance(chunk, ToolStart)] == [
        "crm_find_account",
        "crm_get_account",
        "crm_list_contacts",
        "crm_list_deals",
        "crm_list_activities",
        "crm_list_notes",
        "crm_list_changes",
    ]
    assert result_of(chunks)["kind"] == "account"


async def test_tool_results_are_json_of_a_size_that_a_page_can_show():
    chunks = await chunks_of(scout(), task("Analyze account ACC-001"))

    results = [chunk for chunk in chunks if isinstance(chunk, ToolResult)]
    assert all(json.loads(result.content) for result in results)
    assert all(len(result.content.encode()) <= 20_000 for result in results)
    assert not any(result.is_error for result in results)


async def test_progress_never_goes_back_and_ends_at_one_hundred():
    chunks = await chunks_of(scout(), task("Analyze account ACC-001"))

    percents = [chunk.percent or 0 for chunk in chunks if isinstance(chunk, Progress)]
    assert percents == sorted(percents)
    assert percents[-1] == 100


async def test_the_first_part_of_the_brief_is_published_with_its_sources():
    chunks = await chunks_of(scout(), task("Analyze account ACC-001"))

    brief = added(chunks)["/brief"]
    assert isinstance(brief, dict)
    assert brief.keys() == {
        "method",
        "methodNote",
        "generatedAt",
        "account",
        "changes",
        "people",
        "deals",
        "sources",
    }


@pytest.mark.parametrize("number", [item.number for item in expected()])
async def test_every_mark_in_the_scouts_text_is_a_source_of_its_brief(number: str):
    chunks = await chunks_of(scout(), task(f"Analyze account {number}"))

    brief = added(chunks)["/brief"]
    assert isinstance(brief, dict)
    marked = {part.split("]")[0] for part in said(chunks).split("[")[1:]}
    assert "1" in marked
    assert all(f"'id': 'S{mark}'" in str(brief["sources"]) for mark in marked)


async def test_an_unknown_account_gives_matches_and_no_facts():
    chunks = await chunks_of(scout(), task("Analyze Halverson Fright Ltd"))

    state = added(chunks)
    assert state.keys() == {"/matches"}
    assert "ACC-001" in str(state["/matches"])
    assert "did not guess" in said(chunks)
    assert result_of(chunks)["kind"] == "unknown"


async def test_an_account_that_is_like_none_is_said_to_be_unknown():
    chunks = await chunks_of(scout(), task("Analyze account QX-77413"))

    assert added(chunks) == {"/matches": []}
    assert 'no account like "QX-77413"' in said(chunks)


async def test_two_accounts_of_one_name_are_both_offered():
    chunks = await chunks_of(scout(), task("review Kestrel Point Clinics"))

    matches = added(chunks)["/matches"]
    assert isinstance(matches, list)
    assert [(row["number"], row["score"]) for row in matches if isinstance(row, dict)] == [
        ("ACC-013", 1.0),
        ("ACC-014", 1.0),
    ]


@pytest.mark.parametrize("message", ["hello", "hi there", "thanks!", "help", "test", "what now?"])
async def test_without_an_account_the_scout_compares_accounts(message: str):
    chunks = await chunks_of(scout(), task(message))

    rows = added(chunks)["/attention"]
    assert isinstance(rows, list)
    scores = [int(str(row["score"])) for row in rows if isinstance(row, dict)]
    assert len(scores) >= 14
    assert scores == sorted(scores)


async def test_what_an_earlier_run_left_in_the_state_is_taken_away():
    asked = task("Analyze account QX-77413", state={"brief": {}, "attention": []})

    chunks = await chunks_of(scout(), asked)

    patch = next(chunk for chunk in chunks if isinstance(chunk, StatePatch))
    assert [(op["op"], op["path"]) for op in patch.operations] == [
        ("remove", "/brief"),
        ("remove", "/attention"),
        ("add", "/matches"),
    ]


class BrokenCrm:
    """A CRM that knows accounts and cannot read anything of them."""

    name = "broken CRM"

    def __init__(self) -> None:
        self._crm = sample_crm(lambda: ms_of(TODAY))
        self.resolve_account = self._crm.resolve_account
        self.list_accounts = self._crm.list_accounts
        self.closed_deals = self._crm.closed_deals

    async def get_account(self, account_id: str) -> Account:
        raise CrmUnavailable("timeout", retry_after_s=3)

    async def list_related(
        self, account_id: str, kind: type[R], *, limit: int = 200
    ) -> tuple[R, ...]:
        raise CrmUnavailable("timeout")


async def test_a_crm_that_does_not_answer_fails_the_attempt_so_that_it_can_be_tried_again():
    with pytest.raises(AgentFailed, match="timeout") as failure:
        await chunks_of(ZohoDataScout(BrokenCrm(), CONFIG, pace_s=0), task("Analyze ACC-001"))

    assert failure.value.code == "crm_unavailable"
    assert failure.value.recoverable
    assert failure.value.retry_after_s == 3


async def test_a_large_account_is_read_and_shown_within_limits():
    mails = [
        {
            "id": f"m{number}",
            "kind": "email",
            "at": f"@-{number // 4}",
            "subject": f"Order {number}",
            "text": "The order list is attached. " * 30,
            "by": "Mara Lindqvist",
            "direction": "in",
        }
        for number in range(2000)
    ]
    account = {
        "id": "77",
        "number": "ACC-700",
        "name": "Grand Orders",
        "owner": "Mara Lindqvist",
        "kind": "customer",
        "industry": "Trade",
        "city": "Ghent",
        "country": "Belgium",
        "currency": "EUR",
        "created_on": "@-900",
        "modified_on": "@-1",
    }
    crm = SampleCrm([{"account": account, "activities": mails}], lambda: ms_of(TODAY))

    chunks = await chunks_of(ZohoDataScout(crm, CONFIG, pace_s=0), task("Analyze ACC-700"))

    results = [chunk for chunk in chunks if isinstance(chunk, ToolResult)]
    assert max(len(result.content) for result in results) <= 20_000
    assert result_of(chunks)["kind"] == "account"
