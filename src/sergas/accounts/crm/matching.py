"""Which account does a person mean? Exact answers first, then similar names."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from sergas.accounts.crm.port import AccountMatch
from sergas.accounts.crm.records import Account

SURE, LIKELY = 0.9, 0.75
_WORTH_SHOWING = 0.6


def match_accounts(
    ref: str, accounts: Iterable[Account], *, limit: int = 5
) -> tuple[AccountMatch, ...]:
    """Score each account against a reference and return the plausible ones, best first."""
    wanted = _normal(ref)
    if not wanted:
        return ()
    scored = (AccountMatch(account, _score(wanted, account)) for account in accounts)
    found = [match for match in scored if match.score >= _WORTH_SHOWING]
    return tuple(sorted(found, key=lambda match: (-match.score, match.account.number))[:limit])


def sure_match(matches: Sequence[AccountMatch]) -> AccountMatch | None:
    """Return the one account that is certainly meant, or None if a person has to choose."""
    best = [match for match in matches if match.score >= SURE]
    exact = [match for match in best if match.score >= 1.0]
    chosen = exact or best
    return chosen[0] if len(chosen) == 1 else None


def _score(wanted: str, account: Account) -> float:
    name = _normal(account.name)
    if wanted in {account.id, _normal(account.number), name}:
        return 1.0
    if f" {name} ".startswith(f" {wanted} "):
        return 0.95
    if f" {wanted} ".startswith(f" {name} "):
        return 0.94
    first_words = " ".join(name.split()[: len(wanted.split())])
    likeness = max(_ratio(wanted, name), _ratio(wanted, first_words) - 0.02)
    # A number that nobody has is most often a slip in a digit; a guess, so below LIKELY.
    slip = min(_ratio(wanted, _normal(account.number)), LIKELY - 0.01)
    return round(min(max(likeness, slip), 0.93), 2)


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _normal(text: str) -> str:
    return " ".join(text.casefold().replace("&", " and ").replace(".", " ").split())
