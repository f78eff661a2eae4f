"""Years: those that a posting asks for, and those that a resume's dates show."""

import datetime as dt
import re
from collections.abc import Iterable

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
}  # fmt: skip
ASKED = re.compile(
    r"\b(\d{1,2}|" + "|".join(NUMBERS) + r")\s*(?:\(\d+\)\s*)?\+?\s*(?:(?:-|–|to|à|or|ou)\s*\d{1,2}\s*\+?\s*)?"
    r"(?:or more |ou plus )?(?:years?|yrs?|ans|années)\b",
    re.IGNORECASE,
)
SPAN = re.compile(r"\((\d{4})(?:-(\d\d))?(?:-\d\d)? – (?:(present)|(\d{4})(?:-(\d\d))?(?:-\d\d)?)\)$")


def years_asked(text: str) -> int | None:
    """The least number of years that a requirement names: 5 for "5+ years", 3 for "3 à 5 ans"."""
    match = ASKED.search(text)
    if match is None:
        return None
    number = match[1].lower()
    return NUMBERS.get(number) or int(number)


def months_between(items: Iterable[str], today: dt.date) -> int:
    """The months that items cover by the dates in their headers, those of parallel jobs once.

    A date without its month counts as little as it can: from December, to January.
    """
    months: set[int] = set()
    for item in items:
        match = SPAN.search(item)
        if match:
            start = 12 * int(match[1]) + int(match[2] or 12)
            end = 12 * today.year + today.month if match[3] else 12 * int(match[4]) + int(match[5] or 1)
            months.update(range(start, min(end, 12 * today.year + today.month) + 1))
    return len(months)
