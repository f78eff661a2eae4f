"""Bare answers: what somebody says to a question without saying what it is, such as "Boston" or a list of skills."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.cv.changes import Change, Patch, Put, Set
from app.cv.data import CvData
from app.cv.lead import item_asked_about, place_of
from app.cv.rules import awards, certificates, education, experience, projects, skills
from app.cv.rules.deeds import told_deed
from app.cv.rules.doubts import is_doubtful, is_unwilling, puts_right, says_something
from app.cv.rules.identity import answered_name, own_lines, pieces, read_head, read_name
from app.cv.rules.jobs import Job, read_jobs
from app.cv.rules.languages import read_languages
from app.cv.rules.locations import bare_place, is_place
from app.cv.rules.manners import is_courtesy, is_order, is_question, is_wish_to_change
from app.cv.rules.passages import Passage
from app.cv.rules.periods import Period, dated
from app.cv.rules.roles import is_title, without_article
from app.cv.rules.text import TAKEN, as_title, listed, sentences, trim

SUMMARY_WORDS = 6
_NAMED = re.compile(r"[A-Z][\w&'-]{1,30}(?: [A-Z][\w&'-]{1,30}){0,2}: \S")
_LEAD_IN = re.compile(
    r"^(?:(?:i'd say|i was|i worked as|i work as|i've been|i would say|you can call me|call me|near|it's|its"
    r"|it is|it was|that's|that is|that would be|sure|ok|okay|yes|yeah|well|so|hmm+|um|the|in|at"
    r"|i'm in|i live in|from|i am|i'm|my \w+ is|as|just|maybe|probably|currently)\b[\s,:-]*)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What an answer gives: changes, and jobs that further sentences may belong to."""

    changes: tuple[Change, ...] = ()
    jobs: tuple[Job, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changes or self.jobs)


def is_for_summary(text: str) -> bool:
    """Whether a whole message, said when the summary was asked for, is one."""
    if len(text.split()) < SUMMARY_WORDS or TAKEN in text or is_question(text) or is_order(text) or is_courtesy(text):
        return False
    if is_unwilling(text) or puts_right(text) or is_wish_to_change(text) or read_name(text):
        return False
    if _NAMED.match(text) or any(is_question(sentence) for sentence in sentences(text.replace("\n", " "))):
        return False
    if experience.whole_jobs([text]):
        return False
    return not any(job.period != Period() or job.company for job in read_jobs(text))


def listed_answer(asked: str, group: Sequence[Passage]) -> Reply | None:
    """Several lines that are all of the section that was asked for, or None if they are not."""
    lines = [part.text for part in group]
    if asked == "experience":
        reply = Reply(jobs=experience.read_listed([(part.text, part.is_bullet) for part in group]))
    elif asked in _LISTED:
        reply = Reply(changes=_LISTED[asked](lines))
    else:
        return None
    return reply or None


def _skills(lines: Sequence[str], kind: str) -> Patch:
    items: list[str] = []
    for line in lines:
        for sentence in sentences(line):
            if said := skills.read_skills(sentence):
                items += [value for change in said for value in getattr(change, "values", ())]
            elif skills.looks_like_list(sentence):
                items += listed(sentence)
    return skills.skill_changes(items, kind)


_LISTED: Mapping[str, Callable[[Sequence[str]], Patch]] = {
    "education": lambda lines: education.changes_of(education.read_listed(lines)),
    "skills": lambda lines: _skills(lines, ""),
    "skills.core_competencies": lambda lines: _skills(lines, "core_competencies"),
    "skills.software_proficiency": lambda lines: _skills(lines, "software_proficiency"),
    "skills.language_fluency": lambda lines: read_languages("\n".join(lines)),
    "skills.certifications": certificates.read_listed,
    "key_projects_achievements": projects.read_listed,
    "awards_and_recognitions": awards.read_listed,
    "summary": lambda lines: (Set(path="summary", value=" ".join(lines)),),
}


