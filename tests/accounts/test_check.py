"""The grounding check: it passes every brief of ours and catches what is not in the records."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sergas import Json
from sergas.accounts.check import UngroundedBrief, check_brief, find_problems, keep_grounded
from sergas.accounts.grounds import Grounds, unfounded
from tests.accounts.studio import DAYS, Expected, expected, review

Rows = list[dict[str, Json]]
STORIES = pytest.mark.parametrize("story", expected(), ids=lambda story: story.number)
SOURCE = (
    "Deal Antwerp: Negotiation since 2026-09-09; 46,000 EUR; closing 2026-12-16; Mara Lindqvist"
)


@STORIES
@pytest.mark.parametrize("day", DAYS, ids=str)
async def test_every_statement_of_every_brief_stands_on_its_records(story: Expected, day: date):
    brief = (await review(story.number, day)).brief

    check_brief(brief)

    assert keep_grounded(brief) is brief


@STORIES
async def test_a_brief_lists_each_cited_source_once_and_no_other(story: Expected):
    brief = (await review(story.number)).brief

    listed = [str(row["id"]) for row in _rows(brief, "sources")]
    cited = {part for part in _evidence(brief) if part}
    assert len(listed) == len(set(listed))
    assert set(listed) == cited


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("46,000 EUR, in Negotiation since 9 September", []),
        ("74 days in Negotiation, closing in 24 days", []),
        ("Mara Lindqvist asks", []),
        ("Ask Mara Lindqvist", []),
        ("47,000 EUR", ["47000"]),
        ("75 days in Negotiation", ["75"]),
        ("closing on 17 December", ["17.12."]),
        ("closing on 2026-12-17", ["17.12."]),
        ("Karsten Voss asks", ["Karsten Voss"]),
        ('it says "not a priority"', ["not a priority"]),
        ("40% likely", ["40"]),
    ],
)
def test_numbers_dates_names_and_quotations_need_a_record(text: str, missing: list[str]):
    grounds = Grounds.of([SOURCE], "2026-11-22")

    assert unfounded(text, grounds) == missing


@given(st.integers(min_value=1000, max_value=10**9))
def test_an_invented_amount_is_always_noticed(amount: int):
    grounds = Grounds.of([SOURCE], "2026-11-22")

    is_known = amount in {46_000, 2026}
    assert bool(unfounded(f"It is worth {amount:,} EUR.", grounds)) is not is_known


async def test_a_statement_without_evidence_is_refused():
    brief = _copy((await review("ACC-001")).brief)
    _rows(brief, "flags")[0]["evidence"] = []

    with pytest.raises(UngroundedBrief, match="cites nothing"):
        check_brief(brief)


async def test_a_statement_that_cites_an_unknown_source_is_refused():
    brief = _copy((await review("ACC-001")).brief)
    _rows(brief, "actions")[0]["evidence"] = ["S9999"]

    with pytest.raises(UngroundedBrief, match="S9999"):
        check_brief(brief)


async def test_what_is_not_in_the_records_is_left_out_and_the_brief_says_so():
    brief = _copy((await review("ACC-001")).brief)
    flags = _rows(brief, "flags")
    flags[0]["text"] = "A meeting drop of 40% worries Peter Falk."
    brief["headline"] = {"text": "All lost: 999 days.", "evidence": ["S1"]}

    kept = keep_grounded(brief)

    assert len(_rows(kept, "flags")) == len(flags) - 1
    assert kept["headline"] == {"text": "Halvorsen Freight", "evidence": ["S1"]}
    assert "2 statements" in str(_rows(kept, "gaps")[-1]["text"])
    assert find_problems(kept) == ()


def _copy(brief: Mapping[str, Json]) -> dict[str, Json]:
    return deepcopy(dict(brief))


def _rows(brief: Mapping[str, Json], key: str) -> Rows:
    """Return the rows of the brief itself, not copies, so that a test can spoil them."""
    rows = brief[key]
    assert isinstance(rows, list)
    return [row for row in rows if isinstance(row, dict)]


def _evidence(part: Json) -> list[str]:
    if isinstance(part, list):
        return [found for item in part for found in _evidence(item)]
    if isinstance(part, dict):
        own = msgspec.convert(part.get("evidence", []), list[str])
        return own + [found for value in part.values() for found in _evidence(value)]
    return []
