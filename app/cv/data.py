"""What a CV and a cover letter are made of, and how far one has come. The names are the wire's.

Dates are `MM/YYYY` (or `YYYY` where nobody said the month), an end also `Present`. An empty text is one not yet told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from msgspec import convert, to_builtins

DocType = Literal["cv", "cover_letter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalInfo:
    """Who it is about, and how to reach them."""

    full_name: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""
    linkedin: str = ""
    website: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """One job held."""

    title: str = ""
    company: str = ""
    location: str = ""
    start_date: str = ""
    end_date: str = ""
    description_bullets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Education:
    """One course of study."""

    institution: str = ""
    degree: str = ""
    field_of_study: str = ""
    graduation_date: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skills:
    """Skills by their kind."""

    core_competencies: tuple[str, ...] = ()
    software_proficiency: tuple[str, ...] = ()
    language_fluency: tuple[str, ...] = ()
    certifications: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One project or achievement."""

    name: str = ""
    description: str = ""
    key_areas_used: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CvData:
    """A whole CV."""

    personal_info: PersonalInfo = field(default_factory=PersonalInfo)
    summary: str = ""
    experience: tuple[Experience, ...] = ()
    education: tuple[Education, ...] = ()
    skills: Skills = field(default_factory=Skills)
    key_projects_achievements: tuple[Project, ...] = ()
    awards_and_recognitions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterData:
    """A cover letter. `proofs` are what the writer has done that the role asks for, in two or three sentences."""

    personal_info: PersonalInfo = field(default_factory=PersonalInfo)
    recipient: str = ""
    company: str = ""
    role: str = ""
    why_company: str = ""
    proofs: tuple[str, ...] = ()
    closing: str = ""


Data = CvData | LetterData
EMPTY: dict[DocType, Data] = {"cv": CvData(), "cover_letter": LetterData()}
PROOFS = 2
_SIXTH, _REST = Fraction(1, 6), Fraction(2, 15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far it has come: `percent` from 0 to 100, and the sections that are there and those that are not."""

    percent: int
    collected: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every section that is needed is there."""
        return not self.missing


def to_json(data: Data) -> dict[str, object]:
    """The data as JSON, in the order of its fields."""
    built: dict[str, object] = to_builtins(data)
    return built


def from_json(doc_type: DocType, stored: object) -> Data:
    """The data that `to_json` made; raises `msgspec.ValidationError` for anything else."""
    return convert(stored, CvData) if doc_type == "cv" else convert(stored, LetterData)


def progress_of(data: Data) -> Progress:
    """How far a CV or a letter has come; a section counts when what it needs is filled."""
    parts = list(_parts_of_cv(data) if isinstance(data, CvData) else _parts_of_letter(data))
    sections = dict.fromkeys(section for section, _, _ in parts)
    missing = {section for section, _, done in parts if not done}
    return Progress(
        percent=int(100 * sum(share for _, share, done in parts if done)),
        collected=tuple(section for section in sections if section not in missing),
        missing=tuple(section for section in sections if section in missing),
    )


def _parts_of_cv(cv: CvData) -> Iterator[tuple[str, Fraction, bool]]:
    """Each part: its section, its share of the whole, whether it is there."""
    info = cv.personal_info
    yield "personal_info", _SIXTH, bool(info.full_name or info.title)
    yield "personal_info", _SIXTH, bool(info.email and info.phone and info.location)
    yield "summary", _REST, bool(cv.summary)
    yield "experience", _REST, any(job.title and job.company for job in cv.experience)
    yield (
        "education",
        _REST,
        any(study.institution and (study.degree or study.field_of_study) for study in cv.education),
    )
    yield "skills", _REST, bool(cv.skills.core_competencies or cv.skills.software_proficiency)
    yield "key_projects_achievements", _REST, any(project.name for project in cv.key_projects_achievements)


def _parts_of_letter(letter: LetterData) -> Iterator[tuple[str, Fraction, bool]]:
    info = letter.personal_info
    share = Fraction(1, 7)
    yield "personal_info", share, bool(info.full_name and (info.email or info.phone))
    yield "recipient", share, bool(letter.recipient)
    yield "company", share, bool(letter.company)
    yield "role", share, bool(letter.role)
    yield "why_company", share, bool(letter.why_company)
    yield "proofs", share, len(letter.proofs) >= PROOFS
    yield "closing", share, bool(letter.closing)
