"""What somebody takes back or puts right: "no, it's Acme Ltd, not Acme Inc", "drop the Tableau thing"."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.cv.changes import Add, Change, Patch, Put, Remove, Set
from app.cv.data import CvData, Data, to_json
from app.cv.paths import Section, paths_of
from app.cv.rules.periods import dated
from app.cv.rules.text import as_title, listed, plain, trim

_NOT_BUT = re.compile(r"\bnot (?P<old>[^,.;!?\n]{1,80}?),? but (?:rather )?(?P<new>[^.;!?\n]{1,80})", re.IGNORECASE)
_NEW_NOT_OLD = re.compile(
    r"(?:\b(?:it's|its|it is|it was|should be|that's|i meant|meant|correct(?:ion)?:?|it's actually|is actually"
    r"|actually|is|was|name is|no,?|:)\s+)?"
    r"(?P<new>[^,;:!?\n]{1,80}?),?\s(?:and )?(?:not|instead of|rather than) (?:an? |the )?(?P<old>[^,.;!?\n]{1,80})",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^.*\b(?:it's|its|it is|it was|should be|should say|that's|i meant|meant|actually|called|is|was|spelled"
    r"|written)\s+",
    re.IGNORECASE,
)
_REPLACE = re.compile(
    r"\b(?:replace|change|swap|rename|correct|switch|update) (?:the |my )?(?P<old>[^.;!?\n]{1,80}?) (?:with|to|by"
    r"|for|into) (?P<new>[^;!?\n]{1,120})",
    re.IGNORECASE,
)
_REMOVE = re.compile(
    r"\b(?:drop|remove|delete|take out|take off|take|get rid of|erase|scratch|forget(?: about)?|leave out|cut out"
    r"|strike|lose|kick out)\s+(?P<what>[^.;!?\n]{1,100})",
    re.IGNORECASE,
)
_REMOVE_TAIL = re.compile(
    r"(?:,.*| (?:from|off|out of|out|on|in) (?:my|the|it|there|that)\b.*| (?:please|pls|thanks|again|out|off"
    r"|anymore|any more)$"
    r"| (?:thing|one|job|position|role|entry|stuff|bit|part|skill|line|degree|project|award|course|certificate"
    r"|certification|language)s?$)",
    re.IGNORECASE,
)
_REMOVE_HEAD = re.compile(r"^(?:(?:the|my|that|this|those|whole|entire|about|out|off|old|all)\s)+", re.IGNORECASE)
_NO_MORE = re.compile(
    r"\b(?:don't|do not|no longer|can't) (?:really )?(?:speak|know|use|have|want|need) (?P<what>[^.,;!?\n]{1,100})",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:bullet|point|line|sentence)(?: point)? (?:about|on|with|for|that says|saying|where) (?:the |my )?",
    re.IGNORECASE,
)
_FIELDS = {
    "personal_info.phone": "phone|phone number|number|mobile|cell|telephone",
    "personal_info.email": "email|e mail|mail|email address",
    "personal_info.linkedin": "linkedin|linkedin profile|linked in",
    "personal_info.website": "website|site|portfolio|web site|github|webpage",
    "personal_info.location": "location|address|city|place",
    "personal_info.title": "title|job title|headline|professional title",
    "personal_info.full_name": "name|full name",
    "summary": "summary|profile|professional summary",
    "recipient": "recipient|addressee",
    "company": "company",
    "role": "role|position",
    "why_company": "reason|why",
    "closing": "closing|ending",
}
FIELDS = {name: path for path, names in _FIELDS.items() for name in names.split("|")}
_STARTED = re.compile(r"\b(?P<verb>started|began|joined|left|finished|ended|quit)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A text of the data, and what would put it right: its path, its item's name and the item's number."""

    path: str
    text: str
    section: str = ""
    field: str = ""
    which: str = ""
    is_listed: bool = False


def read_correction(sentence: str, data: Data) -> Patch:
    """The changes by which a sentence corrects or removes what the data has; none if it does neither."""
    if len(sentence) > 400:
        return ()
    return _removal(sentence, data) or _replacement(sentence, data) or _field_change(sentence, data)


def _field_change(sentence: str, data: Data) -> Patch:
    """ "Change my title to Principal Engineer"."""
    match = _REPLACE.search(sentence)
    if not match:
        return ()
    path = FIELDS.get(plain(match["old"]))
    new = trim(re.sub(r"\s(?:please|pls|thanks)$", "", trim(match["new"])))
    if path not in paths_of(data).texts or path in ("personal_info.email", "personal_info.phone", "summary"):
        return ()
    return (Set(path=path or "", value=as_title(new)),)


def _replacement(sentence: str, data: Data) -> Patch:
    for pattern in (_REPLACE, _NOT_BUT, _NEW_NOT_OLD):
        for match in pattern.finditer(sentence):
            old, new = _bare(match["old"]), _bare(match["new"])
            if pattern is not _REPLACE:
                new = _bare(_LEAD.sub("", new)) if _LEAD.search(new) else new
            place = _find(old, data) if old and new else None
            if place:
                return _put_right(place, old, new)
    return ()


def _bare(text: str) -> str:
    said = trim(
        re.sub(r"\s(?:please|pls|thanks|sorry|though|btw|in the first place)$", "", trim(text), flags=re.IGNORECASE)
    )
    return re.sub(
        r"^(?:(?:an?|no|oops|sorry|actually|wait|well|um|correction)\b[,:;\s-]*)+", "", said, flags=re.IGNORECASE
    )


