"""What is not known: a reader must see how far the records reach."""

import re

from sergas.accounts.analysis.case import Case
from sergas.accounts.analysis.factors import LABELS
from sergas.accounts.analysis.phrases import READ_CHARS
from sergas.accounts.analysis.result import Factor
from sergas.accounts.crm.port import NEWEST

_FOREIGN = {
    "German": re.compile(r"\b(?:und|nicht|wir|der|das|ist)\b", re.IGNORECASE),
    "French": re.compile(r"\b(?:nous|pas|est|les|une|avec)\b", re.IGNORECASE),
    "Spanish": re.compile(r"\b(?:nosotros|pero|los|una|con|está)\b", re.IGNORECASE),
    "Dutch": re.compile(r"\b(?:niet|wij|het|een|zijn|maar)\b", re.IGNORECASE),
}
_WORDS_TO_BE_SURE = 4


def data_gaps(case: Case, factors: tuple[Factor, ...]) -> tuple[str, ...]:
    """Name what is missing, what was not scored, and where the rules read poorly."""
    missing = [label for key, label in LABELS.items() if key not in {f.key for f in factors}]
    gaps = [f"Not scored for lack of records: {', '.join(missing)}."] if missing else []
    return tuple(gaps + _missing_fields(case) + _people(case) + _reading(case))


def _missing_fields(case: Case) -> list[str]:
    account, found = case.snapshot.account, list[str]()
    if account.renewal_date is None and account.kind == "customer":
        found.append("The account has no renewal date.")
    if account.contract_value is None and account.kind == "customer":
        found.append("The account has no contract value.")
    if not case.snapshot.deals:
        found.append("No deal is on record.")
    if not case.ledger.commitments:
        found.append("No promises of either side are on record.")
    if not case.ledger.advice:
        found.append("There is no earlier advice to learn from.")
    if case.snapshot.same_name:
        others = ", ".join(f"{other.number} in {other.city}" for other in case.snapshot.same_name)
        found.append(
            f"Another account has the same name ({others}); records may lie with the wrong one."
        )
    return found


def _people(case: Case) -> list[str]:
    if not case.snapshot.contacts:
        return ["No contact is on record."]
    found: list[str] = []
    if not case.deciders:
        found.append("Nobody on record is an executive or marked as a decision maker.")
    if not any(person.role == "champion" for person in case.present_contacts):
        found.append("Nobody at the account is marked as champion now.")
    strangers = [who.name for who in case.present_contacts if not case.last_touch_with(who)]
    if strangers:
        found.append(f"No conversation is recorded with {', '.join(strangers[:5])}.")
    return found


def _reading(case: Case) -> list[str]:
    found: list[str] = []
    if case.open_deals and (stages := _default_stages(case)):
        found.append(
            f"Too few closed deals to know how long {', '.join(stages)} usually takes here; "
            "the default table was used."
        )
    texts = [note.text for note in case.snapshot.notes]
    texts += [act.text for act in case.snapshot.activities]
    if languages := sorted({name for text in texts if (name := _language(text))}):
        found.append(
            f"Some texts are in {' and '.join(languages)}; the phrase rules know few phrases there."
        )
    if any(len(text) > READ_CHARS for text in texts):
        found.append(f"Of long texts only the first {READ_CHARS:,} characters were read.")
    if max(len(case.snapshot.activities), len(case.snapshot.notes)) >= NEWEST:
        found.append(f"Of each kind of record only the newest {NEWEST} were read.")
    return found


def _default_stages(case: Case) -> list[str]:
    stages = dict.fromkeys(deal.stage for deal in case.open_deals)
    return [stage for stage in stages if (norm := case.norm(stage)) and norm.samples == 0]


def _language(text: str) -> str | None:
    hits = {name: len(words.findall(text)) for name, words in _FOREIGN.items()}
    best = max(hits, key=lambda name: hits[name])
    return best if hits[best] >= _WORDS_TO_BE_SURE else None
