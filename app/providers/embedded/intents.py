"""What a question asks: its intent by the rules in `rules.toml`, and the thing it names."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from app import vocabulary
from app.providers.base import Facts, Manner
from app.providers.embedded.text import DATES, fold, holds, pattern

Intent = Literal[
    "tailor", "highlight", "fit", "met", "missing", "rewrite", "summary", "interview", "skill", "posting", "cut",
    "years", "education", "break", "change", "entry", "score", "capabilities", "greeting", "thanks",
    "unsupported", "unknown",
]  # fmt: skip
Form = Literal["", "shorter", "other"]
WORDS_READ, BESIDE_A_QUOTE = 80, 12
# A question that names a skill and asks one of these asks it about that skill.
_ABOUT_ONE_SKILL: Final = ("fit", "missing", "highlight", "years", "capabilities", "requirements", "unknown")
# Beside a requirement in quotation marks, one of these asks about that requirement.
_ABOUT_ITS_QUOTE: Final = (*_ABOUT_ONE_SKILL, "met", "posting", "rewrite", "tailor")
_QUOTED = re.compile(r"[\"“«]\s*(.{12,600}?)\s*[\"”»]|:\s*\n+(.{12,600})|(?<!\w)['‘](.{20,600}?)['’](?!\w)", re.DOTALL)
_PASTED = re.compile(
    r"(?:bullet|line|sentence|point|puce|ligne|phrase|this|suivante?)[^:\n]{0,20}:\s+(\S.{15,600})$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question understood.

    `page` counts the follow-ups that asked for more of the same, `tries` those that asked for it in another `form`;
    `nth` is the question of a list of questions that is meant; `again` is set where the last question was the same.
    """

    intent: Intent
    topic: str = ""
    terms: tuple[str, ...] = ()
    phrase: str = ""
    quoted: str = ""
    question: str = ""
    page: int = 0
    form: Form = ""
    tries: int = 0
    nth: int = 0
    again: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    intent: Intent
    topic: str
    form: Form
    groups: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None

    def matches(self, folded: str) -> bool:
        if self.unless is not None and self.unless.search(folded):
            return False
        return all(group.search(folded) for group in self.groups)


def read_question(question: str, facts: Facts) -> Ask:
    """What a question asks by itself, without those before it."""
    quoted = _quoted(question)
    if facts.manner != "tailor" and _is_name(quoted):
        quoted = ""  # a skill in quotation marks is the skill
    folded = " ".join(fold(question.replace(quoted, " ") if quoted else question).split()[:WORDS_READ])
    ask = Ask(intent="unknown", quoted=quoted, question=question)
    rule = _first_rule(folded, facts.manner)
    terms = _named_terms(folded, question if not quoted else folded, facts)
    if rule is None and not terms:
        corrected = _without_typos(folded, facts)
        rule, terms = _first_rule(corrected, facts.manner), _named_terms(corrected, corrected, facts)
    if rule is not None:
        ask = replace(ask, intent=rule.intent, topic=rule.topic, form=rule.form)
    if facts.manner != "tailor" and quoted and (rule is None or rule.intent in _ABOUT_ITS_QUOTE):
        intent = _about_posting(quoted, facts)
        if intent is not None:
            return replace(ask, intent=intent, topic="", form="", phrase=quoted)
    if quoted and (rule is None or rule.intent in ("tailor", "rewrite")) and len(folded.split()) <= BESIDE_A_QUOTE:
        said = _first_rule(fold(quoted), facts.manner) if rule is None else None
        return replace(ask, intent="summary" if said and said.intent == "summary" else "rewrite")
    return _with_subject(ask, terms, folded, facts)


def _with_subject(ask: Ask, terms: tuple[str, ...], folded: str, facts: Facts) -> Ask:
    title = fold(facts.job_title)
    own = tuple(term for term in terms if ask.intent == "unknown" or not holds(title, term))
    kind = ask.topic or ask.intent
    if own and kind in _ABOUT_ONE_SKILL:
        return replace(ask, intent="skill", topic="", terms=own)
    if ask.intent in ("rewrite", "interview", "summary", "tailor", "score"):
        return replace(ask, terms=own)
    return ask if ask.intent != "unknown" else _without_rule(ask, folded, facts)


def _without_rule(ask: Ask, folded: str, facts: Facts) -> Ask:
    """A courtesy, an entry of the resume, the company, or a thing in the question's own words; else still unknown."""
    courtesy = _courtesy(folded)
    if courtesy is not None:
        return replace(ask, intent=courtesy)
    entry = _named_entry(folded, facts)
    if entry:
        return replace(ask, intent="entry", phrase=entry)
    if facts.company and holds(folded, facts.company):
        return replace(ask, intent="posting", topic="company")
    phrase = _named_thing(ask.question)
    return replace(ask, intent="skill", phrase=phrase) if phrase else ask


