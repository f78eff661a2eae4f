"""What to ask next: the most useful missing thing, never what is there, never again at once what was passed over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.cv.data import PROOFS, CvData, Data, LetterData

TIMES = 2
"""How often a thing is asked for before it is left to the user."""
FEW_BULLETS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Something to ask for: `path` is a section or a place in the data, `item` the job or school it is about.

    `missing` has the fields that are asked for where it is several; `optional` is what a CV is complete without.
    """

    path: str
    item: str = ""
    missing: tuple[str, ...] = ()
    optional: bool = False


def next_question(data: Data, *, asked_before: Sequence[str] = ()) -> Topic | None:
    """The next thing to ask for; None when all that is needed is there, or was asked for often enough.

    `asked_before` has the paths of all questions so far, the newest last. What was asked last and is still not there
    was passed over: something else comes first, and what is only nice to have is not asked for again.
    """
    asked = [path.partition("#")[0] for path in asked_before]
    last = asked[-1] if asked else ""
    topics = list(_of_cv(data) if isinstance(data, CvData) else _of_letter(data))
    open_topics = [topic for topic in topics if asked.count(topic.path) < (1 if topic.optional else TIMES)]
    fresh = [topic for topic in open_topics if topic.path != last]
    return next(iter(fresh), None)


def subject_of(data: Data, path: str) -> str:
    """The name of the item that a question about `path` is about: the latest job without it, else the last one."""
    for topic in _of_cv(data) if isinstance(data, CvData) else ():
        if topic.path == path and topic.item:
            return topic.item
    section, _, _ = path.partition(".")
    if not isinstance(data, CvData):
        return ""
    if section == "experience" and data.experience:
        return data.experience[-1].company or data.experience[-1].title
    if section == "education" and data.education:
        return data.education[-1].institution or data.education[-1].degree
    return ""


def _of_cv(cv: CvData) -> Iterator[Topic]:
    """Everything that a CV lacks, the most useful first."""
    info = cv.personal_info
    if not info.full_name:
        yield Topic(path="personal_info.full_name")
    if contact := tuple(name for name in ("email", "phone", "location") if not getattr(info, name)):
        yield Topic(path="personal_info" if len(contact) > 1 else f"personal_info.{contact[0]}", missing=contact)
    if not info.title and not cv.experience:
        yield Topic(path="personal_info.title")
    if not any(job.title or job.company for job in cv.experience):
        yield Topic(path="experience")
    else:
        yield from _of_jobs(cv)
    if not cv.education:
        yield Topic(path="education")
    else:
        yield from _of_studies(cv)
    if not (cv.skills.core_competencies or cv.skills.software_proficiency):
        yield Topic(path="skills")
    if not cv.key_projects_achievements:
        yield Topic(path="key_projects_achievements")
    if not cv.summary:
        yield Topic(path="summary")
    yield from _nice_to_have(cv)


def _of_jobs(cv: CvData) -> Iterator[Topic]:
    for job in cv.experience:
        name = job.company or job.title
        if not job.title or not job.company:
            field = "company" if job.title else "title"
            yield Topic(path=f"experience.{field}", item=name, missing=(field,))
    for job in cv.experience:
        if not job.start_date and not job.end_date:
            yield Topic(path="experience.start_date", item=job.company or job.title)
    latest = _latest(cv)
    if len(latest.description_bullets) < FEW_BULLETS:
        yield Topic(path="experience.description_bullets", item=latest.company or latest.title)


def _latest(cv: CvData):  # type: ignore[no-untyped-def]
    return next((job for job in cv.experience if job.end_date == "Present"), cv.experience[0])


def _of_studies(cv: CvData) -> Iterator[Topic]:
    for study in cv.education:
        name = study.institution or study.degree
        if not study.institution:
            yield Topic(path="education.institution", item=name)
        elif not (study.degree or study.field_of_study):
            yield Topic(path="education.degree", item=name)


def _nice_to_have(cv: CvData) -> Iterator[Topic]:
    if not cv.personal_info.title:
        yield Topic(path="personal_info.title", optional=True)
    if not cv.skills.language_fluency:
        yield Topic(path="skills.language_fluency", optional=True)
    if not cv.skills.certifications:
        yield Topic(path="skills.certifications", optional=True)
    if not cv.personal_info.linkedin and not cv.personal_info.website:
        yield Topic(path="personal_info.linkedin", optional=True)
    if not cv.awards_and_recognitions:
        yield Topic(path="awards_and_recognitions", optional=True)


def _of_letter(letter: LetterData) -> Iterator[Topic]:
    """Everything that a letter lacks, in the order in which one would write it."""
    info = letter.personal_info
    if not letter.company or not letter.role:
        missing = tuple(name for name in ("role", "company") if not getattr(letter, name))
        yield Topic(path="role" if missing == ("role",) else "company", missing=missing)
    if not info.full_name:
        yield Topic(path="personal_info.full_name")
    if not (info.email or info.phone):
        yield Topic(path="personal_info", missing=("email", "phone"))
    if not letter.why_company:
        yield Topic(path="why_company", item=letter.company)
    if len(letter.proofs) < PROOFS:
        yield Topic(path="proofs", item=letter.role)
    if not letter.recipient:
        yield Topic(path="recipient", item=letter.company)
    if not letter.closing:
        yield Topic(path="closing")
