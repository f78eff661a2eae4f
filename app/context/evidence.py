"""What a posting asks for, held against what a resume says.

Nothing is claimed that the resume's own words do not hold: an answer of "missing" that is wrong costs a look, a wrong
"met" costs the user's word. Lines are found through an index, so that a long resume and a long posting stay cheap.
"""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.context.alternatives import Group, groups
from app.context.denial import claimed
from app.context.kinds import fields_of_study, shown_by
from app.context.resume import FIGURE
from app.formats.posting.labels import asks_nothing
from app.providers.base import Line, Requirement, Verdict
from app.tenure import months_between, years_asked
from app.vocabulary import Marks, marks, stem, words

SOFT_WORDS = 2  # more words than these say which communication, leadership, … is meant
EVIDENCE = 3  # lines quoted for one requirement
CANDIDATES = 12  # lines looked at for one skill, best first
COMMON = 40  # a word that stands in more lines than this proves nothing
DEGREES = ("high school diploma", "associate degree", "bachelor's degree", "master's degree", "mba", "doctorate")
ABOVE = {degree: frozenset(DEGREES[index:]) for index, degree in enumerate(DEGREES)} | {"mba": frozenset({"mba"})}
"""A degree → those that hold it: nobody becomes a doctor without a first one. An MBA stands only for itself."""
NOTHING_MORE = frozenset(
    map(
        stem,
        str.split(
            "professional profession professionnelle professionnel industry least moins career overall total full time "
            "employment travail carriere pertinente totale"
        ),
    )
)
GENERIC = frozenset(
    map(
        stem,
        str.split(
            "senior lead leader technical team people project user new build using tool technology digital product "
            "service system public large number"
        ),
    )
)
"""Words of every second resume line: sharing them shows nothing."""
SOFT = frozenset(
    str.split(
        "communication|leadership|collaboration|problem solving|critical thinking|time management|attention to detail"
        "|conflict resolution|cross-functional teams|writing|remote work|training|stakeholder management|prioritization"
        "|negotiation|customer service|government|healthcare|privacy|compliance|retail|banking|insurance"
        "|information technology|software development|software engineering",
        "|",
    )
)
"""Skills, settings, callings whose mere mention is no proof: the line must share what the posting says about them."""
BEGINNER = re.compile(
    r"\b(?:basics?|beginner(?!-)|novice|elementary|introduct\w+|self-study|notions|débutant\w*|rudiments|élémentaire"
    r"|initiation|A1|A2)\b",
    re.IGNORECASE,
)
IN_EARNEST = re.compile(
    r"\b(?:hands-on|administration (?:of|de)|administering|in production|production experience|proven"
    r"|demonstrated|track record|expérience (?:concrète|pratique|avérée|éprouvée)|en production)\b",
    re.IGNORECASE,
)
CERTIFICATION = re.compile(r"\b(?:certification|certified|certificate|certifié|certificat)", re.IGNORECASE)
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
    read = asked_marks or marks([text for text, _ in requirement_lines])
    asked = [_without_denied(text, mark) for (text, _), mark in zip(requirement_lines, read, strict=True)]
    wanted = frozenset().union(*(mark.words for mark in asked if not mark.terms))
    index = _Index.of(lines, line_marks or marks([line.text for line in lines]), wanted)
    now = today or dt.datetime.now(dt.UTC).date()
    return tuple(
        _requirement(text, must, mark, index, now)
        for (text, must), mark in zip(requirement_lines, asked, strict=True)
        if not asks_nothing(text)
    )


def _without_denied(text: str, mark: Marks) -> Marks:
    """What a requirement names, without what it says is not meant ("languages other than English")."""
    terms = claimed(text, mark.terms)
    denied = words(" ".join(mark.terms - terms)) if terms != mark.terms else frozenset()
    return Marks(terms, mark.words - denied)


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
            for term in claimed(lines[number].text, lines[number].terms):
                if term not in ABOVE or lines[number].section == "education":
                    by_term[term].append(number)
            for word in line_marks[number].words & words:
                by_word[word].append(number)
        return cls(lines, line_marks, strength, dict(by_term), dict(by_word))

    def with_term(self, term: str) -> list[int]:
        """The lines that prove a skill; a degree is also proved by a higher one, a kind by what is of it."""
        higher = ABOVE[term] if term in ABOVE else shown_by(term)
        direct = self.by_term.get(term, ())
        return [*direct, *(one for name in sorted(higher - {term}) for one in self.by_term.get(name, ()))]

    def is_weak(self, number: int, text: str) -> bool:
        """Whether a line only touches on a skill, or only lists it where the posting (`text`) wants it in earnest."""
        line = self.lines[number]
        if line.section == "education":
            return line.text != line.item
        listed = line.section == "skills"
        if line.section == "other" and line.text.startswith(("- Interest", "Interest")):
            return True
        if CERTIFICATION.search(text) and not CERTIFICATION.search(line.text):
            return True
        if (listed or line.section == "other") and BEGINNER.search(line.text):
            return True
        return listed and IN_EARNEST.search(text) is not None


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
    only_studied = fields_of_study() if not ABOVE.keys().isdisjoint(mark.terms) else frozenset()
    proofs = [_proofs(group, index, only_studied) for group in wanted]
    needed = [number for number, group in enumerate(wanted) if not group.optional] or range(len(wanted))
    is_met = all(any(_is_proof(one, text, mark, index) for one in proofs[number]) for number in needed)
    if is_met and years:
        is_met = all(_lasted(proofs[number], index, today) >= 12 * years for number in needed)
    missing = [term for group, proof in zip(wanted, proofs, strict=True) if not proof for term in group.terms]
    return Requirement(
        text=text,
        must=must,
        terms=tuple(dict.fromkeys(term for group in wanted for term in group.terms)),
        verdict="met" if is_met else "partly" if any(proofs) else "missing",
        evidence=tuple(index.lines[number] for number in _best(proofs, text, mark, index)),
        missing_terms=tuple(dict.fromkeys(missing)),
    )


