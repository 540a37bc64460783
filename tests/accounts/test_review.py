"""The memory analyst, the author and the workflow that joins all three."""

from collections.abc import Sequence
from datetime import date

import pytest

from sergas import AgentFailed, Json, JsonObject, RunInput, Text, ToolStart
from sergas.accounts import build_sample_accounts, sample_crm, sample_memory
from sergas.accounts.agents import MemoryAnalyst, RecommendationAuthor
from sergas.accounts.agents.words import author_words
from sergas.accounts.check import check_brief, keep_grounded
from sergas.accounts.memory.port import MemoryUnavailable
from sergas.accounts.memory.records import Advice, Commitment, Preference
from tests.accounts.studio import (
    TODAY,
    Expected,
    added,
    chunks_of,
    expected,
    ms_of,
    result_of,
    review,
    said,
    task,
)


def clock() -> int:
    return ms_of(TODAY)


class Bench:
    """A `Work` without an engine: runs agents at once and keeps what they say and publish."""

    def __init__(self, text: str) -> None:
        self.input = RunInput(messages=({"id": "m1", "role": "user", "content": text},))
        self.state: dict[str, Json] = {}
        self.order: list[str] = []
        self.last_words = ""
        self.pieces: list[str] = []
        self.accounts = build_sample_accounts(clock, pace_s=0)
        self._text = text

    async def agent(self, name: str, inputs: JsonObject | None = None) -> Json:
        agent = next(agent for agent in self.accounts.agents if agent.name == name)
        chunks = await chunks_of(agent, task(self._text, inputs=inputs))
        self.order.append(name)
        self.state |= added(chunks)
        self.last_words = said(chunks)
        self.pieces += [chunk.delta for chunk in chunks if isinstance(chunk, Text)]
        last = chunks[-1]
        return getattr(last, "result", None)

    async def parallel(self, names: Sequence[str], inputs: JsonObject | None = None) -> list[Json]:
        return [await self.agent(name, inputs) for name in names]


async def reviewed(text: str) -> Bench:
    bench = Bench(text)
    await bench.accounts.workflows[0].run(bench)
    return bench


def test_the_plan_shows_all_three_agents_in_advance():
    workflow = build_sample_accounts(clock).workflows[0]

    agents = workflow.plan(RunInput())

    assert workflow.name == "account_review"
    assert [(agent.name, agent.title, agent.runtime) for agent in agents] == [
        ("zoho_data_scout", "CRM scout", "rules"),
        ("memory_analyst", "Memory analyst", "rules"),
        ("recommendation_author", "Recommendation author", "rules"),
    ]


@pytest.mark.parametrize("story", expected(), ids=lambda story: story.number)
async def test_a_review_ends_with_the_whole_brief_in_the_state(story: Expected):
    bench = await reviewed(f"Analyze account {story.number}")

    brief = bench.state["/brief"]
    assert isinstance(brief, dict)
    assert brief == (await review(story.number)).brief
    check_brief(brief)


async def test_the_author_sums_the_brief_up_with_marks():
    bench = await reviewed("Analyze account ACC-001")

    assert bench.order[-1] == "recommendation_author"
    assert bench.last_words.startswith("Halvorsen Freight: the champion Ingrid Solberg left 19")
    assert "1. Keep the promise: Send the revised price sheet for Antwerp. [101]" in (
        bench.last_words
    )
    assert "Not suggested again: Ask our managing director to call Karsten Voss" in bench.last_words


@pytest.mark.parametrize(
    "text", ["Analyze account ACC-001", "hello", "review Kestrel Point Clinics"]
)
async def test_no_agent_streams_an_empty_piece_of_text(text: str):
    bench = await reviewed(text)

    assert bench.pieces
    assert all(bench.pieces)


async def test_every_mark_in_the_authors_text_is_a_source_of_the_brief():
    bench = await reviewed("Analyze account ACC-001")

    brief = bench.state["/brief"]
    assert isinstance(brief, dict)
    listed = str(brief["sources"])
    marked = {part.split("]")[0] for part in bench.last_words.split("[")[1:]}
    assert marked
    assert all(f"'S{mark}'" in listed for mark in marked)


