"""What a posting asks for, held against what a resume says.

Nothing is claimed that the resume's own words do not hold: an answer of "missing" that is wrong costs a look, a wrong
"met" costs the user's word. Lines are found through an index, so that a long resume and a long posting stay cheap.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from app.context.alternatives import Group, groups
from app.context.denial import claimed
from app.context.proofs import ABOVE, BOTH, TRUSTED, Asked, Index, Trust
from app.formats.posting.labels import asks_nothing
from app.kinds import fields_of_study, shown_by, spoken_languages
from app.providers.base import Line, Requirement, Verdict
from app.providers.lines import is_header
from app.tenure import months_between, years_asked
from app.vocabulary import Marks, marks, stem, words

EVIDENCE = 3  # lines quoted for one requirement
CANDIDATES = 12  # lines looked at for one skill, best first
WHOLE = Fraction(1)
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


class Found(NamedTuple):
    """A skill asked for, how far the resume is to be believed about it, and the lines that name it, best first."""

    term: str
    trust: Trust
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One of the things that a requirement needs, and the best that any line does for it; None: no line names it.

    `terms` are skills each of which is enough; none where it is told in ordinary words or asks for years alone. `share`
    is how much there is of the years that are asked for, or of the words. `found` are those of the skills that a line
    names.
    """

    terms: tuple[str, ...]
    trust: Trust | None
    share: Fraction = WHOLE
    needed: bool = True
    found: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A requirement with its verdict, and what that is made of. `words` are those that a line was looked for by.

    `is_easily_said`: to name what it asks for only touches on it.
    """

    requirement: Requirement
    years: int | None
    pieces: tuple[Piece, ...]
    words: frozenset[str] = frozenset()
    is_easily_said: bool = False

    @property
    def is_in_ordinary_words(self) -> bool:
        """Whether it asks for nothing by name, and not for years alone."""
        return not self.requirement.terms and (bool(self.words) or not self.years)


def find_requirements(
    requirement_lines: Sequence[tuple[str, bool]],
    lines: Sequence[Line],
    *,
    line_marks: Sequence[Marks] | None = None,
    asked_marks: Sequence[Marks] | None = None,
    today: dt.date | None = None,
) -> tuple[Requirement, ...]:
    """Each thing asked for (its text, whether it is a must) with the lines that prove it, best first.

    Met: everything that it must have is shown, and the years it asks for are in the dates. Partly: some of that, or it
    is only listed. The marks spare reading the lines again; `today` is when a job that goes on is counted to.
    """
    now = today or dt.datetime.now(dt.UTC).date()
    found = find_proofs(requirement_lines, lines, line_marks=line_marks, asked_marks=asked_marks, today=now)
    return tuple(one.requirement for one in found)


def find_proofs(
    requirement_lines: Sequence[tuple[str, bool]],
    lines: Sequence[Line],
    *,
    line_marks: Sequence[Marks] | None = None,
    asked_marks: Sequence[Marks] | None = None,
    today: dt.date,
) -> tuple[Finding, ...]:
    """The same, and what each verdict is made of; more lines never make less of any piece, nor does their order."""
    read = asked_marks or marks([text for text, _ in requirement_lines])
    asked = [_without_denied(text, mark) for (text, _), mark in zip(requirement_lines, read, strict=True)]
    texts = [text for text, _ in requirement_lines]
    index = Index.of(lines, line_marks or marks([line.text for line in lines]), texts, asked)
    return tuple(
        _finding(text, must, mark, index, today)
        for (text, must), mark in zip(requirement_lines, asked, strict=True)
        if not asks_nothing(text)
    )


def _without_denied(text: str, mark: Marks) -> Marks:
    """What a requirement names, without what it says is not meant ("languages other than English")."""
    terms = claimed(text, mark.terms)
    if len(terms & spoken_languages() - {BOTH}) > 1:
        terms -= {BOTH}  # "bilingual English and French" names the two
    if terms & shown_by("container orchestration"):
        terms -= {"orchestration"}  # that of containers, not that of data
    denied = words(" ".join(mark.terms - terms)) if terms != mark.terms else frozenset()
    return Marks(terms, mark.words - denied)


def _finding(text: str, must: bool, mark: Marks, index: Index, today: dt.date) -> Finding:
    years = years_asked(text)
    if mark.terms:
        return _by_terms(text, must, mark, years, index, today)
    said = mark.words - GENERIC
    if years and _asks_only_for_years(mark.words):
        numbers, piece = _by_years_alone(years, index, today)
        said = frozenset()
    else:
        numbers, piece = _by_words(said, index)
    evidence = tuple(index.lines[number] for number in numbers)
    requirement = Requirement(text=text, must=must, terms=(), verdict=_verdict([piece]), evidence=evidence)
    return Finding(requirement=requirement, years=years, pieces=(piece,), words=said)


def _by_terms(text: str, must: bool, mark: Marks, years: int | None, index: Index, today: dt.date) -> Finding:
    wanted, asked = groups(text, mark.terms), Asked.of(text, mark)
    only_studied = fields_of_study() if not ABOVE.keys().isdisjoint(mark.terms) else frozenset()
    proofs = [_proofs(group, index, only_studied) for group in wanted]
    trusts = {number: index.trust(number, asked) for proof in proofs for number in proof}
    needed = [number for number, group in enumerate(wanted) if not group.optional] or range(len(wanted))
    pieces = tuple(
        Piece(
            terms=_distinct(group.terms),
            trust=_most(proof, trusts),
            share=_share_of_years([one for one in proof if trusts[one] != "listed"], years, index, today),
            needed=number in needed,
            found=_found(group, proof, trusts, index),
        )
        for number, (group, proof) in enumerate(zip(wanted, proofs, strict=True))
    )
    requirement = Requirement(
        text=text,
        must=must,
        terms=tuple(dict.fromkeys(term for group in wanted for term in group.terms)),
        verdict=_verdict(pieces),
        evidence=tuple(index.lines[number] for number in _best(proofs, trusts, mark, index)),
        missing_terms=_distinct(
            term for group, proof in zip(wanted, proofs, strict=True) if not proof for term in group.terms
        ),
    )
    return Finding(requirement=requirement, years=years, pieces=pieces, is_easily_said=asked.is_easily_said)


def _verdict(pieces: Sequence[Piece]) -> Verdict:
    """Met: each piece that is needed is shown, whole; what is only listed, or touched on, is partly met."""
    if all(piece.trust == "shown" and piece.share == WHOLE for piece in pieces if piece.needed):
        return "met"
    return "partly" if any(piece.trust for piece in pieces) else "missing"


def _distinct(terms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms))


def _proofs(group: Group, index: Index, only_studied: frozenset[str]) -> list[int]:
    """The lines that prove one of a group's skills, those of the skill itself first, then what may stand for it.

    Where a degree is asked for, what it is in (`only_studied`) is proved by the education alone.
    """
    found: dict[int, None] = {}
    for term in (*group.terms, *sorted(group.similar)):
        for number in index.with_term(term):
            if term not in only_studied or index.lines[number].section == "education":
                found[number] = None
    return list(found)


def _found(group: Group, proof: Sequence[int], trusts: Mapping[int, Trust], index: Index) -> tuple[Found, ...]:
    """Each of a group's skills that one of its lines proves."""
    allowed = frozenset(proof)
    found = []
    for term in _distinct(group.terms):
        numbers = [number for number in index.with_term(term) if number in allowed]
        numbers.sort(key=lambda one: TRUSTED.index(trusts[one]))
        if numbers:
            found.append(Found(term, trusts[numbers[0]], tuple(index.lines[number] for number in numbers)))
    return tuple(found)


