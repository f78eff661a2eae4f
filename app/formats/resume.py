"""What reading a resume gives, whatever its format: the columns of `app/models/resumes.py` as frozen values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedWork:
    """One job held; dates as the file has them, no end means still there."""

    company: str = ""
    title: str = ""
    location: str = ""
    url: str = ""
    start_date: str = ""
    end_date: str = ""
    summary: str = ""
    highlights: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedEducation:
    """One course of study."""

    institution: str = ""
    degree: str = ""
    area: str = ""
    start_date: str = ""
    end_date: str = ""
    score: str = ""
    courses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedProject:
    """One project."""

    name: str = ""
    description: str = ""
    url: str = ""
    start_date: str = ""
    end_date: str = ""
    highlights: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedSkill:
    """One named skill or group of skills."""

    name: str = ""
    level: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherItem:
    """An item of a section without a table: its first line names it, summary and `- ` bullets follow as lines."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """A field found under an old name: `work[0].company` is `work[0].name` today."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A field that is not what its name promises, and why (and how it was read all the same, if it was)."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReceipt:
    """What became of each field that holds something, by its path in the file. The file itself is always kept whole.

    `mapped` is known under its name, `renamed` under an old one, `kept` is an extension that only the document holds.
    """

    mapped: tuple[str, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    kept: tuple[str, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedResume:
    """A resume as the tables hold it, and the receipt of how it was read."""

    full_name: str = ""
    headline: str = ""
    email: str = ""
    phone: str = ""
    url: str = ""
    location: str = ""
    summary: str = ""
    work: tuple[ParsedWork, ...] = ()
    education: tuple[ParsedEducation, ...] = ()
    projects: tuple[ParsedProject, ...] = ()
    skills: tuple[ParsedSkill, ...] = ()
    other: tuple[OtherItem, ...] = ()
    receipt: ImportReceipt
