"""The facts as the answers use them: without lines that give orders to programs, ranked, and in their own words."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from app import tenure, vocabulary
from app.conditions import is_condition, is_dangling
from app.kinds import spoken_languages
from app.providers.base import Facts, Line, Requirement
from app.providers.embedded.text import DATES, distinct, fold, holds, number_in, one_line
from app.providers.lines import BULLET, CERTIFICATE, is_header, only_lists
from app.providers.orders import commanding

SHOWN: Final = ("work", "projects", "other", "summary")
# Languages that people speak: held or not, no bullet shows them in use.
WEIGHT: Final = {"work": 1.0, "projects": 0.9, "other": 0.5, "summary": 0.4}
LONGEST_NAME = 4
WORD = re.compile(r"[^\s’'.,;:()\[\]!?«»“”\"][^\s’',;:()\[\]!?«»“”\"]*(?<!\.)")
VERDICTS: Final = {"met": 1.0, "partly": 0.5, "missing": 0.0}


@dataclass(frozen=True, slots=True)
class Strong:
    """A resume line, the requirements that are met with it, and those of which it shows a part; most wanted first."""

    line: Line
    met: tuple[Requirement, ...]
    partly: tuple[Requirement, ...]


@dataclass(frozen=True)
class Reading:
    """What the answers ask of the facts.

    `bullets` are the lines that stand as bullets in the resume; `suspects` counts the orders to a program left out;
    `conditions` are what the posting asks for and no resume can show, which are not among the facts' requirements.
    """

    facts: Facts
    bullets: frozenset[Line]
    suspects: int
    conditions: tuple[str, ...]
    today: dt.date

    @cached_property
    def strongest(self) -> tuple[Strong, ...]:
        """The lines that show something asked for, the most telling first; a list of skills shows nothing."""
        weights: dict[Line, float] = {}
        shows: dict[Line, list[Requirement]] = {}
        for requirement in self.wanted:
            worth = (2 if requirement.must else 1) * VERDICTS[requirement.verdict]
            for rank, line in enumerate(requirement.evidence if worth else ()):
                if tells_a_deed(line):
                    weights[line] = weights.get(line, 0) + worth / (1 + rank)
                    shows.setdefault(line, []).append(requirement)
        order = {line: place for place, line in enumerate(self.facts.lines)}
        telling = {
            line: WEIGHT[line.section] * (weight + 1.5 * bool(number_in(line.text))) for line, weight in weights.items()
        }
        ranked = sorted(telling, key=lambda line: (-telling[line], order.get(line, 0)))
        return tuple(
            Strong(
                line,
                tuple(one for one in shows[line] if one.verdict == "met"),
                tuple(one for one in shows[line] if one.verdict == "partly"),
            )
            for line in ranked
        )

    @cached_property
    def met(self) -> tuple[Requirement, ...]:
        """The requirements that the resume meets and shows, the musts first."""
        return tuple(one for one in self.wanted if one.verdict == "met" and not self._only_listed(one))

    @cached_property
    def listed(self) -> tuple[Requirement, ...]:
        """The requirements for which nothing but a list, a certificate or an interest speaks, and that lack nothing."""
        return tuple(one for one in self.wanted if not one.missing_terms and self._only_listed(one))

    @cached_property
    def half(self) -> tuple[Requirement, ...]:
        """The requirements of which the resume shows a part."""
        return tuple(one for one in self.wanted if one.verdict == "partly" and one not in self.listed)

    @cached_property
    def gaps(self) -> tuple[Requirement, ...]:
        """The requirements of which something is missing, not merely unproven."""
        return tuple(one for one in self.wanted if one.verdict != "met" and one not in self.listed)

    def _only_listed(self, requirement: Requirement) -> bool:
        """Whether nothing but a list speaks for it; a certificate does, where one is what they ask for."""
        if requirement.verdict == "missing" or not requirement.evidence:
            return False
        if "certif" in requirement.text.lower():
            return all(only_lists(line) and not line.text.startswith(CERTIFICATE) for line in requirement.evidence)
        return all(map(only_lists, requirement.evidence))

    @cached_property
    def wanted(self) -> tuple[Requirement, ...]:
        """All requirements, those that the posting insists on first."""
        return tuple(sorted(self.facts.requirements, key=lambda requirement: not requirement.must))

    def gain(self, requirement: Requirement) -> int:
        """What meeting a requirement would add to the match's score; 0 where that is nothing, or not known."""
        return self.facts.match.requirements.get(requirement.text, 0) if self.facts.match else 0

    @property
    def core(self) -> tuple[Requirement, ...]:
        """The requirements that a candidate is measured by: the musts, or all where the posting tells none apart."""
        return tuple(one for one in self.wanted if one.must) or self.wanted

    @cached_property
    def achievements(self) -> tuple[Line, ...]:
        """The lines with a figure in them: first those that answer the posting, then the others."""
        answering = [strong.line for strong in self.strongest]
        others = [line for line in self.facts.lines if line not in answering]
        others.sort(key=lambda line: (number_in(line.text).isdigit(), line not in self.bullets))
        told = (line for line in (*answering, *others) if line.section in ("work", "projects") and tells_a_deed(line))
        return tuple(line for line in told if number_in(line.text))

    @cached_property
    def shown_terms(self) -> tuple[str, ...]:
        """The skills asked for that a job, a project or a summary shows, by the posting's names."""
        return self.names(term for one in self.wanted for term in one.terms if term in self._shown - spoken_languages())

    @cached_property
    def listed_terms(self) -> tuple[str, ...]:
        """The skills asked for that are only listed: no job, project or summary shows them in use."""
        listed = frozenset[str]().union(*(line.terms for line in self.facts.lines if only_lists(line)))
        return self.names(
            term for one in self.wanted for term in one.terms if term in listed - self._shown - spoken_languages()
        )

    @cached_property
    def _shown(self) -> frozenset[str]:
        lines = (line for line in self.facts.lines if line.section in SHOWN and not only_lists(line))
        return frozenset[str]().union(*(line.terms for line in lines))

    @cached_property
    def gap_terms(self) -> tuple[str, ...]:
        """The skills asked for that the resume doesn't name, the musts first."""
        return self.names(term for one in self.wanted for term in one.missing_terms)

    def names(self, terms: Iterable[str]) -> tuple[str, ...]:
        """Skills as the posting writes them, else as the resume does."""
        return distinct(self.name(term) for term in terms)

    def name(self, term: str, question: str = "") -> str:
        """A skill as the posting writes it, else the resume, else the question, else by its own name."""
        lines = (line.text for line in self.facts.lines if term in line.terms)
        asked = (one.text for one in self.wanted if term in one.terms)
        for text in (*asked, *lines, *self.facts.posting, question):
            found = spelling(term, text)
            if found:
                return found
        return term

    def name_in(self, term: str, requirement: Requirement) -> str:
        """A skill as this requirement writes it."""
        return spelling(term, requirement.text) or self.name(term)

    def best(self, requirement: Requirement) -> Line | None:
        """The line that speaks for a requirement best: a deed, a sentence of the summary, a header, then a list."""
        return min(requirement.evidence, key=_kind, default=None)

    def closest(self, requirement: Requirement) -> Line | None:
        """The line that shares most words with a requirement nothing meets; None where it would be far-fetched."""
        if requirement.evidence:
            return self.best(requirement)
        asked = vocabulary.words(requirement.text)
        lines = [line for line in self.facts.lines if line.section in ("work", "projects", "other")]
        lines = [line for line in lines if not is_header(line)]
        scored = [(len(asked & vocabulary.words(line.text)), line) for line in lines]
        most = max((score for score, _ in scored), default=0)
        return next(line for score, line in scored if score == most) if most >= 2 else None

    def place(self, line: Line) -> int:
        """How many bullets of the same item stand above a bullet."""
        entry = [one for one in self.facts.lines if (one.item, one.section) == (line.item, line.section)]
        return [one for one in entry if one in self.bullets].index(line) if line in self.bullets else 0

    @cached_property
    def years(self) -> int:
        """Whole years of work by the dates of the jobs."""
        items = {line.item for line in self.facts.lines if line.section == "work"}
        return tenure.months_between(items, self.today) // 12


