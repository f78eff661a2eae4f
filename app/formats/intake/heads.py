"""The head of an entry: what is the title, who is the employer or the school, where and when."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.formats.intake.blocks import Block
from app.formats.intake.dates import DURATION, Span, span_in
from app.formats.intake.ledger import Ledger
from app.formats.intake.lines import COLUMN, Line, trimmed
from app.formats.intake.places import is_place, may_be_town, split_place

BETWEEN = re.compile(r"\t|[ ]+(?:[|•·⋅–—@]|-{1,2}|\bat\b|\bchez\b)[ ]+|[ ]*\|[ ]*")
"""What stands between a title and an employer."""
APART = re.compile(r"\t|[ ]+[|•·⋅][ ]+|[ ]*\|[ ]*")
"""What stands between the name of a thing and what is said of it."""
_COMPANY_FORM = re.compile(r"(?:inc|llc|ltd|gmbh|corp|co|sa|sas|sarl|plc|ag|bv|limited|s\.a\.?s?)\.?", re.IGNORECASE)
_TITLE = re.compile(
    r"""\b(?:engineer|developer|manager|director|analyst|scientist|designer|architect|consultant|intern|internship|lead|
    leader|officer|c[teofi]o|vp|president|head|(?:co-?)?founder|assistant|associate|specialist|coordinator|administrator|
    technician|teacher|professor|lecturer|researcher|nurse|accountant|advis[eo]r|executive|representative|supervisor|
    clerk|cashier|programmer|writer|editor|producer|owner|trainee|apprentice|fellow|agent|operator|driver|cook|
    waiter|waitress|barista|recruiter|strategist|planner|buyer|secretary|receptionist|tutor|instructor|trainer|worker|
    therapist|physician|lawyer|attorney|paralegal|creator|maintainer|contributor|volunteer|freelancer?|contractor|sre|
    tester|librarian|mechanic|electrician|staff|principal|
    ing[ée]nieure?|d[ée]veloppeu(?:r|se)|chef(?:fe)?|responsable|direct(?:eur|rice)|stagiaire|stage|alternante?|
    apprentie?|assistante|analyste|consultante|technicien(?:ne)?|gestionnaire|charg[ée]e?|conseill(?:er|[èe]re)|
    vendeu(?:r|se)|professeure?|enseignante?|chercheu(?:r|se)|comptable|infirmi(?:er|[èe]re)|commerciale?|graphiste|
    r[ée]dact(?:eur|rice)|adjointe?|serveu(?:r|se)|cuisini(?:er|[èe]re)|architecte|format(?:eur|rice)|
    administrat(?:eur|rice)|juriste|secr[ée]taire|b[ée]n[ée]vole)s?\b""",
    re.IGNORECASE | re.VERBOSE,
)
_SCHOOL = re.compile(
    r"\b(?:universit\w*|college|collège|school|[ée]cole|institut\w*|lyc[ée]e|academy|acad[ée]mie|polytechni\w*|facult\w+|"
    r"hochschule|uc|mit|eth|epfl|ucla|nyu|iut|insa|hec|essec|escp|bootcamp|sorbonne|conservatoire)\b|üniversitesi",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"\b(?:bachelor\w*|master\w*|ph\.?d\.?|doctor\w*|associate'?s? (?:degree|of)|"
    r"b\.?sc\.?|m\.?sc\.?|b\.?a\.?|m\.?a\.?|b\.?s\.?|m\.?s\.?|"
    r"b\.?eng\.?|m\.?eng\.?|b\.?tech\.?|m\.?tech\.?|mba|mphil|llb|llm|jd|md|diploma|dipl[oô]me|licence|baccalaur[ée]at|bac|bts|"
    r"dut|but|deug|dea|dess|cap|bep|doctorat|dipl\.?-?ing\.?|a-levels?|gcses?|high school diploma|"
    r"certificate|minor|major)(?![\w'])",
    re.IGNORECASE,
)
_DEGREE_AND_AREA = re.compile(
    r"(?P<degree>.+?)(?:,[ ]+|[ ]+(?:in|en)[ ]+|[ ]*:[ ]+)(?P<area>.+)|"
    r"(?P<short>(?:[BM]\.?(?:Sc|S|A|Eng|Tech)\.?|Ph\.?D\.?|MBA|Licence|BTS|DUT|BUT|Master|Doctorat)(?:[ ]\(\w+\))?)"
    r"[ ]+(?P<of>(?!of\b|degree\b|'s\b|de\b)\w.+)"
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a head's line that stands by itself."""

    text: str
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A head without its dates, durations and place."""

    chunks: tuple[Chunk, ...]
    span: Span | None
    place: Chunk | None


def read_head(block: Block, path: str, ledger: Ledger, *, separator: re.Pattern[str] = BETWEEN) -> Head:
    """Take dates and place out of a block's head and asides; note both. `separator` is what divides the rest."""
    span: Span | None = None
    place = _below_dates(block)
    if place:
        ledger.take(place.line, place.text, f"{path}.location")
    chunks: list[Chunk] = []
    for line in [*block.head, *block.asides]:
        text = line.text.split(COLUMN, 1)[1] if place and line is place.line else line.text
        found = span_in(text) if span is None else None
        if found:
            span = found
            ledger.take(line, found.text, f"{path}.{'startDate' if found.start else 'endDate'}")
            text = text[: found.begins].rstrip(" ([") + "\t" + text[found.ends :].lstrip(" )]")
        for chunk in _chunks(text, line, separator):
            if DURATION.fullmatch(chunk.text):
                ledger.take(line, chunk.text, f"{path}.{'startDate' if span and span.start else 'endDate'}")
                continue
            words, where = ("", chunk.text) if is_place(chunk.text) else split_place(chunk.text)
            if where and place is None:
                place = Chunk(where, line)
                ledger.take(line, where, f"{path}.location")
            elif where:
                words = chunk.text
            if words:
                chunks.append(Chunk(words, line))
    return Head(chunks=tuple(chunks), span=span, place=place)


