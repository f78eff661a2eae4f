"""A message in its parts: which lines and sentences belong to which section, as headings and labels tell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.cv.rules.text import sentences, trim

_HEADINGS = {
    "personal_info": (
        "contact|contact details|contact info|contact information|personal|personal info|personal information"
        "|personal details|details|about"
    ),
    "summary": (
        "summary|professional summary|profile|about me|objective|career objective|career summary"
        "|executive summary|personal statement|bio|personal profile"
    ),
    "experience": (
        "experience|work experience|work|employment|employment history|work history|career|career history|jobs"
        "|my jobs|professional experience|previous jobs|job history|relevant experience|positions"
    ),
    "education": (
        "education|studies|academic background|qualifications|academics|education and training|degrees"
        "|my education|schooling"
    ),
    "skills": (
        "skills|key skills|my skills|technical skills|skill set|main skills|hard skills|tech|areas of expertise"
        "|strengths|expertise"
    ),
    "skills.core_competencies": "core competencies|competencies|soft skills|core skills|competences",
    "skills.software_proficiency": (
        "software|tools|technologies|tech stack|stack|software skills|software proficiency|programs|programming"
        "|programming languages|frameworks|it skills|computer skills|technical"
    ),
    "skills.language_fluency": "languages|language|spoken languages|language skills|my languages|languages spoken",
    "skills.certifications": (
        "certifications|certification|certificates|certificate|licenses|licences|licenses and certifications"
        "|certificates and licences|accreditations|courses|certs"
    ),
    "key_projects_achievements": (
        "projects|project|key projects|my projects|personal projects|side projects|achievements|key achievements"
        "|projects and achievements|selected projects|portfolio projects"
    ),
    "awards_and_recognitions": (
        "awards|award|honours|honors|awards and honours|awards and honors|awards and recognitions|recognition"
        "|recognitions|prizes|honors and awards|achievements and awards|scholarships"
    ),
}
SECTIONS = {name: section for section, names in _HEADINGS.items() for name in names.split("|")}
_FIELD_LABELS = {
    "name": "full_name",
    "full name": "full_name",
    "my name": "full_name",
    "job title": "title",
    "title": "title",
    "current title": "title",
    "profession": "title",
    "occupation": "title",
    "role": "title",
    "position": "title",
    "location": "location",
    "address": "location",
    "city": "location",
    "based in": "location",
}
_LABEL = re.compile(
    r"^[*_#\s]*(?P<label>[A-Za-z][A-Za-z &/'-]{1,40}?)[*_]*\s?(?::|\s[-–—]\s)[*_]*\s*(?P<rest>\S.*)?$", re.DOTALL
)
_BULLET = re.compile(r"^\s*(?:[-*•–—·▪◦>]|\d{1,2}[.)])\s+")
_INTRO_WORDS = re.compile(
    r"\b(?:jobs?|experience|skills|education|languages|certifications|certificates|projects|awards|contact)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A line, or a sentence of prose. `label` is the field that it is said to be ("full_name", "company")."""

    section: str
    text: str
    is_bullet: bool = False
    label: str = ""
    line: int = 0
    has_company: bool = False


def section_of(words: str) -> str:
    """The section that a heading's words name, or nothing."""
    key = re.sub(r"\s+", " ", re.sub(r"[^a-z ]", " ", words.lower().replace("&", " and "))).strip()
    return SECTIONS.get(key, "")


def passages(text: str, job_labels: frozenset[str]) -> Iterator[Passage]:
    """The parts of a tidy message, in order."""
    lines = text.split("\n")
    in_block = any(
        _labelled(line)[0].lower() in ("company", "employer", "organisation", "organization") for line in lines
    )
    section = ""
    for number, line in enumerate(lines):
        bullet = _BULLET.match(line)
        said = line[bullet.end() :] if bullet else line
        bare = said.strip("#*_ \n")
        if not bare:
            continue
        if not bullet and (heading := _heading(bare)):
            section = heading
            continue
        label, rest = _labelled(said)
        named = section_of(label) if label else ""
        if in_block and label.lower() in job_labels:
            yield Passage(section="experience", text=rest, label=label.lower(), line=number)
            continue
        if named and not (bullet and section):
            if number + 1 < len(lines) or named == "summary":
                section = named
            yield from _prose(rest, named, number, is_summary=named == "summary")
            if named != "summary" and not section.startswith(named):
                section = ""
            continue
        if section and section != "personal_info":
            yield Passage(section=section, text=said, is_bullet=bool(bullet), line=number)
        else:
            yield from _sentences(said, section, number, is_bullet=bool(bullet))


def _heading(line: str) -> str:
    """The section of a line that is a heading, or announces a list: "Here are my jobs:"."""
    if len(line) > 60:
        return ""
    if section := section_of(line.rstrip(": -")):
        return section
    if line.endswith(":") and len(line.split()) <= 9:
        words = _INTRO_WORDS.findall(line)
        return section_of(words[-1]) or ("experience" if words and words[-1].lower() == "job" else "") if words else ""
    return ""


def _labelled(text: str) -> tuple[str, str]:
    match = _LABEL.match(text[:200])
    if not match:
        return "", text
    return match["label"].strip(), text[match.start("rest") :] if match["rest"] else ""


def _prose(rest: str, section: str, number: int, *, is_summary: bool) -> Iterator[Passage]:
    """What follows a section's label on its line; only a summary may have several sentences."""
    if is_summary:
        yield Passage(section=section, text=rest, line=number)
        return
    first = True
    for sentence in sentences(rest):
        label, after = _labelled(sentence)
        if named := section_of(label) if label else "":
            yield Passage(section=named, text=after, line=number)
        else:
            belongs = first or not re.match(r"(?:i|i'm|i've|my)\b", sentence, re.IGNORECASE)
            yield Passage(section=section if belongs else "", text=sentence, line=number)
        first = False


def _sentences(line: str, section: str, number: int, *, is_bullet: bool) -> Iterator[Passage]:
    for sentence in sentences(line):
        label, rest = _labelled(sentence)
        if label.lower() in _FIELD_LABELS and rest:
            yield Passage(section="personal_info", text=trim(rest), label=_FIELD_LABELS[label.lower()], line=number)
        elif named := section_of(label) if label and rest else "":
            yield Passage(section=named, text=rest, line=number)
        else:
            yield Passage(section=section, text=sentence, is_bullet=is_bullet, line=number)
