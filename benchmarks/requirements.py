"""What the code finds that a posting asks for, beside what a reader found who had not seen the code's answer.

A found line holds an entry of the list when all the entry's words are among its own (case, accents and endings aside)
and it asks for the entry's years. Recall is the share of entries that some line holds: a line that holds two has found
both. Precision pairs one to one, the lines that hold fewest entries first: a line is right when it has an entry for
itself, so that it counts once however much it holds, and a line that only repeats another is one too many. The share
of entries that have a line of their own is a figure too: one long line that holds everything would be found and right.
A listed condition that the code found, and knows for a condition, counts neither way.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.conditions import is_condition
from app.context.fence import harmless_data
from app.context.job import requirement_lines, split_posting
from app.formats.posting import read_posting
from app.tenure import years_asked
from app.vocabulary import fold, stem, terms
from benchmarks.figures import Figure

LIST = Path(__file__).parents[1] / "tests" / "data" / "requirements.toml"
SAMPLES = Path(__file__).parents[2] / "shared" / "data" / "jobs"
WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that a posting asks for. `must` is None where it is one of several of which some will do."""

    words: tuple[str, ...]
    years: int | None = None
    must: bool | None = None

    def is_in(self, line: str) -> bool:
        """Whether a line asks for it."""
        return _stems(" ".join(self.words)) <= _stems(line) and self.years in (None, years_asked(line))


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One posting of the list, by the name of its file."""

    file: str
    requirements: tuple[Entry, ...]
    conditions: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class Score:
    """What became of a posting's entries and of the lines found in it."""

    entries: int
    lines: int
    paired: int
    missed: tuple[Entry, ...]
    too_many: tuple[str, ...]
    weighed: int
    misjudged: tuple[tuple[Entry, str], ...]

    @property
    def right(self) -> float:
        return self.paired / self.lines if self.lines else 0

    @property
    def found(self) -> float:
        return 1 - len(self.missed) / self.entries

    @property
    def agreed(self) -> float:
        return 1 - len(self.misjudged) / self.weighed if self.weighed else 0


def run() -> list[Figure]:
    """All figures of this kind; none without the postings."""
    if not SAMPLES.is_dir():
        print("requirements: the sample postings are not here, so nothing is measured")
        return []
    scores = {listed.file: score(listed, _lines(listed.file)) for listed in postings()}
    for line in _table(scores):
        print(line)
    whole = _sum(list(scores.values()))
    return [
        Figure(what="requirements found that are in the list: precision", value=whole.right, least=0.9),
        Figure(what="requirements of the list that were found: recall", value=whole.found, least=0.9),
        Figure(what="  those that have a line of their own", value=whole.paired / whole.entries),
        Figure(what="requirements found whose must or wish is the list's", value=whole.agreed),
    ]


def postings() -> list[Listed]:
    """The list."""
    read = tomllib.loads(LIST.read_text(encoding="utf-8"))["posting"]
    return [
        Listed(file=one["file"], requirements=_entries(one["requirements"]), conditions=_entries(one["conditions"]))
        for one in read
    ]


def score(listed: Listed, lines: Sequence[tuple[str, bool]]) -> Score:
    """Hold found lines, each with whether it is a must, against the list."""
    entries = listed.requirements
    held = {text: [entry for entry in entries if entry.is_in(text)] for text, _ in lines}
    counted = [text for text, _ in lines if held[text] or not _is_known_condition(text, listed.conditions)]
    pairs: dict[Entry, str] = {}
    for text in sorted(counted, key=lambda text: len(held[text])):
        free = next((entry for entry in held[text] if entry not in pairs), None)
        if free:
            pairs[free] = text
    places = {entry: text for text in reversed(counted) for entry in held[text]} | pairs
    musts = dict(lines)
    weighed = [(entry, text) for entry, text in places.items() if entry.must is not None]
    return Score(
        entries=len(entries),
        lines=len(counted),
        paired=len(pairs),
        missed=tuple(entry for entry in entries if entry not in places),
        too_many=tuple(text for text in counted if text not in pairs.values()),
        weighed=len(weighed),
        misjudged=tuple((entry, text) for entry, text in weighed if musts[text] != entry.must),
    )


def _lines(file: str) -> tuple[tuple[str, bool], ...]:
    read = read_posting((SAMPLES / file).read_text(encoding="utf-8"), title="Specialist", company="Agency")
    return requirement_lines(split_posting(harmless_data(read.description)))


def _entries(read: Sequence[dict[str, Any]]) -> tuple[Entry, ...]:
    return tuple(Entry(words=tuple(one["words"]), years=one.get("years"), must=one.get("must")) for one in read)


def _stems(text: str) -> set[str]:
    return {stem(word) for word in WORD.findall(fold(text).lower())}


def _is_known_condition(text: str, conditions: Sequence[Entry]) -> bool:
    return any(entry.is_in(text) for entry in conditions) and is_condition(text, terms(text))


def _sum(scores: Sequence[Score]) -> Score:
    return Score(
        entries=sum(one.entries for one in scores),
        lines=sum(one.lines for one in scores),
        paired=sum(one.paired for one in scores),
        missed=tuple(entry for one in scores for entry in one.missed),
        too_many=tuple(text for one in scores for text in one.too_many),
        weighed=sum(one.weighed for one in scores),
        misjudged=tuple(pair for one in scores for pair in one.misjudged),
    )


def _table(scores: dict[str, Score]) -> Iterator[str]:
    """Each posting's figures, and below them whatever somebody should look at."""
    width = max(map(len, scores))
    yield f"{'posting':<{width}}  entries  lines  precision  recall  must or wish"
    for file, one in scores.items():
        numbers = f"{one.entries:>7}  {one.lines:>5}  {one.right:>9.2f}  {one.found:>6.2f}  {one.agreed:>12.2f}"
        yield f"{file:<{width}}  {numbers}"
        yield from (f"  missed    {_shown(entry)}" for entry in one.missed)
        yield from (f"  too many  {text}" for text in one.too_many)
        yield from (
            f"  {'must, a wish found' if entry.must else 'wish, a must found'}  {text}" for entry, text in one.misjudged
        )


def _shown(entry: Entry) -> str:
    return " ".join(entry.words) + (f" ({entry.years} years)" if entry.years else "")
