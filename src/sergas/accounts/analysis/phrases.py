"""Phrases that matter in sales texts: found, quoted and cited, never guessed as a mood.

General sentiment word lists read CRM notes wrongly ("Champion resigned" counts as positive), so
these are phrases of the trade. Instructions in a text are data too: such a text is reported and
left out of every other rule.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sergas.accounts.crm.records import Activity, Note

READ_CHARS = 1000
"""How much of one text is read and kept as its excerpt."""

Kind = Literal["red_flag", "negative", "positive", "competitor", "price", "instruction"]

_WORDS: dict[Kind, tuple[str, ...]] = {
    "red_flag": (
        r"(?:is |are )?not a priority\b",
        r"budget (?:is |was )?(?:frozen|freeze|cut)",
        r"no budget\b",
        r"hiring freeze",
        r"(?:price (?:is )?)?too (?:high|expensive)\b",
        r"(?:evaluat|compar|look)ing (?:at )?(?:other|another|alternative)\w*",
        r"compare with another vendor",
        r"(?:vendor|supplier) consolidation",
        r"reduce (?:the number of )?(?:vendors|suppliers)",
        r"one vendor for",
        r"on hold\b",
        r"(?:will|may|might|could) (?:cancel|terminate|not renew)",
        r"want(?:s)? to (?:cancel|terminate|leave)",
        r"(?:was|been|being) acquired by",
        r"zu teuer\b",
        r"kein Budget\b",
        r"kündig\w+",
        r"trop cher\b",
        r"pas de budget\b",
        r"résili\w+",
    ),
    "negative": (
        r"frustrated\b",
        r"disappoint\w+",
        r"unacceptable\b",
        r"unhappy\b",
        r"angry\b",
        r"escalat\w+",
        r"losing patience",
        r"lost (?:all )?trust",
        r"fed up\b",
        r"unzufrieden\b",
        r"verärgert\b",
        r"enttäuscht\b",
        r"mécontent\w*",
        r"déçue?s?\b",
    ),
    "positive": (
        r"will renew\b",
        r"wants? to renew\b",
        r"budget (?:is |was )?approved",
        r"happy with\b",
        r"very pleased\b",
        r"recommend(?:s|ed)? us\b",
        r"want(?:s)? to (?:extend|expand|roll out)",
        r"sehr zufrieden\b",
        r"très satisfait\w*",
    ),
    "competitor": (
        r"competitor\w*",
        r"(?:an)?other vendors?\b",
        r"alternative provider",
        r"Wettbewerber\b",
        r"un concurrent\b",
    ),
    "price": (
        r"pric(?:e|es|ing)\b",
        r"quote\b",
        r"discount\b",
        r"budget\b",
        r"commercial terms",
        r"cost\w*\b",
        r"Preis\w*",
        r"Angebot\w*",
        r"prix\b",
        r"devis\b",
    ),
    "instruction": (
        r"(?:ignore|disregard|forget) (?:all |any |the |your )*(?:previous|prior|above|earlier)",
        r"system prompt",
        r"you are (?:now )?an? (?:AI|assistant|language model)",
        r"(?:AI|assistant)[ ,:]+(?:please )?(?:set|mark|report|write|say|delete|send)",
        r"(?:mark|report) this account as",
    ),
}
_PATTERNS = {
    kind: re.compile(rf"\b(?:{'|'.join(words)})", re.IGNORECASE) for kind, words in _WORDS.items()
}

_CLAUSE_END = re.compile(r"[.,;:!?\n]|\bbut\b|\baber\b|\bmais\b")
_DENIED = re.compile(r"\b(?:not|no|never|nobody|without|nicht|kein\w*|ne|pas|jamais)\b|n't\b", re.I)


@dataclass(frozen=True, slots=True)
class Finding:
    """A phrase found in a text: its words, where, when and by whom."""

    kind: Kind
    words: str
    record_id: str
    where: str
    at: date
    author: str


def find_phrases(
    records: Iterable[Note | Activity], *, competitors: tuple[str, ...] = ()
) -> tuple[Finding, ...]:
    """Return the first phrase of each kind in each text, in the order of the records.

    E-mails of ours are not read: what we write says nothing about the customer.
    """
    found: list[Finding] = []
    for record in records:
        if not (isinstance(record, Activity) and _is_ours(record)):
            found += _in_text(record, competitors)
    return tuple(found)


def gives_orders(text: str) -> bool:
    """Say whether a text tries to instruct software."""
    return _PATTERNS["instruction"].search(text) is not None


def _in_text(record: Note | Activity, competitors: tuple[str, ...]) -> list[Finding]:
    heading = record.title if isinstance(record, Note) else record.subject
    text = f"{heading}\n{record.text[:READ_CHARS]}"
    if hit := _PATTERNS["instruction"].search(text):
        return [_finding("instruction", hit[0], record)]
    kinds: tuple[Kind, ...] = ("red_flag", "negative", "positive", "price")
    hits: list[tuple[Kind, str]] = [(kind, hit) for kind in kinds if (hit := _first(kind, text))]
    named: list[tuple[Kind, str]] = [
        ("competitor", name) for name in competitors if name.casefold() in text.casefold()
    ]
    if not named and (hit := _first("competitor", text)):
        named = [("competitor", hit)]
    return [_finding(kind, words, record) for kind, words in [*hits, *named[:1]]]


def _first(kind: Kind, text: str) -> str | None:
    """Return the first phrase that is not denied in its own clause, "this is not too expensive"."""
    for hit in _PATTERNS[kind].finditer(text):
        clause = _CLAUSE_END.split(text[: hit.start()])[-1]
        if not _DENIED.search(clause):
            return hit[0]
    return None


def _finding(kind: Kind, words: str, record: Note | Activity) -> Finding:
    note = isinstance(record, Note)
    what = "note" if note else {"email": "e-mail"}.get(record.kind, record.kind)
    return Finding(
        kind=kind,
        words=words,
        record_id=record.id,
        where=f'{what} "{record.title if note else record.subject}"',
        at=record.at,
        author=record.author if note else record.by,
    )


def _is_ours(activity: Activity) -> bool:
    return activity.kind == "email" and activity.direction == "out"