def bare_answer(asked: str, left: Sequence[Passage], cv: CvData) -> Reply:
    """What the sentences that no reader took say to what was asked."""
    left = [part for part in left if part.is_bullet or not is_doubtful(part.text)]
    texts = [part.text for part in left]
    if asked == "summary":
        left = [part for part in left if _NAMED.match(part.text)]
        asked = "key_projects_achievements"
    if not left:
        return Reply()
    if asked.startswith("personal_info"):
        return Reply(changes=_personal(asked.partition(".")[2], texts))
    if place_of(asked).endswith("description_bullets"):
        return Reply(changes=_deeds(asked, left, cv))
    if asked.startswith(("experience.", "education.")):
        return Reply(changes=_field(asked, " ".join(texts), cv))
    return (_job(texts) if asked == "experience" else listed_answer(asked, left)) or Reply()


def _personal(name: str, texts: Sequence[str]) -> Patch:
    found = own_lines([piece for text in texts for piece in pieces(text)])
    if name == "location" and len(texts) == 1:
        found = tuple(change for change in found if getattr(change, "path", "") != "personal_info.full_name")
    if any(change.path == f"personal_info.{name}" for change in found if isinstance(change, Set)) or not texts:
        return found
    if name in ("full_name", "") and (head := read_head(texts[0])) and len(head) > 1:
        return head
    said = trim(_LEAD_IN.sub("", trim(texts[0])))
    value = ""
    if name == "full_name":
        value = answered_name(said)
    elif name == "title" and len(said.split()) <= 7 and not says_something(said):
        value = as_title(without_article(said))
    elif name in ("location", ""):
        said_pieces = [piece for text in texts for piece in pieces(text) if not is_title(piece)]
        places = [place for piece in said_pieces if (place := bare_place(piece, lower=name == "location"))]
        value, name = (places[0] if places else ""), "location"
    return (*found, Set(path=f"personal_info.{name}", value=value)) if value else found


def _deeds(asked: str, left: Sequence[Passage], cv: CvData) -> Patch:
    which = item_asked_about(cv, asked)
    told = tuple(told_deed(part.text) for part in left if len(part.text.split()) >= 2 and not is_courtesy(part.text))
    return (Put(section="experience", which=which, lists={"description_bullets": told}),) if told else ()


def _field(asked: str, text: str, cv: CvData) -> Patch:
    """One text of an item: its dates, its company, its title, its school."""
    section, _, name = place_of(asked).partition(".")
    which = item_asked_about(cv, asked)
    if name in ("start_date", "end_date"):
        values = dict(experience.bare_period(text))
        if not values and (periods := dated(text).periods):
            values = {name: periods[0].last}
    elif name == "graduation_date":
        dates = [period.last for period in dated(text).periods if period.last != "Present"]
        values = {name: dates[0]} if dates else {}
    else:
        said = trim(_LEAD_IN.sub("", trim(text)))
        fits = (
            len(said.split()) <= 9
            and not says_something(said)
            and (name != "title" or is_title(said) or len(said.split()) <= 4)
        )
        said = without_article(said) if name == "title" else said
        values = {name: as_title(said) if name in ("title", "field_of_study") else said} if said and fits else {}
        if name == "degree" and (study := education.read_study_line(text)):
            values = {
                key: getattr(study, key)
                for key in ("degree", "field_of_study", "graduation_date")
                if getattr(study, key)
            } or values
    return (Put(section=section, which=which, values=values),) if values else ()


def _job(texts: Sequence[str]) -> Reply:
    jobs = experience.read_listed([(text, False) for text in texts])
    if jobs:
        return Reply(jobs=jobs)
    said = trim(_LEAD_IN.sub("", trim(texts[0])))
    if is_title(without_article(said)) and len(said.split()) <= 6 and not is_place(said):
        return Reply(jobs=(Job(title=as_title(without_article(said))),))
    return Reply()
