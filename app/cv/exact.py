"""What is held by its characters: e-mail addresses, telephone numbers, web addresses; and dates by what they can mean.

Each function says of one text of the user: True if it holds the value, False if it only takes it back ("not a@b.org
but c@d.org"), None if it does not speak of it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from app.cv.sayings import Saying

_EMAIL: Final = re.compile(r"[^@\s,;<>()\"]+@[^@\s,;<>()\"]+\.\w{2,}")
_SPOKEN_AT: Final = re.compile(
    r"\s*[(\[{]\s*at\s*[)\]}]\s*|(?<=\w)\s+at\s+(?=[\w-]+(?:\s*[.(\[]|\s+dot\b))", re.IGNORECASE
)
_SPOKEN_DOT: Final = re.compile(r"\s*[(\[{]\s*dot\s*[)\]}]\s*|(?<=\w)\s+dot\s+(?=\w)", re.IGNORECASE)
_SPOKEN: Final = re.compile(r"\bat\b.{0,80}\bdot\b|\bat\W", re.IGNORECASE)
# Digits with at most three signs between two groups, as one number is written; an extension may follow.
_BETWEEN: Final = r"[ \u00a0\t./()\u2010-\u2013-]"
_RUN: Final = re.compile(rf"(?P<plus>\+|\b00)?(?<!\d)\(?\d(?:{_BETWEEN}{{0,3}}\d)*")
_NO_DIGIT: Final = re.compile(r"[^0-9]+")
_EXTENSION: Final = re.compile(r"\s*,?\s*(?:ext(?:ension)?|poste|x|#)\.?\s*(\d{1,6})(?!\d)", re.IGNORECASE)
_PHONE: Final = re.compile(rf"[+(]*\d(?:{_BETWEEN}|\d)*(?:{_EXTENSION.pattern})?", re.IGNORECASE)
_LEAST_DIGITS: Final = 5
_MOST_DIGITS: Final = 20
_YEARS: Final = re.compile(r"(?:19|20)\d\d\W+(?:19|20)\d\d|(?:19|20)\d\d-\d\d(?:-\d\d)?")
_DAY: Final = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])([./ -])(?:0?[1-9]|[12]\d|3[01])\1(?:19|20)?\d\d|(?:19|20)\d\d([./ -])\d\d?\2\d\d?"
)
_IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{1,4}){3,8}\b")
# A number of something else: "my order number is 4471 2233".
_OF_ELSE: Final = re.compile(
    r"\b(?:order|invoice|ticket|account|iban|passport|tax|vat|ssn|security|card|customer|client|member(?:ship)?|badge"
    r"|ref(?:erence)?|case|employee|licen[cs]e|student|id|policy|tracking|serial|zip|post(?:al)?(?: ?code)?|isbn"
    r"|booking|confirmation|registration|insurance)\b\W*(?P<between>(?:[^\W\d]+\W+){0,4})[+#(]*$",
    re.IGNORECASE,
)
_OF_PHONE: Final = re.compile(r"\b(?:(?:tele)?phone|mobile|cell|tel|call|reach|text|whatsapp|fax)", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:[^\W\d_]{2,}|xn--[\w-]+)(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_SCHEME: Final = re.compile(r"^https?://", re.IGNORECASE)
_WWW: Final = re.compile(r"^www\.", re.IGNORECASE)


def holds_email(saying: Saying, value: str) -> bool | None:
    """An address stands in the text as a whole, also as "ada at example dot org"."""
    if not _EMAIL.fullmatch(value):
        return None
    found = _whole(saying.text, value, before=r"(?<![\w.+%@-])", after=r"[\w@+%-]|\.\w")
    standing = _standing(saying, found)
    if (
        standing is None
        and _SPOKEN.search(saying.text)
        and (spoken := _SPOKEN_DOT.sub(".", _SPOKEN_AT.sub("@", saying.text))) != saying.text
    ):
        return holds_email(Saying(spoken), value)
    return standing


def holds_phone(saying: Saying, value: str) -> bool | None:
    """All digits of a number are all digits of one that stands in the text, and no country's sign is added."""
    digits = _digits(value)
    if not _PHONE.fullmatch(value) or not _LEAST_DIGITS <= len(digits) <= _MOST_DIGITS:
        return None
    if _YEARS.fullmatch(value) or _DAY.fullmatch(value.strip()):
        return None
    if digits not in _digits(saying.text):
        return None
    return _standing(
        saying,
        (
            (match.start(), match.end())
            for match in _RUN.finditer(saying.text)
            if digits in _numbers(saying.text, match)
            and (match["plus"] or not value.lstrip("( ").startswith("+"))
            and not _is_of_else(saying.text, match)
        ),
    )


@lru_cache(maxsize=32)
def _ibans(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _IBAN.finditer(text))


def _is_of_else(text: str, run: re.Match[str]) -> bool:
    """Whether a run of digits is a date, a bank account, or by the words before it the number of another thing."""
    if _DAY.fullmatch(run[0].strip()) or any(start < run.end() <= end for start, end in _ibans(text)):
        return True
    of_else = _OF_ELSE.search(text, max(0, run.start() - 60), run.start())
    return of_else is not None and not _OF_PHONE.search(of_else["between"])


def _numbers(text: str, run: re.Match[str]) -> set[str]:
    """The digits of a run, and with those of its extension."""
    extension = _EXTENSION.match(text, run.end())
    return {_digits(run[0]), _digits(run[0]) + (extension[1] if extension else "")}


def _digits(text: str) -> str:
    return _NO_DIGIT.sub("", text)


def holds_url(saying: Saying, value: str) -> bool | None:
    """An address stands in the text as a whole; `https://`, `www.` and a last slash make no difference."""
    core = _WWW.sub("", _SCHEME.sub("", value.strip())).rstrip("/")
    if not core or re.search(r"\s|@|^[a-z][\w+.-]*:(?!\d)", core, re.IGNORECASE):
        return None
    if not _ADDRESS.fullmatch(core):
        return None
    before = r"(?<![\w@.-])(?<!\w/)(?:https?://)?(?:www\.)?"
    return _standing(saying, _whole(saying.text, core, before=before, after=r"[\w@-]|[./?=#&]+\w"))


def holds_date(saying: Saying, value: str) -> bool | None:
    """A date of the text can mean this one."""
    found = ((dated.start, dated.end) for dated in saying.dates if value in dated.forms)
    return _standing(saying, found)


def _whole(text: str, value: str, *, before: str, after: str) -> Iterator[tuple[int, int]]:
    """Where a value stands that goes on neither before nor behind."""
    if value.lower() not in text.lower():
        return
    for match in re.finditer(rf"{before}{re.escape(value)}(?!{after})", text, re.IGNORECASE):
        yield match.span()


def _standing(saying: Saying, spans: Iterable[tuple[int, int]]) -> bool | None:
    found = [saying.denies_at(*span) for span in spans]
    return not all(found) if found else None
