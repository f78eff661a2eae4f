"""Questions to ask next about this posting and this resume: by their names, and none that was asked already.

The names come from texts that others wrote, so a suggestion holds only what the vocabulary knows as a skill's name, or
a short piece of a line in plain characters.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from app import vocabulary
from app.conditions import is_condition, is_dangling
from app.kinds import easily_said, spoken_languages
from app.providers.base import Facts, Line, Requirement
from app.providers.lines import is_header, only_lists
from app.providers.orders import commanding
from app.tenure import years_asked

SENTENCES: Final = Path(__file__).with_name("suggestions.toml")
MOST = 3
OF_SKILLS: Final = ("insisted", "listed", "shown", "years", "lacking", "forward", "proof", "asked")
REMEMBERED, READ = 12, 300  # earlier questions, and the characters of each, that are compared with
PIECE = re.compile(r"(?!\W)[\w ,.'’&+#/()-]{12,64}")
PLACE = re.compile(r"(?=\w)[\w .'’&-]{4,40}")
# Where a line can be cut so that what stands before it is whole; in "Taking a human-centred, open approach" nowhere.
CLAUSE = re.compile(
    r"\s[–—-]\s|[;(]|\.\s|,\s(?:including|such as|with|using|which|who|where|so that|in order to)\s"
    r"|,\s(?:notamment|dont|afin|avec|y compris|comme)\s"
)
DATES = re.compile(r"\s*\([^()]*\)$")
_APART = re.compile(r"[^\w+#]+")
_BEFORE_A_VOWEL = re.compile(r"\bde (?=[aeiouyéèêàâîô])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Idea:
    """A question by its kind and what it is about: the name as shown, and the words by which it is recognised."""

    kind: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that was asked: its words between spaces, the skills it names, whether it is about the interview."""

    words: str
    terms: frozenset[str]
    is_interview: bool

    @classmethod
    def of(cls, question: str) -> "_Asked":
        words = _folded(question[:READ])
        found = any(f" {word}" in words for word in _tables()["interview"]["words"])
        return cls(words, vocabulary.terms(question[:READ]), found)

    def is_about(self, idea: _Idea) -> bool:
        """Whether this was the same question, however it was put."""
        topic = _tables()["topics"].get(idea.kind)
        if topic:
            return any(f" {word}" in self.words for word in topic)
        if idea.kind in ("asked", "duty") and not self.is_interview:
            return False
        if idea.kind not in ("asked", "duty", "entry", "cited") and self.is_interview:
            return False
        return idea.about in self.terms or f" {idea.about} " in self.words


def suggest(facts: Facts, *, asked: Sequence[str]) -> tuple[str, ...]:
    """Up to three follow-up questions in the language and the manner of the facts, the weightiest first.

    `asked` are the user's questions so far, this one included, oldest first. Where posting and resume give less to ask
    about, there are fewer, or none; none for the resume chat, which has no such place.
    """
    if facts.manner == "tailor":
        return ()
    earlier = [_Asked.of(question) for question in asked[-REMEMBERED:]]
    sentences = _tables()[facts.manner][facts.language]
    chosen: list[_Idea] = []
    kinds = [_open_ideas(kind, facts, earlier) for kind in _tables()["order"][facts.manner]]
    while kinds and len(chosen) < MOST:
        kinds = [ideas for ideas in kinds if _take_one(ideas, chosen)]
    return tuple(_put(sentences[idea.kind], idea, facts.language) for idea in chosen[:MOST])


def _take_one(ideas: Iterator[_Idea], chosen: list[_Idea]) -> bool:
    """Add a kind's next idea about something new; false when it has none, or enough are chosen."""
    if len(chosen) >= MOST:
        return False
    taken = {one.about for one in chosen if one.kind not in _tables()["topics"]}
    idea = next((one for one in ideas if one.kind in _tables()["topics"] or one.about not in taken), None)
    if idea is not None:
        chosen.append(idea)
    return idea is not None


def _open_ideas(kind: str, facts: Facts, earlier: Sequence[_Asked]) -> Iterator[_Idea]:
    """A kind's ideas that nobody asked for yet."""
    for idea in _IDEAS[kind](facts, kind):
        if not any(one.is_about(idea) for one in earlier):
            yield idea


def _put(sentence: str, idea: _Idea, language: Literal["en", "fr"]) -> str:
    """The question; a skill in ordinary words would want an article in French, so it stands in quotation marks."""
    is_ordinary = language == "fr" and idea.kind in OF_SKILLS and _is_ordinary(idea.name)
    text = sentence.format(name=f"« {idea.name} »" if is_ordinary else idea.name)
    return _BEFORE_A_VOWEL.sub("d’", text) if " de " in text else text


def _is_ordinary(name: str) -> bool:
    """Whether a name is written in ordinary words ("conception de contenu"), even where they begin a sentence."""
    return name.islower() or (" " in name and name[1:].islower())


# --- what there is to ask about, of each kind the weightiest first


def _missing(facts: Facts, kind: str) -> Iterator[_Idea]:
    """Skills that are asked for and not in the resume."""
    for requirement in _wanted(facts):
        yield from _of(requirement, requirement.missing_terms, kind)


def _proven(facts: Facts, kind: str) -> Iterator[_Idea]:
    """Skills that are asked for and that a line shows in use, what is met before what is met in part."""
    for requirement in sorted(_wanted(facts), key=lambda one: one.verdict != "met"):
        for line in requirement.evidence:
            if line.section in ("work", "projects") and not is_header(line) and not only_lists(line):
                yield from _of(requirement, [term for term in requirement.terms if term in line.terms], kind)