def _put_right(place: Place, old: str, new: str) -> Patch:
    whole = _replaced(place.text, old, new)
    if place.is_listed:
        path = f"{place.section}.{place.field}" if place.section else place.path
        if place.section:
            return (
                Remove(path=path, which=place.text),
                Put(section=place.section, which=place.which, lists={place.field: (whole,)}),
            )
        return (Remove(path=path, which=place.text), Add(path=path, values=(whole,)))
    if place.section:
        return (Put(section=place.section, which=place.which, values={place.field: whole}),)
    return (Set(path=place.path, value=whole),)


def _replaced(text: str, old: str, new: str) -> str:
    """The text with the words that were wrong replaced; all of it where they are most of it."""
    found = re.search(re.escape(old), text, re.IGNORECASE)
    kept = set(plain(text).split()) - set(plain(old).split())
    if not found or plain(old) == plain(text) or len(kept & set(plain(new).split())) >= 2:
        return new
    return text[: found.start()] + new + text[found.end() :]


def _removal(sentence: str, data: Data) -> Patch:
    wishes = [match for pattern in (_REMOVE, _NO_MORE) if (match := pattern.search(sentence))]
    for wish in wishes:
        negated = re.search(r"\b(?:don't|do not|didn't|never) (?:\w+ ){0,2}$", sentence[: wish.start()], re.IGNORECASE)
        if negated and wish.re is _REMOVE:
            continue
        if removed := _all_removed(trim(_REMOVE_HEAD.sub("", trim(wish["what"]))), data):
            return removed
    return ()


def _all_removed(what: str, data: Data) -> Patch:
    """What a wish names: one thing by all of its words, or several that it lists."""
    for tried in dict.fromkeys((what, *_shorter(what))):
        if removed := _removed(tried, data):
            return (removed,)
    parts = [_removed(part, data) for part in (trim(_REMOVE_HEAD.sub("", one)) for one in listed(what))]
    return tuple(removed for removed in parts if removed)


def _removed(words: str, data: Data) -> Change | None:
    """What goes when somebody wants the thing gone that these words name."""
    if path := FIELDS.get(plain(words)):
        return Remove(path=path) if path in paths_of(data).texts else None
    about = _ABOUT.match(words)
    place = _find(words[about.end() :] if about else words, data, whole_items=not about)
    return _remove(place) if place else None


def _shorter(what: str) -> Iterator[str]:
    for _ in range(3):
        what = trim(_REMOVE_TAIL.sub("", what))
        yield what


def _remove(place: Place) -> Change:
    if place.section and place.is_listed:
        return Remove(path=place.path, which=place.text)
    if place.section:
        return Remove(path=place.section, which=place.which)
    return Remove(path=place.path, which=place.text if place.is_listed else "")


def _find(words: str, data: Data, *, whole_items: bool = False) -> Place | None:
    """The text of the data that some words name: the same, else the only one that holds them."""
    wanted = plain(words)
    if not wanted:
        return None
    places = [
        place
        for place in _places(data)
        if not (
            whole_items and place.section and place.field not in ("company", "title", "institution", "degree", "name")
        )
    ]
    same = [place for place in places if plain(place.text) == wanted]
    holding = [place for place in places if f" {wanted} " in f" {plain(place.text)} "]
    found = same or holding
    return found[0] if found else None


def _places(data: Data) -> Iterator[Place]:
    tree, paths = to_json(data), paths_of(data)
    for path in paths.texts:
        if text := _at(tree, path):
            yield Place(path=path, text=text)
    for path in paths.lists:
        yield from (Place(path=path, text=text, is_listed=True) for text in _at(tree, path))
    for name, section in paths.sections.items():
        for item in _at(tree, name):
            yield from _places_of(name, section, item)


def _places_of(name: str, section: Section, item: Mapping[str, Any]) -> Iterator[Place]:
    """The texts of one item of a section."""
    which = next((item[key] for key in section.told_by if item[key]), "")
    for field in (*section.texts, *section.lists):
        texts = [item[field]] if field in section.texts else item[field]
        for text in texts:
            if text:
                yield Place(
                    path=f"{name}.{field}",
                    text=text,
                    section=name,
                    field=field,
                    which=which,
                    is_listed=field in section.lists,
                )


def _at(tree: Mapping[str, Any], path: str) -> Any:
    part: Any = tree
    for name in path.split("."):
        part = part[name]
    return part


def date_correction(sentence: str, data: Data) -> Patch:
    """ "I started at Acme in May 2016, not 2015"."""
    if not isinstance(data, CvData) or not (match := _STARTED.search(sentence)):
        return ()
    said = plain(sentence)
    named = [job for job in data.experience if job.company and f" {plain(job.company)} " in f" {said} "]
    periods = dated(re.sub(r",? ?\b(?:and )?not (?:in )?[\w/ ]{4,20}", "", sentence)).periods
    if len(named) != 1 or not periods:
        return ()
    field = "start_date" if match["verb"].lower() in ("started", "began", "joined") else "end_date"
    date = periods[0].single or periods[0].start if field == "start_date" else periods[0].last
    return (Put(section="experience", which=named[0].company, values={field: date}),) if date else ()
