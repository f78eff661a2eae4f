"""How an answer speaks: its fixed sentences by key, in English or French, and the quotation marks of that language."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from app.providers.base import Line, Requirement
from app.providers.embedded.reading import Reading, item_name, spelling
from app.providers.embedded.text import EXCERPT, around, excerpt, one_line
from app.providers.lines import is_header

Language = Literal["en", "fr"]
NO_BREAK, NARROW = "\u00a0", "\u202f"
_ELISION = re.compile(r"\bde \{(\w+)\}")
LABEL = re.compile(r"(Award|Certificate|Interest|Language|Publication|Volunteer): ")
MARKS = {"en": ("“", "”"), "fr": (f"«{NO_BREAK}", f"{NO_BREAK}»")}


class Voice:
    """One language's sentences."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._sentences = sentences(language)

    def say(self, key: str, **values: object) -> str:
        """The sentence of this key with its places filled."""
        sentence = self._sentences[key]
        if self.language == "fr":
            sentence = _ELISION.sub(lambda match: _elided(match, values), sentence)
        return sentence.format(**values)

    def quote(self, text: str, limit: int = EXCERPT) -> str:
        """The text's own words in quotation marks; a long one is cut after a clause, and shows it."""
        before, after = MARKS[self.language]
        return f"{before}{excerpt(one_line(text), limit)}{after}"

    def count(self, key: str, number: int, **values: object) -> str:
        """The sentence with a number in it, or its singular (`key_one`)."""
        return self.say(f"{key}_one" if number == 1 else key, count=number, **values)

    def asked(self, requirement: Requirement) -> str:
        """A requirement in quotation marks; of a long one, the part that names what is missing, or what it names."""
        text = one_line(requirement.text)
        terms = (*requirement.missing_terms, *requirement.terms)
        word = next(filter(None, (spelling(term, text) for term in terms)), "")
        return self.quote(around(text, word, EXCERPT), EXCERPT + 2)

    def named(self, names: Sequence[str], last: Literal["and", "or", "either"] = "and") -> str:
        """Skills, listed; what isn't written like a name stands in quotation marks."""
        return self.listed([self.quote(name) if _is_ordinary(name) else name for name in names], last)

    def own(self, text: str, limit: int = EXCERPT) -> str:
        """A resume's words in quotation marks; what we call such a line ("Award: …") in this language before them."""
        label, words = _labelled(text)
        if not label or self.language == "en":
            return self.quote(text, limit)
        return f"{self.say(f'label.{label}')}{NO_BREAK}: {self.quote(words, limit)}"

    def line(self, line: Line, limit: int = EXCERPT) -> str:
        """A resume line, quoted, and where it stands."""
        is_inside = line.item and not is_header(line)
        place = self._place(item_name(line)) if is_inside else self.say(f"section.{line.section}")
        return f"{self.own(line.text, limit)} ({place})"

    def _place(self, item: str) -> str:
        label, words = _labelled(item)
        return item if not label or self.language == "en" else f"{self.say(f'label.{label}')}{NO_BREAK}: {words}"

    def job(self, reading: Reading) -> str:
        """The job by its title and company."""
        title, company = excerpt(reading.facts.job_title, 100), excerpt(reading.facts.company, 80)
        if not title:
            return self.say("job.unnamed")
        return self.say("job.at", title=title, company=company) if company else title

    def listed(self, items: Sequence[str], last: Literal["and", "or", "either"] = "and") -> str:
        """`a, b and c`; with `or`, as after a negation: `a, b or c`; with `either`, where one is enough."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self.say(last)} {items[-1]}"


def _labelled(text: str) -> tuple[str, str]:
    """What kind of line the resume's reading says this is, in small letters, and the line's own words."""
    label = LABEL.match(text)
    return (label[1].lower(), text[label.end() :]) if label else ("", text)


def _elided(match: re.Match[str], values: Mapping[str, object]) -> str:
    """`de {term}` before a vowel: `d’Excel`."""
    vowel = str(values.get(match[1], ""))[:1].lower() in "aeiouyéèêàâîô"
    return f"d’{{{match[1]}}}" if vowel and values.get(match[1]) else match[0]


def _is_ordinary(name: str) -> bool:
    """Whether a skill is written in ordinary words ("site reliability"), even where they begin a sentence."""
    return name.islower() or (" " in name and name[1:].islower())


def bullets(items: Iterable[str]) -> str:
    """A Markdown list."""
    return "\n".join(f"- {item}" for item in items)


def numbered(items: Iterable[str], first: int = 1) -> str:
    """A numbered Markdown list."""
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, first))


@cache
def sentences(language: Language) -> dict[str, str]:
    """Every fixed sentence of a language by its dotted key."""
    tables = tomllib.loads((Path(__file__).parent / "wording" / f"{language}.toml").read_text(encoding="utf-8"))
    flat = dict(_flatten(tables))
    return {key: _typeset(text) for key, text in flat.items()} if language == "fr" else flat


def _flatten(table: dict[str, object], prefix: str = "") -> Iterable[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)


def _typeset(text: str) -> str:
    """French sets a space that doesn't break before high punctuation and inside its quotation marks."""
    text = re.sub(r" ([;!?])", rf"{NARROW}\1", text)
    text = re.sub(r" ([:%])", rf"{NO_BREAK}\1", text)
    return text.replace("« ", f"«{NO_BREAK}").replace(" »", f"{NO_BREAK}»")
