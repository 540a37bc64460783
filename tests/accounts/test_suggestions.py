"""What a person is offered to ask next."""

import pytest

from sergas import Json, RunInput
from sergas.accounts.agents.request import account_reference
from sergas.accounts.suggestions import next_requests

HALVORSEN: dict[str, Json] = {"number": "ACC-001", "name": "Halvorsen Freight", "score": 0.9}
CALDER: dict[str, Json] = {"number": "ACC-002", "name": "Calder & Rowe Retail"}


@pytest.mark.parametrize(
    ("state", "messages"),
    [
        ({}, ["Review my accounts"]),
        ({"matches": [HALVORSEN, CALDER]}, ["Analyze account ACC-001", "Analyze account ACC-002"]),
        ({"attention": [CALDER] * 5}, ["Analyze account ACC-002"] * 3),
        ({"brief": {"account": HALVORSEN}}, ["Review my accounts", "Analyze account ACC-001"]),
        ({"brief": "a page may write anything", "matches": [7, {"number": 1}]},
         ["Review my accounts"]),
    ],
)  # fmt: skip
def test_what_is_on_show_can_be_asked_for_next(state: dict[str, Json], messages: list[str]):
    assert [s.message for s in next_requests(RunInput(state=state))] == messages


def test_a_suggested_message_names_the_account_that_it_offers():
    (first,) = next_requests(RunInput(state={"matches": [HALVORSEN]}))

    assert first.title == "Review Halvorsen Freight"
    assert account_reference(first.message).text == "ACC-001"
