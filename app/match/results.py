"""The result of a match as JSON: rows that a page can show and a prompt can tell, always in the same order."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, Literal

from app.conditions import is_condition, is_dangling
from app.context.evidence import Finding, find_proofs
from app.context.job import PostingReading
from app.context.proofs import ABOVE, TRUSTED
from app.context.resume import ResumeReading
from app.kinds import spoken_languages
from app.match.scoring import SCORE_VERSION, Part, Score, Weighed, score_of, value_of, weight_of
from app.providers.base import Line
from app.providers.lines import BULLET
from app.vocabulary import Marks, marks, words

RequirementKind = Literal["degree", "language", "skill", "years", "other"]
"""What a requirement asks for: a degree, a language that people speak, something else of the vocabulary, years of any
work, or a thing told in ordinary words."""
Json = dict[str, Any]


def result_of(posting: PostingReading, resume: ResumeReading, *, as_of: dt.date) -> Json | None:
    """The match of two readings; None where the posting asks for nothing that a resume could show.

    `as_of` is the day up to which a job without an end is counted. The same arguments give the same JSON anywhere.
    """
    lines, line_marks = resume.lines(), resume.marks()
    for asked, asked_marks in _asked(posting):
        found = find_proofs(asked, lines, asked_marks=asked_marks, line_marks=line_marks, today=as_of)
        conditions = [one for one in found if is_condition(one.requirement.text, one.requirement.terms)]
        counted = [one for one in found if one not in conditions and not is_dangling(one.requirement.text)]
        if counted:
            return _result(counted, [one.requirement.text for one in conditions], as_of)
    return None


def _asked(posting: PostingReading) -> Iterator[tuple[Sequence[tuple[str, bool]], Sequence[Marks]]]:
    """What the posting asks for; then, if none of that can be compared, those of its duties that name a known skill."""
    yield posting.asked, posting.asked_marks
    duties = [(text, mark) for text, mark in zip(posting.duties, marks(posting.duties), strict=True) if mark.terms]
    yield [(text, True) for text, _ in duties], [mark for _, mark in duties]


def _result(findings: Sequence[Finding], conditions: Sequence[str], as_of: dt.date) -> Json:
    score = score_of(findings)
    return {
        "score": score.score,
        "score_version": SCORE_VERSION,
        "parts": {
            "must_have": _part(score.must_have, [one for one in score.requirements if one.finding.requirement.must]),
            "nice_to_have": _part(
                score.nice_to_have, [one for one in score.requirements if not one.finding.requirement.must]
            ),
        },
        "requirements": [_requirement(one) for one in score.requirements],
        "matched": _matched(findings),
        "missing": _missing(findings, score),
        "conditions": list(conditions),
        "as_of": as_of.isoformat(),
    }


def _part(part: Part, requirements: Sequence[Weighed]) -> Json:
    verdicts = [one.verdict for one in requirements]
    counts = {verdict: verdicts.count(verdict) for verdict in ("met", "partly", "missing")}
    return {"points": part.points, "of": part.of, **counts}


def _requirement(weighed: Weighed) -> Json:
    finding, asked = weighed.finding, weighed.finding.requirement
    return {
        "text": asked.text,
        "must": asked.must,
        "kind": _kind(finding),
        "years": finding.years,
        "verdict": weighed.verdict,
        "evidence": [{**_place(line), "terms": _shown_by(line, finding)} for line in asked.evidence],
        "missing_terms": list(asked.missing_terms),
        "listed_only": weighed.is_only_listed,
        "points": weighed.points,
        "delta": weighed.delta,
    }


def _kind(finding: Finding) -> RequirementKind:
    if finding.is_in_ordinary_words:
        return "other"
    terms = frozenset(finding.requirement.terms)
    if not terms:
        return "years"
    if not terms.isdisjoint(ABOVE):
        return "degree"
    return "language" if terms & spoken_languages() else "skill"


def _place(line: Line) -> Json:
    return {"section": line.section, "item": line.item, "text": line.text.removeprefix(BULLET)}


def _shown_by(line: Line, finding: Finding) -> list[str]:
    """What was asked for that a line shows: skills by their names, or words as the line writes them."""
    if not finding.words:
        shown = (found.term for piece in finding.pieces for found in piece.found if line in found.lines)
        return list(dict.fromkeys(shown))
    written = (word.strip(".,;:()[]!?«»“”\"'’") for word in line.text.split())
    return list(dict.fromkeys(word for word in written if words(word) & finding.words))


def _matched(findings: Sequence[Finding]) -> list[Json]:
    """The skills asked for that the resume names, each once, with the line that speaks for it most."""
    rows: dict[str, Json] = {}
    best: dict[str, int] = {}
    for finding in findings:
        for term, trust, lines in (found for piece in finding.pieces for found in piece.found):
            row = rows.setdefault(term, {"keyword": term, "must": False, "asked_in": []})
            row["must"] |= finding.requirement.must
            row["asked_in"].append(finding.requirement.text)
            if TRUSTED.index(trust) < best.get(term, len(TRUSTED)):
                best[term] = TRUSTED.index(trust)
                row |= {"found_in": _place(lines[0]), "listed_only": trust == "listed"}
    return list(rows.values())


def _missing(findings: Sequence[Finding], score: Score) -> list[Json]:
    """The skills asked for that no line names, each once: musts first, then by what showing them would add."""
    held = {found.term for finding in findings for piece in finding.pieces for found in piece.found}
    rows: dict[str, Json] = {}
    gains: dict[str, Fraction] = defaultdict(Fraction)
    for weighed in score.requirements:
        asked, pieces = weighed.finding.requirement, weighed.finding.pieces
        lacking = {term: piece for piece in pieces if piece.trust is None for term in piece.terms if term not in held}
        for term, piece in lacking.items():
            row = rows.setdefault(term, {"keyword": term, "must": False, "asked_in": []})
            row["must"] |= asked.must and piece.needed
            row["asked_in"].append(asked.text)
            gains[term] += weight_of(weighed.finding) * (value_of(weighed.finding, frozenset({term})) - weighed.value)
    for term, row in rows.items():
        row["delta"] = score.gain(gains[term])
    return sorted(rows.values(), key=lambda row: (not row["must"], -row["delta"]))
