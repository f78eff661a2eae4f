"""Whether the user wants something removed: their newest message says so, and speaks of it.

A verb of removing ("delete", "take out") that is not denied itself is a wish for what is named or pointed at behind it.
"I don't use Excel" is one only for what it names in full: a "not" beside a "that" is no wish at all.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from app.cv.changes import Remove
from app.cv.naming import holds_name
from app.cv.paths import PATHS
from app.cv.sayings import BREAK, STOP, Saying
from app.cv.texts import words_of

Holds = Callable[[Saying, str], bool | None]

_VERBS: Final = frozenset(
    str.split(
        "remove delete drop erase clear omit exclude discard scratch strike ditch hide cut lose scrap axe trash wipe "
        "removing deleting dropping supprime supprimer supprimez enleve enlever enlevez retire retirer retirez efface"
    )
)
_DONE: Final = frozenset(
    str.split("removed deleted dropped erased cleared omitted excluded discarded scrapped cut gone")
)
_WITH_OUT: Final = frozenset({"take", "leave", "cut", "kick", "strike", "cross", "taken", "left"})
_OUT: Final = frozenset({"out", "off", "away"})
_MAY_REMOVE: Final = _VERBS | _DONE | _WITH_OUT | {"get", "getting"}
# What stands before a verb that is an order or a wish, and not a deed: "please remove", but not "I remove".
_BEFORE: Final = frozenset(
    str.split(
        "please pls and also then just you to now actually so ok okay me could can should must lets would help better "
        "rather simply maybe or well yes no yeah yep sure hey hi sorry kindly go dont do we mind after"
    )
)
_WISHING: Final = frozenset(
    str.split("want like need love you wish prefer ask asked able forget have remember us how ill better us sure going")
)
_ASKING: Final = frozenset(
    str.split("want wants like need needs should must can could please to be get have wish prefer")
)
_ENDS: Final = frozenset(str.split("keep add use put but except besides because since instead while whereas"))
_POINTING: Final = frozenset(
    str.split(
        "it that this those these them one ones last first second third latter former previous both ca cela celui"
    )
)
_NO_POINTING_AFTER: Final = frozenset(str.split("from on in out of for"))
# Words for a part of an item: who wants the date of a job removed does not mean the job.
_PART: Final = frozenset(
    str.split("start end date dates bullet bullets point points sentence line description duties detail")
)
# A denial of these is none of the thing that is named with them, and "all except Excel" denies what shall stay.
_NO_WISH: Final = frozenset(
    str.split(
        "sure certain remember recall understand said say mean mind matter forget change touch worry like enjoy "
        "without except imagine"
    )
)
_NO_CUE: Final = frozenset({"without", "sans", "ohne", "except"})
_COLLECTIVE: Final = frozenset(str.split("experience education employment software history"))
_WHOLE: Final = frozenset(
    str.split("all every everything entire whole any my the of these those them mes les in from under")
)
_GOES_ON: Final = frozenset(str.split("and please pls now thanks too as completely entirely section"))
_MOST_REGIONS: Final = 30  # of one message, and words of each
_MOST_WORDS: Final = 60
_MY_CV: Final = re.compile(r"(?:from|on|in|of) (?:my |the |this )?(?:cv|resume|it|letter|document)\b", re.IGNORECASE)
# What people call the places of a CV, where it is not the name of the path.
_CALLED: Final[Mapping[str, str]] = {
    "full_name": "name",
    "phone": "telephone mobile cell number",
    "email": "mail address",
    "linkedin": "profile",
    "website": "site web page portfolio url blog",
    "location": "city town place address living",
    "experience": "job jobs work position positions employment role roles career",
    "education": "degree degrees school schools study studies university college course",
    "key_projects_achievements": "project projects achievement achievements",
    "core_competencies": "skill skills competence competency",
    "software_proficiency": "software tool tools skill skills program programs",
    "language_fluency": "language languages",
    "certifications": "certificate certificates certification",
    "awards_and_recognitions": "award awards recognition recognitions prize prizes honor honors honour honours",
    "description_bullets": "bullet bullets point points sentence line description duties",
    "summary": "profile introduction intro about",
    "start_date": "date started",
    "end_date": "date ended left",
    "graduation_date": "date graduated",
    "details": "detail",
    "title": "headline",
    "proofs": "proof sentence example examples paragraph",
}
_LITTLE: Final = frozenset(str.split("a an the of in at and for to on my me as it is was i job work"))
_SINGLE: Final = frozenset({"summary", "recipient", "company", "role", "why_company", "closing"})
_ITEM_TEXTS: Final = frozenset(
    f"{name}.{text}" for name, section in PATHS["cv"].sections.items() for text in section.texts
)
_MY_OWN: Final = frozenset(str.split("my the full and first last"))


def is_wanted(remove: Remove, newest: Saying, *, there: str = "", holds: Holds = holds_name) -> bool:
    """Whether the newest message asks to remove what a change names.

    It has a verb of removing and names the thing or points at it; a whole list goes only where all of it is said.
    Without the verb, it takes back `which`, or `there`, the text of the path, as a whole.
    """
    if any(_is_asked(remove, newest, region) for region in _regions(newest)):
        return True
    named = re.sub(r"\s*\(.*\)$", "", remove.which) or there
    return bool(named) and _is_denied(newest, named, holds if not remove.which else holds_name)


def _is_asked(remove: Remove, newest: Saying, region: range) -> bool:
    """Whether the words that belong to a verb of removing speak of what a change removes."""
    words = [newest.tokens[at].word for at in region]
    which = set(words_of(remove.which)) - _LITTLE
    kinds = [word for word in words if word in _KINDS and word not in which]
    is_named = any(word in _names(remove.path) for word in kinds)
    if remove.path in PATHS["cv"].sections and kinds and kinds[0] in _PART:
        return False
    points = (not kinds or is_named) and _points(words)
    if which:
        return bool({form for at in region for form in newest.tokens[at].forms} & which) or points
    if remove.path.startswith("personal_info.") or remove.path in _SINGLE | _ITEM_TEXTS:
        return points or (is_named and (not remove.path.endswith("full_name") or _is_own_name(words)))
    return _is_all(remove.path, newest, region)


def _names(path: str) -> frozenset[str]:
    name = path.rpartition(".")[2]
    return frozenset({*name.split("_"), *_CALLED.get(name, "").split()}) - _LITTLE | _jobs(name)


def _jobs(name: str) -> frozenset[str]:
    return frozenset({"job", "work"}) if name == "experience" else frozenset()


_KINDS: Final = frozenset(word for paths in PATHS.values() for path in paths.everywhere for word in _names(path))


@lru_cache(maxsize=4)
def _regions(newest: Saying) -> tuple[range, ...]:
    return tuple(_found_regions(newest))[:_MOST_REGIONS]


def _found_regions(newest: Saying) -> Iterator[range]:
    """The words that each verb of removing speaks of: those behind it, and before it in "Acme should be removed"."""
    tokens = newest.tokens
    for at, token in enumerate(tokens):
        if token.word not in _MAY_REMOVE or newest.denies(at, at):
            continue
        sentence = newest.sentence_of(at)
        if token.word in _DONE and any(tokens[place].word in _ASKING for place in sentence if place < at):
            clause = newest.clause_of(at)
            yield range(max(clause.start, at - _MOST_WORDS), min(clause.stop, at + _MOST_WORDS))
        elif _is_verb(newest, at) and _is_order(newest, at):
            stop = (
                place
                for place in sentence
                if place > at and (tokens[place].word in _ENDS or _is_thought(newest, place))
            )
            yield range(at + 1, min(next(stop, sentence.stop), at + 1 + _MOST_WORDS))


def _is_thought(newest: Saying, at: int) -> bool:
    token = newest.tokens[at]
    return bool(BREAK.search(token.before)) and token.word in {"i", "im", "ive", "its", "we", "he", "she"}


def _is_verb(newest: Saying, at: int) -> bool:
    word = newest.tokens[at].word
    behind = []
    for token in newest.tokens[at + 1 : at + 9]:
        if BREAK.search(token.before):
            break
        behind.append(token.word)
    if word in _WITH_OUT and not _OUT.isdisjoint(behind):
        return True
    return word in _VERBS or (word in {"get", "getting"} and behind[:1] == ["rid"])


def _is_order(newest: Saying, at: int) -> bool:
    tokens = newest.tokens
    if not at or BREAK.search(tokens[at].before) or STOP.search(tokens[at].before):
        return True
    before = tokens[at - 1].word
    if before == "to" and at > 1:
        return tokens[at - 2].word in _WISHING
    return before in _BEFORE


def _points(words: list[str]) -> bool:
    """Whether there is a word such as "that", but not as in "from that"."""
    return any(
        word in _POINTING and not (at and words[at - 1] in _NO_POINTING_AFTER - {"of"}) for at, word in enumerate(words)
    )


def _is_own_name(words: list[str]) -> bool:
    return any(word == "name" and words[at - 1 : at] and words[at - 1] in _MY_OWN for at, word in enumerate(words))


def _is_all(path: str, newest: Saying, region: range) -> bool:
    """Whether a whole list is meant: "all my jobs", "my awards", "the education section", not "my jobs before 2010"."""
    names = _names(path)
    words = [newest.tokens[at].word for at in region]
    count = next((at for at, word in enumerate(words) if word not in _WHOLE), len(words))
    end = next((at for at in range(count, len(words)) if words[at] not in names), len(words))
    if not count or end == count:
        return False
    if not (words[end - 1].endswith("s") or words[end - 1] in _COLLECTIVE or "all" in words[:count]):
        return False
    place = region.start + end
    following = newest.tokens[place] if place in newest.sentence_of(region.start) else None
    if following is None:
        return True
    if following.word in {"except", "besides"}:
        return False
    if BREAK.search(following.before) or following.word in _GOES_ON:
        return True
    return bool(_MY_CV.match(newest.text, following.start))


def _is_denied(newest: Saying, named: str, holds: Holds) -> bool:
    """Whether the message takes a text back as a whole, in words that are no doubt of it."""
    if holds(newest, named) is not False:
        return False
    words = set(words_of(named))
    for denial in newest.denials:
        denied = {form for at in denial.words for form in newest.tokens[at].forms}
        cue = newest.tokens[denial.cue].word
        if words & denied and cue not in _VERBS:
            rest = denied - words
            return cue not in _NO_CUE and rest.isdisjoint(_NO_WISH | _VERBS)
    return False
