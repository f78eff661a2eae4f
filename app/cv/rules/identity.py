"""Who somebody is: name, title and place."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from app.cv.changes import Patch, Set
from app.cv.rules.languages import is_language
from app.cv.rules.locations import is_place, leading_place, place_said
from app.cv.rules.roles import is_title, without_article
from app.cv.rules.text import TAKEN, as_title, leading_name, lower_words, plain, trim
from app.vocabulary import terms

_NAMED = re.compile(
    r"\b(?:my (?:full |real |complete )?name(?: is|'s| would be|:)|i am called|i'm called|call me|i go by"
    r"|name is)\s*:?\s+",
    re.IGNORECASE,
)
_I_AM = re.compile(
    r"(?:^|[,.;:!(–-] ?|\b(?:hi|hello|hey|hiya|and|there)[,!]? )(?:i'm|i am|im|this is|it's)\s+", re.IGNORECASE
)
_TITLED = re.compile(
    r"\b(?:i'm|i am|im|i work as|i'm working as|i am working as|working as|employed as|i've been|i have been"
    r"|by profession i'm|my (?:current |job |professional )?(?:title|role|job|profession|occupation|position) is)\s+"
    r"(?:currently |now |actually |just |also |still )?",
    re.IGNORECASE,
)
_TITLE_END = re.compile(
    r"[,.;!?()\n\ue000-\ue01f]| (?:with|based|living|from|in|at|and|who|need|needs|looking|by|since|for|because"
    r"|but|now|here|working|trying|on|specialis\w+|specializ\w+|located|currently)\b| [-–—] "
)
_OF_ONESELF = re.compile(r"(?:i|i'\w+|my|it's|as)\b", re.IGNORECASE)
_SELF = re.compile(r"^ ?(?:i'm|i am|im|and) ", re.IGNORECASE)
_AGE = re.compile(r"^\d\d[- ]years?[- ]old ")
_HERE = re.compile(r"^(?:(?:hi|hey|hello|hiya)\b[,!.]? )?(?P<name>[^,.!?]{3,50}?) here[.,! ]", re.IGNORECASE)
_NOT_NAMES = frozenset(
    str.split(
        "i my the a an in at on for from based living working looking currently now here hi hello so not just "
        "also still good fine sorry sure ok okay please thanks or and but no yes none self staff unemployed "
        "employed retired redundant student freelance freelancer married single divorced available ready new "
        "happy interested tired currently waiting studying between never nobody anonymous you we they he she "
        "it what why who how when want need have has had do does did was were am is are can could curriculum "
        "vitae cover letter help see above below would apply applying ask later stop skip actually name names nothing "
        "something phone email cv resume hidden private secret unknown"
    )
)
_DENIED = re.compile(r"(?:not|never|no|no longer|neither|nor)\b", re.IGNORECASE)
_OF_A_PLACE = re.compile(
    r"\b(?:hospital|infirmary|clinic|university|college|school|academy|institute|council|company|group|bank|hotel|ltd"
    r"|limited|inc|llc|gmbh|plc|street|road|avenue|services?|solutions|systems|restaurant|shop|store|church|police)\b",
    re.IGNORECASE,
)
# Trades that are surnames as well, and words that stand before such a trade in a title.
_SURNAMES = frozenset(
    str.split(
        "archer baker barber brewer butcher butler carpenter chandler clerk cook cooper dean draper driver "
        "farmer fisher forester gardener gardner glover hunter judge mason miller page painter parker porter "
        "potter sawyer shepherd singer skinner smith steward stewart tailor taylor turner tyler usher walker "
        "weaver webster wright banker plumber"
    )
)
_OF_TITLES = frozenset(
    str.split(
        "head senior junior lead assistant chief sous pastry master artisan trainee apprentice bus truck "
        "lorry van taxi delivery train line short prep private event hotel night day dairy sheep crop organic "
        "house interior industrial window auto high district commis second first bread cake school car tram "
        "forklift hgv class tree fish wood metal stone gas emergency domestic commercial local landscape "
        "family executive experienced qualified certified software qa test investment backing opera jazz"
    )
)
_HEAD = re.compile(r",\s+|\s[-–—|]\s")
_AND_I = re.compile(
    r"(?:[,.;]| and| but){1,3} (?=(?:i|i'm|im|my|you|but|though|nice|please|thanks|thank)\b)", re.IGNORECASE
)
CITIES = Path(__file__).with_name("cities.txt")
_STOP = frozenset(
    str.split(
        "and but i i'm im from in at with a an the who my on for is so because living based working currently "
        "looking here, , born age not or"
    )
)


def read_identity(sentence: str) -> Patch:
    """What a sentence says of who somebody is."""
    found: dict[str, str] = {}
    for name, value in (*_name(sentence), *_title(sentence)):
        found.setdefault(name, value)
    named = "title" in found or "full_name" in found
    if place := place_said(sentence) or (_from_place(sentence) if named else ""):
        found["location"] = place
    return tuple(Set(path=f"personal_info.{name}", value=value) for name, value in found.items())


def looks_like_name(text: str) -> bool:
    """Whether a text is nothing but somebody's name: two to five capitalised words, none of them of a trade."""
    text = trim(text)
    words = text.split()
    return (
        2 <= len(words) <= 5
        and leading_name(text) == text
        and (not is_title(text) or is_surname_of_a_trade(text))
        and not any(word.lower() in _NOT_NAMES for word in words)
        and not _OF_A_PLACE.search(text)
        and not is_city(text)
        and not is_language(words[0])
        and not terms(text)
    )


