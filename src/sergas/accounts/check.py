"""The grounding check: no statement without a record, and nothing in it that the record lacks.

Names, quotations, numbers and dates of a statement must stand in the sources that it cites.
Numbers may also follow from them: days between their dates or to the day of the brief, and how
many of them there are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from sergas import Json
from sergas.accounts.grounds import Grounds, unfounded

Row = dict[str, object]
_CHECKED: dict[str, tuple[str, ...]] = {
    "changes": ("text", "at"),
    "flags": ("text",),
    "people": ("name", "title", "lastContact"),
    "deals": ("name", "stage", "amount", "currency", "closingDate", "daysInStage", "usualDays"),
    "commitments": ("text", "who", "due", "overdueDays"),
    "advice": ("text", "at", "reason", "outcome"),
    "actions": ("title", "why", "draft"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one statement: entry `place` of `section`."""

    section: str
    place: int
    reason: str
    text: str


class UngroundedBrief(Exception):
    """A statement of a brief says more than its records."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        lines = (f"{item.section}[{item.place}] {item.reason}: {item.text}" for item in problems)
        super().__init__("The brief says more than its records; " + " | ".join(lines))
        self.problems = problems


def check_brief(brief: Mapping[str, Json]) -> None:
    """Make sure that every statement stands on its records.

    Raises:
        UngroundedBrief: one does not.
    """
    if problems := find_problems(brief):
        raise UngroundedBrief(problems)


def keep_grounded(brief: dict[str, Json]) -> dict[str, Json]:
    """Return the brief without the statements that do not stand on their records, and say so.

    A headline that falls leaves the account's name, for S1 is always the account.
    """
    problems = find_problems(brief)
    if not problems:
        return brief
    bad = {(problem.section, problem.place) for problem in problems}
    kept = dict(brief)
    for section in _CHECKED.keys() & brief.keys():
        kept[section] = _without(brief[section], section, bad)
    if "attention" in brief:
        attention = _object(brief["attention"])
        parts = ("reasons", "factors")
        left = {part: _without(attention.get(part), part, bad) for part in parts}
        kept["attention"] = attention | left
    if ("headline", 0) in bad:
        kept["headline"] = {
            "text": str(_object(brief.get("account")).get("name")),
            "evidence": ["S1"],
        }
    gap = f"Left out because the cited records do not carry them: {len(bad)} statements."
    return kept | {"gaps": [*_list(brief.get("gaps")), {"text": gap}]}


def find_problems(brief: Mapping[str, Json]) -> tuple[Problem, ...]:
    """Return every statement that lacks evidence or says more than its evidence."""
    today = str(brief.get("generatedAt"))[:10]
    sources = {str(row.get("id")): row for row in _rows(brief.get("sources"))}
    problems: list[Problem] = []
    for section, place, text, evidence in _statements(brief):
        unknown = [part for part in evidence if part not in sources]
        if unknown or not evidence:
            reason = f"cites unknown sources {unknown}" if unknown else "cites nothing"
            problems.append(Problem(section, place, reason, text))
            continue
        grounds = Grounds.of([_text_of(sources[part]) for part in evidence], today)
        if missing := unfounded(text, grounds):
            problems.append(Problem(section, place, f"not in its records: {missing}", text))
    return tuple(problems)


def _statements(brief: Mapping[str, Json]) -> Iterator[tuple[str, int, str, list[str]]]:
    attention = _object(brief.get("attention"))
    tables: list[tuple[str, Json, tuple[str, ...]]] = [
        ("headline", [brief["headline"]] if "headline" in brief else [], ("text",)),
        ("reasons", attention.get("reasons"), ("text",)),
        ("factors", attention.get("factors"), ("reason",)),
        *((section, brief.get(section), fields) for section, fields in _CHECKED.items()),
    ]
    for section, rows, fields in tables:
        for place, row in enumerate(_rows(rows)):
            text = "\n".join(str(row[name]) for name in fields if row.get(name) is not None)
            yield section, place, text, msgspec.convert(row.get("evidence", []), list[str])


def _text_of(source: Row) -> str:
    return "\n".join(str(source.get(name, "")) for name in ("label", "excerpt", "field", "at"))


def _without(rows: Json, section: str, bad: set[tuple[str, int]]) -> list[Json]:
    return [row for place, row in enumerate(_list(rows)) if (section, place) not in bad]


def _rows(value: Json) -> list[Row]:
    return msgspec.convert(value or [], list[Row])


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
