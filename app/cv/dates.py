"""Dates as people write them, and the form they have in a CV: `MM/YYYY`, `YYYY` without a month, or `Present`.

Months are read in English, French, German and Spanish. "March to June 2021" are two dates of one year. A day is passed
over; of "03/04/2021" only the year is sure when one form has to be chosen, and both readings can be what was meant.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from app.cv.texts import unaccented
from app.vocabulary import fold

PRESENT: Final = "Present"
_MONTHS: Final = (
    "january jan janvier janv januar enero ene",
    "february feb fevrier fevr fev februar febrero",
    "march mar mars marz maerz marzo",
    "april apr avril avr abril abr",
    "may mai mayo",
    "june jun juin juni junio",
    "july jul juillet juil juli julio",
    "august aug aout agosto ago",
    "september sept sep septembre septiembre",
    "october oct octobre oktober okt octubre",
    "november nov novembre noviembre",
    "december dec decembre dezember dez diciembre dic",
)
MONTHS: Final = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAME = rf"\b(?P<name>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_ALONE = r"(?<!\d)(?<!\d[/.])(?<!(?<!\d\d\d)\d-)"  # no part of a longer number; "2019-2021" are two years
_YEAR = rf"{_ALONE}(?P<year>(?:19|20)\d\d)(?!\w)"
_SHORT = r"['’](?P<short>\d\d)(?!\d)"
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th|er|\.)?\s+)?"
_OF = r"(?:\s*,?\s*(?:of|de|del)?\s*|\s*[-/]\s*)"
_LINK = r"\s*(?:-|–|—|to|until|till|through|and|a|au|à|bis|und|et|y|hasta)\s*"
_NUMERIC: Final = re.compile(
    rf"{_ALONE}(?:"
    r"(?P<y1>(?:19|20)\d\d)[-/.](?P<m1>0?[1-9]|1[0-2])(?:[-/.](?:[0-2]?\d|3[01]))?(?!\d)"  # 2021-03, 2021-03-15
    r"|(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y2>(?:19|20)\d\d)(?!\d)"  # 15/03/2021, 03/15/2021
    r"|(?P<m3>0?[1-9]|1[0-2])\s?[-/.]\s?(?P<y3>(?:19|20)\d\d)(?!\d)"  # 03/2021
    r"|(?P<m4>0[1-9]|1[0-2])/(?P<y4>\d\d)(?![\d/])"  # 03/21
    r")",
)
_NAMED: Final = re.compile(
    rf"{_NAME}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d))?{_OF}(?:{_YEAR}|{_SHORT}|(?P<bare>\d\d)(?!\d|st|nd|rd|th))",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(rf"{_NAME}{_LINK}{_DAY}$", re.IGNORECASE)
_YEARS: Final = re.compile(rf"{_YEAR}|(?<!\w){_SHORT}")
_ENDS: Final = re.compile(r"(?<=\d\d\d\d)\s*[-–/]\s*(?P<end>\d\d)(?![\d/.-])")  # 2019-21
NOW: Final = re.compile(
    r"\b(?:now|nowadays|present(?:ly)?|current(?:ly)?|today|ongoing|still|since|to date|so far|have been|has been"
    r"|i['’]ve been|i work|i['’]m (?:working|employed)|i am (?:working|employed)"
    r"|aujourd['’]hui|present|actuel(?:le(?:ment)?)?|depuis|a ce jour|en cours|maintenant|heute|seit|derzeit|aktuell"
    r"|hoy|actual(?:mente|idad)?|ahora|desde)\b",
    re.IGNORECASE,
)
_NOW_ALONE: Final = re.compile(
    r"(?:(?:until|till|to|up to|-|–|—|jusqu['’]a)\s*)?(?:the\s+)?"
    r"(?:now|present(?: day)?|presently|current(?:ly)?|today|ongoing|to date|still(?: (?:there|here))?"
    r"|aujourd['’]hui|actuel(?:lement)?|maintenant|a ce jour|en cours|heute|hoy|actualidad|actualmente|since\b.*)\.?",
    re.IGNORECASE,
)


class Dated(NamedTuple):
    """A date that a text holds: where it stands there, and the forms it can have in a CV, the surest first."""

    start: int
    end: int
    forms: tuple[str, ...]


def wire_date(words: str) -> str:
    """The form of a date in a CV: "March 2021" is "03/2021", "2019" itself, "now" is "Present", nonsense is "".

    >>> wire_date("since March 2021"), wire_date("currently")
    ('03/2021', 'Present')
    """
    text = fold(words).strip()
    dates = [dated for dated in dates_in(text) if dated.forms != (PRESENT,)]
    if len(dates) == 1:
        return dates[0].forms[0]
    return PRESENT if not dates and _NOW_ALONE.fullmatch(text) else ""


def dates_in(text: str) -> list[Dated]:
    """Every date of a text in its order, its year alone among its forms; words for the present are dates, too."""
    text = unaccented(text)
    dates = [*_numeric(text), *_named(text)]
    taken = [range(dated.start, dated.end) for dated in dates]
    dates += (dated for dated in _years(text) if not any(dated.start in one for one in taken))
    dates += (Dated(match.start(), match.end(), (PRESENT,)) for match in NOW.finditer(text))
    return sorted(dates)


def _numeric(text: str) -> Iterator[Dated]:
    for match in _NUMERIC.finditer(text):
        year = match["y1"] or match["y2"] or match["y3"] or f"{_century(match['y4'])}"
        months = [int(month) for month in (match["m1"], match["m3"], match["m4"], match["a"], match["b"]) if month]
        fitting = [f"{month:02}/{year}" for month in dict.fromkeys(months) if 1 <= month <= 12]
        sure = fitting if len(fitting) == 1 else [year, *fitting]
        yield Dated(match.start(), match.end(), (*sure, *([year] if len(fitting) == 1 else [])))


def _named(text: str) -> Iterator[Dated]:
    for match in _NAMED.finditer(text):
        if match["bare"] and match["name"] == "may":
            continue  # "I may 20 times"
        year = match["year"] or str(_century(match["short"] or match["bare"]))
        yield Dated(match.start(), match.end(), (_form(match["name"], year), year))
        earlier = _BEFORE.search(text, max(0, match.start() - 30), match.start())
        if earlier:
            yield Dated(earlier.start(), earlier.end(), (_form(earlier["name"], year), year))


def _years(text: str) -> Iterator[Dated]:
    for match in _YEARS.finditer(text):
        yield Dated(match.start(), match.end(), (match["year"] or str(_century(match["short"])),))
    for match in _ENDS.finditer(text):
        first = text[match.start() - 4 : match.start()]
        if match["end"] > first[2:] and first[:2] in ("19", "20"):
            yield Dated(match.start("end"), match.end(), (first[:2] + match["end"],))


def _form(name: str, year: str) -> str:
    return f"{MONTHS[name.lower()]:02}/{year}"


def _century(short: str) -> int:
    """The year of two digits: 19 is 2019, 87 is 1987; no CV reaches far beyond its own time."""
    return (2000 if int(short) < 50 else 1900) + int(short)
