"""The next question, in words: another wording where a thing is asked for again, resume lines where they can serve."""

import re
from collections.abc import Sequence

from app.cv.lead import Topic, place_of
from app.providers.embedded.builder.wording import bulleted, knows, listed, quoted, say, shown
from app.providers.embedded.text import counts_something, distinct

PROPOSED = 3
SHORTEST, LONGEST = 25, 220
_MARK = re.compile(r"^\s*[-*•]\s+")
_ORDINALS = (("first", "1st", "1"), ("second", "2nd", "2"), ("third", "3rd", "3"))


def question(topic: Topic, *, asked_before: Sequence[str], resume_lines: Sequence[str]) -> str:
    """The words in which a topic is asked for."""
    key = _key(topic)
    if topic.path in asked_before and knows(f"{key}_again"):
        key += "_again"
    what = listed([say(f"contact.{name}") for name in topic.missing if knows(f"contact.{name}")])
    asked = say(key, item=f"**{shown(topic.item)}**", what=what)
    lines = proposals(resume_lines) if place_of(topic.path) == "proofs" else ()
    return f"{asked} {say('ask.proofs_resume')}\n{bulleted([quoted(line) for line in lines])}" if lines else asked


def proposals(resume_lines: Sequence[str]) -> tuple[str, ...]:
    """The lines of a resume that prove the most: those with a figure first, in the resume's order."""
    lines = distinct(_MARK.sub("", line).strip() for line in resume_lines)
    fitting = [line for line in lines if SHORTEST <= len(line) <= LONGEST and len(line.split()) >= 4]
    return tuple(sorted(fitting, key=lambda line: not counts_something(line))[:PROPOSED])


def chosen(message: str, proposed: Sequence[str]) -> tuple[str, ...]:
    """The proposed lines that a short message chooses: "the first two", "1 and 3", "all of them"."""
    words = set(re.findall(r"\w+", message.lower()))
    if not proposed or len(words) > 12:
        return ()
    if words & {"all", "everything"}:
        return tuple(proposed)
    if "both" in words or {"first", "two"} <= words or {"first", "2"} <= words:
        return tuple(proposed[:2])
    if {"last"} & words:
        return tuple(proposed[-1:])
    return tuple(line for line, names in zip(proposed, _ORDINALS, strict=False) if words & set(names))


def _key(topic: Topic) -> str:
    """The key of a topic's question."""
    place = place_of(topic.path)
    section, _, field = place.partition(".")
    if place == "company" and "role" in topic.missing:
        return "ask.role_company"
    if place == "proofs" and topic.path != place:
        return "ask.proofs_more"
    if section == "personal_info" and field not in ("full_name", "title"):
        return "ask.contact"
    if section in ("experience", "education") and field:
        return f"ask.{section}_{field}"
    return f"ask.{field or section}"
