"""What somebody can do, and with which software."""

import re
from collections.abc import Iterator, Sequence

from app.cv.changes import Add, Patch
from app.cv.rules.languages import is_language
from app.cv.rules.roles import is_title
from app.cv.rules.skill_kinds import is_software
from app.cv.rules.text import SENTENCE, TAKEN, capital, listed, trim
from app.vocabulary import terms

_TOLD = re.compile(
    r"\b(?:i'm|i am|im|also|and|very|pretty|really|quite)?\s?(?:skilled|proficient|experienced|competent|strong"
    r"|good|great|expert|comfortable|familiar|confident|adept|well[- ]versed)"
    r" (?:in|with|at|using|on) (?:using )?"
    r"|\b(?:my |key |main |top |other |technical |core |soft |hard )*skills?(?: set)?(?: are| include| is|:"
    r"| would be| would include)\s?(?:in |like )?"
    r"|\bi (?:also )?(?:know|use|can use|have used|work with|master)\b (?:how to use )?"
    r"|\b(?:experience|expertise|knowledge|proficiency|background) (?:with|in|of|using) "
    r"|\bi've (?:worked with|used|been using|been working with) |\bi can (?:also )?(?:code|program|write code) in ",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"\b(?:add|put|include|list) (?P<these>[^.!?\n]{2,300}?) (?:to|in|under|as) (?:my |the )?(?:\w+ )?(?:skills?"
    r"|software|tools|competenc\w+)\b",
    re.IGNORECASE,
)
_ADDED_ALONE = re.compile(
    r"(?:(?:please|also|and|oh|ok|can you|could you),? )*add (?P<these>[^.!?\n]{2,200})", re.IGNORECASE
)
_FILLER = re.compile(
    r"^(?:and|also|or|some|a bit of|a little|basic|advanced|the usual|usual|things like|stuff like|like|such as"
    r"|including|e\.g\.|maybe|of course|etc|plus|the|i know|i use|good|solid|strong|hmm|well|my|a lot of|lots of"
    r"|i'm good at|good at|i can do|i can)\b[ ,]*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[ ,]+(?:stuff|things?|and so on|etc\.?|and the like|as well|too|please|pls|thanks|mostly|daily"
    r"|every day|regularly|at work|a bit|a little"
    r"|for (?:my|the|work|data|reporting|years|\d).*|to my skills.*|of course|obviously)$",
    re.IGNORECASE,
)
_NO_SKILLS = re.compile(
    r"^(?:it|that|this|them|people|what|how|you|everything|anything|nothing|all|many|etc|more|others?|none|no|yes"
    r"|yeah|so on|lots?|things?|stuff|me|skills|software|years?|time|kids|your .*|whatever.*|nobody|someone"
    r"|the (?:rules|answer|best).*|where .*|if .*|i .*|not .*|where|companies|them all|life|\d+)$",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"[.!?](?= |$)|\n| (?:but|because|so that|which|who|where|when|since|although|while|if|i'm|i am|i have|i've"
    r"|my|in my|at my|for \d)\b|, i |[\ue010-\ue01f]",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:don't|do not|no|not|never|without|little|lack|haven't|should|would like|want|could|can you|whatever"
    r"|best you)\b",
    re.IGNORECASE,
)
WORDS = 6


def read_skills(sentence: str) -> Patch:
    """The skills that a sentence says somebody has."""
    if len(sentence) > SENTENCE:
        return ()
    if added := _ADDED.search(sentence):
        return skill_changes(listed(added["these"]))
    if added := _ADDED_ALONE.match(sentence):
        return skill_changes([item for item in listed(added["these"]) if terms(item)])
    found: list[str] = []
    at = 0
    for match in _TOLD.finditer(sentence):
        if match.start() < at or _is_denied(sentence, match):
            continue
        rest = sentence[match.end() :]
        if _is_years(sentence, match) or rest.startswith(("you ", "that ", "how ", "what ")):
            continue
        end = _STOP.search(rest)
        said = rest[: end.start()] if end else rest
        at = match.end() + len(said)
        found += listed(said)
    return skill_changes(found)


def _is_denied(sentence: str, match: re.Match[str]) -> bool:
    """Whether the words right before a skill deny it: not those before a "but"."""
    before = sentence[max(0, match.start() - 25) : match.end()]
    return bool(_DENIED.search(re.split(r"\bbut\b", before)[-1]))


def _is_years(sentence: str, match: re.Match[str]) -> bool:
    """Whether "experience in" says how long somebody has worked, where and as what."""
    if not match.group().lower().startswith(("experience", "background", "knowledge")):
        return False
    before = sentence[: match.start()].lower()
    return bool(
        re.search(r"\b(?:\d+\+?|two|three|four|five|six|seven|eight|nine|ten|many|several) years?(?:'| of)? $", before)
    )


def skill_changes(items: Sequence[str], kind: str = "") -> Patch:
    """Skills as changes, each under its kind; `kind` where the user said which it is."""
    software: list[str] = []
    core: list[str] = []
    for item in _cleaned(items):
        place = kind or ("software_proficiency" if is_software(re.sub(r"\s*\(.*$", "", item)) else "core_competencies")
        (software if place == "software_proficiency" else core).append(_shown(item))
    changes = (
        Add(path="skills.software_proficiency", values=tuple(software)),
        Add(path="skills.core_competencies", values=tuple(core)),
    )
    return tuple(change for change in changes if change.values)


def _cleaned(items: Sequence[str]) -> Iterator[str]:
    for item in items:
        said = trim(re.sub(r"\s*[(:].*$", "", item) if ":" in item else item)
        for _ in range(3):
            said = trim(_FILLER.sub("", said))
            said = trim(_TAIL.sub("", said))
        if not said or len(said) > 60 or len(said.split()) > WORDS or _NO_SKILLS.match(said) or TAKEN in said:
            continue
        if is_language(said) or (is_title(said) and not terms(said)):
            continue
        yield said


def _shown(item: str) -> str:
    """A skill as it is printed: abbreviations that the vocabulary knows in capitals, else a large first letter."""
    if (
        item == item.lower()
        and " " not in item
        and len(item) <= 4
        and terms(item)
        and not set(item) & set("aeiouy") - set("a")
    ):
        return item.upper()
    return capital(item) if (item == item.lower() and item.isalpha()) or " " in item else item


def looks_like_list(text: str) -> bool:
    """Whether a text is a list of short things rather than a sentence."""
    items = listed(text)
    return bool(items) and all(len(item.split()) <= WORDS for item in items)


def known_skills(texts: Sequence[str]) -> Patch:
    """The skills of bare lists, where nobody asked for them: most of a list must be skills that the vocabulary has."""
    items = [item for text in texts if looks_like_list(text) for item in listed(text)]
    known = [item for item in items if terms(item)]
    return skill_changes(items) if len(known) > 1 and len(known) * 3 >= len(items) * 2 else ()