def _listed(facts: Facts, kind: str) -> Iterator[_Idea]:
    """Skills that are asked for and that only a list names."""
    for requirement in _wanted(facts):
        for term in requirement.terms:
            holding = [line for line in facts.lines if term in line.terms]
            if holding and all(map(only_lists, holding)):
                yield from _of(requirement, (term,), kind)


def _named(facts: Facts, kind: str) -> Iterator[_Idea]:
    """Skills that they may ask about: those that the resume has, in the posting's order."""
    for requirement in _wanted(facts):
        if requirement.verdict != "missing":
            held = [term for term in requirement.terms if term not in requirement.missing_terms]
            yield from _of(requirement, held, kind)


def _counted(facts: Facts, kind: str) -> Iterator[_Idea]:
    """Skills of which the posting counts the years."""
    for requirement in _wanted(facts):
        if requirement.terms and years_asked(requirement.text):
            yield from _of(requirement, requirement.terms, kind)


def _cited(facts: Facts, kind: str) -> Iterator[_Idea]:
    """Requirements without a skill's name, by their own words, those that are not met."""
    for requirement in _wanted(facts):
        if not requirement.terms and requirement.verdict != "met" and _is_answerable(requirement.text, ()):
            yield from _piece(requirement.text, kind)


def _duties(facts: Facts, kind: str) -> Iterator[_Idea]:
    for duty in facts.responsibilities:
        yield from _piece(duty, kind)


def _entries(facts: Facts, kind: str) -> Iterator[_Idea]:
    """The employers under whom the proofs stand."""
    proofs = (line for one in _wanted(facts) for line in one.evidence if line.section == "work" and line.item)
    for place in dict.fromkeys(map(_employer, proofs)):
        if PLACE.fullmatch(place) and not commanding(place):
            yield _Idea(kind, place, _folded(place).strip())


def _said(facts: Facts, kind: str) -> Iterator[_Idea]:
    """A topic, if the posting speaks of it, by the employer's name."""
    whole = " ".join(("", *facts.posting)).lower()
    if any(f" {word}" in whole for word in _tables()["topics"][kind]):
        fallback = "the posting" if facts.language == "en" else "l’offre"
        clean = PLACE.fullmatch(facts.company) and not commanding(facts.company)
        yield _Idea(kind, facts.company if clean else fallback, kind)


_IDEAS: Final = {
    "insisted": _missing,
    "lacking": _missing,
    "shown": _proven,
    "forward": _proven,
    "listed": _listed,
    "proof": _listed,
    "asked": _named,
    "years": _counted,
    "cited": _cited,
    "duty": _duties,
    "entry": _entries,
    "salary": _said,
    "remote": _said,
    "travel": _said,
    "benefits": _said,
}


def _wanted(facts: Facts) -> Iterable[Requirement]:
    """What is asked for, the musts first; nothing without a resume."""
    return sorted(facts.requirements, key=lambda one: not one.must) if facts.lines else ()


def _of(requirement: Requirement, terms: Iterable[str], kind: str) -> Iterator[_Idea]:
    """An idea for each of a requirement's skills that there is something to ask about."""
    worth = [term for term in terms if _is_worth_asking(term)]
    if worth and _is_answerable(requirement.text, requirement.terms):
        yield from (_Idea(kind, _name(term, requirement.text), term) for term in worth)


@lru_cache(maxsize=2048)
def _is_answerable(text: str, terms: tuple[str, ...]) -> bool:
    """Whether a resume can answer this; asked only of what a suggestion would be made of, since it takes a while."""
    return not is_condition(text, terms) and not is_dangling(text) and not commanding(text)


def _is_worth_asking(term: str) -> bool:
    """Whether there is something to ask about a skill: not about a single letter, a quality or a spoken language."""
    return len(term) > 1 and term not in easily_said() and term not in spoken_languages()


def _piece(text: str, kind: str) -> Iterator[_Idea]:
    """A line, or its first clause, if that is short, in plain characters, and says something to its last word."""
    whole = text.removeprefix("- ").strip().rstrip(".")
    for piece in (whole, CLAUSE.split(whole, maxsplit=1)[0].strip()):
        if PIECE.fullmatch(piece) and vocabulary.words(piece.split()[-1]) and not commanding(text):
            yield _Idea(kind, piece, _folded(piece).strip())
            return


def _employer(line: Line) -> str:
    """The employer of a job's header: "Data Analyst, Shopwise (2017-06 – 2021-02)" → Shopwise."""
    return DATES.sub("", line.item).rpartition(", ")[2].strip()


def _name(term: str, text: str) -> str:
    """A skill as the text writes it, else by its own name."""
    tokens, found = vocabulary.mentions(text)
    words = next((tokens[one.start : one.stop] for one in found if one.term == term), ())
    folded = vocabulary.fold(text)
    if not words or len(folded) != len(text):
        return term
    spelled = re.search(r"(?<![\w+#])" + "[ /-]".join(map(re.escape, words)) + r"(?![\w+#])", folded, re.IGNORECASE)
    return text[spelled.start() : spelled.end()] if spelled else term


def _folded(text: str) -> str:
    """The words of a text in lower case and without accents, each between spaces."""
    return f" {_APART.sub(' ', vocabulary.fold(text).lower()).strip()} "


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
