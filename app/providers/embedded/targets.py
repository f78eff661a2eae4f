"""Which bullet a request to rewrite means: quoted, named by its words, or by place ("my first bullet at DataTech")."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from app import vocabulary
from app.providers.base import Line
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading, item_name, tells_a_deed
from app.providers.embedded.text import fold, holds

MOST, WORTHWHILE = 2, 2.0
_PLACES = (
    (r"\b(?:last|derniere|dernier)\b", -1),
    (r"\b(?:third|3rd|troisieme|3e)\b", 2),
    (r"\b(?:second|2nd|deuxieme|2e)\b", 1),
    (r"\b(?:first|1st|top|premiere|premier|1re)\b", 0),
)


@dataclass(frozen=True, slots=True)
class Target:
    """A bullet to rewrite; `line` is None for one that the resume doesn't hold."""

    text: str
    terms: frozenset[str]
    line: Line | None = None

    @classmethod
    def of(cls, line: Line) -> "Target":
        """A line of the resume as a target."""
        return cls(line.text, line.terms, line)


@dataclass(frozen=True, slots=True)
class Found:
    """The targets, whether the question named them, and whether it tried to."""

    targets: tuple[Target, ...]
    named: bool
    sought: bool


def find_targets(ask: Ask, reading: Reading, *, gains: Callable[[Line], float]) -> Found:
    """The bullets the question means; where it means none, those that gain most from a rewrite."""
    told = [line for line in reading.facts.lines if line.section in ("work", "projects", "other")]
    told = [line for line in told if tells_a_deed(line) and (line.item or line.section != "other")]
    bullets = [line for line in told if line in reading.bullets] or told
    if ask.quoted:
        return Found((_quoted(ask.quoted, told),), named=True, sought=True)
    folded = fold(ask.question)
    inside = _of_item(folded, bullets)
    named = _by_place(folded, inside or bullets) or _by_terms(ask, inside or bullets)
    named = named or _by_words(folded, inside or bullets) or inside
    if named:
        return Found(tuple(map(Target.of, named[ask.page : ask.page + 1])), named=True, sought=True)
    ranked = sorted(bullets, key=lambda line: -gains(line))
    first = min(MOST, max(1, sum(gains(line) >= WORTHWHILE for line in ranked)))
    start = first + (ask.page - 1) * MOST if ask.page else 0
    chosen = ranked[start : start + (MOST if ask.page else first)]
    return Found(tuple(map(Target.of, chosen)), named=False, sought=bool(ask.terms))


def _quoted(quoted: str, bullets: list[Line]) -> Target:
    """The resume's line if the quotation is one, or clearly a part of one; else the quotation itself."""
    wanted = fold(quoted)
    same = (line for line in bullets if wanted == fold(line.text) or (len(wanted) > 20 and wanted in fold(line.text)))
    found = next(same, None)
    return Target.of(found) if found else Target(quoted, vocabulary.terms(quoted))


def _of_item(folded: str, bullets: list[Line]) -> list[Line]:
    """The lines of the job or project whose company or name the question holds."""
    for line in bullets:
        names = re.split(r", | at | chez | – | — ", item_name(line))
        if any(len(fold(name)) > 2 and holds(folded, name) for name in reversed(names)):
            return [one for one in bullets if one.item == line.item]
    return []


def _by_place(folded: str, bullets: list[Line]) -> list[Line]:
    place = next((place for expression, place in _PLACES if re.search(expression, folded)), None)
    if place is None or not -len(bullets) <= place < len(bullets):
        return []
    return [bullets[place]]


def _by_terms(ask: Ask, bullets: list[Line]) -> list[Line]:
    return [line for line in bullets if set(ask.terms) & line.terms]


def _by_words(folded: str, bullets: list[Line]) -> list[Line]:
    """The line that shares most words with the question: two at least, or one that only this line has."""
    asked = vocabulary.words(folded)
    scored = sorted(((len(asked & vocabulary.words(line.text)), line) for line in bullets), key=lambda pair: -pair[0])
    if not scored or not scored[0][0]:
        return []
    most = [line for score, line in scored if score == scored[0][0]]
    return most[:1] if scored[0][0] >= 2 or len(most) == 1 else []
