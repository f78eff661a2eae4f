"""Dates and spans of dates as resumes spell them, in English and French, to `YYYY-MM` or `YYYY`.

Only what is said is read: a day or a season is left out of the value, and `03/04/2020` is nobody's guess.
"""

import re
from dataclasses import dataclass, replace

_MONTHS = (
    "january|jan|janvier|janv",
    "february|feb|fevrier|février|fevr|févr|fév",
    "march|mar|mars",
    "april|apr|avril|avr",
    "may|mai",
    "june|jun|juin",
    "july|jul|juillet|juil",
    "august|aug|aout|août",
    "september|sept|sep|septembre",
    "october|oct|octobre",
    "november|nov|novembre",
    "december|dec|decembre|décembre|déc",
)
_NUMBER_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split("|")}
_NAME = "|".join(sorted(_NUMBER_OF, key=len, reverse=True))
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|er)?[ ]+)?(?:{_NAME})\b\.?,?[ ]*(?:\d{{1,2}},[ ]*)?(?:of[ ]+)?(?:{_YEAR}|['’]\d\d)"
    rf"|(?:0?[1-9]|1[0-2])[ ]?[/.][ ]?{_YEAR}"
    rf"|{_YEAR}[-/.](?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?"
    rf"|(?:(?:spring|summer|autumn|fall|winter|printemps|été|ete|automne|hiver)[ ]+)?{_YEAR}"
)
_NOW = (
    r"present|current|now|today|ongoing|to date|till date|"
    r"aujourd['’]?hui|à ce jour|a ce jour|présent|actuel(?:lement)?|en cours|maintenant"
)
_DASH = r"[ ]*(?:[-–—‐−~→]+|\bto\b|\buntil\b|\bau?\b|\bà\b|\bjusqu['’](?:à|en|au)\b)[ ]*"
_SPAN = re.compile(
    rf"(?<![\w/.–—-])(?:(?:from|since|depuis|de|du|depuis le)[ ]+)?(?P<bare>(?:{_NAME})\b\.?)?"
    rf"(?:(?<=[a-zé.])|(?P<start>{_DATE}))"
    rf"{_DASH}(?P<end>{_DATE}|{_NOW}|\d\d(?!\d))(?![\w/]|\.\d)",
    re.IGNORECASE,
)
_SINCE = re.compile(rf"(?<![\w/.–—-])(?:since|depuis)[ ]+(?P<start>{_DATE})(?![\w/])", re.IGNORECASE)
_SINGLE = re.compile(
    rf"(?<![\w/.–—-])(?:(?:expected|graduated|graduating|class of|obtenue? en|promotion|en|in)[ :]+)?"
    rf"(?P<end>{_DATE})(?![\w/]|-\d)",
    re.IGNORECASE,
)
_OPEN = re.compile(r"[ ]*[-–—][ ]*")
DURATION = re.compile(
    r"\(?(?:\d+|one|two|three|four|five|six|un|deux|trois)\+?[ ]?"
    r"(?:years?|yrs?|months?|mos?|ans?|mois|weeks?|semaines?)"
    r"(?:(?:,|[ ]and|[ ]et)?[ ]+\d+[ ]?(?:months?|mos?|mois|weeks?))?\)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """When something was: `start` and `end` as `YYYY-MM` or `YYYY`; `current` where it goes on.

    `text` is how it was written, from `begins` to `ends` of the line.
    """

    start: str
    end: str
    current: bool
    text: str
    begins: int
    ends: int


def span_in(text: str) -> Span | None:
    """The span of dates in a text, or the one date, which is an end; of several the last one."""
    for pattern in (_SPAN, _SINCE, _SINGLE):
        for match in reversed(list(pattern.finditer(text))):
            if span := _span(match):
                return _left_open(span, text) if pattern is _SINGLE else span
    return None


def _left_open(span: Span, text: str) -> Span:
    """`2019 –` is a beginning."""
    if not _OPEN.fullmatch(text, span.ends):
        return span
    return replace(span, start=span.end, end="", current=True, text=text[span.begins :].strip(), ends=len(text))


def _span(match: re.Match[str]) -> Span | None:
    groups = match.groupdict()
    start, end = _iso(groups.get("start") or ""), groups.get("end") or ""
    current = bool(re.fullmatch(_NOW, end, re.IGNORECASE)) or (bool(start) and not end)
    if re.fullmatch(r"\d\d", end):
        if len(start) != 4:
            return None
        finish = start[:2] + end
    else:
        finish = "" if current else _iso(end)
    if bare := groups.get("bare"):
        if groups.get("start") or not finish:
            return None
        start = f"{finish[:4]}-{_NUMBER_OF[bare.rstrip('.').casefold()]:02}"
    elif match.re is _SPAN and not start:
        return None
    if finish and start and finish[: len(start)] < start[: len(finish)]:
        return None
    return Span(start=start, end=finish, current=current, text=match[0].strip(), begins=match.start(), ends=match.end())


def _iso(words: str) -> str:
    """One date."""
    year = re.search(_YEAR, words)
    short = re.search(r"['’](\d\d)$", words)
    if not year and not short:
        return ""
    written = year[0] if year else f"20{short[1]}" if short and int(short[1]) < 50 else f"19{short[1]}" if short else ""
    if month := re.search(rf"\b({_NAME})\b", words, re.IGNORECASE):
        return f"{written}-{_NUMBER_OF[month[1].casefold()]:02}"
    rest = words.replace(written, "", 1)
    number = re.match(r"[ ]*[-/.]?[ ]*(\d{1,2})", rest)
    return f"{written}-{int(number[1]):02}" if number else written
