"""The jobs of a message, from sentences, from lists, and from what follows a label."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.cv.changes import Patch, Put
from app.cv.rules.deeds import told_deed
from app.cv.rules.identity import is_city
from app.cv.rules.jobs import Job, read_jobs, title_before
from app.cv.rules.locations import is_place
from app.cv.rules.periods import MARKS, Period, dated
from app.cv.rules.roles import is_title
from app.cv.rules.text import as_title, trim

_PARTS = re.compile(r"\s*(?:,|\||\t|;|\s[-–—]\s|\sat\s|\s@\s|[-–—]\s|\u2022)\s*")
_SUFFIX = re.compile(r"^(?:Inc|LLC|Ltd|GmbH|S\.?A|Corp|Co|PLC|LLP)\b\.?$", re.IGNORECASE)
LINE = 200
LABELS = {
    "company": "company",
    "employer": "company",
    "organisation": "company",
    "organization": "company",
    "position": "title",
    "role": "title",
    "job title": "title",
    "title": "title",
    "location": "location",
    "city": "location",
    "dates": "period",
    "date": "period",
    "period": "period",
    "when": "period",
    "start": "period",
    "start date": "start",
    "end date": "end",
    "duties": "deeds",
    "responsibilities": "deeds",
    "tasks": "deeds",
    "achievements": "deeds",
    "description": "deeds",
}


def changes_of(jobs: Sequence[Job]) -> Patch:
    """The jobs as changes of a CV."""
    return tuple(put_of(job) for job in jobs if job != Job())


def put_of(job: Job, which: str = "") -> Put:
    """One job as a change; `which` where it is one that the CV has already."""
    values = {
        "title": job.title,
        "company": job.company,
        "location": job.location,
        "start_date": job.period.start or job.period.single,
        "end_date": job.period.end,
    }
    lists = {"description_bullets": job.deeds} if job.deeds else {}
    return Put(
        section="experience", which=which, values={name: value for name, value in values.items() if value}, lists=lists
    )


def read_job_line(line: str) -> Job | None:
    """A job in one line of a list: "Accountant, Finch Group, Leeds, 09/2015 - 12/2018"; None if it is none."""
    marked = dated(line)
    text = "".join(" , " if sign in MARKS else sign for sign in marked.text)
    parts = _joined([part for part in (trim(part) for part in _PARTS.split(re.sub(r"[()]", ",", text))) if part])
    if not parts or len(parts) > 6 or any(len(part.split()) > 9 for part in parts):
        return None
    titles = [part for part in parts if is_title(part)]
    period = _period(marked.periods)
    if not titles or (len(parts) < 2 and period == Period()):
        return None
    title = titles[0]
    shown = title_before(title) or title
    others = [part for part in parts if part is not title]
    company = others[0] if others else ""
    rest = [part for part in others[1:] if is_place(part)]
    location = ", ".join(rest[:2])
    return Job(title=as_title(shown), company=company, location=location, period=period)


def whole_jobs(lines: Sequence[str]) -> tuple[Job, ...]:
    """The jobs of lines that are all a job each, with its title, its company and its dates; else none."""
    jobs = [read_job_line(line) for line in lines if len(line) < LINE]
    found = tuple(job for job in jobs if job and job.company and job.period.end and not is_city(job.company))
    return found if len(found) == len(lines) else ()


def is_date_line(line: str) -> Period | None:
    """The period of a line that has nothing else."""
    marked = dated(line)
    left = trim("".join(sign for sign in marked.text if sign not in MARKS))
    return _period(marked.periods) if marked.periods and len(left) <= 3 else None


def read_listed(lines: Sequence[tuple[str, bool]]) -> tuple[Job, ...]:
    """The jobs of a list; each line with whether it has a bullet. What follows a job and is none was done in it."""
    jobs: list[Job] = []
    bulleted_jobs = bool(lines) and lines[0][1] and read_job_line(lines[0][0]) is not None
    for line, bullet in lines:
        period = is_date_line(line)
        if period and jobs:
            jobs[-1] = replace(jobs[-1], period=period)
            continue
        job = read_job_line(line) if not bullet or bulleted_jobs or not jobs else None
        sentence_jobs = () if job else read_jobs(line)
        if job:
            jobs.append(job)
        elif sentence_jobs:
            jobs.extend(sentence_jobs)
        elif jobs and len(line.split()) >= 2:
            jobs[-1] = replace(jobs[-1], deeds=(*jobs[-1].deeds, told_deed(line)))
    return tuple(jobs)


def read_labelled(fields: Sequence[tuple[str, str]]) -> tuple[Job, ...]:
    """The jobs of lines such as "Company: Vertex"; a label that comes again begins another job."""
    jobs: list[dict[str, str]] = [{}]
    for name, value in fields:
        if name in jobs[-1]:
            jobs.append({})
        jobs[-1][name] = value
    return tuple(_labelled(job) for job in jobs if job.get("company"))


def _labelled(job: dict[str, str]) -> Job:
    period = _period(dated(job.get("period", "")).periods)
    for name in ("start", "end"):
        if found := dated(job.get(name, "")).periods:
            period = replace(period, **{name: found[0].last}, single="")
        elif job.get(name, "").lower() in ("present", "now", "current"):
            period = replace(period, end="Present")
    return Job(
        title=as_title(trim(job.get("title", ""))),
        company=trim(job["company"]),
        location=trim(job.get("location", "")),
        period=period,
        deeds=(told_deed(job["deeds"]),) if job.get("deeds") else (),
    )


def _period(periods: Sequence[Period]) -> Period:
    found = Period()
    for period in periods:
        found = Period(
            start=found.start or period.start or ("" if period.end else period.single), end=found.end or period.end
        )
    return found


def _joined(parts: Sequence[str]) -> list[str]:
    """The parts, with "Inc" and its like given back to the name before them."""
    joined: list[str] = []
    for part in parts:
        if joined and _SUFFIX.match(part):
            joined[-1] += ", " + part
        else:
            joined.append(part)
    return joined


def bare_period(text: str) -> Iterator[tuple[str, str]]:
    """The start and the end that a bare answer gives."""
    period = _period(dated(text).periods)
    if period.start:
        yield "start_date", period.start
    if period.end:
        yield "end_date", period.end
