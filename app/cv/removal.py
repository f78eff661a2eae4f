"""Whether the user wants something removed: their newest message says so, and speaks of it."""

import re
from collections.abc import Mapping
from typing import Final

from app.cv.changes import Remove
from app.cv.sayings import Saying
from app.cv.texts import words_of

_WISH: Final = re.compile(
    r"\b(?:remov|delet|drop|eras|clear|omit|exclud|discard|scratch|forget|strike|cancel|undo|ditch|hide|supprim|enlev"
    r"|retir|effac)\w*|\b(?:get rid|leave (?:it |that |this |them )?out|take (?:\S+ ){0,6}(?:out|off|away)|cut|lose"
    r"|not|no|never|without|wrong|incorrect|mistake|instead|rather|anymore|don['’]?t|didn['’]?t|isn['’]?t|wasn['’]?t"
    r"|haven['’]?t|doesn['’]?t|aren['’]?t|should be|replace\w*|change\w*|pas|jamais)\b",
    re.IGNORECASE,
)
_POINTING: Final = re.compile(
    r"\b(?:it|that|this|those|these|them|one|ones|last|first|second|third|latter|former|previous|both|ça|cela|ce(?:lui|lle))\b",
    re.IGNORECASE,
)
_ALL: Final = re.compile(
    r"\b(?:all|every|everything|entire|whole|any|tou[ts]|toutes?)\b|\b(?:my|the|these|those|them|no|mes|les)\s+(?:\w+\s+)?\w+s\b",
    re.IGNORECASE,
)
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
    "description_bullets": "bullet bullets point points description duties",
    "summary": "profile introduction intro about",
    "start_date": "date started",
    "end_date": "date ended left",
    "graduation_date": "date graduated",
    "details": "detail",
    "proofs": "proof sentence example examples paragraph",
}
_LITTLE: Final = frozenset(str.split("a an the of in at and for to on my me as it is was i job work"))


def is_wanted(remove: Remove, newest: Saying) -> bool:
    """Whether the newest message asks to remove what a change names.

    It has a word of removing or denying, and names the thing or points at it; a whole list goes only where all is said.
    """
    if not _WISH.search(newest.text):
        return False
    name = remove.path.rpartition(".")[2]
    said = set(words_of(newest.text))
    is_named = bool(said & {*name.split("_"), *_CALLED.get(name, "").split()} - _LITTLE)
    which = set(words_of(remove.which)) - _LITTLE
    if which:
        return bool(said & which) or bool(_POINTING.search(newest.text))
    if remove.path.startswith("personal_info.") or name in _SINGLE:
        return is_named or bool(_POINTING.search(newest.text))
    return is_named and bool(_ALL.search(newest.text))


_SINGLE: Final = frozenset({"summary", "recipient", "company", "role", "why_company", "closing"})