def _proofs(group: Group, index: _Index, only_studied: frozenset[str]) -> list[int]:
    """The lines that prove one of a group's skills, those of the skill itself first, then what may stand for it.

    Where a degree is asked for, what it is in (`only_studied`) is proved by the education alone.
    """
    found: dict[int, None] = {}
    for term in (*group.terms, *sorted(group.similar)):
        for number in index.with_term(term):
            if term not in only_studied or index.lines[number].section == "education":
                found[number] = None
    return list(found)


def _is_proof(number: int, text: str, mark: Marks, index: _Index) -> bool:
    """Whether one line is enough. What is easily said ("communication") needs a line about the same thing."""
    if index.is_weak(number, text):
        return False
    if not mark.terms <= SOFT:
        return True
    more = mark.words - words(" ".join(mark.terms))
    return len(more) <= SOFT_WORDS or (
        index.lines[number].section != "skills" and len(index.marks[number].words & more) >= SOFT_WORDS
    )


def _best(proofs: Sequence[Sequence[int]], text: str, mark: Marks, index: _Index) -> list[int]:
    """At most three lines: each time the one that proves most of what is not proved yet, then the stronger one."""
    candidates = {number for numbers in proofs for number in numbers[:CANDIDATES]}
    open_groups = [frozenset(numbers) for numbers in proofs]
    quality = {
        one: index.strength[one] + len(index.marks[one].words & mark.words) - 5 * index.is_weak(one, text)
        for one in candidates
    }
    chosen: list[int] = []
    while candidates and len(chosen) < EVIDENCE:
        best = max(candidates, key=lambda one: (sum(one in group for group in open_groups), quality[one], -one))
        candidates.discard(best)
        chosen.append(best)
        open_groups = [group for group in open_groups if best not in group]
    strong = [one for one in chosen if not index.is_weak(one, text)]
    return strong if all(not set(numbers) or set(numbers) & set(strong) for numbers in proofs) else chosen


def _by_words(said: frozenset[str], index: _Index) -> tuple[Verdict, list[int]]:
    """For what names no known skill: a line that says most of it in the same words, none of them a common one."""
    said = said - GENERIC
    rare = [word for word in said if 0 < len(index.by_word.get(word, ())) <= COMMON and not word.isdigit()]
    shared = Counter(number for word in rare for number in index.by_word[word])
    least = max(2, (len(said) + 1) // 2)
    good = sorted(
        (one for one in shared if shared[one] >= least), key=lambda one: (-shared[one], -index.strength[one], one)
    )
    if not good:
        return "missing", []
    verdict: Verdict = "met" if shared[good[0]] >= 3 and shared[good[0]] == len(said) else "partly"
    return verdict, good[:EVIDENCE]


def _asks_only_for_years(said: frozenset[str]) -> bool:
    return all(word in NOTHING_MORE or word[0].isdigit() for word in said)


def _by_years_alone(years: int, index: _Index, today: dt.date) -> tuple[Verdict, list[int]]:
    """Years of any work; the headers of the jobs are the proof."""
    heads = [one for one, line in enumerate(index.lines) if line.section == "work" and line.text == line.item]
    months = months_between((index.lines[one].item for one in heads), today)
    verdict: Verdict = "met" if months >= 12 * years else "partly" if months else "missing"
    return verdict, heads[:EVIDENCE] if months else []


def _lasted(numbers: Sequence[int], index: _Index, today: dt.date) -> int:
    """The months that the jobs in which these lines stand lasted together."""
    return months_between({index.lines[one].item for one in numbers if index.lines[one].section == "work"}, today)
