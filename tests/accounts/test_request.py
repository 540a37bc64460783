"""Finding the account that a message names."""

import pytest

from sergas import JsonObject, RunInput
from sergas.accounts.agents.request import account_reference, reference_of


@pytest.mark.parametrize(
    ("message", "named"),
    [
        ("Analyze account ACC-001", "ACC-001"),
        ("analyse acc-001, please", "acc-001"),
        ("Please review 5725767000001000000 for me", "5725767000001000000"),
        ("review Halvorsen", "Halvorsen"),
        ("Review the account Calder & Rowe Retail.", "Calder & Rowe Retail"),
        ("REVIEW CUSTOMER brightmoor foods today", "brightmoor foods"),
        ("How is Halvorsen Freight doing?", "Halvorsen Freight"),
        ("Brief me on Halvorsen Freight before my call", "Halvorsen Freight"),
        ("look at halvorsen and tell me what to do", "halvorsen"),
        ('What do you make of "Kestrel Point Clinics"?', "Kestrel Point Clinics"),
        ("What's new with the client's renewal: analyze account ACC-003", "ACC-003"),
        ("Could you sum up the Halvorsen Freight situation in a few lines?", "Halvorsen Freight"),
        ("Halvorsen Freight", "Halvorsen Freight"),
        ("analyze account", ""),
        ("review my accounts", ""),
        ("How are you?", ""),
        ("", ""),
    ],
)
def test_a_message_names_an_account(message: str, named: str):
    assert account_reference(message).text == named


@pytest.mark.parametrize("message", ["hello there", "thanks", "Halvorsen"])
def test_a_short_message_is_only_a_guess(message: str):
    assert account_reference(message).is_guess


def test_a_name_after_a_request_is_no_guess():
    assert not account_reference("review Halvorsen").is_guess


@pytest.mark.parametrize(
    ("message", "value", "named"),
    [
        ("Review this account", "ACC-004", "ACC-004"),
        ("What changed with this customer?", '{"account":{"number":"ACC-004"}}', "ACC-004"),
        ("Compare this account with ACC-001", "ACC-004", "ACC-001"),
        ("Review my accounts", "ACC-004", ""),
        ("hello", "ACC-004", "hello"),
    ],
)
def test_this_account_is_the_one_that_the_page_shows(message: str, value: str, named: str):
    said: JsonObject = {"id": "u", "role": "user", "content": message}
    context: JsonObject = {"description": "The open account", "value": value}

    reference = reference_of(RunInput(messages=(said,), context=(context,)))

    assert reference.text == named
