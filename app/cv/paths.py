"""The places of a CV and of a letter that a change can name, and what kind of thing stands at each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from app.cv.data import CvData, Data, DocType

Kind = Literal["name", "words", "prose", "date", "email", "phone", "url"]
KINDS: Final[Mapping[str, Kind]] = {
    "full_name": "name",
    "company": "name",
    "institution": "name",
    "location": "name",
    "recipient": "name",
    "email": "email",
    "phone": "phone",
    "linkedin": "url",
    "website": "url",
    "start_date": "date",
    "end_date": "date",
    "graduation_date": "date",
    "summary": "prose",
    "description_bullets": "prose",
    "description": "prose",
    "details": "prose",
    "why_company": "prose",
    "proofs": "prose",
    "closing": "prose",
}
PERSONAL: Final = ("full_name", "title", "phone", "email", "linkedin", "website", "location")
SKILLS: Final = ("core_competencies", "software_proficiency", "language_fluency", "certifications")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of items: the texts and lists that an item has, and by which of its texts it is told, best first."""

    texts: tuple[str, ...]
    lists: tuple[str, ...] = ()
    told_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """All paths of one kind of document."""

    texts: tuple[str, ...]
    lists: tuple[str, ...]
    sections: Mapping[str, Section]

    @property
    def fields(self) -> tuple[str, ...]:
        """The paths of what the items of sections have: `experience.title`."""
        return tuple(
            f"{name}.{field}" for name, section in self.sections.items() for field in section.texts + section.lists
        )

    @property
    def everywhere(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.texts, *self.lists, *self.sections, *self.fields)


PATHS: Final[Mapping[DocType, Paths]] = {
    "cv": Paths(
        texts=(*(f"personal_info.{name}" for name in PERSONAL), "summary"),
        lists=(*(f"skills.{name}" for name in SKILLS), "awards_and_recognitions"),
        sections={
            "experience": Section(
                texts=("title", "company", "location", "start_date", "end_date"),
                lists=("description_bullets",),
                told_by=("company", "title"),
            ),
            "education": Section(
                texts=("institution", "degree", "field_of_study", "graduation_date", "details"),
                told_by=("institution", "degree", "field_of_study"),
            ),
            "key_projects_achievements": Section(
                texts=("name", "description"), lists=("key_areas_used",), told_by=("name",)
            ),
        },
    ),
    "cover_letter": Paths(
        texts=(
            *(f"personal_info.{name}" for name in PERSONAL),
            *("recipient", "company", "role", "why_company", "closing"),
        ),
        lists=("proofs",),
        sections={},
    ),
}


def doc_type_of(data: Data) -> DocType:
    """Whether it is a CV or a letter."""
    return "cv" if isinstance(data, CvData) else "cover_letter"


def paths_of(data: Data) -> Paths:
    """The paths that a CV or a letter has."""
    return PATHS[doc_type_of(data)]


def kind_of(path: str) -> Kind:
    """What kind of text stands at a path: "personal_info.email" is an e-mail address, a skill is words."""
    return KINDS.get(path.rpartition(".")[2], "words")
