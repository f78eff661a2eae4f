"""A message for a CV: its contact details, then each passage by the readers of the subjects, then bare answers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from app.cv.changes import Change, Patch, Put, Set
from app.cv.data import CvData
from app.cv.lead import place_of
from app.cv.rules import awards, certificates, education, experience, projects
from app.cv.rules.bare import Reply, bare_answer, is_for_summary, listed_answer
from app.cv.rules.contact import read_contact
from app.cv.rules.corrections import date_correction, read_correction
from app.cv.rules.deeds import is_deed, told_deed
from app.cv.rules.doubts import is_doubtful, own_part, says_something, without_references
from app.cv.rules.identity import own_lines, read_head, read_identity, read_name
from app.cv.rules.jobs import Job, read_jobs
from app.cv.rules.languages import is_list_of_languages, read_languages, speaks
from app.cv.rules.locations import own_place
from app.cv.rules.manners import is_courtesy, is_order, is_question, is_refusal, is_wish_to_change
from app.cv.rules.passages import Passage, passages
from app.cv.rules.periods import Period
from app.cv.rules.skills import known_skills, read_skills
from app.cv.rules.text import TAKEN, as_title, plain, trim

_AT_COMPANY = re.compile(
    r"^(?:and )?(?:while |when )?(?:i was )?(?:at|with|for|there,? at|in my (?:time|role"
    r"|job) at) (?P<company>[^,.;:!?\n]{2,60}?),? (?=(?:i|we) [a-z])",
    re.IGNORECASE,
)

_MINE = re.compile(r"i\b(?!')", re.IGNORECASE)
PLACE_WORDS = 7


@dataclass(slots=True)
class _Found:
    """What has been read so far; a job is kept open, since the next sentences may tell what was done there."""

    changes: list[Change] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    left: list[Passage] = field(default_factory=list)

    @property
    def patch(self) -> Patch:
        return (*self.changes, *experience.changes_of(self.jobs))


def read_cv(text: str, cv: CvData, asked: str) -> Patch:
    """The changes of a CV that a tidy message asks for."""
    if is_refusal(text):
        return ()
    contact, rest = read_contact(without_references(text))
    if asked == "summary" and not contact and is_for_summary(rest):
        return (Set(path="summary", value=trim_text(rest)),)
    found = _Found(changes=list(contact))
    parts = list(passages(rest, frozenset(experience.LABELS)))
    _labelled_jobs(parts, found)
    for section, group in groupby((part for part in parts if not _is_job_label(part)), key=lambda part: part.section):
        _section(section, list(group), cv, asked, found)
    _leftovers(found, cv, asked, is_block=rest.count("\n") >= 1)
    return found.patch


def trim_text(text: str) -> str:
    """A text of several sentences without what stands around it, its last stop kept."""
    return " ".join(text.replace(TAKEN, " ").split())


def _is_job_label(part: Passage) -> bool:
    return part.section == "experience" and bool(part.label)


def _labelled_jobs(parts: Sequence[Passage], found: _Found) -> None:
    fields = [(experience.LABELS[part.label], part.text) for part in parts if _is_job_label(part)]
    found.jobs += experience.read_labelled(fields)


def _section(section: str, group: Sequence[Passage], cv: CvData, asked: str, found: _Found) -> None:
    """Read the passages of one section; those of none, or of contact details, are prose."""
    if section == "personal_info":
        for part in group:
            if part.label:
                value = part.text if part.label == "location" else as_title(part.text)
                found.changes.append(Set(path=f"personal_info.{part.label}", value=value))
            else:
                _prose(part, cv, asked, found)
        return
    if section == "":
        listed = len(group) > 1 and len({part.line for part in group}) > 1
        unclear = any(is_question(part.text) or (is_doubtful(part.text) and not part.is_bullet) for part in group)
        answer = _lines_answer(asked, group) if listed and not unclear else None
        if answer is not None:
            found.jobs += answer.jobs
            found.changes += answer.changes
            return
        for part in group:
            _prose(part, cv, asked, found)
        return
    if section == "experience":
        found.jobs += experience.read_listed([(part.text, part.is_bullet) for part in group])
        return
    answer = listed_answer(section, group)
    if answer is not None:
        found.changes += answer.changes


def _lines_answer(asked: str, group: Sequence[Passage]) -> Reply | None:
    """What several lines are: jobs with all that belongs to them, else the answer to what was asked."""
    jobs = () if asked.startswith("education") else experience.whole_jobs([part.text for part in group])
    return Reply(jobs=jobs) if jobs else listed_answer(asked, group)


def _prose(part: Passage, cv: CvData, asked: str, found: _Found) -> None:
    """One sentence, by the first reader that knows what it is about."""
    if is_order(part.text) or is_question(part.text) or not (own := own_part(part.text)):
        return
    part = replace(part, text=own)
    takers = (_correction, _bullet, _more_of_a_job, _subject, _held_jobs, _known_job, _person)
    if any(taker(part, cv, asked, found) for taker in takers) or is_wish_to_change(part.text):
        return
    if trim(part.text) and not is_courtesy(part.text) and not (asked and is_refusal(part.text)):
        found.left.append(part)


def _correction(part: Passage, cv: CvData, _asked: str, found: _Found) -> bool:
    changes = date_correction(part.text, cv) or read_correction(part.text, cv)
    found.changes += changes
    return bool(changes)


def _bullet(part: Passage, _cv: CvData, asked: str, found: _Found) -> bool:
    """A line of the list that was asked for."""
    is_one = part.is_bullet and place_of(asked).endswith("description_bullets")
    if is_one:
        found.left.append(part)
    return is_one


def _more_of_a_job(part: Passage, _cv: CvData, _asked: str, found: _Found) -> bool:
    return bool(found.jobs) and _goes_on(part, found)


def _subject(part: Passage, _cv: CvData, _asked: str, found: _Found) -> bool:
    changes = _by_subject(part.text)
    found.changes += changes
    return bool(changes)


def _held_jobs(part: Passage, _cv: CvData, asked: str, found: _Found) -> bool:
    sentence = part.text
    if own_place(sentence) and len(sentence.split()) <= PLACE_WORDS:
        return False
    jobs = list(read_jobs(sentence))
    if place_of(asked).endswith("description_bullets"):
        jobs = [job for job in jobs if job.period != Period()]
    if jobs:
        found.jobs += jobs
        found.changes += (*read_name(sentence), *own_place(sentence))
    return bool(jobs)


def _known_job(part: Passage, cv: CvData, _asked: str, found: _Found) -> bool:
    return _about_company(part.text, cv, found)


def _person(part: Passage, _cv: CvData, _asked: str, found: _Found) -> bool:
    changes = read_identity(part.text)
    found.changes += changes
    return bool(changes)


def _by_subject(sentence: str) -> Patch:
    if studies := education.read_studies(sentence):
        return (*read_name(sentence), *education.changes_of(studies))
    for reader in (projects.read_projects, awards.read_awards):
        if changes := reader(sentence):
            return changes
    if changes := certificates.read_certificates(sentence):
        return (*read_name(sentence), *changes)
    spoken = read_languages(sentence) if speaks(sentence) else ()
    skilled = read_skills(sentence)
    if spoken or skilled:
        return (*read_identity(sentence), *spoken, *skilled)
    return ()


def _goes_on(part: Passage, found: _Found) -> bool:
    """Whether a sentence or a line tells more of the job before it: its dates, or what was done there."""
    if period := experience.is_date_line(part.text):
        found.jobs[-1] = replace(found.jobs[-1], period=period)
        return True
    if part.is_bullet and not read_jobs(part.text):
        found.jobs[-1] = replace(found.jobs[-1], deeds=(*found.jobs[-1].deeds, told_deed(part.text)))
        return True
    sentence = part.text
    mine = re.match(r"(?:there,? |mostly |mainly |also,? |then |and )*(?:i|we)(?:'ve)?\b", sentence, re.IGNORECASE)
    if not mine or not is_deed(sentence) or _by_subject(sentence) or read_jobs(sentence):
        return False
    found.jobs[-1] = replace(found.jobs[-1], deeds=(*found.jobs[-1].deeds, told_deed(sentence)))
    return True


def _about_company(sentence: str, cv: CvData, found: _Found) -> bool:
    """ "At Acme I led a team of six": what was done in a job that is named, and known."""
    match = _AT_COMPANY.match(sentence)
    if not match:
        return False
    named = plain(match["company"].removeprefix("the "))
    company = next((job.company for job in cv.experience if plain(job.company) == named), "")
    rest = sentence[match.end() :]
    if not is_deed(rest) or not (company or match["company"][0].isupper()):
        return False
    put = Put(
        section="experience",
        which=company,
        values={} if company else {"company": match["company"]},
        lists={"description_bullets": (told_deed(rest),)},
    )
    found.changes.append(put)
    return True


def _leftovers(found: _Found, cv: CvData, asked: str, *, is_block: bool) -> None:
    """What no reader took: the answer to what was asked, or the lines of a CV's head."""
    if not found.left:
        return
    jobs = () if asked.startswith("education") else experience.whole_jobs([part.text for part in found.left])
    answer = Reply(jobs=jobs) or (bare_answer(asked, found.left, cv) if asked else Reply())
    if not answer:
        answer = Reply(changes=_unasked(found, cv, asked))
    found.jobs += answer.jobs
    found.changes += answer.changes
    if not asked and not answer and (is_block or any(TAKEN in part.text for part in found.left)):
        found.changes += own_lines([part.text for part in found.left if len(part.text) < 120])
        found.jobs += _dated_lines(found.left)


