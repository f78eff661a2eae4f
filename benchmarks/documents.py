"""CVs as files: whether a plain extractor gives all strings of a PDF back, how long one takes, and who waits for it."""

import dataclasses
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

import jsonschema

from app.cv.data import CvData, Data, to_json
from app.formats.cv_resume import from_json_resume, to_json_resume
from app.formats.export import TEMPLATES, export
from app.formats.export.outline import clean_line, clean_lines
from app.formats.json_resume import read_sections
from app.formats.json_resume_reader import UNKNOWN_END, Item
from benchmarks.context import SAMPLES, sample_documents
from benchmarks.figures import Figure
from tests.cvs import a_cv, a_letter, text_of

ROUNDS = 5
SCHEMA = SAMPLES / "resumes" / "_schema-jsonresume-1.3.1.json"
BOTH_HAVE = {
    "work": ("name", "position", "location", "startDate", "endDate", "highlights"),
    "education": ("institution", "studyType", "area", "endDate", "score", "courses"),
    "projects": ("name", "description", "highlights", "keywords"),
    "languages": ("language", "fluency"),
    "certificates": ("name", "issuer", "date"),
    "awards": ("title", "awarder", "date", "summary"),
}
"""The fields of a JSON Resume for which a CV has a place; skills and `basics` are compared in their own way."""
BASICS = ("name", "label", "email", "phone", "url", "location", "summary")
STALL = """\
import gevent.monkey
gevent.monkey.patch_all()
import dataclasses, time, gevent
from app import offload
from app.formats.export import export
from tests.cvs import a_cv
def write(number):
    jobs = enumerate(a_cv().experience * 100)
    cv = a_cv(experience=tuple(dataclasses.replace(job, title=f"{at} {number}") for at, job in jobs))
    offload.run("document", export, cv, format="pdf", template_code="modern", title="CV")
write(-1)
longest = 0.0
def watch():
    global longest
    while True:
        before = time.perf_counter()
        gevent.sleep(0.001)
        longest = max(longest, time.perf_counter() - before - 0.001)
watcher = gevent.spawn(watch)
begun = time.perf_counter()
for number in range(5):
    write(number)
print(longest * 1000, (time.perf_counter() - begun) / 5 * 1000)
"""


def run() -> list[Figure]:
    """All figures of this kind."""
    documents = list(sample_documents())
    cvs: list[Data] = [*map(from_json_resume, documents), a_cv(), a_letter()]
    return [*_extraction(cvs), *_times(cvs), *_stall(), *_journeys(documents)]


def _extraction(cvs: list[Data]) -> Iterator[Figure]:
    """The share of all strings that are in the text of their PDF, each list's after one another."""
    found = [_is_found(cv, template) for cv in cvs for template in TEMPLATES]
    hits, of = sum(hits for hits, _ in found), sum(of for _, of in found)
    what = f"strings of {len(cvs)} documents × {len(TEMPLATES)} templates that a PDF gives back in order"
    yield Figure(what=what, value=hits / of, least=1)


def _is_found(cv: Data, template: Any) -> tuple[int, int]:
    text = _without_space(text_of(export(cv, format="pdf", template_code=template, title="CV").content))
    strings = [_without_space(string) for string in _strings(to_json(cv))]
    hits = sum(string in text for string in strings)
    for sequence in _sequences(cv):
        at, places = 0, [_without_space(string) for string in sequence]
        for string in places:
            at = text.find(string, at)
            if at < 0:
                hits -= 1
                break
    return hits, len(strings)


def _sequences(cv: Data) -> Iterator[list[str]]:
    """Strings that must come one after the other."""
    if not isinstance(cv, CvData):
        yield [cv.why_company, *cv.proofs, cv.closing]
        return
    bullets = [bullet for job in cv.experience for bullet in job.description_bullets]
    yield list(map(clean_line, (cv.personal_info.full_name, *bullets, *cv.awards_and_recognitions)))