async def test_the_author_does_not_say_what_the_check_has_left_out():
    brief = dict((await review("ACC-001")).brief)
    actions = brief["actions"]
    assert isinstance(actions, list)
    assert isinstance(actions[0], dict)
    brief["actions"] = [actions[0] | {"title": "Pay 777 EUR to Peter Falk"}, *actions[1:]]

    words = "".join(author_words(keep_grounded(brief)))

    assert "777" not in words
    assert "1. Meet Femke Aldenkamp" in words


async def test_an_unknown_account_ends_with_help_and_without_a_brief():
    bench = await reviewed("Analyze account QX-77413")

    assert bench.state.keys() == {"/matches"}
    assert 'no account like "QX-77413"' in bench.last_words


async def test_a_name_that_two_accounts_share_ends_with_a_question():
    bench = await reviewed("review Kestrel Point Clinics")

    assert "ACC-013, Leeds" in bench.last_words
    assert "ACC-014, Halifax" in bench.last_words
    assert "/brief" not in bench.state


async def test_without_an_account_a_person_learns_what_can_be_asked():
    bench = await reviewed("What can you do for me in general, I wonder?")

    assert '"Analyze account ACC-005"' in bench.last_words
    assert "need attention most" in bench.last_words
    assert "ACC-005, score" in bench.last_words


async def test_the_memory_analyst_recalls_and_compares_with_closed_tasks():
    analyst = MemoryAnalyst(sample_crm(clock), sample_memory(clock), pace_s=0)

    chunks = await chunks_of(analyst, task("Analyze account ACC-001"))

    assert [chunk.name for chunk in chunks if isinstance(chunk, ToolStart)] == [
        "crm_find_account",
        "mem_get_ledger",
        "mem_list_advice",
        "crm_list_tasks",
    ]
    assert said(chunks).startswith("I remember 4 promises, 2 late, and 3 earlier suggestions.")
    recalled = added(chunks)["/memory"]
    assert isinstance(recalled, dict)
    assert recalled.keys() == {"commitments", "advice", "sources"}


async def test_the_memory_analyst_says_when_it_remembers_nothing():
    analyst = MemoryAnalyst(sample_crm(clock), sample_memory(clock), pace_s=0)

    chunks = await chunks_of(analyst, task("Analyze account ACC-011"))

    assert said(chunks) == "Nothing is remembered about Piper Lane Studios yet."


async def test_the_memory_analyst_has_nothing_to_do_without_an_account():
    analyst = MemoryAnalyst(sample_crm(clock), sample_memory(clock), pace_s=0)

    chunks = await chunks_of(analyst, task("Analyze account QX-77413"))

    assert result_of(chunks) == {"kind": "none"}
    assert added(chunks) == {}


async def test_what_was_remembered_of_another_account_is_taken_out_of_the_state():
    analyst = MemoryAnalyst(sample_crm(clock), sample_memory(clock), pace_s=0)

    chunks = await chunks_of(analyst, task("Analyze account QX-77413", state={"memory": {}}))

    assert added(chunks) == {"/memory": None}


class LostMemory:
    """A memory that does not answer."""

    async def list_commitments(self, account_id: str) -> tuple[Commitment, ...]:
        raise MemoryUnavailable("disk")

    async def list_preferences(self, account_id: str) -> tuple[Preference, ...]:
        raise MemoryUnavailable("disk")

    async def list_advice(self, account_id: str) -> tuple[Advice, ...]:
        raise MemoryUnavailable("disk")

    async def last_look(self, account_id: str) -> date | None:
        raise MemoryUnavailable("disk")


async def test_a_memory_that_does_not_answer_fails_the_attempt_so_that_it_can_be_tried_again():
    analyst = MemoryAnalyst(sample_crm(clock), LostMemory(), pace_s=0)

    with pytest.raises(AgentFailed, match="disk") as failure:
        await chunks_of(analyst, task("Analyze account ACC-001"))

    assert failure.value.code == "memory_unavailable"
    assert failure.value.recoverable


async def test_the_author_alone_says_what_it_needs():
    chunks = await chunks_of(RecommendationAuthor(pace_s=0), task("Analyze account ACC-001"))

    assert "Run the account review" in said(chunks)
    assert added(chunks) == {}


async def test_the_author_writes_from_the_scout_alone_when_there_is_no_memory():
    bench = Bench("Analyze account ACC-001")
    scouted = await bench.agent("zoho_data_scout")

    await bench.agent("recommendation_author", {"zoho_data_scout": scouted})

    brief = bench.state["/brief"]
    assert isinstance(brief, dict)
    assert brief["commitments"] == []
    check_brief(brief)
