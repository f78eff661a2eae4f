"""What a posting asks for, held against what a resume says.

Nothing is claimed that the resume's own words do not hold: an answer of "missing" that is wrong costs a look, a wrong
"met" costs the user's word. Lines are found through an index, so that a long resume and a long posting stay cheap.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.context.alternatives import Group, groups
from app.context.resume import FIGURE
from app.context.tenure import months_between, years_asked
from app.providers.base import Line, Requirement, Verdict
from app.vocabulary import Marks, marks, stem

EVIDENCE = 3  # lines quoted for one requirement
CANDIDATES = 12  # lines looked at for one skill, best first
COMMON = 40  # a word that stands in more lines than this proves nothing
DEGREES = ("high school diploma", "associate degree", "bachelor's degree", "master's degree", "mba", "doctorate")
ABOVE = {degree: frozenset(DEGREES[index:]) for index, degree in enumerate(DEGREES)} | {"mba": frozenset({"mba"})}
"""A degree → those that hold it: nobody becomes a doctor without a first one. An MBA stands only for itself."""
NOTHING_MORE = frozenset(map(stem, ("professional", "profession", "professionnelle", "industry", "least", "moins")))
WEIGHT = {"work": 3.0, "projects": 2.5, "summary": 1.5, "education": 1.5, "skills": 2.0, "other": 1.0}


def find_requirements(
    requirement_lines: Sequence[tuple[str, bool]],
    lines: Sequence[Line],
    *,
    line_marks: Sequence[Marks] | None = None,
    asked_marks: Sequence[Marks] | None = None,
    today: dt.date | None = None,
) -> tuple[Requirement, ...]:
    """Each thing asked for (its text, whether it is a must) with the lines that prove it, best first.

    Met: everything that it must have by name is in some line, and the years it asks for are in the dates. Partly: some
    of that. The marks spare reading the lines again; `today` is when a job that goes on is counted to.
    """
    asked = asked_marks or marks([text for text, _ in requirement_lines])
    words = frozenset().union(*(mark.words for mark in asked if not mark.terms))
    index = _Index.of(lines, line_marks or marks([line.text for line in lines]), words)
    now = today or dt.datetime.now(dt.UTC).date()
    return tuple(
        _requirement(text, must, mark, index, now) for (text, must), mark in zip(requirement_lines, asked, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Index:
    """The resume's lines by the skills and the words asked for that they hold, in each list the strongest first."""

    lines: Sequence[Line]
    marks: Sequence[Marks]
    strength: Sequence[float]
    by_term: Mapping[str, Sequence[int]]
    by_word: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, lines: Sequence[Line], line_marks: Sequence[Marks], words: frozenset[str]) -> "_Index":
        strength = [_strength(line) for line in lines]
        by_term: dict[str, list[int]] = defaultdict(list)
        by_word: dict[str, list[int]] = defaultdict(list)
        for number in sorted(range(len(lines)), key=lambda one: -strength[one]):
            for term in lines[number].terms:
                if term not in ABOVE or lines[number].section == "education":
                    by_term[term].append(number)
            for word in line_marks[number].words & words:
                by_word[word].append(number)
        return cls(lines, line_marks, strength, dict(by_term), dict(by_word))

    def with_term(self, term: str) -> list[int]:
        """The lines that prove a skill; a degree is also proved by a higher one."""
        higher = ABOVE.get(term, frozenset((term,)))
        return [number for one in sorted(higher, key=lambda one: one != term) for number in self.by_term.get(one, ())]


def _strength(line: Line) -> float:
    """What was done proves more than what is listed, and figures more than none; the newest stand first by order."""
    return (
        WEIGHT[line.section]
        + (0.5 if line.item and line.text != line.item else 0)
        + (0.3 if FIGURE.search(line.text) else 0)
    )


