"""What a question is about: a skill or another thing, and where the posting and the resume speak of it."""

from functools import cached_property

from app import vocabulary
from app.providers.base import Line
from app.providers.embedded.reading import SHOWN, Reading
from app.providers.embedded.text import fold, holds
from app.providers.lines import is_header, only_lists


class Subject:
    """A skill, or any other thing in the question's words, and where it occurs."""

    def __init__(self, term: str, question: str, reading: Reading) -> None:
        facts = reading.facts
        self.name = reading.name(term, question)
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

    def closest(self, reading: Reading) -> Line | None:
        """What the resume has of the same requirement, or near it."""
        found = (reading.closest(one) for one in self.requirements)
        return next((line for line in found if line), None)
