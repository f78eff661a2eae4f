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
    (r"\b(?:fifth|cinquieme)\b", 4),
    (r"\b(?:fourth|quatrieme)\b", 3),
    (r"\b(?:third|troisieme)\b", 2),
    (r"\b(?:second|deuxieme|seconde)\b", 1),
    (r"\b(?:first|top|premiere|premier)\b", 0),
)
_NUMBERED = re.compile(
    r"\b(?:bullet|line|puce|ligne|point)s? (?:point )?(?:number |numero |no |n |# ?)?(\d{1,2})\b(?!%)"
    r"|\b(\d{1,2})(?:st|nd|rd|th|e|re|er|eme) (?:bullet|line|puce|ligne|point)"
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
    place = _place(folded)
    if place is not None:
        named = _at(place, inside or bullets)
        if not named:
            return Found((), named=False, sought=True)
    else:
        named = _by_terms(ask, inside or bullets) or _by_words(folded, inside or bullets) or inside
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


def _place(folded: str) -> int | None:
    """Which bullet is meant by its place: 0 for the first, -1 for the last, None where no place is named."""
    number = _NUMBERED.search(folded)
    if number:
        return int(number[1] or number[2]) - 1
    return next((place for expression, place in _PLACES if re.search(expression, folded)), None)


def _at(place: int, bullets: list[Line]) -> list[Line]:
    return [bullets[place]] if -len(bullets) <= place < len(bullets) else []


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
