"""Which account a person names in a message, such as "Analyze account ACC-001"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sergas import RunInput
from sergas.accounts.crm.matching import LIKELY, sure_match
from sergas.accounts.crm.port import AccountMatch
from sergas.accounts.crm.records import Account

_THIS = re.compile(r"\bthis (?:account|customer|client|company)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b[A-Z]{2,6}-\d{1,8}\b", re.IGNORECASE)
_RECORD_ID = re.compile(r"\b\d{16,20}\b")
_QUOTED = re.compile(r"[\"“„]([^\"”“]{2,80})[\"”“]")
_ASKED = re.compile(
    r"\b(?:analy[sz]e|review|check|inspect|examine|assess|summari[sz]e|brief(?: me)?(?: on| about)?"
    r"|prepare(?: me)?(?: for)?|tell me about|look (?:at|into)|what about|how (?:is|are)"
    r"|account|status of|update on)\s+(.{2,120})",
    re.IGNORECASE | re.DOTALL,
)
_LEADING = re.compile(
    r"^(?:(?:me|us|the|our|an|a|customer|client|account|company|named|called|on|about|for|of|with)"
    r"\b\s*)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:\s+(?:please|doing|going|today|now|account|again|for me|thanks|thank you))+$",
    re.IGNORECASE,
)
_AFTER_THE_NAME = re.compile(
    r"[?!;,:\n]|\.\s|\.$|\s(?:before|ahead of|because|so that|in detail|for (?:my|our|the|tomorrow)"
    r"|to (?:see|prepare|find|check)|and (?:then|also|tell|prepare|give|show|write|what|how))\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=\s)[^\W\d_a-z][\w&'-]+(?: (?:& )?[^\W\d_a-z][\w'-]+)*")
_EVERYTHING = frozenset(
    ["accounts", "my accounts", "all accounts", "all", "everything", "portfolio", "things", "you"]
)
_LONGEST_GUESS_WORDS = 4


@dataclass(frozen=True, slots=True)
class Reference:
    """What the person named; a guess is a short message that may be a name or just a greeting."""

    text: str
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The account that is meant, or the ones that it could be."""

    account: Account | None = None
    matches: tuple[AccountMatch, ...] = ()


def reference_of(run_input: RunInput) -> Reference:
    """Find the account that a person names, or points at on their page ("this account")."""
    text = run_input.last_user_text
    if _THIS.search(text) and not _exact_in(text):
        shown = " ".join(str(entry.get("value", "")) for entry in run_input.context)
        if pointed_at := _exact_in(shown):
            return Reference(pointed_at)
    return account_reference(text)


def account_reference(text: str) -> Reference:
    """Find the name, number or id of an account in a message; "" if there is none."""
    if exact := _exact_in(text):
        return Reference(exact)
    if hit := _QUOTED.search(text):
        return Reference(hit[1].strip())
    if hit := _ASKED.search(text):
        return Reference(_name_in(hit[1]))
    words = _name_in(text)
    if len(words.split()) > _LONGEST_GUESS_WORDS:
        words = max(_NAME.findall(text), key=len, default="")
    return Reference(words, is_guess=True)


def is_about_an_account(reference: Reference, found: Found) -> bool:
    """Say whether to ask which account was meant; a greeting is like some name by chance."""
    if not reference.is_guess:
        return bool(reference.text)
    return any(match.score >= LIKELY for match in found.matches)


def chosen(matches: Sequence[AccountMatch]) -> Found:
    """Take the account if there is no doubt."""
    sure = sure_match(matches)
    return Found(sure.account if sure else None, tuple(matches))


def _exact_in(text: str) -> str:
    hit = _NUMBER.search(text) or _RECORD_ID.search(text)
    return hit[0] if hit else ""


def _name_in(text: str) -> str:
    first = _AFTER_THE_NAME.split(text.strip(), maxsplit=1)[0]
    name = _TRAILING.sub("", _LEADING.sub("", first.strip())).strip(" .\"'")
    return "" if name.casefold() in _EVERYTHING else name
