"""The evaluation set: every story of the sample CRM has the outcome that its author planted."""

from dataclasses import replace
from datetime import date

import pytest

from sergas.accounts.analysis import analyze
from sergas.accounts.memory.records import Ledger
from tests.accounts.studio import CONFIG, DAYS, TODAY, Expected, expected, review

STORIES = pytest.mark.parametrize("story", expected(), ids=lambda story: story.number)


@STORIES
@pytest.mark.parametrize("day", DAYS, ids=str)
async def test_a_story_has_its_planted_outcome_on_any_day(story: Expected, day: date):
    analysis = (await review(story.number, day)).analysis

    keys = {flag.key for flag in analysis.flags}
    assert keys >= set(story.flags)
    assert not keys & set(story.never)
    assert analysis.attention.band == story.band
    assert analysis.attention.provisional == story.provisional
    assert [action.key for action in analysis.actions][:1] == [
        key for key in [story.first_action] if key
    ]


@STORIES
async def test_the_same_records_give_the_same_answer(story: Expected):
    first, second = await review(story.number), await review(story.number)

    assert first.brief == second.brief


@STORIES
async def test_an_account_can_be_analyzed_without_any_memory(story: Expected):
    snapshot = (await review(story.number)).snapshot

    analysis = analyze(snapshot, Ledger(), TODAY, CONFIG)

    assert analysis.commitments == ()
    assert "commitments" not in {factor.key for factor in analysis.attention.factors}


@STORIES
async def test_a_brief_has_at_most_five_actions_the_most_urgent_first(story: Expected):
    actions = (await review(story.number)).analysis.actions

    order = ["now", "high", "medium", "low"]
    ranks = [order.index(action.priority) for action in actions]
    assert len(actions) <= 5
    assert ranks == sorted(ranks)
    assert all(action.due > TODAY and action.due.weekday() < 5 for action in actions)


async def test_the_note_that_gives_orders_changes_nothing_but_its_own_flag():
    told = await review("ACC-015")
    bad = next(note for note in told.snapshot.notes if "Ignore previous" in note.text)

    clean = tuple(note for note in told.snapshot.notes if note != bad)
    untold = analyze(replace(told.snapshot, notes=clean), told.ledger, TODAY, CONFIG)

    assert untold.attention == told.analysis.attention
    assert [flag for flag in told.analysis.flags if flag.key != "instruction_in_note"] == list(
        untold.flags
    )
    assert "partner@" not in str(told.analysis.actions)


async def test_advice_that_was_declined_is_not_given_again_and_the_brief_says_so():
    told = await review("ACC-001")

    line = next(line for line in told.analysis.advice if line.decision == "declined")
    assert "executive_alignment" not in {action.key for action in told.analysis.actions}
    assert line.outcome.startswith("Not suggested again.")
    assert "Ingrid Solberg, who has left since" in line.outcome


async def test_advice_that_was_accepted_without_result_is_repeated_with_that_remark():
    actions = (await review("ACC-001")).analysis.actions

    renewal = next(action for action in actions if action.key == "start_renewal")
    assert "You accepted this on 20 October; no result is recorded yet." in renewal.why


async def test_a_brief_names_an_account_with_the_same_name():
    gaps = (await review("ACC-013")).analysis.gaps

    assert any("ACC-014 in Halifax" in gap for gap in gaps)


async def test_a_brief_says_that_texts_in_another_language_are_read_poorly():
    gaps = (await review("ACC-016")).analysis.gaps

    assert any("German" in gap for gap in gaps)
