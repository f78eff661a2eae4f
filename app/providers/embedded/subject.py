"""What a question is about: a skill or another thing, and where the posting and the resume speak of it."""

import re
from collections.abc import Sequence
from functools import cached_property

from app import vocabulary
from app.providers.base import Line
from app.providers.embedded.reading import SHOWN, Reading, tells_a_deed
from app.providers.embedded.text import fold, holds
from app.providers.lines import is_header, only_lists
from app.tenure import years_asked


class Subject:
    """A skill, or any other thing in the question's words, and where it occurs."""

    def __init__(self, term: str, question: str, reading: Reading) -> None:
        facts = reading.facts
        self.term = term
        self.name = _asked_name(term, question, reading)
        known = term in vocabulary.terms(term) or any(term in line.terms for line in facts.lines)
        self.requirements = [one for one in reading.wanted if term in one.terms or holds(fold(one.text), term)]
        self.lines = [line for line in facts.lines if term in line.terms or holds(fold(line.text), term)]
        if not known and not self.requirements and not self.lines:
            self._look_for_words(vocabulary.words(term), reading)
        if not known and not self.lines and self.requirements and facts.manner != "tailor":
            self.lines = list(self.requirements[0].evidence)
        asked = {one.text for one in self.requirements}
        self.mentions = [text for text in facts.posting if text not in asked and holds(fold(text), term)]

    def _look_for_words(self, words: frozenset[str], reading: Reading) -> None:
        """Accept a line that holds every significant word of the thing."""
        if words:
            self.requirements = [one for one in reading.wanted if words <= vocabulary.words(one.text)]
            self.lines = [line for line in reading.facts.lines if words <= vocabulary.words(line.text)]

    @cached_property
    def shown(self) -> list[Line]:
        """The lines that show it in use, headers last."""
        told = (line for line in self.lines if line.section in SHOWN and not only_lists(line))
        return sorted(told, key=is_header)

    @cached_property
    def deed(self) -> Line | None:
        """The line to tell of it: one that is proof for what the posting asks before any other."""
        deeds = [line for line in self.shown if tells_a_deed(line) and line.section != "summary"]
        proofs = [line for one in self.requirements for line in one.evidence]
        return min(deeds, key=lambda line: line not in proofs, default=None)

    @property
    def is_half(self) -> bool:
        """Whether the posting asks for more of it than any line shows, and lacks neither another skill nor years."""
        asked = [one for one in self.requirements if not years_asked(one.text)]
        return bool(asked) and all(one.verdict != "met" and not one.missing_terms for one in asked)

    @property
    def is_skill(self) -> bool:
        """Whether it is a skill that the posting asks for by a name of it, not a thing told in ordinary words."""
        return any(self.term in one.terms for one in self.requirements)

    def closest(self, reading: Reading) -> Line | None:
        """What the resume has of the same requirement, or near it."""
        found = (reading.closest(one) for one in self.requirements)
        return next((line for line in found if line), None)


def _asked_name(term: str, question: str, reading: Reading) -> str:
    """A skill as the question writes it, if posting or resume do so too; else as they write it.

    A posting may have two names for one skill ("version control (Git)"): who asks by the one is answered by the same.
    """
    facts = reading.facts
    usual = reading.name(term, question)
    if facts.manner == "tailor":
        return usual
    tokens, found = vocabulary.mentions(question)
    words = next((tokens[one.start : one.stop] for one in found if one.term == term), ())
    texts = (*(one.text for one in reading.wanted), *(line.text for line in facts.lines), *facts.posting)
    return next(filter(None, (_written(words, text) for text in texts)), usual) if words else usual


def _written(words: Sequence[str], text: str) -> str:
    """Words as a text writes them, accents and capitals too; empty where it doesn't hold them."""
    folded = vocabulary.fold(text)
    if len(folded) != len(text):
        return ""
    found = re.search(rf"(?<![\w+#]){'[ /-]'.join(map(re.escape, words))}(?![\w+#])", folded, re.IGNORECASE)
    return text[found.start() : found.end()] if found else ""
