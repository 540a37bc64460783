"""What every CRM adapter promises; a new adapter joins the fixture and has to pass as it is."""

from datetime import date

import pytest

from sergas.accounts import CrmPort, sample_crm
from sergas.accounts.crm.port import AccountNotFound
from sergas.accounts.crm.records import Activity, Change, Contact, Deal, Note, Related, Task
from tests.accounts.studio import TODAY, ms_of

KINDS: tuple[type[Related], ...] = (Contact, Deal, Activity, Task, Note, Change)


@pytest.fixture(params=["sample"])
def crm() -> CrmPort:
    """Give each adapter, filled with the sample accounts."""
    return sample_crm(lambda: ms_of(TODAY))


@pytest.mark.parametrize("ref", ["ACC-001", "acc-001", "Halvorsen Freight"])
async def test_an_exact_reference_finds_its_account_with_score_one(crm: CrmPort, ref: str):
    matches = await crm.resolve_account(ref)

    assert [(match.account.number, match.score) for match in matches][:1] == [("ACC-001", 1.0)]


async def test_an_id_is_a_reference_too(crm: CrmPort):
    account = (await crm.list_accounts())[0]

    matches = await crm.resolve_account(account.id)

    assert matches[0].account == account


async def test_matches_come_best_first_and_no_more_than_asked_for(crm: CrmPort):
    matches = await crm.resolve_account("Kestrel Point Clinics", limit=1)

    assert len(matches) == 1


async def test_a_reference_like_nothing_finds_nothing(crm: CrmPort):
    assert await crm.resolve_account("Zyx Qwerty Holdings") == ()


async def test_accounts_come_most_recently_changed_first(crm: CrmPort):
    accounts = await crm.list_accounts(limit=10)

    changed = [account.modified_on for account in accounts]
    assert len(accounts) == 10
    assert changed == sorted(changed, reverse=True)


async def test_an_unknown_account_is_not_found(crm: CrmPort):
    with pytest.raises(AccountNotFound, match="nobody"):
        await crm.get_account("nobody")
    with pytest.raises(AccountNotFound, match="nobody"):
        await crm.list_related("nobody", Deal)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
async def test_related_records_are_of_the_kind_asked_for(crm: CrmPort, kind: type[Related]):
    account = (await crm.resolve_account("ACC-001"))[0].account

    records = await crm.list_related(account.id, kind)

    assert records
    assert {type(record) for record in records} == {kind}


async def test_related_records_come_newest_first(crm: CrmPort):
    account = (await crm.resolve_account("ACC-001"))[0].account

    notes = await crm.list_related(account.id, Note)
    changes = await crm.list_related(account.id, Change)

    for days in ([note.at for note in notes], [change.at for change in changes]):
        assert days == sorted(days, reverse=True)


async def test_a_limit_keeps_the_newest(crm: CrmPort):
    account = (await crm.resolve_account("ACC-001"))[0].account

    everything = await crm.list_related(account.id, Activity)
    newest = await crm.list_related(account.id, Activity, limit=3)

    assert newest == everything[:3]


async def test_closed_deals_of_all_accounts_come_with_their_stage_history(crm: CrmPort):
    deals = await crm.closed_deals()

    days: list[date] = [deal.closing_date for deal in deals]
    assert len(deals) >= 10
    assert not any(deal.is_open for deal in deals)
    assert all(len(deal.stage_history) > 1 for deal in deals)
    assert days == sorted(days, reverse=True)
