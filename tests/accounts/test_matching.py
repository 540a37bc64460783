"""Which account a reference means."""

from dataclasses import replace
from datetime import date

import pytest

from sergas.accounts.crm.matching import match_accounts, sure_match
from sergas.accounts.crm.records import Account

HALVORSEN = Account(
    id="5725767000001000000",
    number="ACC-001",
    name="Halvorsen Freight",
    owner="Mara Lindqvist",
    kind="customer",
    industry="Logistics",
    city="Hamburg",
    country="Germany",
    currency="EUR",
    created_on=date(2023, 1, 1),
    modified_on=date(2026, 1, 1),
)
CALDER = replace(HALVORSEN, id="2", number="ACC-009", name="Calder & Rowe Retail")
LEEDS = replace(HALVORSEN, id="3", number="ACC-013", name="Kestrel Point Clinics", city="Leeds")
HALIFAX = replace(LEEDS, id="4", number="ACC-014", city="Halifax")
ALL = (HALVORSEN, CALDER, LEEDS, HALIFAX)


@pytest.mark.parametrize(
    ("ref", "number"),
    [
        ("5725767000001000000", "ACC-001"),
        ("acc-001", "ACC-001"),
        ("HALVORSEN FREIGHT", "ACC-001"),
        ("Halvorsen", "ACC-001"),
        ("Halvorsn Freight", "ACC-001"),
        ("Halvorsen Freight situation", "ACC-001"),
        ("Calder and Rowe Retail", "ACC-009"),
        ("ACC-014", "ACC-014"),
    ],
)
def test_an_account_is_found_by_id_number_name_or_a_slip_of_the_pen(ref: str, number: str):
    sure = sure_match(match_accounts(ref, ALL))

    assert sure is not None
    assert sure.account.number == number


@pytest.mark.parametrize("ref", ["5725767000001000000", "ACC-001", "Halvorsen Freight"])
def test_an_exact_reference_scores_one(ref: str):
    assert match_accounts(ref, ALL)[0].score == 1.0


def test_two_accounts_of_one_name_are_both_offered_and_none_is_chosen():
    matches = match_accounts("Kestrel Point Clinics", ALL)

    assert [match.account.city for match in matches] == ["Leeds", "Halifax"]
    assert sure_match(matches) is None


def test_a_vague_reference_is_offered_but_not_chosen():
    matches = match_accounts("Halverson Fright Ltd", ALL)

    assert matches[0].account == HALVORSEN
    assert sure_match(matches) is None


@pytest.mark.parametrize("ref", ["", "   ", "Northern Lights Bakery", "ACC-999-X"])
def test_what_is_like_nothing_matches_nothing(ref: str):
    assert sure_match(match_accounts(ref, ALL)) is None


def test_a_number_that_nobody_has_is_answered_with_the_nearest_ones():
    matches = match_accounts("ACC-01", ALL)

    assert matches[0].account.number == "ACC-001"
    assert sure_match(matches) is None
