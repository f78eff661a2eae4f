"""Sections whose entries have dates and a body: work, volunteering, education, projects, publications."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from app.formats.intake.blocks import Block, Paragraph, blocks_of
from app.formats.intake.contacts import LINK
from app.formats.intake.heads import (
    APART,
    Chunk,
    Head,
    beside_employer,
    read_head,
    school_and_degree,
    title_and_company,
)
from app.formats.intake.ledger import Ledger
from app.formats.intake.lines import Line
from app.formats.intake.lists import split_list

Entry = dict[str, Any]
_SCORE = re.compile(
    r"(?:c?gpa|grade|score|moyenne|note|mention)[ ]*:?[ ]*"
    r"(?P<score>\d+(?:[.,]\d+)?(?:[ ]?/[ ]?\d+(?:[.,]\d+)?|[ ]?%)?)(?!\w|[.,/]\d)",
    re.IGNORECASE,
)
_COURSES = re.compile(
    r"(?:relevant |selected |key )?(?:coursework|courses|modules|cours)(?: (?:include[sd]?|suivis))?[ ]*:[ ]*",
    re.IGNORECASE,
)
_KEYWORDS = re.compile(
    r"(?:technologies|tech stack|stack|tools|built with|environnement(?: technique)?|outils)"
    r"(?: used| utilisées)?[ ]*:[ ]*",
    re.IGNORECASE,
)
_DASH = re.compile(r"[ ]+[–—-][ ]+|:[ ]+")


def read_work(lines: Sequence[Line], section: str, ledger: Ledger, *, offset: int = 0) -> list[Entry]:
    """Jobs, or what was done without pay (`volunteer`, whose employer is an `organization`)."""
    employer = "organization" if section == "volunteer" else "name"
    blocks = blocks_of(lines)
    entries: list[Entry] = []
    for number, block in enumerate(blocks, start=offset):
        path = f"{section}[{number}]"
        head = read_head(block, path, ledger)
        titles, companies, others = title_and_company(head.chunks)
        entry: Entry = {}
        _put(entry, path, employer, companies, ledger)
        _put(entry, path, "position", titles, ledger)
        if head.place:
            entry["location"] = head.place.text
        elif companies and (town := beside_employer(companies[0], others)):
            _put(entry, path, "location", [town], ledger)
            others.remove(town)
        _put_dates(entry, head)
        _put_body(entry, path, block, others, ledger)
        entries.append(entry)
    return entries


def read_education(lines: Sequence[Line], section: str, ledger: Ledger, *, offset: int = 0) -> list[Entry]:
    """Studies. What JSON Resume has no field for (a thesis, a place) goes under names that extend it."""
    entries: list[Entry] = []
    for number, block in enumerate(_study_blocks(lines), start=offset):
        path = f"{section}[{number}]"
        head = read_head(block, path, ledger)
        schools, degrees, areas, others = school_and_degree(head.chunks)
        entry: Entry = {}
        _put(entry, path, "institution", schools, ledger)
        _put(entry, path, "studyType", degrees, ledger)
        _put(entry, path, "area", areas, ledger)
        if head.place:
            entry["location"] = head.place.text
        _put_dates(entry, head)
        notes = [Paragraph((_line(chunk),)) for chunk in others] + block.body
        for paragraph in notes:
            _put_note(entry, path, paragraph, ledger)
        entries.append(entry)
    return entries


def _study_blocks(lines: Sequence[Line]) -> list[Block]:
    """As for jobs; a list whose every entry has a bullet has no heads."""
    blocks = blocks_of(lines)
    if blocks and not blocks[0].head:
        first, *rest = blocks
        return [*(Block(head=list(each.lines)) for each in first.body), *rest]
    return blocks


def _put_note(entry: Entry, path: str, paragraph: Paragraph, ledger: Ledger) -> None:
    text = paragraph.text
    if match := _COURSES.match(text):
        entry.setdefault("courses", []).extend(split_list(text[match.end() :]))
        ledger.take_all(paragraph.lines, f"{path}.courses")
        return
    if (match := _SCORE.search(text)) and "score" not in entry:
        entry["score"] = match["score"]
        if match[0] == text:
            ledger.take_all(paragraph.lines, f"{path}.score")
            return
    entry.setdefault("highlights", []).append(text)
    ledger.take_all(paragraph.lines, f"{path}.highlights[{len(entry['highlights']) - 1}]")


def read_projects(lines: Sequence[Line], section: str, ledger: Ledger, *, offset: int = 0) -> list[Entry]:
    """Projects: a name, what it is, what was done. In a list of bullets each is a project."""
    entries: list[Entry] = []
    for number, block in enumerate(_study_blocks(lines), start=offset):
        path = f"{section}[{number}]"
        head = read_head(block, path, ledger, separator=APART)
        entry: Entry = {}
        others = list(head.chunks)
        if others:
            _put_name(entry, path, others.pop(0), ledger)
        for chunk in list(others):
            if match := LINK.fullmatch(chunk.text):
                entry["url"] = match[0] if match[0].startswith("http") else f"https://{match[0]}"
                ledger.take(chunk.line, chunk.text, f"{path}.url")
                others.remove(chunk)
        if others:
            text = ", ".join(chunk.text for chunk in others)
            entry["description"] = " ".join(filter(None, [entry.get("description", ""), text]))
            for chunk in others:
                ledger.take(chunk.line, chunk.text, f"{path}.description")
        if head.place:
            entry["location"] = head.place.text
        _put_dates(entry, head)
        _put_body(entry, path, block, [], ledger, summary="description", keywords=True)
        entries.append(entry)
    return entries


def read_publications(lines: Sequence[Line], section: str, ledger: Ledger, *, offset: int = 0) -> list[Entry]:
    """Publications: a name, a date, and whatever else is said of it."""
    entries: list[Entry] = []
    for number, block in enumerate(_study_blocks(lines), start=offset):
        path = f"{section}[{number}]"
        head = read_head(block, path, ledger, separator=APART)
        entry: Entry = {}
        chunks = list(head.chunks)
        first = [chunk for chunk in chunks if chunk.line is chunks[0].line]
        if first:
            entry["name"] = " – ".join(chunk.text for chunk in first)
            for chunk in first:
                ledger.take(chunk.line, chunk.text, f"{path}.name")
        if head.place:
            entry["location"] = head.place.text
        if head.span:
            entry["releaseDate"] = head.span.end or head.span.start
        _put_body(entry, path, block, chunks[len(first) :], ledger)
        entries.append(entry)
    return entries


def _put(entry: Entry, path: str, name: str, chunks: Sequence[Chunk], ledger: Ledger) -> None:
    if chunks:
        entry[name] = chunks[0].text
        ledger.take(chunks[0].line, chunks[0].text, f"{path}.{name}")


def _put_name(entry: Entry, path: str, chunk: Chunk, ledger: Ledger) -> None:
    """A project's name, and after a colon what it is."""
    name, *rest = _DASH.split(chunk.text, maxsplit=1)
    entry["name"] = name
    ledger.take(chunk.line, name, f"{path}.name")
    if rest:
        entry["description"] = rest[0]
        ledger.take(chunk.line, rest[0], f"{path}.description")


