"""Projects and achievements."""

import re
from collections.abc import Sequence

from app.cv.changes import Patch, Put
from app.cv.rules.deeds import told_deed
from app.cv.rules.skill_kinds import software_in
from app.cv.rules.text import SENTENCE, capital, leading_name, trim

_CALLED = re.compile(
    r"\b(?:project|app|website|site|tool|game|library|platform|system|service|application|product|bot"
    r"|plugin|package)s? (?:called|named|titled) \"?",
    re.IGNORECASE,
)
_MY_PROJECT = re.compile(
    r"\b(?:my|one of my|the) (?:\w+ )?(?:project|achievement|accomplishment)s? (?:(?:i'm|i am"
    r"|that i'm) (?:most )?proud of )?(?:was|is|:|were) (?:called |to |a project called )?(?P<the>the |an? |our )?",
    re.IGNORECASE,
)
_WHICH = re.compile(
    r",? (?:which|that|where)(?: (?:we|i|was|is))?\s|[,:;]\s|\s[-–—]\s| (?:using|with|for|to)\s|\.\s", re.IGNORECASE
)
_NAMED_LINE = re.compile(r"^\"?(?P<name>[^:\n\"]{2,60}?)\"?(?:\s?:\s+|\s[-–—]\s)(?P<text>\S.*)$")
_MADE = re.compile(
    r"(?:built|made|created|developed|designed|wrote|launched|organi[sz]ed|set up|founded|programmed) (?:an?|the"
    r"|our|my)"
    r" (?P<name>[^,.;:]{3,60}?)(?= that\b| which\b| using\b| with\b| for\b| to\b| in\b|[,.;:]|$)",
    re.IGNORECASE,
)
NAME_WORDS = 8


def read_projects(sentence: str) -> Patch:
    """The projects that a sentence tells of."""
    if len(sentence) > SENTENCE:
        return ()
    if match := _CALLED.search(sentence):
        rest = sentence[match.end() :]
        end = re.search(r"[\",;:.(]|\s[-–—]\s| (?:which|that|using|with|for|to|is|was|where|and|in|it)\b", rest)
        name = leading_name(rest) if not end else trim(rest[: end.start()])
        return _put(name, rest[len(name) :])
    if match := _MY_PROJECT.search(sentence):
        rest = sentence[match.end() :]
        end = _WHICH.search(rest)
        name = trim(rest[: end.start()] if end else rest)
        return _put(name, rest[end.end() :] if end else "")
    return ()


def read_listed(lines: Sequence[str]) -> Patch:
    """The projects of a list: "Name: what it is", one a line."""
    changes: list[Put] = []
    for line in lines:
        if said := read_projects(line):
            changes += [change for change in said if isinstance(change, Put)]
        elif match := _NAMED_LINE.match(line):
            changes += _put(match["name"], match["text"])
        elif (
            (parts := line.split(", ", 1)) and len(parts) == 2 and len(parts[0].split()) <= 4 and parts[0][:1].isupper()
        ):
            changes += _put(*parts)
        elif len(line.split()) >= 2:
            changes += _told(line)
    return tuple(changes)


def _told(line: str) -> tuple[Put, ...]:
    """A project that has no name: what was made is its name, and the sentence its description."""
    told = told_deed(line)
    made = _MADE.match(told)
    if made and len(made["name"].split()) <= NAME_WORDS:
        return _put(made["name"], told)
    return _put(told, "") if len(told.split()) <= NAME_WORDS else _put(" ".join(told.split()[:NAME_WORDS]), told)


def _put(name: str, text: str) -> tuple[Put, ...]:
    name = trim(name)
    text = trim(re.sub(r"^[\s\",:;–—-]*(?:(?:which|that)(?: (?:we|i|was|is))? )?", "", text))
    if not name or len(name) > 100 or len(name.split()) > NAME_WORDS or name.lower() in ("it", "this", "that", "a"):
        return ()
    values = {"name": capital(name)} | ({"description": capital(text)} if text else {})
    areas = software_in(f"{name}. {text}")
    return (Put(section="key_projects_achievements", values=values, lists={"key_areas_used": areas} if areas else {}),)
