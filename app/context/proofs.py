"""A resume's lines by what they may prove, and how far each is to be believed."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from app.context.denial import claimed
from app.context.resume import FIGURE
from app.kinds import easily_said, shown_by, spoken_languages
from app.providers.base import Line
from app.providers.lines import AWARD, BULLET, CERTIFICATE, INTEREST, LANGUAGE, is_header, only_lists
from app.vocabulary import Marks, mentions, words

Trust = Literal["shown", "touched", "listed"]
"""What a line does for a skill: shows it, touches on it (a course of beginners, an award), or only lists it."""
TRUSTED: tuple[Trust, ...] = get_args(Trust)

SOFT_WORDS = 2  # more words than these say which communication, leadership, … is meant
DEGREES = ("high school diploma", "associate degree", "bachelor's degree", "master's degree", "mba", "doctorate")
ABOVE = {degree: frozenset(DEGREES[index:]) for index, degree in enumerate(DEGREES)} | {"mba": frozenset({"mba"})}
"""A degree → those that hold it: nobody becomes a doctor without a first one. An MBA stands only for itself."""
BEGINNER = re.compile(
    r"\b(?:basics?|beginner(?!-)|novice|elementary|introduct\w+|self-study|notions|débutant\w*|rudiments|élémentaire"
    r"|initiation|scolaire|limited working|limited proficiency|A1|A2)\b",
    re.IGNORECASE,
)
CERTIFICATION = re.compile(
    r"\b(?:certification|certified|certificate|certifié|certificat|licen[cs]ed?\b|permis de conduire)", re.IGNORECASE
)
BOTH, TWO = "bilingual", frozenset({"english", "french"})
AFTER_A_LANGUAGE = frozenset(
    str.split(
        ". , ; : ( ) | ! ? and or et ou to in into at for with as by from on when a au aux en dans pour avec "
        "chez comme vers lors language speaking speakers lessons lesson classes courses teacher tutor translation "
        "translations translator interpreter interpreting skills proficiency fluently daily courant couramment"
    )
)
"""What may follow a language, and not what is German in "German cooking"."""
WEIGHT = {"work": 3.0, "projects": 2.5, "summary": 1.5, "education": 1.5, "skills": 2.0, "other": 1.0}
NAMES_IN_A_CERTIFICATE = 2
WORD = re.compile(r"\w+")
LEAST_COPIED = 2  # words of a requirement, beside names, that make a line of the same words a copy of it
LEAST_REPEATED = 6  # words of a requirement that a line holds by no chance
OF_A_LIST = 1.9  # weaker than the skills section: names below a job, where one looks for deeds


class Asked(NamedTuple):
    """What a requirement is like, as far as it decides which lines are enough for it."""

    terms: frozenset[str]
    more: frozenset[str]  # its words beside the skills that it names
    certified: bool

    @classmethod
    def of(cls, text: str, mark: Marks) -> "Asked":
        """What `text` is like, which names what `mark` says."""
        more = mark.words - words(" ".join(mark.terms))
        return cls(mark.terms, more, CERTIFICATION.search(text) is not None)

    @property
    def is_easily_said(self) -> bool:
        """Whether to name it shows nothing ("communication"): a line must be about the same thing."""
        return self.terms <= easily_said() and len(self.more) > SOFT_WORDS


@dataclass(frozen=True, slots=True)
class Index:
    """The resume's lines by the skills and the words asked for that they hold, in each list the strongest first."""

    lines: Sequence[Line]
    marks: Sequence[Marks]
    lists: Sequence[bool]
    strength: Sequence[float]
    by_term: Mapping[str, Sequence[int]]
    by_word: Mapping[str, Sequence[int]]

    @classmethod
    def of(
        cls, lines: Sequence[Line], line_marks: Sequence[Marks], texts: Sequence[str], asked: Sequence[Marks]
    ) -> "Index":
        """Index the lines by all the skills that they claim, and by the words of what is asked for (`texts`)."""
        repeats = _repeats([mark.words for mark in asked], lines, line_marks)
        repeats |= _copies(texts, asked, lines)
        lists = [only_lists(line) or _is_course(line) or at in repeats for at, line in enumerate(lines)]
        words = frozenset().union(*(mark.words for mark in asked if not mark.terms))
        strength = [_strength(line, is_list) for line, is_list in zip(lines, lists, strict=True)]
        by_term: dict[str, list[int]] = defaultdict(list)
        by_word: dict[str, list[int]] = defaultdict(list)
        for number in sorted(range(len(lines)), key=lambda one: -strength[one]):
            for term in _proved_by(lines[number]):
                by_term[term].append(number)
            for word in line_marks[number].words & words:
                by_word[word].append(number)
        by_term[BOTH].extend(_of_both(lines))
        return cls(lines, line_marks, lists, strength, dict(by_term), dict(by_word))

    def with_term(self, term: str) -> list[int]:
        """The lines that prove a skill; a degree is also proved by a higher one, a kind by what is of it."""
        higher = ABOVE[term] if term in ABOVE else shown_by(term)
        direct = self.by_term.get(term, ())
        return [*direct, *(one for name in sorted(higher - {term}) for one in self.by_term.get(name, ()))]

    def trust(self, number: int, asked: Asked) -> Trust:
        """How far a line is to be believed; a list shows nothing, a certificate itself alone."""
        line = self.lines[number]
        entry = _entry(line)
        if entry.startswith(CERTIFICATE) and len(line.terms) <= NAMES_IN_A_CERTIFICATE:
            return "shown" if asked.certified else "touched"
        if self.lists[number]:
            return "listed"
        if line.section == "education":
            return "shown"
        touched = line.section == "other" and (entry.startswith((INTEREST, AWARD)) or BEGINNER.search(line.text))
        lacks = asked.certified and not CERTIFICATION.search(line.text)
        is_mention = asked.is_easily_said and len(self.marks[number].words & asked.more) < SOFT_WORDS
        return "touched" if touched or lacks or is_mention else "shown"


