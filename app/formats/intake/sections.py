"""The lines of a file → a JSON Resume, and the receipt of what became of each line.

The resume is a draft for its owner to look at. What a line is, is told by its heading and its form; in doubt it goes
with what stands next to it or is said not to be understood, and nothing is made up.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.formats.intake import entries, lists
from app.formats.intake.blocks import paragraphs_of
from app.formats.intake.contacts import Contacts
from app.formats.intake.headings import LONGEST, inline_section, section_of
from app.formats.intake.ledger import Ledger, NotUnderstood, Understood
from app.formats.intake.lines import Line, Text

READERS = {**entries.READERS, **lists.READERS}
_UNKNOWN_HEADING_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A JSON Resume document and what became of the lines it was made from."""

    resume: dict[str, Any]
    understood: tuple[Understood, ...]
    not_understood: tuple[NotUnderstood, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """The lines below one heading: of a known section, of none (`""`), or above all headings (`top`)."""

    section: str
    heading: str
    lines: tuple[Line, ...]


def draft_of(text: Text) -> Draft:
    """Read a file's text."""
    lines = [replace(line, number=number) for number, line in enumerate(text.lines)]
    ledger = Ledger(lines)
    contacts = Contacts(ledger)
    resume: dict[str, Any] = {}
    summary: list[Line] = []
    for part in _parts(_without_running(lines), ledger):
        if part.section == "top":
            summary += contacts.read_top(part.lines)
        elif part.section == "contact":
            contacts.read_section(part.lines)
        elif part.section == "summary":
            summary += part.lines
        elif part.section:
            made = resume.setdefault(part.section, [])
            made += READERS[part.section](part.lines, part.section, ledger, offset=len(made))
    basics = contacts.basics
    if summary:
        basics["summary"] = "\n".join(paragraph.text for paragraph in _prose(summary))
        ledger.take_all(summary, "basics.summary")
    document = {"basics": basics, **{name: made for name, made in resume.items() if made}}
    return Draft(resume=document, understood=tuple(ledger.understood), not_understood=tuple(ledger.not_understood()))


def _without_running(lines: Sequence[Line]) -> list[Line]:
    """The lines without those that begin or end each page, like `Ada Moss – 2/3`; a name stays where it comes first."""
    edges: dict[int, list[Line]] = {}
    for line in lines:
        edges.setdefault(line.page, [line])[1:] = [line]
    same = Counter(
        _running(line) for at_edge in edges.values() for line in {one.number: one for one in at_edge}.values()
    )
    again = {line.number for at_edge in edges.values() for line in at_edge if same[_running(line)] > 1}
    first = {_running(line): line.number for line in reversed(lines) if not any(c.isdigit() for c in line.text)}
    return [line for line in lines if line.number not in again or first.get(_running(line)) == line.number]


def _running(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _parts(lines: Sequence[Line], ledger: Ledger) -> list[_Part]:
    """The lines by the headings above them; one that only looks like the known headings begins a part too."""
    looks = {_look(line) for line in lines if section_of(line.text) and not line.bullet}
    sizes = Counter(line.size for line in lines)
    section, heading = "top", ""
    current: list[Line] = []
    parts: list[_Part] = []
    for line in lines:
        named = section_of(line.text) if not line.bullet else ""
        inline, label, rest = (
            inline_section(line.text) if section not in {"skills", "projects", "work"} else ("", "", "")
        )
        unknown = not named and (section != "top" or bool(current)) and _looks_like_heading(line, looks, sizes)
        if not (named or inline or unknown):
            ledger.file_under(line, heading)
            current.append(line)
            continue
        parts.append(_Part(section=section, heading=heading, lines=tuple(current)))
        section, heading = named or inline, (label or line.text)
        current = [replace(line, text=rest)] if inline else []
        ledger.file_under(line, heading)
        if named or inline:
            ledger.take(line, heading, section if section in READERS else "basics")
    return [*parts, _Part(section=section, heading=heading, lines=tuple(current))]


def _look(line: Line) -> tuple[bool, float, bool, bool]:
    return line.heading, line.size, line.bold, line.text.isupper()


def _looks_like_heading(line: Line, looks: set[tuple[bool, float, bool, bool]], sizes: Counter[float]) -> bool:
    """Whether a line that names no known section looks like those that do, and like little else."""
    if line.bullet or len(line.text) > LONGEST or len(line.text.split()) > _UNKNOWN_HEADING_WORDS or "\t" in line.text:
        return False
    if line.heading:
        return _look(line) in looks
    return bool(line.size) and _look(line) in looks and sizes[line.size] <= max(12, sizes.total() // 5)


def _prose(lines: Sequence[Line]) -> list[Any]:
    """A summary's paragraphs: a line that reaches the edge goes on in the next."""
    paragraphs = paragraphs_of([replace(lines[0], bullet=False)])
    for line in lines[1:]:
        last = paragraphs[-1]
        if line.size and last.lines[-1].full and not line.bullet and not line.gap:
            paragraphs[-1] = type(last)((*last.lines, line))
        else:
            paragraphs += paragraphs_of([line])
    return paragraphs
