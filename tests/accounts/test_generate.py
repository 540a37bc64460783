"""The sample data: made by its generator, free of real names, and true to itself."""

import re

import pytest

from sergas.accounts import sample_crm, sample_memory
from sergas.accounts.crm.records import Activity, Contact
from sergas.accounts.crm.sample.generate import HERE, as_text, generate, read_stories
from sergas.accounts.crm.sample.story import as_story
from tests.accounts.studio import TODAY, expected, ms_of, review


@pytest.mark.parametrize("name", ["crm.json", "memory.json", "expected.json"])
def test_the_committed_data_is_what_the_generator_makes(name: str):
    made = as_text(generate()[name])

    assert (HERE / name).read_text("utf-8") == made


def test_there_is_an_expectation_for_every_story():
    numbers = [story.number for story in read_stories()]

    assert len(numbers) >= 14
    assert numbers == [item.number for item in expected()]


def test_every_record_has_its_own_id_which_is_longer_than_a_javascript_number():
    ids = re.findall(r'"id":"(\d+)"', (HERE / "crm.json").read_text("utf-8"))

    assert len(ids) == len(set(ids)) > 200
    assert {len(record_id) for record_id in ids} == {19}


def test_a_story_with_an_unknown_part_is_refused():
    with pytest.raises(ValueError, match="nots"):
        as_story({"number": "ACC-099", "expected": {}, "nots": []})


async def test_all_mail_addresses_belong_to_nobody():
    crm = sample_crm(lambda: ms_of(TODAY))
    accounts = await crm.list_accounts(limit=100)

    people = [who for account in accounts for who in await crm.list_related(account.id, Contact)]

    assert people
    assert all(who.email.endswith(".example.com") for who in people)


@pytest.mark.parametrize("number", [item.number for item in expected()])
async def test_everybody_named_in_an_activity_is_a_contact(number: str):
    snapshot = (await review(number)).snapshot

    names = {person.name for person in snapshot.contacts}
    assert {name for act in snapshot.activities for name in act.people} <= names


@pytest.mark.parametrize("number", [item.number for item in expected()])
async def test_every_promise_quotes_the_activity_in_which_it_was_made(number: str):
    told = await review(number)

    texts = {act.subject: act.text for act in told.snapshot.activities}
    for promise in told.ledger.commitments:
        assert promise.quote in texts[promise.said_in]


async def test_the_stories_move_with_the_calendar():
    days = iter([TODAY, TODAY.replace(day=23)])
    crm = sample_crm(lambda: ms_of(next(days)))
    found = await crm.resolve_account("ACC-001")

    later = await crm.get_account(found[0].account.id)

    assert found[0].account.renewal_date is not None
    assert later.renewal_date is not None
    assert (later.renewal_date - found[0].account.renewal_date).days == 1


async def test_texts_speak_of_days_that_move_with_the_calendar():
    told = await review("ACC-001")

    promise = next(act for act in told.snapshot.activities if "commercial terms" in act.subject)
    assert "by 12 November" in promise.text


async def test_an_account_without_memories_has_an_empty_ledger():
    memory = sample_memory(lambda: ms_of(TODAY))

    assert await memory.list_commitments("nobody") == ()
    assert await memory.last_look("nobody") is None


async def test_activities_come_newest_first():
    crm = sample_crm(lambda: ms_of(TODAY))
    matches = await crm.resolve_account("ACC-001")

    activities = await crm.list_related(matches[0].account.id, Activity, limit=5)

    assert len(activities) == 5
    assert [act.at for act in activities] == sorted((act.at for act in activities), reverse=True)
