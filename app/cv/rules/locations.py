"""Where somebody lives, or where a job was."""

import re

from app.cv.changes import Patch, Set
from app.cv.rules.text import PARTICLES, TAKEN, as_title, lower_words, trim

_LIVES = re.compile(
    r"\b(?:(?:i|i'm|im|i am|we|currently|now|am) )?(?:live|living|lives|based|located|residing|reside"
    r"|relocated|moving|relocating)"
    r"(?: out)?(?: (?:now|currently))? (?:in|to|at|near) (?:the )?",
    re.IGNORECASE,
)
_MOVED = re.compile(r"\b(?:i|i've|i have|just|recently) (?:just |recently )?(?:moved|relocated) to ", re.IGNORECASE)
_AM_IN = re.compile(r"\b(?:i'm|i am|im) (?:currently |now |originally )?(?:in|from) (?=[^\W\d_])", re.IGNORECASE)
_LABEL = re.compile(r"\b(?:my )?(?:location|address|city|home town|hometown)(?: is|'s)?\s*:?\s+(?:in )?", re.IGNORECASE)
_I_LIVE = re.compile(
    r"\b(?:i|i'm|i am|im|i've)\b(?: \w+)? (?:live|living|based|located|reside|moved)\b|\b(?:living|based) in\b",
    re.IGNORECASE,
)
_STOP = frozenset(
    str.split(
        "and but i i'm with for at since as now my email phone because where right while working so or these the a "
        "until from on please though too currently atm"
    )
)
_MONTHS = frozenset(str.split("january february march april may june july august september october november december"))
_NO_PLACES = frozenset(
    str.split("i my and the a is linkedin github email phone python excel in so it's school university it")
)
_NOWHERE = frozenset(
    str.split(
        "self nowhere anywhere somewhere everywhere home unemployed retired student freelance remote remotely "
        "here there same not never none nothing hidden private secret abroad between currently"
    )
)
_LEFT = re.compile(
    r"\b(?:not|never|no longer|don't|do not|didn't|isn't|used to|wish to|want to|would like to)(?: \w+)? ?$",
    re.IGNORECASE,
)
_NEAR = re.compile(r"^(?:(?:near|around|outside|in|from) )+", re.IGNORECASE)
_REGION = re.compile(r",? ?(?:\(([^()\d]{2,40})\)|, ?)")


def place_said(sentence: str) -> str:
    """The place that a sentence gives as somebody's own, or nothing."""
    for pattern in (_LIVES, _LABEL, _AM_IN, _MOVED):
        said = (match for match in pattern.finditer(sentence) if not _LEFT.search(sentence[: match.start()][-30:]))
        match = next(said, None)
        if not match:
            continue
        rest = sentence[match.end() : match.end() + 100]
        place = leading_place(rest)
        if not place and pattern in (_LIVES, _LABEL):
            place = _lower_place(rest)
        if place:
            return place
    return ""


def leading_place(text: str) -> str:
    """The place that a text begins with: "Boston, MA", "Gdańsk (Poland)", "New York"; capitalised, or nothing."""
    city = _capitalised(text)
    if not city or city.split(" ")[0].lower() in _MONTHS | _NO_PLACES:
        return ""
    rest = text[len(city) :]
    found = _REGION.match(rest)
    if not found:
        return city
    if found[1]:
        return f"{city}, {trim(found[1])}"
    region = _capitalised(rest[found.end() :])
    after = rest[found.end() + len(region) :]
    if not region or region.split(" ")[0].lower() in _NO_PLACES or len(region.split()) > 3 or _goes_on(after):
        return city
    third = re.match(r", ?", after)
    country = _capitalised(after[third.end() :]) if third else ""
    if country and len(region) <= 3 and len(country.split()) <= 2 and country.split(" ")[0].lower() not in _NO_PLACES:
        return f"{city}, {region}, {country}"
    return f"{city}, {region}"


def is_place(text: str) -> bool:
    """Whether a text is nothing but a place, as capitals tell."""
    text = trim(text)
    return bool(text) and len(text.split()) <= 6 and plain_of(leading_place(text)) == plain_of(text)


def plain_of(text: str) -> str:
    """A place without its commas and brackets, for comparing."""
    return " ".join(re.findall(r"[\w'.-]+", text)).lower()


def _goes_on(after: str) -> bool:
    """Whether capitalised words after a comma begin something else than a region: a verb follows them."""
    return bool(re.match(r" (?:is|was|are|has|and i|i)\b", after))


def _capitalised(text: str) -> str:
    found: list[str] = []
    for word in text.split(" ")[:5]:
        bare = word.rstrip(".,;:!?()" + TAKEN)
        is_short = bool(re.fullmatch(r"(?:[A-Z]\.){2,4}|St\.", word.rstrip(",;:!?()")))
        if not bare or not (bare[0].isupper() or (found and bare in PARTICLES | {"am", "of", "upon"})):
            break
        if not all(sign.isalpha() or sign in "'-./" for sign in bare):
            break
        found.append(word.rstrip(",;:!?()") if is_short else bare)
        if word != bare and not is_short:
            break
    while found and not found[-1][0].isupper():
        found.pop()
    return " ".join(found)


def _lower_place(text: str) -> str:
    first = lower_words(text, _STOP, most=3)
    if not first:
        return ""
    rest = re.match(r", ?([a-z]{2}|[a-z]{4,})(?=[.,!?]|$| (?:and|now)\b)", text[len(first) :], re.IGNORECASE)
    region = rest[1].upper() if rest and len(rest[1]) == 2 else as_title(rest[1]) if rest else ""
    return f"{as_title(first)}, {region}" if region else as_title(first)


def own_place(sentence: str) -> Patch:
    """The place where somebody says that they live, in a sentence that is about something else, too."""
    if not _I_LIVE.search(sentence) or not (place := place_said(sentence)):
        return ()
    return (Set(path="personal_info.location", value=place),)


def bare_place(text: str, *, lower: bool) -> str:
    """The place that a bare answer is; one without capitals only if nothing else was asked for."""
    text = _NEAR.sub("", trim(text))
    if text.split(" ")[0].lower() in _NOWHERE:
        return ""
    if place := leading_place(text):
        return place if plain_of(place) == plain_of(text) else ""
    return _lower_place(text) if lower and len(text.split()) <= 4 else ""