def _share_of_years(proof: Sequence[int], years: int | None, index: Index, today: dt.date) -> Fraction:
    """How much of the years asked for the jobs cover in which these lines stand."""
    return min(WHOLE, Fraction(_lasted(proof, index, today), 12 * years)) if years else WHOLE


def _best(proofs: Sequence[Sequence[int]], trusts: Mapping[int, Trust], mark: Marks, index: Index) -> list[int]:
    """At most three lines: each time the one that proves most of what is not proved yet, then the stronger one.

    A line that only lists a skill, or touches on it, is quoted for it only where nothing else speaks for it.
    """
    most = [_most(numbers, trusts) for numbers in proofs]
    told = [[one for one in numbers if trusts[one] == trust] for numbers, trust in zip(proofs, most, strict=True)]
    candidates = {number for numbers in told for number in numbers[:CANDIDATES]}
    open_groups = [frozenset(numbers) for numbers in told]
    quality = {one: index.strength[one] + len(index.marks[one].words & mark.words) for one in candidates}
    chosen: list[int] = []
    while candidates and len(chosen) < EVIDENCE:
        best = max(candidates, key=lambda one: (sum(one in group for group in open_groups), quality[one], -one))
        candidates.discard(best)
        chosen.append(best)
        open_groups = [group for group in open_groups if best not in group]
    return chosen


def _most(numbers: Sequence[int], trusts: Mapping[int, Trust]) -> Trust | None:
    """How far the best of these lines is to be believed."""
    found = {trusts[number] for number in numbers}
    return next((trust for trust in TRUSTED if trust in found), None)


def _by_words(said: frozenset[str], index: Index) -> tuple[list[int], Piece]:
    """For what names no known skill: a line that says most of it in the same words, none of them a common one."""
    told = [word for word in said if not word.isdigit()]
    shared = Counter(number for word in told for number in index.by_word.get(word, ()))
    least = max(2, (len(said) + 1) // 2)
    good = sorted(
        (one for one in shared if shared[one] >= least),
        key=lambda one: (index.lists[one], -shared[one], -index.strength[one], one),
    )
    if not good:
        return [], Piece(terms=(), trust=None)
    trust: Trust = "listed" if index.lists[good[0]] else "shown"
    piece = Piece(terms=(), trust=trust, share=Fraction(shared[good[0]], max(3, len(said))))
    return good[:EVIDENCE], piece


def _asks_only_for_years(said: frozenset[str]) -> bool:
    return all(word in NOTHING_MORE or word[0].isdigit() for word in said)


def _by_years_alone(years: int, index: Index, today: dt.date) -> tuple[list[int], Piece]:
    """Years of any work; the headers of the jobs are the proof."""
    heads = [one for one, line in enumerate(index.lines) if line.section == "work" and is_header(line)]
    months = months_between((index.lines[one].item for one in heads), today)
    if not months:
        return [], Piece(terms=(), trust=None)
    piece = Piece(terms=(), trust="shown", share=min(WHOLE, Fraction(months, 12 * years)))
    return heads[:EVIDENCE], piece


def _lasted(numbers: Sequence[int], index: Index, today: dt.date) -> int:
    """The months that the jobs in which these lines stand lasted together."""
    return months_between({index.lines[one].item for one in numbers if index.lines[one].section == "work"}, today)