def _named_terms(folded: str, question: str, facts: Facts) -> tuple[str, ...]:
    """The skills a question names: those the vocabulary knows, and those only this posting or resume does."""
    known = _known_terms(facts)
    named = {term for term in known if len(term) > 1 and holds(folded, term)} | vocabulary.terms(question)
    return tuple(sorted(named, key=lambda term: (term not in known, -len(term), term)))


def _known_terms(facts: Facts) -> frozenset[str]:
    asked = {term for requirement in facts.requirements for term in requirement.terms}
    return frozenset(asked.union(*(line.terms for line in facts.lines)))


def _named_entry(folded: str, facts: Facts) -> str:
    """The job or project of the resume that a question names by its company or its name; its whole header."""
    for line in facts.lines:
        names = DATES.sub("", line.item).split(", ")
        if line.section in ("work", "projects") and any(len(name) > 3 and holds(folded, name) for name in names):
            return line.item
    return ""


def _named_thing(question: str) -> str:
    """The thing that a question about one thing names in its own words, or nothing."""
    text = question.strip().rstrip("?!. ").strip()
    for expression in _subject_patterns():
        match = expression.search(text)
        if match is None:
            continue
        words = match["thing"].strip(" ,").split()
        empty = tables()["empty"]
        while words and fold(words[0]) in empty:
            words.pop(0)
        while words and fold(words[-1]) in empty:
            words.pop()
        if 0 < len(words) <= 4:
            return " ".join(words)
    return ""


def _quoted(question: str) -> str:
    """The bullet that a question brings along, in quotation marks or after a colon."""
    match = _QUOTED.search(question) or _PASTED.search(question)
    return next((group.strip(" \n-•*") for group in match.groups() if group), "") if match else ""


def _is_name(text: str) -> bool:
    """Whether a text is a skill's name and nothing else."""
    tokens, found = vocabulary.mentions(text)
    return any(one.start == 0 and one.stop == len(tokens) for one in found)


def _about_posting(quoted: str, facts: Facts) -> Intent | None:
    """What a quotation asks that is from the posting, and so no bullet to be rewritten: a requirement, or a duty."""
    if any(holds(fold(one.text), quoted) for one in facts.requirements):
        return "skill"
    if any(holds(fold(duty), quoted) for duty in facts.responsibilities):
        return "interview" if facts.manner == "coach" else "skill"
    return None


def _courtesy(folded: str) -> Literal["greeting", "thanks"] | None:
    words = len(folded.split())
    for kind in ("greeting", "thanks"):
        if words <= 6 and pattern(tables()["courtesy"][kind]).match(folded):
            return kind
    return None


def _without_typos(folded: str, facts: Facts) -> str:
    """The text with each unknown word of five letters or more replaced by the keyword it most resembles."""
    keywords = _keywords(facts.manner) | {term for term in _known_terms(facts) if " " not in term}
    return " ".join(word if len(word) < 5 or word in keywords else _closest(word, keywords) for word in folded.split())


def _closest(word: str, keywords: Iterable[str]) -> str:
    near = [keyword for keyword in keywords if keyword[:1] == word[:1] and abs(len(keyword) - len(word)) <= 2]
    return next(iter(get_close_matches(word, near, n=1, cutoff=0.8)), word)


def _first_rule(folded: str, manner: Manner) -> _Rule | None:
    return next((rule for rule in _rules(manner) if rule.matches(folded)), None)


@cache
def _rows(manner: Manner) -> tuple[dict[str, Any], ...]:
    """The rules for a manner; most are for all."""
    return tuple(row for row in _load("rules.toml")["rule"] if manner in row.get("manners", (manner,)))


@cache
def _rules(manner: Manner) -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            row["intent"],
            row.get("topic", ""),
            row.get("form", ""),
            tuple(pattern(group) for group in row["all"]),
            pattern(row["not"]) if "not" in row else None,
        )
        for row in _rows(manner)
    )


@cache
def _keywords(manner: Manner) -> frozenset[str]:
    groups = (group for row in _rows(manner) for group in row["all"])
    words = (word for group in groups for choice in group.split("|") for word in choice.split())
    return frozenset(word.rstrip("*") for word in words if len(word.rstrip("*")) >= 5)


@cache
def tables() -> dict[str, Any]:
    """What `subjects.toml` lists."""
    return _load("subjects.toml")


@cache
def _subject_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(expression, re.IGNORECASE) for expression in tables()["patterns"])


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