def read(facts: Facts, today: dt.date) -> Reading:
    """Clean the facts: what gives orders to a program is neither proof nor anything to quote."""
    kept = [line for line in facts.lines if not commanding(line.text)]
    lines = tuple(map(_plain, kept))
    bullets = frozenset(plain for line, plain in zip(kept, lines, strict=True) if line.text.startswith(BULLET))
    asked = [one for one in facts.requirements if not commanding(one.text)]
    clean = replace(
        facts,
        lines=lines,
        requirements=tuple(_cleaned(one) for one in asked if not _is_unanswerable(one)),
        responsibilities=_without_commands(facts.responsibilities),
        posting=_without_commands(facts.posting),
        headline=_safe(facts.headline),
        summary=_safe(facts.summary),
        name=_safe(facts.name),
        job_title=_safe(facts.job_title),
        company=_safe(facts.company),
    )
    conditions = tuple(one.text for one in asked if is_condition(one.text, one.terms))
    return Reading(clean, bullets, len(facts.lines) - len(lines), conditions, today)


def are_two_names(one: str, other: str) -> bool:
    """Whether two spellings of a skill are two names of it ("k8s", "Kubernetes"), not forms of one word."""
    technical = any(re.search(r"\d|\w[A-Z]", name) for name in (one, other))
    return technical and not vocabulary.words(one) & vocabulary.words(other) and fold(one) not in fold(other)


