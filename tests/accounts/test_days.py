"""Sample data that moves with the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sergas import Json
from sergas.accounts.days import day_of, shift

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("stored", "loaded"),
    [
        ("@-12", "2026-11-10"),
        ("@45", "2027-01-06"),
        ("by {@-10}.", "by 12 November."),
        ("bis {@-10:%d.%m.}", "bis 12.11."),
        ("me@-12.example.com", "me@-12.example.com"),
        ({"at": "@0", "amount": 12}, {"at": "2026-11-22", "amount": 12}),
        (["@0", None, True], ["2026-11-22", None, True]),
    ],
)
def test_day_offsets_become_dates(stored: Json, loaded: Json):
    assert shift(stored, TODAY) == loaded


@given(st.integers(-2000, 2000), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_an_offset_is_as_many_days_from_any_today(offset: int, today: date):
    shifted = shift(f"@{offset}", today)

    assert shifted == (today + timedelta(days=offset)).isoformat()


def test_the_day_of_a_moment_is_the_day_in_utc():
    assert day_of(1_763_855_999_999) == date(2025, 11, 22)
    assert day_of(1_763_856_000_000) == date(2025, 11, 23)
