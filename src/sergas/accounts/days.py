"""Days: today in UTC, how a day is written, and sample data that moves with today."""

import re
from datetime import UTC, date, datetime, timedelta

from sergas import Json

_WHOLE = re.compile(r"@([+-]?\d+)")
_WITHIN = re.compile(r"\{@([+-]?\d+)(?::([^}]+))?\}")


def day_of(now_ms: int) -> date:
    """Return the UTC day of a time in milliseconds since 1970."""
    return datetime.fromtimestamp(now_ms / 1000, tz=UTC).date()


def spoken(day: date) -> str:
    """Write a day as a person says it, "3 November 2026"."""
    return f"{day.day} {day:%B %Y}"


def shift(value: Json, today: date) -> Json:
    """Replace every day offset in sample data by a date: "@-12" and, inside texts, "{@-12}"."""
    if isinstance(value, str):
        return _shift_text(value, today)
    if isinstance(value, list):
        return [shift(item, today) for item in value]
    if isinstance(value, dict):
        return {key: shift(item, today) for key, item in value.items()}
    return value


def _shift_text(text: str, today: date) -> str:
    if whole := _WHOLE.fullmatch(text):
        return (today + timedelta(days=int(whole[1]))).isoformat()

    def written(match: re.Match[str]) -> str:
        day = today + timedelta(days=int(match[1]))
        return day.strftime(match[2]) if match[2] else f"{day.day} {day:%B}"

    return _WITHIN.sub(written, text)
