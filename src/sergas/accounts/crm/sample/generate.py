"""Make `crm.json`, `memory.json` and `expected.json` from the stories.

Run it after a change of a story: `python -m sergas.accounts.crm.sample.generate`.
Deterministic: ids come from positions, and the durations of old deals from a seeded generator.
Dates are written as "@-12", twelve days before the day on which the data is loaded; texts hold
"{@-12}" or, with a format of their own, "{@-12:%d.%m.}".
"""

import json
import random
import tomllib
from itertools import pairwise
from pathlib import Path

import msgspec

from sergas.accounts.crm.sample.story import Row, Story, as_story

HERE = Path(__file__).parent
STAGES = (("Qualification", 13), ("Needs Analysis", 20), ("Proposal", 16), ("Negotiation", 21))
_LINE_OF_KIND = ("account", "contacts", "deals", "activities", "tasks", "notes", "changes")


def generate() -> dict[str, list[object]]:
    """Return the content of the data files, by file name."""
    files: dict[str, list[object]] = {"crm.json": [], "memory.json": [], "expected.json": []}
    for story in read_stories():
        files["crm.json"].append(_account_file(story))
        files["memory.json"].append(_memory_file(story))
        files["expected.json"].append({"number": story.number, **story.expected})
    return files


def read_stories() -> list[Story]:
    """Read the stories in the order of their account numbers."""
    paths = sorted((HERE / "stories").glob("*.toml"))
    return [as_story(tomllib.loads(path.read_text("utf-8"))) for path in paths]


def as_text(rows: list[object]) -> str:
    """Write a data file: one account a line, so that a change of a story is one changed line."""
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _account_file(story: Story) -> Row:
    dice = random.Random(story.number)  # noqa: S311 - repeatable data, not a secret
    deals = [_open_deal(row) for row in story.deals]
    deals += [_closed_deal(row, dice, str(story.account["currency"])) for row in story.closed]
    for deal in deals:
        deal.setdefault("currency", story.account["currency"])
    return {
        "account": _dated(story.account) | {"id": _id(story, "account", 0)},
        "contacts": _with_ids(story, "contacts", [_contact(row, story) for row in story.contacts]),
        "deals": _with_ids(story, "deals", deals),
        "activities": _with_ids(story, "activities", [_dated(row) for row in story.activities]),
        "tasks": _with_ids(story, "tasks", [_dated(row) for row in story.tasks]),
        "notes": _with_ids(story, "notes", [_dated(row) for row in story.notes]),
        "changes": _with_ids(story, "changes", _changes(story)),
    }


def _memory_file(story: Story) -> Row:
    return {
        "account_id": _id(story, "account", 0),
        "last_look": None if story.last_look is None else _day(story.last_look),
        **{
            kind: [
                _dated(row) | {"id": f"mem-{story.number[-3:]}-{kind[0]}{place}"}
                for place, row in enumerate(rows, start=1)
            ]
            for kind, rows in (
                ("commitments", story.commitments),
                ("advice", story.advice),
                ("preferences", story.preferences),
            )
        },
    }


def _contact(row: Row, story: Story) -> Row:
    local = str(row["name"]).casefold().replace(" ", ".")
    return _dated(row) | {"email": f"{local}@{story.domain}"}


def _open_deal(row: Row) -> Row:
    stages, moves = _rows(row.get("stages")), _rows(row.get("moves"))
    deal = _dated({key: row[key] for key in row if key not in {"stages", "moves"}})
    deal["stage_history"] = [{"stage": stage, "since": _day(since)} for stage, since in stages]
    deal["close_date_history"] = [
        {"at": _day(at), "old": _day(old), "new": _day(new)} for at, old, new in moves
    ]
    return deal


def _closed_deal(row: Row, dice: random.Random, currency: str) -> Row:
    """Build a finished deal backwards from the day it closed."""
    closed = row["closed"]
    assert isinstance(closed, int), row  # noqa: S101 - a story that is wrong must not be generated
    stage = "Closed Won" if row.get("won") else "Closed Lost"
    day = closed
    history: list[Row] = [{"stage": stage, "since": _day(day)}]
    for name, usual in reversed(STAGES):
        day -= round(usual * (0.6 + 0.8 * dice.random()))
        history.insert(0, {"stage": name, "since": _day(day)})
    return {
        "name": row["name"],
        "type": row["type"],
        "stage": stage,
        "amount": row["amount"],
        "currency": currency,
        "probability": 100 if row.get("won") else 0,
        "closing_date": _day(closed),
        "created_on": _day(day),
        "stage_history": history,
    }


def _changes(story: Story) -> list[Row]:
    """Return the timeline: the story's own entries, and those that follow from the deals."""
    rows = [_dated(row) for row in story.changes]
    for deal in story.deals:
        base: Row = {"module": "Deals", "record": deal["name"], "by": story.account["owner"]}
        stages = _rows(deal.get("stages"))
        for (old, _), (new, since) in pairwise(stages):
            rows.append(base | {"at": _day(since), "field": "Stage", "old": old, "new": new})
        for at, before, after in _rows(deal.get("moves")):
            rows.append(
                base
                | {"at": _day(at), "field": "Closing_Date", "old": _day(before), "new": _day(after)}
            )
    return rows


def _dated(row: Row) -> Row:
    renamed = {_NAMES.get(key, key): value for key, value in row.items()}
    return {
        key: _day(value) if key in _DAYS and isinstance(value, int) else value
        for key, value in renamed.items()
    }


_NAMES = {
    "created": "created_on",
    "modified": "modified_on",
    "left": "left_on",
    "renewal": "renewal_date",
    "closing": "closing_date",
    "made": "made_on",
    "kept": "kept_on",
    "closed": "closed_on",
}
_DAYS = {*_NAMES.values(), "at", "due"}


def _with_ids(story: Story, kind: str, rows: list[Row]) -> list[Row]:
    return [row | {"id": _id(story, kind, place)} for place, row in enumerate(rows, start=1)]


def _id(story: Story, kind: str, place: int) -> str:
    """Return an id like Zoho's: 19 digits, too long for a JavaScript number."""
    number = int(story.number[-3:])
    return f"5725767{number:06d}{_LINE_OF_KIND.index(kind):02d}{place:04d}"


def _day(offset: object) -> str:
    return f"@{offset}"


def _rows(value: object) -> list[list[object]]:
    return msgspec.convert(value or [], list[list[object]])


def main() -> None:
    """Write the data files."""
    for name, rows in generate().items():
        (HERE / name).write_text(as_text(rows), "utf-8")


if __name__ == "__main__":
    main()
