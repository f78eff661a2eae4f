"""What became of each line of a file: where it went in the resume, or that it went nowhere."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.formats.intake.lines import COLUMN, Line

_WORD = re.compile(r"\w+")
_PAGE_NUMBER = re.compile(r"(?:page )?\d+(?: ?(?:/|of|sur|de) ?\d+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """Words of the file, and the place in the resume that they went to: `work[0].position`, `work` for a heading."""

    text: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUnderstood:
    """A line that found no place, or not all of it, with the heading that it stands under."""

    text: str
    section: str


class Ledger:
    """Counts the words of every line, and those that were taken from it."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._sections: dict[int, str] = {}
        self._taken: dict[int, Counter[str]] = defaultdict(Counter)
        self.understood: list[Understood] = []

    def take(self, line: Line, text: str, path: str) -> None:
        """Note that words of a line went to a place."""
        if text.strip():
            self._taken[line.number].update(_words(text))
            self.understood.append(Understood(text=" ".join(text.split()), path=path))

    def take_all(self, lines: Iterable[Line], path: str) -> None:
        """Note that whole lines went to a place."""
        for line in lines:
            self.take(line, line.text, path)

    def file_under(self, line: Line, heading: str) -> None:
        """Note which heading a line stands under."""
        self._sections[line.number] = heading

    def not_understood(self) -> list[NotUnderstood]:
        """Every line of which a word was not taken; bare numbers of pages say nothing about anybody."""
        return [
            NotUnderstood(text=line.text.replace(COLUMN, "  "), section=self._sections.get(line.number, ""))
            for line in self._lines
            if _words(line.text) - self._taken[line.number] and not _PAGE_NUMBER.fullmatch(line.text)
        ]


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))
