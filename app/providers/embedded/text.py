"""Text as the rules see it, and the few things that every answer does with a line."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

EXCERPT = 200
_FOLDED_AWAY = re.compile(r"[^a-z0-9+#.%]+|\.(?![a-z0-9])|(?<![a-z0-9])\+")
_SPACES = " \u00a0\u202f"
_NUMBER = re.compile(
    rf"(?<![\w.#/-])[$€£]?(?:\d{{1,3}}(?:[{_SPACES},.]\d{{3}})+|\d+(?:[.,]\d+)?)"
    rf"(?:[{_SPACES}]?(?:%|€|\$|[kKMB](?![a-z])|millions?\b|billions?\b|[TGM]B\b|hours?\b|heures?\b|minutes?\b)|x\b)?\+?"
    r"(?![A-Za-z/]|-\d)"
)
_RANGE = re.compile(rf" (?:to|à) {_NUMBER.pattern}")
# The dates at the end of an item's header: "Data Analyst, Shopwise (2017-06 – 2021-02)".
DATES = re.compile(r"\s*\(\d{4}[^()]*\)\s*$")
# In "Accomplishment 2" and "Python 3 and SQL" the number is part of a name; "Over 400 stores", "Hired 12" count.
_LABEL = re.compile(r"\b[A-Z][\w-]*(?<!ed) $")
_AFTER_A_LABEL = re.compile(r"\W*$|[.,;:)]|\s(?:and|to|in|with|on|for|at|et|à|en|sur|pour)\b")
_IN_WORDS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|half|doubled|tripled|halved"
    r"|deux|trois|quatre|cinq|sept|huit|neuf|dix|douzaine|centaines?|milliers?|moitié|doublé|triplé)\b",
    re.IGNORECASE,
)
TITLES = frozenset(
    str.split(
        "dr prof professor professeur pr mr mrs ms miss mx m mme mlle me sir docteur doctor rev hon ing madame monsieur"
    )
)
_SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """Lower case, no accents, single spaces, no punctuation but what a skill's name may hold (`c++`, `node.js`)."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return _FOLDED_AWAY.sub(" ", plain).strip()


@cache
def pattern(alternatives: str) -> re.Pattern[str]:
    """Compile `"word|two words|stem*"` for folded text; whole words only."""
    choices = "|".join(re.escape(choice).replace(r"\*", r"[a-z]*") for choice in alternatives.split("|"))
    return re.compile(rf"(?<![a-z0-9])(?:{choices})(?![a-z0-9+#])")


def holds(folded: str, phrase: str) -> bool:
    """Whether a folded text holds a phrase as whole words."""
    wanted = fold(phrase)
    return bool(wanted) and f" {wanted} " in f" {folded} "


def one_line(text: str) -> str:
    """The text with its white space collapsed."""
    return _SPACE.sub(" ", text).strip()


def excerpt(text: str, limit: int = EXCERPT) -> str:
    """The text, or its longest beginning within `limit` that ends at a clause or a word, and then an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    ends = [head.rfind(mark) for mark in (". ", "; ", ", ", " – ", " — ", " (")]
    end = max(ends)
    if end < limit // 2:
        end = head.rfind(" ")
    return head[:end].rstrip(" ,;–—(") + " …" if end > 0 else head + "…"


def around(text: str, word: str, limit: int = EXCERPT) -> str:
    """The text, or where it is longer than `limit` the part of it that a word stands in, cut at clauses or words."""
    at = text.lower().find(word.lower()) if word else 0
    if len(text) <= limit or at < limit // 2:
        return excerpt(text, limit)
    earliest = at - limit // 2
    ends = [text.find(mark, earliest, at) + len(mark) for mark in (". ", "; ", ": ", ", ") if mark in text[earliest:at]]
    start = min(ends) if ends else text.find(" ", earliest) + 1
    return "… " + excerpt(text[start:], limit)


def number_in(text: str) -> str:
    """The first figure that says how much (not a year, not part of a name), with its range, or nothing."""
    for match in _NUMBER.finditer(text):
        figure = match.group().rstrip(".,")
        digits = re.sub(r"\D", "", figure)
        is_year = len(digits) == 4 and figure == digits and digits[:2] in ("19", "20")
        if not is_year and not (figure.isdigit() and _is_label(text, match)):
            rest = _RANGE.match(text, match.end())
            return figure + rest.group().rstrip(".,") if rest else figure
    return ""


def _is_label(text: str, match: re.Match[str]) -> bool:
    """Whether a bare number is the second word of a name."""
    return bool(_LABEL.search(text[: match.start()]) and _AFTER_A_LABEL.match(text, match.end()))


def counts_something(text: str) -> bool:
    """Whether a line holds a figure, in digits or as a word."""
    return bool(number_in(text) or _IN_WORDS.search(text))


def first_name(name: str) -> str:
    """What to greet somebody by: the name up to its first space, without titles; "Dr. Smith" stays whole."""
    words = [word for word in name.split() if fold(word) not in TITLES]
    if not words:
        return ""
    if len(words) == 1:
        return name
    return words[1] if words[0].endswith(",") else words[0]  # "Johnson, Sarah"


def distinct(items: Iterable[str]) -> tuple[str, ...]:
    """The items without repetitions, in their order; upper and lower case are one."""
    kept: dict[str, str] = {}
    for item in items:
        kept.setdefault(item.casefold(), item)
    return tuple(kept.values())