def is_surname_of_a_trade(name: str) -> bool:
    """Whether two or three capitalised words are a person's name though the last is a trade: "Tom Baker"."""
    words = name.split()
    return (
        2 <= len(words) <= 3
        and all(word[:1].isupper() for word in words)
        and words[-1].lower() in _SURNAMES
        and not any(word.lower() in _OF_TITLES or is_title(word) or terms(word) for word in words[:-1])
    )


def is_city(text: str) -> bool:
    """Whether a text alone is a large city or a country."""
    return plain(text) in _cities()


@cache
def _cities() -> frozenset[str]:
    lines = CITIES.read_text(encoding="utf-8").splitlines()
    return frozenset(name.strip() for line in lines if not line.startswith("#") for name in line.split(","))


def answered_name(said: str) -> str:
    """The name that a bare answer to the question for it is, or nothing: all of it is a name, or a sentence follows."""
    said = trim(said)
    head = _AND_I.split(said, maxsplit=1)[0]
    if looks_like_name(head):
        return head
    words = head.split()
    fits = 1 <= len(words) <= 3 and lower_words(head, _NOT_NAMES | {"and"}) == head
    return as_title(head) if fits and not (is_title(head) or is_city(head) or is_language(head) or terms(head)) else ""


def read_head(line: str) -> Patch:
    """What a line such as "Gareth Pugh, plumber, Cardiff" says: a name, a title, and perhaps a place; else nothing."""
    name, *others = [trim(part) for part in _HEAD.split(trim(line))]
    titles = [part for part in others if is_title(part) and not _OF_A_PLACE.search(part)]
    places = [part for part in others if part not in titles]
    if not looks_like_name(name) or len(titles) > 1 or bool(others) != bool(titles):
        return ()
    place = ", ".join(places)
    if place and not is_place(place):
        return ()
    found = {"full_name": name, "title": as_title(titles[0]) if titles else "", "location": place}
    return tuple(Set(path=f"personal_info.{key}", value=value) for key, value in found.items() if value)


def _name(sentence: str) -> Iterator[tuple[str, str]]:
    if match := _NAMED.search(sentence):
        rest = sentence[match.end() : match.end() + 80]
        name = leading_name(rest) or lower_words(rest, _STOP)
        if name and name.split(" ")[0].lower() not in _NOT_NAMES:
            yield "full_name", as_title(name)
            yield from _apposition(rest[len(name) :])
            return
    if (here := _HERE.match(sentence)) and looks_like_name(here["name"]):
        yield "full_name", here["name"]
        return
    yield from _introduced(sentence)


