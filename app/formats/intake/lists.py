"""Sections that are lists: skills, languages, certificates, awards, interests, references."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from app.formats.intake.blocks import Paragraph, paragraphs_of
from app.formats.intake.dates import span_in
from app.formats.intake.ledger import Ledger
from app.formats.intake.lines import COLUMN, Line, trimmed

Entry = dict[str, Any]
_ITEMS = re.compile(r"\t|[ ]*[|•·⋅;][ ]*|,[ ]+|,(?=\D)|[ ]+[–—][ ]+")
_GROUP = re.compile(r"(?P<name>[^:,|•]{2,50}):[ \t]+(?P<rest>.+)")
_FLUENCY = (
    r"native(?: speaker| or bilingual(?: proficiency)?)?|mother tongue|bilingual|fluent|proficient|advanced|"
    r"intermediate|basic|beginner|elementary|conversational|professional(?: working)?(?: proficiency)?|"
    r"limited working(?: proficiency)?|"
    r"full professional(?: proficiency)?|working proficiency|business|learning|[abc][12]\+?|"
    r"langue maternelle|maternelle|natif|native|bilingue|courante?|lu,? écrit,? parlé|intermédiaire|débutante?|"
    r"avancée?|notions|scolaire|professionnelle?|technique"
)
_LANGUAGE = re.compile(
    rf"(?P<language>[^\W\d_][\w' -]{{1,30}}?)[ ]*(?:\((?P<within>[^)]+)\)|[:–—-]+[ ]*(?P<after>.{{2,40}})|"
    rf"[ ]+(?P<plain>(?:{_FLUENCY})\b.{{0,30}}))?",
    re.IGNORECASE,
)


def split_list(text: str) -> list[str]:
    """The items of a list in a line; what stands in brackets is not divided."""
    items, depth, item = [], 0, ""
    for part in re.split(r"([()])", text):
        depth += {"(": 1, ")": -1}.get(part, 0)
        if part in "()" or depth > 0:
            item += part
            continue
        first, *more = _ITEMS.split(part)
        item += first
        for each in more:
            items.append(item)
            item = each
    return [each.strip(" .,;") for each in [*items, item] if any(c.isalnum() for c in each)]


def read_skills(lines: Sequence[Line], section: str, ledger: Ledger, *, offset: int = 0) -> list[Entry]:
    """Skills: `Databases: PostgreSQL, Redis` is a group with keywords, a plain list has a skill an item."""
    entries: list[Entry] = []
    group: Entry | None = None
    for paragraph in paragraphs_of(lines):
        text = COLUMN.join(line.text for line in paragraph.lines) if len(paragraph.lines) == 1 else paragraph.text
        path = f"{section}[{offset + len(entries)}]"
        if match := _GROUP.fullmatch(text):
            entries.append({"name": match["name"].strip(), "keywords": split_list(match["rest"])})
            group = None
        elif text.endswith(":"):
            group = {"name": text.rstrip(": "), "keywords": []}
            entries.append(group)
        elif group is not None:
            group["keywords"] += split_list(text)
            path = f"{section}[{offset + len(entries) - 1}].keywords"
        else:
            entries += [{"name": item} for item in split_list(text)]
        ledger.take_all(paragraph.lines, path)
    return entries


def read_languages(lines: Sequence[Line], section: str, ledger: Ledger, *, offset: int = 0) -> list[Entry]:
    """Languages and how well they are spoken."""
    entries: list[Entry] = []
    for paragraph in paragraphs_of(lines):
        text = paragraph.lines[0].text if len(paragraph.lines) == 1 else paragraph.text
        for item in _languages_of(text):
            match = _LANGUAGE.fullmatch(item)
            if match is None:
                continue
            fluency = match["within"] or match["after"] or match["plain"]
            path = f"{section}[{offset + len(entries)}]"
            entries.append({"language": match["language"].strip(), **({"fluency": fluency.strip()} if fluency else {})})
            for line in paragraph.lines:
                ledger.take(line, item, path)
    return entries


def _languages_of(text: str) -> list[str]:
    """`English, French – fluent` are two; the dash here joins a language with its level."""
    pieces = [each.strip() for each in re.split(r"\t|[ ]*[|•·;][ ]*|,[ ]*(?![^(]*\))|[ ]+(?:and|et)[ ]+", text)]
    if len(pieces) == 2 and re.fullmatch(_FLUENCY, pieces[1].strip("()"), re.IGNORECASE) and "\t" in text:
        return [f"{pieces[0]} ({pieces[1].strip('()')})"]
    return [piece for piece in pieces if any(c.isalpha() for c in piece)]


def read_interests(lines: Sequence[Line], section: str, ledger: Ledger, *, offset: int = 0) -> list[Entry]:
    """Interests, an entry each."""
    entries: list[Entry] = []
    for paragraph in paragraphs_of(lines):
        ledger.take_all(paragraph.lines, f"{section}[{offset + len(entries)}]")
        entries += [{"name": item} for item in split_list(paragraph.text)]
    return entries


def read_references(lines: Sequence[Line], section: str, ledger: Ledger, *, offset: int = 0) -> list[Entry]:
    """What is said under References, a paragraph each: who speaks for whom is for the user to say."""
    entries = []
    for number, paragraph in enumerate(paragraphs_of(lines), start=offset):
        ledger.take_all(paragraph.lines, f"{section}[{number}].reference")
        entries.append({"reference": paragraph.text})
    return entries


def read_certificates(lines: Sequence[Line], section: str, ledger: Ledger, *, offset: int = 0) -> list[Entry]:
    """Certificates, a paragraph each."""
    return _dated(lines, section, "name", "issuer", ledger, offset)


def read_awards(lines: Sequence[Line], section: str, ledger: Ledger, *, offset: int = 0) -> list[Entry]:
    """Awards, a paragraph each."""
    return _dated(lines, section, "title", "awarder", ledger, offset)


def _dated(lines: Sequence[Line], section: str, name: str, giver: str, ledger: Ledger, offset: int) -> list[Entry]:
    """A name and a date; a piece that stands apart is who gave it."""
    entries: list[Entry] = []
    for paragraph in paragraphs_of(lines):
        path = f"{section}[{offset + len(entries)}]"
        entry, rest = _without_date(paragraph)
        pieces = [trimmed(piece) for piece in re.split(r"\t|[ ]+\|[ ]+", rest)]
        pieces = [piece for piece in pieces if any(c.isalnum() for c in piece)]
        if pieces:
            entry = {name: pieces[0], **({giver: ", ".join(pieces[1:])} if len(pieces) > 1 else {}), **entry}
            entries.append(entry)
        elif entry and entries and "date" not in entries[-1]:
            entries[-1] |= entry
        for line in paragraph.lines:
            ledger.take(line, line.text, path)
    return entries


def _without_date(paragraph: Paragraph) -> tuple[Entry, str]:
    text = paragraph.lines[0].text if len(paragraph.lines) == 1 else paragraph.text
    span = span_in(text)
    if span is None:
        return {}, text
    if span.start and span.end:  # an award for years, not of one: no field says that
        return {}, text
    before, after = text[: span.begins].rstrip(" ([,"), text[span.ends :].lstrip(" )],")
    between = COLUMN if COLUMN in text else " "
    return {"date": span.end or span.start}, f"{before}{between}{after}".strip()


READERS: dict[str, Callable[..., list[Entry]]] = {
    "skills": read_skills,
    "languages": read_languages,
    "interests": read_interests,
    "references": read_references,
    "certificates": read_certificates,
    "awards": read_awards,
}