def _put_dates(entry: Entry, head: Head) -> None:
    if head.span and head.span.start:
        entry["startDate"] = head.span.start
    if head.span and head.span.end:
        entry["endDate"] = head.span.end


def _put_body(
    entry: Entry,
    path: str,
    block: Block,
    others: Sequence[Chunk],
    ledger: Ledger,
    *,
    summary: str = "summary",
    keywords: bool = False,
) -> None:
    """Bullets are highlights; paragraphs, and what in the head is neither title nor employer, are the summary."""
    texts = [entry[summary]] if entry.get(summary) else []
    for chunk in others:
        texts.append(chunk.text)
        ledger.take(chunk.line, chunk.text, f"{path}.{summary}")
    for paragraph in block.body:
        match = _KEYWORDS.match(paragraph.text) if keywords else None
        if match:
            entry["keywords"] = [*entry.get("keywords", []), *split_list(paragraph.text[match.end() :])]
            ledger.take_all(paragraph.lines, f"{path}.keywords")
        elif paragraph.bullet:
            entry.setdefault("highlights", []).append(paragraph.text)
            ledger.take_all(paragraph.lines, f"{path}.highlights[{len(entry['highlights']) - 1}]")
        else:
            texts.append(paragraph.text)
            ledger.take_all(paragraph.lines, f"{path}.{summary}")
    if texts:
        entry[summary] = "\n".join(texts)


def _line(chunk: Chunk) -> Line:
    return Line(text=chunk.text, number=chunk.line.number)


READERS: dict[str, Callable[..., list[Entry]]] = {
    "work": read_work,
    "volunteer": read_work,
    "education": read_education,
    "projects": read_projects,
    "publications": read_publications,
}
