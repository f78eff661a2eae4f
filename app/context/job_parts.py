"""A posting's parts, told apart by its headings and its language, in English and French.

Real postings put what they ask for behind pages of law and benefits; who wants to keep the right half of one must know
which lines are which.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from app.formats.posting.labels import Kind, heading_kind

HEADING = "## "
BULLET = "- "
_INHERITED: dict[Kind, Kind] = {"boilerplate": "summary"}  # what follows the small print may be anything

# Parts of lines, in lower case, that give a paragraph away whatever heading it stands under.
_CUES: dict[Kind, str] = {
    "boilerplate": """equal opportunit|equal employment|regardless of race|without regard to race|race, color
        |sexual orientation|orientation sexuelle|sans distinction|peu importe leur race|accept difference
        |pas seulement les diff|celebrate diversity|specialized accommodation|reasonable accommodation
        |reasonable adjustment|assessment accommodation|mesures d’adaptation|mesures d'adaptation
        |checks all the boxes|apply anyway
        |postulez quand|exactement aux exigences|milieu de travail inclusif|protected veteran|job posting has closed
        |job has closed|our other open positions|link to submit your application|hiring process to learn more
        |salary range|salary calculator|maximum salary|base salary|maximum pay|compensation and benefits section
        |salary to be determined|starting salary|who may apply:|quick links to|job announcement number
        |opening and closing|series & grade|promotion potential|number of vacancies|supervisory status
        |travel requirement:
        |appointment type|work schedule:|security clearance:|we will use a method|how it will work|you will be scored
        |eligible and at least minimally|lower your score|selection priority|applications will be reviewed
        |result in disqualification|qualification determinations|on your resume, provide|pool of qualified
        |bassin de personnes|interviews will be conducted|entrevues dans un avenir|email us your resume
        |date posted:|third-party agencies
        |unsolicited resumes|background check will|e-verify|send your resume|send us your resume|cover letter to
        |envoyez votre cv|faites parvenir votre|seules les personnes|only candidates selected|égalité des chances
        |à compétences égales|situation de handicap""",
    "benefits": """many benefits including|our benefits include|benefits include:|benefits including:|we offer:
        |nous offrons :|401(k)|401k|assurance collective|parental leave|congé parental""",
}
_NEEDLES: tuple[tuple[str, Kind], ...] = tuple(
    (cue.strip(), kind) for kind, cues in _CUES.items() for cue in cues.split("|")
)
_CUE_REACH = 160  # a cue further into a paragraph is an aside of it
_MOST_HEADINGS = 1000  # no posting has more; what comes after is told by the last one
ASKS = re.compile(
    r"\b(?:years?|experienced?|proficien\w+|knowledge|familiar\w*|abilit(?:y|ies)|able to|degree|diploma|must"
    r"|require\w*|skills?|skilled|understanding|fluen\w+|expertise|qualified|candidates?|bilingual\w*|ans d"
    r"|expériences?|maîtrise"
    r"|connaissances?|capacités?|diplôme|compétences?|exig\w+|requis\w*|bilinguisme|atout|devez)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Lines of a posting that are of one kind. `heading` is the one right above them, or empty."""

    kind: Kind
    heading: str
    lines: tuple[str, ...]


def split_posting(description: str) -> tuple[Part, ...]:
    """The parts of a stored description; every heading and every line is in exactly one, the lines in their order."""
    lines = [line for line in description.split("\n") if line]
    cued = _cued_lines(lines)
    heads = [number for number, line in enumerate(lines) if line.startswith(HEADING)][:_MOST_HEADINGS]
    parts: list[Part] = []
    kind: Kind = "summary"
    for start, end in zip([-1, *heads], [*heads, len(lines)], strict=True):
        heading = lines[start][len(HEADING) :] if start >= 0 else ""
        body = lines[start + 1 : end]
        said = heading_kind(heading) if heading else None
        kind = said or _INHERITED.get(kind, kind)
        kinds = _kinds(
            body, kind, said, {at: cued[at + start + 1] for at in range(len(body)) if at + start + 1 in cued}
        )
        parts.extend(_parts(heading, kind, body, kinds))
    return tuple(parts)


def _cued_lines(lines: Sequence[str]) -> dict[int, Kind]:
    """Number and kind of every paragraph that its language gives away, and of the bullets that it announces."""
    prose = [number for number, line in enumerate(lines) if not line.startswith((BULLET, HEADING))]
    beginnings = "\n".join([lines[number][:_CUE_REACH] for number in prose]).lower()
    starts = list(accumulate((len(line) + 1 for line in beginnings.split("\n")), initial=0))
    cued: dict[int, Kind] = {}
    for needle, kind in _NEEDLES:
        at = beginnings.find(needle)
        while at >= 0:
            one = bisect_right(starts, at)
            cued.setdefault(prose[one - 1], kind)
            at = beginnings.find(needle, starts[one])
    for number in [number for number in cued if lines[number].endswith(":")]:
        below = number + 1
        while below < len(lines) and lines[below].startswith(BULLET):
            cued[below] = cued[number]
            below += 1
    return cued


def _kinds(body: Sequence[str], kind: Kind, said: Kind | None, cued: dict[int, Kind]) -> dict[int, Kind]:
    """The lines of one section, by number, that are of another kind than the section."""
    if kind in ("requirements", "nice_to_have"):
        for number in range(len(body) - 1, -1, -1):
            if body[number].startswith(BULLET):
                break
            if number not in cued and not ASKS.search(body[number]):
                cued[number] = "summary"
        else:  # a section without bullets is all of its kind
            return {number: one for number, one in cued.items() if one != "summary"}
    elif said is None:
        bullets = [number for number, line in enumerate(body) if line.startswith(BULLET) and number not in cued]
        if len(bullets) > 1 and sum(1 for at in bullets if ASKS.search(body[at])) * 2 >= len(bullets):
            cued.update(dict.fromkeys(bullets, "requirements"))
    return cued


def _parts(heading: str, kind: Kind, body: Sequence[str], kinds: dict[int, Kind]) -> Iterator[Part]:
    """One section as parts; its heading goes with the first lines that are of the section's own kind."""
    if not kinds:
        if heading or body:
            yield Part(kind=kind, heading=heading, lines=tuple(body))
        return
    runs = [(one, tuple(group)) for one, group in groupby(range(len(body)), key=lambda number: kinds.get(number, kind))]
    headed = next((number for number, (one, _) in enumerate(runs) if one == kind), 0)
    for number, (one, group) in enumerate(runs):
        lines = tuple(body[at] for at in group)
        yield Part(kind=one, heading=heading if number == headed else "", lines=lines)
