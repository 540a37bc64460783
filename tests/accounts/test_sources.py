"""Sources: each record has one number, and every agent gives it the same one."""

from dataclasses import replace

from sergas.accounts.agents.words import marks
from sergas.accounts.sources import crm_sources, memory_sources
from tests.accounts.studio import TODAY, review


async def test_the_account_is_the_first_source():
    told = await review("ACC-001")

    sources = crm_sources(told.snapshot)

    assert sources[told.snapshot.account.id].id == "S1"


async def test_records_and_memories_never_share_a_number_even_in_a_large_account():
    told = await review("ACC-001")
    mail = told.snapshot.activities[0]
    many = tuple(replace(mail, id=f"x{number}") for number in range(150))

    crm = crm_sources(replace(told.snapshot, activities=many))
    memory = memory_sources(told.ledger)

    numbers = [source.id for source in (*crm.values(), *memory.values())]
    assert len(numbers) == len(set(numbers)) > 150
    assert {source.id for source in memory.values()} <= {f"S{n}" for n in range(101, 200)}


async def test_the_number_of_a_record_does_not_depend_on_the_day():
    today = (await review("ACC-001")).snapshot
    later = (await review("ACC-001", TODAY.replace(year=2027))).snapshot

    assert [s.id for s in crm_sources(today).values()] == [
        s.id for s in crm_sources(later).values()
    ]


def test_marks_in_a_text_are_the_numbers_of_the_sources():
    assert marks(["S2", "S3", "S101", "S4"]) == " [2][3][101]"
    assert marks([]) == ""


async def test_a_source_shows_the_record_and_where_it_stands():
    told = await review("ACC-001")
    deal = told.snapshot.deals[0]

    shown = crm_sources(told.snapshot)[deal.id].as_json()

    assert shown["module"] == "Deals"
    assert shown["recordId"] == deal.id
    assert f"{deal.amount:,} EUR" in str(shown["excerpt"])
    assert "at" in shown