def _below_dates(block: Block) -> Chunk | None:
    """The place in a column of its own at the left, below the dates."""
    for above, line in pairwise(block.head):
        span, pieces = span_in(above.text), line.pieces
        if span and span.text == above.pieces[0] and len(above.pieces) == len(pieces) == 2 and may_be_town(pieces[0]):
            return None if is_place(pieces[1]) else Chunk(pieces[0], line)
    return None


def beside_employer(employer: Chunk, others: Sequence[Chunk]) -> Chunk | None:
    """Of what is neither title nor employer, the place that follows the employer in a line of these two."""
    first = others[0] if others else None
    if first is None or first.line is not employer.line or not may_be_town(first.text) or _TITLE.search(first.text):
        return None
    return first if [trimmed(one) for one in BETWEEN.split(first.line.text)] == [employer.text, first.text] else None


def _chunks(text: str, line: Line, separator: re.Pattern[str]) -> Iterator[Chunk]:
    for each in separator.split(text):
        chunk = trimmed(each)
        if any(c.isalnum() for c in chunk):
            yield Chunk(chunk, line)


def _by_commas(chunk: Chunk) -> list[Chunk]:
    """The parts of a chunk; `Inc.` belongs to what stands before it."""
    parts: list[str] = []
    for part in re.split(r",\s+(?![^(]*\))", chunk.text):
        if parts and _COMPANY_FORM.fullmatch(part.strip()):
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return [Chunk(part.strip(), chunk.line) for part in parts]


def title_and_company(
    chunks: Sequence[Chunk], *, title_first: bool = True
) -> tuple[list[Chunk], list[Chunk], list[Chunk]]:
    """What names the title, what the employer, and what is neither.

    A word that titles have decides; without one, `title_first` says which of two comes first.
    """
    titles = [chunk for chunk in chunks if _TITLE.search(chunk.text)]
    if len(titles) == len(chunks) == 1 or not titles:
        if len(chunks) == 1 and len(parts := _by_commas(chunks[0])) > 1:
            named = [part for part in parts if _TITLE.search(part.text)]
            others = [part for part in parts if part not in named]
            if named and others:
                return _merged(named), _merged(others), []
        if titles:
            return [chunks[0]], [], []
        if len(chunks) >= 2:
            first, second = (0, 1) if title_first else (1, 0)
            return [chunks[first]], [chunks[second]], list(chunks[2:])
        return [], list(chunks), []
    title = titles[0]
    others = [chunk for chunk in chunks if chunk is not title]
    parts = _by_commas(title)
    named = [part for part in parts if _TITLE.search(part.text)]
    if not others and 0 < len(named) < len(parts):
        return _merged(named), _merged([part for part in parts if part not in named]), []
    return [title], others[:1], others[1:]


def _merged(parts: Sequence[Chunk]) -> list[Chunk]:
    return [Chunk(", ".join(part.text for part in parts), parts[0].line)]


def school_and_degree(chunks: Sequence[Chunk]) -> tuple[list[Chunk], list[Chunk], list[Chunk], list[Chunk]]:
    """What names the school, the degree, its subject, and what is none of them."""
    schools: list[Chunk] = []
    degrees: list[Chunk] = []
    areas: list[Chunk] = []
    others: list[Chunk] = []
    for chunk in chunks:
        is_school, is_degree = bool(_SCHOOL.search(chunk.text)), bool(_DEGREE.search(chunk.text))
        if is_school and not schools:
            named = [part for part in _by_commas(chunk) if _SCHOOL.search(part.text)]
            rest = [part for part in _by_commas(chunk) if part not in named]
            if (rest and any(_DEGREE.search(part.text) for part in rest)) or (rest and not _is_branch(rest)):
                schools += _merged(named)
                _add_degree(_merged(rest)[0], degrees, areas)
            else:
                schools.append(chunk)
        elif is_degree and not degrees:
            _add_degree(chunk, degrees, areas)
        else:
            others.append(chunk)
    if not schools and others:
        schools.append(others.pop(0))
    if degrees and not areas and others:
        areas.append(others.pop(0))
    return schools, degrees, areas, others


def _is_branch(rest: Sequence[Chunk]) -> bool:
    """Whether what follows a school's name belongs to it: `University of California, Berkeley`."""
    return len(rest) == 1 and len(rest[0].text.split()) == 1


def _add_degree(chunk: Chunk, degrees: list[Chunk], areas: list[Chunk]) -> None:
    if not _DEGREE.search(chunk.text):
        areas.append(chunk)
        return
    match = _DEGREE_AND_AREA.fullmatch(chunk.text)
    degree, area = (match["degree"] or match["short"], match["area"] or match["of"]) if match else (chunk.text, "")
    if match and not _DEGREE.search(degree):
        degree, area = chunk.text, ""
    degrees.append(Chunk(degree, chunk.line))
    if area:
        areas.append(Chunk(area, chunk.line))
