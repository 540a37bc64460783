"""What a text asserts - numbers, dates, names, quotations - and what records give ground for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

_MONTHS = {
    name: place
    for place, name in enumerate(
        (
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
        start=1,
    )
}
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_SPOKEN_DAY = re.compile(rf"\b(\d{{1,2}})\.? ({'|'.join(_MONTHS)})\b(?: (\d{{4}}))?")
_NUMBER = re.compile(r"(?<![\w.,])\d[\d.,]*")
_WORDS = re.compile(r"[\w'\u2019-]+(?: [\w'\u2019-]+)*")
_QUOTED = re.compile(r'"([^"]+)"')


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a statement may assert.

    Attributes:
        text: the sources' words, in lower case with single spaces.
        numbers: numbers in them, days between their dates, days to today, and their count.
        days: (day, month) of their dates.
    """

    text: str
    numbers: frozenset[str]
    days: frozenset[tuple[int, int]]

    @staticmethod
    def of(texts: Sequence[str], today: str) -> "Grounds":
        """Gather what the texts of the cited sources give ground for."""
        found, days, numbers = set[date](), set[tuple[int, int]](), set[str]()
        for text in texts:
            rest, dates, spoken = _split(text)
            found |= dates
            days |= {(day.day, day.month) for day in dates} | spoken
            numbers |= set(_numbers(rest))
        known = [*found, date.fromisoformat(today)]
        numbers |= {str(abs((one - two).days)) for one in known for two in known}
        numbers |= {str(number) for number in range(len(texts) + 1)}
        return Grounds(_plain("\n".join(texts)), frozenset(numbers), frozenset(days))


def unfounded(text: str, grounds: Grounds) -> list[str]:
    """Return what the text asserts without ground."""
    rest, dates, spoken = _split(text)
    days = {(day.day, day.month) for day in dates} | spoken
    missing = [f"{day}.{month}." for day, month in sorted(days - grounds.days)]
    missing += [number for number in _numbers(rest) if number not in grounds.numbers]
    missing += [quote for quote in _QUOTED.findall(text) if _plain(quote) not in grounds.text]
    missing += [name for name in _names(rest) if not _is_known(name, grounds)]
    return missing


def _split(text: str) -> tuple[str, set[date], set[tuple[int, int]]]:
    """Take the dates out of a text: full ones, and (day, month) of those in words."""
    full = {date(int(y), int(m), int(d)) for y, m, d in _ISO_DAY.findall(text)}
    rest = _ISO_DAY.sub("·", text)
    spoken = {(int(day), _MONTHS[month]) for day, month, _ in _SPOKEN_DAY.findall(rest)}
    return _SPOKEN_DAY.sub("·", rest), full, spoken


def _numbers(text: str) -> Iterator[str]:
    for hit in _NUMBER.findall(text):
        yield re.sub(r"[.,](?=\d{3}\b)", "", hit).rstrip(".,")


def _names(text: str) -> Iterator[str]:
    """Find two or more words in a row that begin with a capital letter."""
    for run in _WORDS.findall(text):
        for is_name, words in groupby(run.split(" "), key=lambda word: word[0].isupper()):
            found = list(words)
            if is_name and len(found) > 1:
                yield " ".join(found)


def _is_known(name: str, grounds: Grounds) -> bool:
    """Look the name up, also without its first word, which may only begin a sentence."""
    return any(_plain(part) in grounds.text for part in (name, name.split(" ", 1)[1]))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