def _requirement(text: str, must: bool, mark: Marks, index: _Index, today: dt.date) -> Requirement:
    years = years_asked(text)
    if mark.terms:
        return _by_terms(text, must, mark, years, index, today)
    if years and _asks_only_for_years(mark.words):
        verdict, numbers = _by_years_alone(years, index, today)
    else:
        verdict, numbers = _by_words(mark.words, index)
    evidence = tuple(index.lines[number] for number in numbers)
    return Requirement(text=text, must=must, terms=(), verdict=verdict, evidence=evidence)


def _by_terms(text: str, must: bool, mark: Marks, years: int | None, index: _Index, today: dt.date) -> Requirement:
    wanted = groups(text, mark.terms)
    found = {term: index.with_term(term) for group in wanted for term in group.terms}
    proved = [any(found[term] for term in group.terms) for group in wanted]
    needed = [group for group in wanted if not group.optional] or list(wanted)
    is_met = all(is_proved or group not in needed for group, is_proved in zip(wanted, proved, strict=True))
    if is_met and years:
        is_met = _enough_years(years, needed, found, index, today)
    missing = [term for group, is_proved in zip(wanted, proved, strict=True) if not is_proved for term in group.terms]
    return Requirement(
        text=text,
        must=must,
        terms=tuple(found),
        verdict="met" if is_met else "partly" if any(proved) else "missing",
        evidence=tuple(index.lines[number] for number in _best(wanted, found, mark, index)),
        missing_terms=tuple(dict.fromkeys(missing)),
    )


def _best(wanted: Sequence[Group], found: Mapping[str, Sequence[int]], mark: Marks, index: _Index) -> list[int]:
    """At most three lines: each time the one that proves most of what is not proved yet, then the stronger one."""
    candidates = {number for numbers in found.values() for number in numbers[:CANDIDATES]}
    open_groups = [frozenset(number for term in group.terms for number in found[term]) for group in wanted]
    quality = {one: index.strength[one] + len(index.marks[one].words & mark.words) for one in candidates}
    chosen: list[int] = []
    while candidates and len(chosen) < EVIDENCE:
        best = max(candidates, key=lambda one: (sum(one in group for group in open_groups), quality[one], -one))
        candidates.discard(best)
        chosen.append(best)
        open_groups = [group for group in open_groups if best not in group]
    return chosen


def _by_words(words: frozenset[str], index: _Index) -> tuple[Verdict, list[int]]:
    """For what names no known skill: a line that says most of it in the same words, none of them a common one."""
    rare = [word for word in words if 0 < len(index.by_word.get(word, ())) <= COMMON and not word.isdigit()]
    shared = Counter(number for word in rare for number in index.by_word[word])
    least = max(2, (len(words) + 1) // 2)
    good = sorted(
        (one for one in shared if shared[one] >= least), key=lambda one: (-shared[one], -index.strength[one], one)
    )
    if not good:
        return "missing", []
    verdict: Verdict = "met" if shared[good[0]] >= 3 and shared[good[0]] == len(words) else "partly"
    return verdict, good[:EVIDENCE]


def _asks_only_for_years(words: frozenset[str]) -> bool:
    return all(word in NOTHING_MORE or word[0].isdigit() for word in words)


def _by_years_alone(years: int, index: _Index, today: dt.date) -> tuple[Verdict, list[int]]:
    """Years of any work; the headers of the jobs are the proof."""
    heads = [one for one, line in enumerate(index.lines) if line.section == "work" and line.text == line.item]
    months = months_between((index.lines[one].item for one in heads), today)
    verdict: Verdict = "met" if months >= 12 * years else "partly" if months else "missing"
    return verdict, heads[:EVIDENCE] if months else []


def _enough_years(
    years: int, needed: Sequence[Group], found: Mapping[str, Sequence[int]], index: _Index, today: dt.date
) -> bool:
    """Whether the jobs in which the resume shows these skills lasted that long together."""
    numbers = {number for group in needed for term in group.terms for number in found[term]}
    items = {index.lines[one].item for one in numbers if index.lines[one].section == "work"}
    return months_between(items, today) >= 12 * years
