"""What stands on the page, in the order in which it is read, whatever the page is made of: the same for every format.

Every text has been cleaned here: no control characters, no overrides of direction, no white space that only pretends.
It is text and nothing else; each format escapes it in its own way.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.cv.data import CvData, Data, Education, Experience, LetterData, PersonalInfo, Project
from app.formats.cv_resume import web_address

ADDRESS_LENGTH = 2000  # characters; what is longer is shown, but is no link
_BREAKS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_FAREWELL = re.compile(r"\b(?:sincerely|faithfully|regards|respectfully)\b", re.IGNORECASE)
_SENTENCE_END = (".", "!", "?", "…", "。", "！", "？")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A way to reach somebody, and the address it leads to if it is one: `mailto:`, `tel:` or `http(s):`."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A job, a course of study, a project: a heading, what stands beside and below it, and bullets."""

    heading: str = ""
    beside: str = ""
    place: str = ""
    period: str = ""
    lines: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A labelled list of short texts."""

    label: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the page with its title; a letter's has none."""

    title: str = ""
    paragraphs: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    groups: tuple[Group, ...] = ()
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A whole page, or many."""

    name: str
    headline: str
    contacts: tuple[Contact, ...]
    sections: tuple[Section, ...]
    is_letter: bool = False


def outline(data: Data) -> Outline:
    """Lay a CV or a letter out; what is empty is not there."""
    info, sections = data.personal_info, _letter(data) if isinstance(data, LetterData) else _cv(data)
    return Outline(
        name=clean_line(info.full_name),
        headline=clean_line(info.title),
        contacts=tuple(_contacts(info)),
        sections=tuple(section for section in sections if section != Section(title=section.title)),
        is_letter=isinstance(data, LetterData),
    )


def clean_line(text: str) -> str:
    """A text as one line: composed, without what cannot be seen, single spaces."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", _BREAKS.sub(" ", text))).split())


def clean_lines(text: str) -> tuple[str, ...]:
    """A text's lines that hold something."""
    return _held(_BREAKS.split(text))


def _held(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(clean_line, texts)))


def _contacts(info: PersonalInfo) -> Iterator[Contact]:
    if email := clean_line(info.email):
        yield Contact(text=email, address=f"mailto:{email}" if _MAIL.fullmatch(email) else "")
    if phone := clean_line(info.phone):
        digits = re.sub(r"[^0-9+]", "", phone)
        yield Contact(text=phone, address=f"tel:{digits}" if 5 <= len(digits) <= 20 else "")
    if location := clean_line(info.location):
        yield Contact(text=location)
    for site in _held((info.linkedin, info.website)):
        address = web_address(site)
        yield Contact(text=site, address=address if len(address) <= ADDRESS_LENGTH else "")


# --- a CV


def _cv(cv: CvData) -> Iterator[Section]:
    skills = cv.skills
    yield Section(title="Summary", paragraphs=clean_lines(cv.summary))
    yield Section(title="Experience", entries=_entries(map(_job, cv.experience)))
    yield Section(title="Education", entries=_entries(map(_study, cv.education)))
    groups = (
        ("Core competencies", skills.core_competencies),
        ("Software", skills.software_proficiency),
        ("Languages", skills.language_fluency),
        ("Certifications", skills.certifications),
    )
    listed = (Group(label=label, items=_held(items)) for label, items in groups)
    yield Section(title="Skills", groups=tuple(group for group in listed if group.items))
    yield Section(title="Projects and achievements", entries=_entries(map(_project, cv.key_projects_achievements)))
    yield Section(title="Awards and recognitions", bullets=_held(cv.awards_and_recognitions))


def _entries(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry != Entry())


def _job(job: Experience) -> Entry:
    heading, company = clean_line(job.title), clean_line(job.company)
    return Entry(
        heading=heading or company,
        beside=company if heading else "",
        place=clean_line(job.location),
        period=" – ".join(_held((job.start_date, job.end_date))),
        bullets=_held(job.description_bullets),
    )


def _study(study: Education) -> Entry:
    institution = clean_line(study.institution)
    heading = ", ".join(_held((study.degree, study.field_of_study)))
    return Entry(
        heading=heading or institution,
        beside=institution if heading else "",
        period=clean_line(study.graduation_date),
        lines=clean_lines(study.details),
    )


def _project(project: Project) -> Entry:
    """A project; the lines of its description that begin with a dash are bullets."""
    lines = clean_lines(project.description)
    return Entry(
        heading=clean_line(project.name),
        lines=tuple(line for line in lines if not line.startswith("- ")),
        bullets=_held(line[2:] for line in lines if line.startswith("- ")),
        keywords=_held(project.key_areas_used),
    )


# --- a letter


def _letter(letter: LetterData) -> Iterator[Section]:
    recipient, company, role = map(clean_line, (letter.recipient, letter.company, letter.role))
    yield Section(paragraphs=_held((recipient, company)))
    greeting = f"Dear {recipient.split(',')[0]}," if recipient else "Dear Hiring Team,"
    subject = f"Application for {role}" if role else ""
    yield Section(title=subject, paragraphs=(greeting, *clean_lines(letter.why_company)))
    proofs = _held(letter.proofs)
    if all(proof.endswith(_SENTENCE_END) for proof in proofs):
        yield Section(paragraphs=_held([" ".join(proofs)]))
    else:
        yield Section(bullets=proofs)
    yield Section(paragraphs=clean_lines(letter.closing))
    farewell = "" if _FAREWELL.search(letter.closing) else "Yours sincerely,"
    yield Section(paragraphs=_held((farewell, letter.personal_info.full_name)))
