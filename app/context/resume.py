"""A resume's rows as lines that can prove something, and as sections for the prompt.

What reaches a person (e-mail, phone, address, links) is left out here and nowhere else: the prompt has no use for it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from app.context.budget import Counted, Item, Piece, Section, count_items, count_texts, split_sentences
from app.context.denial import claimed
from app.context.fence import harmless_data
from app.models import Resume
from app.providers.base import Line
from app.tokens import Tokenizer
from app.vocabulary import Marks, marks

Part = Literal["summary", "work", "projects", "skills", "education", "other"]
UNREACHED = frozenset({"profiles", "references"})
KEYWORDS_A_LINE = 20
FIGURE = re.compile(r"\d")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"[+(](?<![\w.].)(?:(?<=\+)\d|(?<=\()\d{2,4}\))[\d ().\-/]{6,}\d(?!\w)")


# A degree's name that says too little, or something else, where it stands elsewhere.
DEGREES_ALONE = {
    **dict.fromkeys(("master", "masters", "magister"), "master's degree"),
    **dict.fromkeys(("licence", "license"), "bachelor's degree"),
}
UNFINISHED = re.compile(
    r"\b(?:not (?:finished|completed)|unfinished|incomplete|in progress|ongoing|expected|dropped out|en cours"
    r"|inachevée?|non (?:terminée?|complétée?|achevée?)|abandonnée?)\b",
    re.IGNORECASE,
)


class Claim(NamedTuple):
    """One line of a resume: as it is shown, and the words of it that prove something.

    They differ where a name would prove too much: who worked at Oracle need not know the database.
    """

    part: Part
    item: str  # the header of the item it belongs to; empty where the part has none
    shown: str
    proves: str
    is_header: bool = False


class ReadClaim(NamedTuple):
    """A claim as it may be sent, its tokens, and what it proves; an item's header has no text beside the item's own."""

    text: str
    tokens: int
    marks: Marks
    is_header: bool


class ReadItem(NamedTuple):
    """Claims that stand together, and the header over them, also as it is sent."""

    part: Part
    name: str
    header: Counted
    claims: tuple[ReadClaim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeReading:
    """All that follows from a resume alone: its counted lines in reading order, and what each of them names."""

    items: tuple[ReadItem, ...]

    def lines(self) -> tuple[Line, ...]:
        """Its lines as facts."""
        return tuple(
            Line(
                text=item.name if claim.is_header else claim.text.strip(),
                section=item.part,
                item=item.name,
                terms=claimed(claim.text, claim.marks.terms),
            )
            for item in self.items
            for claim in item.claims
        )

    def marks(self) -> tuple[Marks, ...]:
        """What each line names."""
        return tuple(claim.marks for item in self.items for claim in item.claims)


def resume_reading(claims: Sequence[Claim], contacts: Sequence[str], tokenizer: Tokenizer) -> ResumeReading:
    """Make the claims harmless, take the contacts out of them, count them, and read what each names."""
    clean = _without_contacts(claims, contacts)
    named = iter(marks([claim.proves for claim in clean]))
    groups = [(place, tuple(group)) for place, group in groupby(clean, key=lambda claim: (claim.part, claim.item))]
    uncounted = [
        (f"### {name}" if name else "", [("" if claim.is_header else claim.shown, 0) for claim in group])
        for (_, name), group in groups
    ]
    items = []
    for ((part, name), group), item in zip(groups, count_items(uncounted, tokenizer), strict=True):
        pairs = zip(item.pieces, group, strict=True)
        read = tuple(ReadClaim(piece.text, piece.tokens, next(named), claim.is_header) for piece, claim in pairs)
        items.append(ReadItem(part, name, item.header, read))
    return ResumeReading(items=tuple(items))


def contacts_of(resume: Resume) -> tuple[str, ...]:
    """What reaches the person, as the rows have it."""
    return tuple(contact for contact in (resume.email, resume.phone) if len(contact) > 4)


def resume_sections(reading: ResumeReading, wanted: Marks, tokenizer: Tokenizer) -> tuple[Section, ...]:
    """The resume as sections; what the posting asks for decides which of their pieces survive longest."""
    items: dict[Part, list[Item]] = {}
    age: dict[tuple[Part, str], int] = {}
    for item in reading.items:
        recency = 1 / (1 + age.setdefault((item.part, item.name), len(age)))
        pieces = tuple(Piece(claim.text, claim.tokens, _rank(claim, wanted) + recency) for claim in item.claims)
        items.setdefault(item.part, []).append(Item(item.header, pieces))
    headings = count_texts([heading for _, _, heading, *_ in LAYOUT], tokenizer)
    return tuple(
        Section(name=name, heading=heading, items=tuple(items[part]), priority=priority, floor=floor, cap=cap)
        for (part, name, _, priority, floor, cap), heading in zip(LAYOUT, headings, strict=True)
        if part in items
    )


LAYOUT: tuple[tuple[Part, str, str, int, int, int | None], ...] = (
    ("summary", "resume_summary", "## Profile", 20, 80, 400),
    ("work", "resume_work", "## Experience", 30, 350, None),
    ("projects", "resume_projects", "## Projects", 38, 60, None),
    ("skills", "resume_skills", "## Skills", 25, 120, 800),
    ("education", "resume_education", "## Education", 32, 60, 600),
    ("other", "resume_other", "## Further", 42, 0, 600),
)
"""Part, section, heading, priority, floor and cap in tokens, in reading order."""


def _rank(claim: ReadClaim, wanted: Marks) -> float:
    """How long a line survives: skills asked for, then words, then figures; of equals the more recent.

    An item's header alone ranks between its lines that the posting asks for and those that it does not.
    """
    terms = len(claim.marks.terms & wanted.terms)
    if claim.is_header:
        return 2 + terms
    figures = 0.5 if FIGURE.search(claim.text) else 0
    return 3 * terms + min(len(claim.marks.words & wanted.words), 6) / 2 + figures


def _without_contacts(claims: Sequence[Claim], contacts: Sequence[str]) -> list[Claim]:
    """Every claim, harmless and without the ways to reach somebody; all texts are cleaned together, as lines of one."""
    texts = dict.fromkeys(text for claim in claims for text in (claim.item, claim.shown, claim.proves))
    together = harmless_data("\n".join(map(_on_one_line, texts)))
    for contact in contacts:
        together = together.replace(contact, "…")
    together = PHONE.sub("…", together)
    if "@" in together:
        together = EMAIL.sub("…", together)
    clean = dict(zip(texts, together.split("\n"), strict=bool(texts)))
    return [
        Claim(part, clean[item], clean[shown], clean[proves], is_header)
        for part, item, shown, proves, is_header in claims
    ]


def _on_one_line(text: str) -> str:
    return text if text.splitlines() == [text] else " ".join(text.split())  # also at what fence takes for a line's end


def claims_of(resume: Resume) -> tuple[Claim, ...]:
    """Everything that the rows claim, in reading order, as they have it."""
    return tuple(_claims(resume))


def _claims(resume: Resume) -> Iterator[Claim]:
    if resume.headline:
        yield Claim(part="summary", item="", shown=resume.headline, proves=resume.headline)
    yield from _texts("summary", "", split_sentences(resume.summary))
    for work in resume.work:
        item = titled(work.title, work.company, work.start_date, work.end_date)
        yield Claim(part="work", item=item, shown=item, proves=work.title, is_header=True)
        yield from _texts("work", item, split_sentences(work.summary))
        yield from _texts("work", item, bullets(work.highlights))
    for project in resume.projects:
        item = titled(project.name, "", project.start_date, project.end_date)
        yield Claim(part="projects", item=item, shown=item, proves=project.name, is_header=True)
        yield from _texts("projects", item, split_sentences(project.description))
        yield from _texts("projects", item, bullets(project.highlights))
        yield from _texts("projects", item, keyword_lines("", project.keywords))
    for skill in resume.skills:
        name = f"{skill.name} ({skill.level})" if skill.name and skill.level else skill.name or skill.level
        yield from _texts("skills", "", keyword_lines(name, skill.keywords))
    for study in resume.education:
        degree = ", ".join(filter(None, (study.degree, study.area)))
        item = titled(degree, study.institution, study.start_date, study.end_date)
        yield Claim(part="education", item=item, shown=item, proves=_held(study.degree, study.area), is_header=True)
        yield from _texts("education", item, keyword_lines("Courses", study.courses) if study.courses else ())
    for other in resume.other:
        if other["kind"] not in UNREACHED:
            first, *rest = other["text"].split("\n")
            named = f"{other['kind'].removesuffix('s').capitalize()}: {first}"
            if rest:
                yield Claim(part="other", item=named, shown=named, proves=first, is_header=True)
                yield from _texts("other", named, (line for line in rest if line.strip()))
            else:
                yield Claim(part="other", item="", shown=f"- {named}", proves=first)


def _held(degree: str, area: str) -> str:
    """What a course of studies proves: no degree before its end."""
    if UNFINISHED.search(f"{degree} {area}"):
        return area
    return ", ".join(filter(None, (DEGREES_ALONE.get(degree.strip(" .").lower(), degree), area)))


def _texts(part: Part, item: str, texts: Iterable[str]) -> Iterator[Claim]:
    return (Claim(part=part, item=item, shown=text, proves=text) for text in texts)


def titled(title: str, place: str, start: str, end: str) -> str:
    """An item's header: "Senior Data Scientist, DataTech (2021-03 – present)"."""
    named = ", ".join(filter(None, (title, place)))
    if not (start or end):
        return named or "Untitled"
    return f"{named} ({' – '.join(filter(None, (start, end or 'present')))})".strip()


def bullets(texts: Iterable[str]) -> Iterator[str]:
    """Each text as a bullet."""
    return (text if text.startswith("- ") else f"- {text}" for text in texts if text.strip())


def keyword_lines(name: str, keywords: list[str]) -> Iterator[str]:
    """A group of keywords as bullets of at most `KEYWORDS_A_LINE`, each under the group's name."""
    if not keywords and name:
        yield f"- {name}"
    for start in range(0, len(keywords), KEYWORDS_A_LINE):
        listed = ", ".join(keywords[start : start + KEYWORDS_A_LINE])
        yield f"- {name}: {listed}" if name else f"- {listed}"