def tells_a_deed(line: Line) -> bool:
    """Whether a line says what somebody did; a header, a list, a language or a single word doesn't."""
    named = is_header(line) or only_lists(line) or line.text.startswith("Language:") or " " not in line.text
    return line.section in SHOWN and not named


def _kind(line: Line) -> int:
    if only_lists(line):
        return 3
    if not tells_a_deed(line):
        return 2
    return int(line.section == "summary")


def item_name(line: Line) -> str:
    """The job, project or course a line stands under, without its dates."""
    return DATES.sub("", line.item)


def spelling(term: str, text: str) -> str:
    """How a text spells a skill ("Kubernetes" for `kubernetes`, "k8s" too), or nothing."""
    literal = re.search(rf"(?<![\w+#]){re.escape(term)}(?![\w+#])", text, re.IGNORECASE)
    if literal:
        return literal.group()
    if not holds(fold(text), term) and term not in vocabulary.terms(text):
        return ""
    words = [match.span() for match in WORD.finditer(text)]
    for length in range(1, LONGEST_NAME + 1):
        for first, last in zip(words, words[length - 1 :], strict=False):
            candidate = text[first[0] : last[1]]
            if term in vocabulary.terms(candidate):
                return candidate
    return ""


def _is_unanswerable(requirement: Requirement) -> bool:
    return is_condition(requirement.text, requirement.terms) or is_dangling(requirement.text)


def _cleaned(requirement: Requirement) -> Requirement:
    evidence = tuple(_plain(line) for line in requirement.evidence if not commanding(line.text))
    if evidence or not requirement.evidence:
        return replace(requirement, evidence=evidence)
    return replace(requirement, evidence=(), verdict="missing", missing_terms=requirement.terms)


def _plain(line: Line) -> Line:
    """A line without the mark of a bullet."""
    return replace(line, text=line.text.removeprefix(BULLET)) if line.text.startswith(BULLET) else line


def _without_commands(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(line.removeprefix(BULLET) for line in lines if not commanding(line))


def _safe(text: str) -> str:
    return "" if commanding(text) else one_line(text)
