"""Sentences that more than one answer needs."""

from collections.abc import Sequence
from typing import TypeVar

from app import vocabulary
from app.providers.base import Requirement
from app.providers.embedded.reading import Reading, Strong
from app.providers.embedded.text import distinct
from app.providers.embedded.voice import Voice

T = TypeVar("T")
SHORT = 110


def quoted_all(requirements: Sequence[Requirement], voice: Voice, most: int = 2) -> str:
    """The first few requirements in quotation marks."""
    return voice.listed([voice.quote(one.text, SHORT) for one in requirements[:most]])


def terms_of(requirement: Requirement, reading: Reading, *, missing: bool) -> tuple[str, ...]:
    """The skills of a requirement, as it writes them: the missing ones, or those the resume has."""
    chosen = [term for term in requirement.terms if (term in requirement.missing_terms) is missing]
    return distinct(reading.name_in(term, requirement) for term in chosen)


def worth_naming(requirement: Requirement, reading: Reading) -> tuple[str, ...]:
    """The missing skills of a requirement, unless they are all that it says: then naming them would only repeat it."""
    names = terms_of(requirement, reading, missing=True)
    said = vocabulary.words(requirement.text) <= vocabulary.words(" ".join(names))
    return () if said else names


def nothing_to_hold(reading: Reading, voice: Voice) -> list[str]:
    """What to say when there is no resume or no requirement to compare; empty when there are both."""
    if not reading.facts.lines:
        return [voice.say("empty.resume")]
    return [] if reading.facts.requirements else [voice.say("empty.requirements")]


def answers_what(strong: Strong, voice: Voice) -> dict[str, str]:
    """The places that a sentence about a strong line fills."""
    return {"line": voice.line(strong.line), "requirements": quoted_all(strong.answers, voice)}


def page_of(items: Sequence[T], page: int, size: int) -> Sequence[T]:
    """One page of a list."""
    return items[page * size : (page + 1) * size]