def _unasked(found: _Found, cv: CvData, asked: str) -> Patch:
    """What lines that answer no question are by themselves: skills, languages, a head, or a deed of the only job."""
    texts = [part.text for part in found.left if part.is_bullet or not is_doubtful(part.text)]
    if changes := known_skills([text for text in texts if not says_something(text)]):
        return changes
    if texts and all(is_list_of_languages(text) for text in texts):
        return read_languages(". ".join(texts))
    if len(texts) != 1:
        return ()
    head = read_head(texts[0]) if not cv.personal_info.full_name else ()
    if len(head) > 1 or (not asked and cv == CvData()):
        return head
    return () if found.changes or found.jobs else _deed_of_the_only_job(texts[0], cv, asked)


def _deed_of_the_only_job(text: str, cv: CvData, asked: str) -> Patch:
    """ "I led a ward of 12", where there is one job that it can be of."""
    if asked not in ("", "experience") or len(cv.experience) != 1 or not (_MINE.match(text) and is_deed(text)):
        return ()
    job = cv.experience[0]
    return (
        Put(section="experience", which=job.company or job.title, lists={"description_bullets": (told_deed(text),)}),
    )


def _dated_lines(left: Sequence[Passage]) -> list[Job]:
    jobs = [experience.read_job_line(part.text) for part in left if len(part.text) < 200]
    return [job for job in jobs if job and job.period != Period() and job.company]
