"""When something was: the dates and spans of a sentence, taken out of it so that the rest can be read without them."""

import re
from dataclasses import dataclass

from app.cv.dates import wire_date
from app.cv.rules.text import TAKEN

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
DATE = (
    rf"(?:{_MONTH}\.?,? (?:of )?(?:19|20)\d\d|{_MONTH}\.? ?'\d\d|(?:0?[1-9]|1[0-2])[/.-](?:19|20)\d\d"
    r"|(?:19|20)\d\d[/-](?:0[1-9]|1[0-2])|(?:19|20)\d\d)(?![\d/])"
)
_NOW = r"(?:present|now|today|current(?:ly)?|ongoing|date|the present(?: day)?)\b"
_TO = r"(?: ?[-–—] ?| (?:to|until|untill|till?|'til|through|thru|and|up to) )"
_BEFORE = r"(?:\b(?:from|between|in|during|dates?:?)(?: the (?:summer|spring|autumn|fall|winter|year)(?: of)?)? )?"
_SPAN = re.compile(rf"{_BEFORE}\b({DATE}){_TO}({DATE}|{_NOW})", re.IGNORECASE)
_SINCE = re.compile(
    rf"\b(?:since|from|starting|started|began)(?: (?:in|about|around))? ({DATE})(?P<on> (?:on|onwards?)\b)?",
    re.IGNORECASE,
)
_UNTIL = re.compile(rf"\b(?:until|untill|till?|left(?: [\w.&' ]{{1,40}}?)? in|ended(?: in)?) ({DATE})", re.IGNORECASE)
_SINGLE = re.compile(
    rf"(?:\b(?:in|on|during|back in|around|as of|class of|joined in|dates?:)(?: the (?:summer|spring|autumn|fall"
    rf"|winter)(?: of)?)? )?"
    rf"\b({DATE})",
    re.IGNORECASE,
)
NOW = re.compile(r"\b(?:currently|right now|at the moment|now|at present|these days|presently|still)\b", re.IGNORECASE)
MARKS = "\ue010\ue011\ue012\ue013\ue014\ue015\ue016\ue017\ue018\ue019\ue01a\ue01b\ue01c\ue01d\ue01e\ue01f"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A start and an end as the wire has them; `single` is a date of which nothing says which of both it is."""

    start: str = ""
    end: str = ""
    single: str = ""

    @property
    def last(self) -> str:
        """The date of a graduation: the end, or the only date."""
        return self.end or self.single or self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A text with a sign of `MARKS` in the place of each period."""

    text: str
    periods: tuple[Period, ...]

    def within(self, part: str) -> tuple[Period, ...]:
        """The periods whose signs stand in a part of the text."""
        return tuple(self.periods[MARKS.index(sign)] for sign in part if sign in MARKS)


def dated(text: str) -> Dated:
    """Take the periods out of a text; those beyond what anybody lists in one sentence stay where they are."""
    text = text.translate(_NO_MARKS)
    found: list[Period] = []
    for pattern, build in _KINDS:
        text = pattern.sub(lambda match, build=build: _marked(match, build(match), found), text)  # type: ignore[misc]
    return Dated(text=text, periods=tuple(found))


def _since(match: re.Match[str]) -> Period:
    begins = match.group().lower()
    goes_on = begins.startswith("since") or bool(match["on"])
    return Period(start=wire_date(match[1]), end="Present" if goes_on else "")


_NO_MARKS = dict.fromkeys(map(ord, MARKS))
_KINDS = (
    (_SPAN, lambda match: Period(start=wire_date(match[1]), end=wire_date(match[2]))),
    (_UNTIL, lambda match: Period(end=wire_date(match[1]))),
    (_SINCE, _since),
    (_SINGLE, lambda match: Period(single=wire_date(match[1]))),
)


def _marked(match: re.Match[str], period: Period, found: list[Period]) -> str:
    if len(found) >= len(MARKS) or period == Period():
        return match.group()
    found.append(period)
    return MARKS[len(found) - 1]


def unmarked(text: str) -> str:
    """The text with the same sign for whatever was taken out."""
    return text.translate(dict.fromkeys(map(ord, MARKS), TAKEN))