def _introduced(sentence: str) -> Iterator[tuple[str, str]]:
    """The name after "I'm", and the title beside it."""
    for match in _I_AM.finditer(sentence):
        rest = sentence[match.end() : match.end() + 100]
        name = leading_name(rest)
        first = name.split(" ")[0].lower() if name else ""
        if not name or first in _NOT_NAMES or _is_something_else(name, rest):
            continue
        yield "full_name", name
        yield from _apposition(rest[len(name) :])
        return


def _is_something_else(name: str, rest: str) -> bool:
    """Whether the capitalised words after "I'm" are no name: a language, a skill, the begin of a title."""
    following = rest[len(name) : len(name) + 30].strip()
    one = " " not in name
    if is_surname_of_a_trade(name):
        return False
    if is_title(name) or is_language(name) or terms(name) or "certified" in name.lower():
        return True
    until = _TITLE_END.search(rest)
    if is_title(rest[: until.start() if until else 60]):
        return True
    return (
        one and bool(following) and following[0].isalpha() and not following.lower().startswith(("and ", "from ", "i"))
    )


def _apposition(rest: str) -> Iterator[tuple[str, str]]:
    """The title right after a name: ", a Senior Data Scientist" or ", civil engineer from Valencia"."""
    match = re.match(r"\s?[,–—(-]\s?|\s+and i'?m\s+|\s+- ", rest, re.IGNORECASE)
    if match:
        title = _title_at(rest[match.end() :])
        if title:
            yield "title", title


def _title(sentence: str) -> Iterator[tuple[str, str]]:
    for match in _TITLED.finditer(sentence):
        said = sentence[match.end() :]
        if is_surname_of_a_trade(leading_name(said)):
            continue
        if title := _title_at(said):
            yield "title", title


def _title_at(rest: str) -> str:
    rest = rest[:90]
    if _DENIED.match(rest):
        return ""
    end = _TITLE_END.search(rest)
    said = _SELF.sub("", rest[: end.start()] if end else rest)
    said = _AGE.sub("", without_article(said))
    return as_title(said) if is_title(said) and "certified" not in said.lower() else ""


def _from_place(sentence: str) -> str:
    match = re.search(r"\b(?:from|in)\s+(?=[^\W\d_])", sentence)
    return leading_place(sentence[match.end() :]) if match else ""


def read_name(sentence: str) -> Patch:
    """Only the name that a sentence gives, and the title beside it: "I'm Sarah Johnson, a data scientist at Acme"."""
    found: dict[str, str] = {}
    for name, value in _name(sentence):
        found.setdefault(name, value)
    return tuple(Set(path=f"personal_info.{name}", value=value) for name, value in found.items())


def own_lines(lines: Sequence[str]) -> Patch:
    """What the short lines of a CV's head say: a name first, a title, a place, each alone."""
    found: dict[str, str] = {}
    for number, line in enumerate(lines):
        for said in pieces(line):
            if (
                number == 0
                and "full_name" not in found
                and looks_like_name(said)
                and not (is_place(said) and "," in said)
            ):
                found["full_name"] = said
            elif number == 0 and not found and len(head := read_head(said)) > 1:
                found |= {change.path.rpartition(".")[2]: change.value for change in head if isinstance(change, Set)}
            elif is_title(said) and "," not in said and len(said) < 60 and not _OF_ONESELF.match(said):
                found.setdefault("title", as_title(said))
            elif "," in said and is_place(said):
                found.setdefault("location", said)
    return tuple(Set(path=f"personal_info.{name}", value=value) for name, value in found.items())


def pieces(line: str) -> list[str]:
    """The parts of a line that signs divide: "Nairobi, Kenya | mail | phone"."""
    parts = [line]
    for sign in (TAKEN, "|", " / ", "•", "·", ";"):
        parts = [piece for part in parts for piece in part.split(sign)]
    return [piece for piece in (trim(part) for part in parts) if piece]
