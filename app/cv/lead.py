"""What to ask next: the most useful missing thing, never what is there, never again at once what was passed over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.cv.data import PROOFS, CvData, Data, Education, Experience, LetterData, progress_of

TIMES: Final = 2
CONTACT: Final = ("email", "phone", "location")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Something to ask for.

    `path` is a section or a place in the data; of two jobs or two proofs it ends in `#2` for the second, so that the
    second question is another one. `item` is the job or school it is about, by its name. `missing` has the fields that
    are asked for together. An `optional` one is asked for once, and only on the way.
    """

    path: str
    item: str = ""
    missing: tuple[str, ...] = ()
    optional: bool = False


def next_question(data: Data, *, asked_before: Sequence[str] = ()) -> Topic | None:
    """The next thing to ask for; None when all that is needed is there, or has been asked for often enough.

    `asked_before` has the paths of all topics so far, the newest last. What was asked last and is still not there was
    passed over: something else comes first, and after the second time it is left to the user.
    """
    last = asked_before[-1] if asked_before else ""
    is_complete = progress_of(data).is_complete
    for topic in _missing(data):
        often_enough = asked_before.count(topic.path) >= (1 if topic.optional else TIMES)
        if topic.path != last and not often_enough and not (topic.optional and is_complete):
            return topic
    return None


def place_of(asked: str) -> str:
    """The place in the data that a topic's path names."""
    return asked.partition("#")[0]


def item_asked_about(data: Data, asked: str) -> str:
    """The name of the job or school that a question was about: the one of the topic, else the last there is."""
    if not isinstance(data, CvData):
        return ""
    section = place_of(asked).partition(".")[0]
    items = data.experience if section == "experience" else data.education if section == "education" else ()
    number = asked.partition("#")[2]
    at = int(number) - 1 if number.isdecimal() else (0 if asked.endswith("description_bullets") else None)
    told = next((topic.item for topic in _missing(data) if topic.path == asked and topic.item), "")
    if told or not items:
        return told
    item = items[at] if at is not None and 0 <= at < len(items) else items[-1]
    return _name(item)


def _missing(data: Data) -> Iterator[Topic]:
    return _of_cv(data) if isinstance(data, CvData) else _of_letter(data)


def _of_cv(cv: CvData) -> Iterator[Topic]:
    """Everything that a CV lacks, the most useful first."""
    info = cv.personal_info
    if not info.full_name:
        yield Topic(path="personal_info.full_name")
    if contact := tuple(name for name in CONTACT if not getattr(info, name)):
        yield Topic(path="personal_info" if contact == CONTACT else f"personal_info.{contact[0]}", missing=contact)
    yield from _of_jobs(cv)
    yield from _of_studies(cv)
    if not (cv.skills.core_competencies or cv.skills.software_proficiency):
        yield Topic(path="skills")
    if not cv.skills.language_fluency:
        yield Topic(path="skills.language_fluency", optional=True)
    if not any(project.name for project in cv.key_projects_achievements):
        yield Topic(path="key_projects_achievements")
    if not cv.summary:
        yield Topic(path="summary")


def _of_jobs(cv: CvData) -> Iterator[Topic]:
    """A job, then what is not known of each, the latest first."""
    if not cv.experience:
        yield Topic(path="experience")
        return
    for number, job in enumerate(cv.experience, 1):
        for field in ("company", "title"):
            if not getattr(job, field):
                yield Topic(path=_numbered(f"experience.{field}", number), item=_name(job))
    for number, job in enumerate(cv.experience, 1):
        if not job.start_date:
            yield Topic(path=_numbered("experience.start_date", number), item=_name(job))
    latest = max(range(len(cv.experience)), key=lambda at: (cv.experience[at].end_date == "Present", -at))
    if not cv.experience[latest].description_bullets:
        path = _numbered("experience.description_bullets", latest + 1)
        yield Topic(path=path, item=_name(cv.experience[latest]))


def _of_studies(cv: CvData) -> Iterator[Topic]:
    if not cv.education:
        yield Topic(path="education")
    for number, study in enumerate(cv.education, 1):
        if not study.institution:
            yield Topic(path=_numbered("education.institution", number), item=_name(study))
        elif not (study.degree or study.field_of_study):
            yield Topic(path=_numbered("education.degree", number), item=_name(study))


def _of_letter(letter: LetterData) -> Iterator[Topic]:
    """Everything that a letter lacks, in the order in which one would write it."""
    info = letter.personal_info
    if not letter.company:
        yield Topic(path="company", missing=("company",) if letter.role else ("role", "company"))
    elif not letter.role:
        yield Topic(path="role", item=letter.company)
    if not info.full_name:
        yield Topic(path="personal_info.full_name")
    if not (info.email or info.phone):
        yield Topic(path="personal_info", missing=("email", "phone"))
    if not letter.why_company:
        yield Topic(path="why_company", item=letter.company)
    if (there := len(letter.proofs)) < PROOFS:
        yield Topic(path=_numbered("proofs", there + 1), item=letter.role)
    if not letter.recipient:
        yield Topic(path="recipient", item=letter.company)
    if not letter.closing:
        yield Topic(path="closing")


def _numbered(path: str, number: int) -> str:
    return path if number == 1 else f"{path}#{number}"


def _name(item: Experience | Education) -> str:
    """What an item is called by."""
    if isinstance(item, Experience):
        return item.company or item.title
    return item.institution or item.degree or item.field_of_study