def _strings(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield from (line.removeprefix("- ") for line in clean_lines(part))
    elif isinstance(part, dict | list | tuple):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _strings(inner)


def _without_space(text: str) -> str:
    return "".join(text.split())


def _times(cvs: list[Data]) -> Iterator[Figure]:
    """Every document in every template, each time with words of its own, so that nothing is warmed by its like."""
    times = []
    for number in range(ROUNDS):
        for cv in cvs:
            info = dataclasses.replace(cv.personal_info, title=f"{cv.personal_info.title} {number}")
            for template in TEMPLATES:
                started = time.perf_counter()
                fresh = dataclasses.replace(cv, personal_info=info)
                export(fresh, format="pdf", template_code=template, title=f"CV {number}")
                times.append(1000 * (time.perf_counter() - started))
    yield Figure(what="a PDF: median", value=median(times), unit="ms", most=100)
    yield Figure(what=f"  slowest of {len(times)}", value=max(times), unit="ms")


def _stall() -> Iterator[Figure]:
    """The longest time for which another greenlet could not run while PDFs of 200 jobs were written."""
    command = [sys.executable, "-W", "ignore", "-c", STALL]
    told = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ)
    stall, whole = map(float, told.stdout.split())
    yield Figure(what="  a PDF with 200 jobs", value=whole, unit="ms")
    yield Figure(what="  the longest that another greenlet waited meanwhile", value=stall, unit="ms")
    yield Figure(what="  the same over the PDF's time; 1 if the event loop stood still", value=stall / whole, most=0.5)


def _journeys(documents: list[dict[str, object]]) -> Iterator[Figure]:
    """JSON Resume → CV → JSON Resume: the share of the fields that both formats have that came back the same."""
    kept = [fate for document in documents for fate in _fates(document)]
    yield Figure(
        what=f"fields of {len(documents)} JSON Resumes that are kept by a CV", value=sum(kept) / len(kept), least=1
    )
    if SCHEMA.exists():
        schema = json.loads(SCHEMA.read_text())
        written = [to_json_resume(from_json_resume(document)) for document in (*documents, to_json_resume(a_cv()))]
        sound = sum(jsonschema.Draft7Validator(schema).is_valid(document) for document in written)
        yield Figure(what="  and that are a JSON Resume by its schema", value=sound / len(written), least=1)


def _fates(document: dict[str, object]) -> Iterator[bool]:
    before, after = read_sections(document), read_sections(to_json_resume(from_json_resume(document)))
    for name in BASICS:
        if told := before.basics.text(name):
            yield after.basics.text(name).removeprefix("https://") == told.removeprefix("https://")
    for section, names in BOTH_HAVE.items():
        items = [item for item in before.items[section] if any(_told(item, name) for name in names)]
        for number, item in enumerate(items):
            others = after.items[section]
            yield from (
                number < len(others) and _is_kept(_told(item, name), _told(others[number], name))
                for name in names
                if _told(item, name)
            )
    skills, again = _skill_words(before.items["skills"]), _skill_words(after.items["skills"])
    yield from (word in again for word in skills)


def _skill_words(groups: Sequence[Item]) -> set[str]:
    return {word for group in groups for word in (group.text("name"), *group.list("keywords")) if word}


def _told(item: Item, name: str) -> tuple[str, ...]:
    """A field's texts; a date as far as a CV has it, by month."""
    if name in ("startDate", "endDate", "date"):
        date = item.end if name == "endDate" else item.text(name)
        return (date[:7],) if date and date != UNKNOWN_END else ()
    return item.list(name) or tuple(filter(None, (item.text(name),)))


def _is_kept(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether the texts are all there, in their order; a job's highlights may stand behind its summary."""
    rest = iter(map(clean_line, after))
    return all(any(clean_line(text) == other for other in rest) for text in dict.fromkeys(before))
