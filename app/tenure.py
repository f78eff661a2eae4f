"""Years: those that a posting asks for, and those that a resume's dates show."""

import datetime as dt
import re
from collections.abc import Iterable

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
}  # fmt: skip
_NUMBER = r"(?:\d{1,2}|" + "|".join(NUMBERS) + ")"
ASKED = re.compile(
    rf"\b({_NUMBER})\s*(?:\(\d+\)\s*)?\+?\s*(?:(?:-|–|to|à|or|ou)\s*{_NUMBER}\s*\+?\s*)?"
    r"(?:or more |ou plus )?(?:years?|yrs?|ans|années)\b",
    re.IGNORECASE,
)
SPAN = re.compile(r"\((\d{4})(?:-(\d\d))?(?:-\d\d)? – (?:(present)|(\d{4})(?:-(\d\d))?(?:-\d\d)?)\)$")


def years_asked(text: str) -> int | None:
    """The least number of years that a text names: 5 for "5+ years", 3 for "3 à 5 ans"."""
    match = ASKED.search(text)
    if match is None:
        return None
    number = match[1].lower()
    return NUMBERS.get(number) or int(number)


def years_quoted(text: str) -> str:
    """The words in which a text names a number of years ("5+ years"), or nothing."""
    match = ASKED.search(text)
    return match.group() if match else ""


def months_between(items: Iterable[str], today: dt.date) -> int:
    """The months that items cover by the dates in their headers, those of parallel jobs once.

    A date without its month counts as little as it can: from December, to January.
    """
    months: set[int] = set()
    for item in items:
        covered = span(item, today)
        if covered:
            months.update(range(covered[0], covered[1] + 1))
    return len(months)


def span(item: str, today: dt.date, *, whole_years: bool = False) -> tuple[int, int] | None:
    """The first and the last month of an item by its header's dates, counted from the year 0; None without dates.

    A year without its month counts as little as it can, or with `whole_years` as much.
    """
    match = SPAN.search(item)
    if match is None:
        return None
    first, last = (1, 12) if whole_years else (12, 1)
    now = 12 * today.year + today.month
    end = now if match[3] else 12 * int(match[4]) + int(match[5] or last)
    return 12 * int(match[1]) + int(match[2] or first), min(end, now)