def _proved_by(line: Line) -> frozenset[str]:
    """What a line claims, without degrees outside of the education and what is no language among the languages."""
    terms = claimed(line.text, line.terms)
    if tongues := (terms & spoken_languages() if line.section in ("work", "projects", "summary") else ()):
        terms -= _adjectives(line.text, tongues)
    if line.section != "education" and not ABOVE.keys().isdisjoint(terms):
        terms -= ABOVE.keys()
    return terms & spoken_languages() if line.section == "other" and _entry(line).startswith(LANGUAGE) else terms


def _adjectives(text: str, tongues: Iterable[str]) -> frozenset[str]:
    """Those languages of a text that only say whence something is: "German cooking"."""
    tokens, found = mentions(text)
    spoken = {
        one.term for one in found if one.stop == len(tokens) or tokens[one.stop] in AFTER_A_LANGUAGE or one.term == BOTH
    }
    return frozenset(tongues) - spoken


def _of_both(lines: Sequence[Line]) -> list[int]:
    """The entries of English and of French, where somebody speaks both well: what is meant by "bilingual" alone."""
    entries = [at for at, line in enumerate(lines) if line.section == "other" and _entry(line).startswith(LANGUAGE)]
    spoken = [at for at in entries if lines[at].terms & TWO and not BEGINNER.search(lines[at].text)]
    return spoken if frozenset().union(*(lines[at].terms for at in spoken)) >= TWO else []


def _entry(line: Line) -> str:
    """What tells the kind of a line of a section without a table: its item, or where it has none itself."""
    return line.item or line.text.removeprefix(BULLET)


def _repeats(asked: Iterable[frozenset[str]], lines: Sequence[Line], line_marks: Sequence[Marks]) -> frozenset[int]:
    """The lines that repeat the posting: they hold all words of a long requirement, or nearly all."""
    long = [said for said in asked if len(said) >= LEAST_REPEATED]
    holding: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(lines if long else ()):
        if line.section != "education":
            for word in line_marks[number].words:
                holding[word].add(number)
    found: set[int] = set()
    for said in long:
        lacking = len(said) // LEAST_REPEATED
        rarest = sorted(said, key=lambda word: len(holding.get(word, ())))[: lacking + 1]
        candidates = frozenset[int]().union(*(holding.get(word, ()) for word in rarest)) - found
        found |= {number for number in candidates if len(said - line_marks[number].words) <= lacking}
    return frozenset(found)


def _copies(texts: Sequence[str], asked: Sequence[Marks], lines: Sequence[Line]) -> frozenset[int]:
    """The lines that are a requirement of the posting, letter for letter; who only repeats a name copies nothing."""
    pairs = zip(texts, asked, strict=True)
    told = {_plain(text) for text, mark in pairs if len(mark.words - words(" ".join(mark.terms))) >= LEAST_COPIED}
    return frozenset(
        at for at, line in enumerate(lines) if line.section != "education" and told and _plain(line.text) in told
    )


def _plain(text: str) -> str:
    return " ".join(WORD.findall(text.lower()))


def _is_course(line: Line) -> bool:
    return line.section == "education" and not is_header(line)


def _strength(line: Line, is_list: bool) -> float:
    """What was done proves more than what is listed, and figures more than none; the newest stand first by order."""
    if is_list and line.section in ("work", "projects", "summary"):
        return OF_A_LIST
    return (
        WEIGHT[line.section] + (0.5 if line.item and not is_header(line) else 0) + 0.3 * bool(FIGURE.search(line.text))
    )
