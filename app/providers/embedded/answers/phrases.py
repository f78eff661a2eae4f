"""Sentences that more than one answer needs."""

from collections.abc import Sequence
from typing import Literal, TypeVar

from app import vocabulary
from app.providers.base import Requirement
from app.providers.embedded.reading import Reading, Strong
from app.providers.embedded.text import distinct
from app.providers.embedded.voice import Voice, bullets
from app.providers.lines import only_lists

T = TypeVar("T")
Standing = Literal["met", "listed", "partly", "missing"]
NAMED, CONDITIONS = 2, 4


def standing(requirement: Requirement, reading: Reading) -> Standing:
    """How a resume stands to a requirement: by the verdict, but what is only listed isn't shown."""
    return "listed" if requirement in reading.listed else requirement.verdict


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
    if reading.facts.requirements:
        return []
    return [voice.say("empty.requirements"), *to_check(reading, voice)]


def to_check(reading: Reading, voice: Voice) -> list[str]:
    """The conditions that only the person can check, once."""
    rows = [voice.quote(text) for text in reading.conditions[:CONDITIONS]]
    return [voice.say("conditions.intro"), bullets(rows)] if rows else []


def what_it_shows(strong: Strong, voice: Voice) -> str:
    """`It answers “…”. It speaks to part of “…”.`: never more than the verdicts say."""
    if only_lists(strong.line):
        named = voice.listed([voice.asked(one) for one in (*strong.met, *strong.partly)[:NAMED]])
        return voice.say("shows.listed", requirements=named) if named else ""
    said = []
    for key, requirements in (("shows.met", strong.met), ("shows.partly", strong.partly)):
        named = voice.listed([voice.asked(one) for one in requirements[:NAMED]])
        if named:
            said.append(voice.say(key, requirements=named))
    return " ".join(said[:1] if len(strong.met) >= NAMED else said)


def page_of(items: Sequence[T], page: int, size: int) -> Sequence[T]:
    """One page of a list."""
    return items[page * size : (page + 1) * size]
