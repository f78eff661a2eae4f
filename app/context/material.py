"""What a prompt is made of: a resume and a posting, read and counted.

The messages of a session are about the same two texts, so what was read last is kept, and the next message costs the
packing only. What is kept follows from the texts alone, so it makes no difference which worker answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.context.budget import Counting, Section, start_counting
from app.context.evidence import find_requirements
from app.context.fence import harmless_data
from app.context.job import job_sections, requirement_lines, responsibility_lines, split_posting
from app.context.resume import Claim, ResumeReading, Wanted, claims_of, contacts_of, read_claims, resume_sections
from app.models import JobPosting, Resume
from app.providers.base import Facts
from app.tokens import Tokenizer
from app.vocabulary import Marks, language_of, mark, marks

KEPT = 32
DUTIES_WEIGHED = 100  # lines that say what the resume is ranked by; no real posting has as many


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Both texts as sections that are being counted, and what the posting asks for."""

    reading: ResumeReading
    posting: str
    asked: tuple[tuple[str, bool], ...]
    asked_marks: Sequence[Marks]
    duties: tuple[str, ...]
    ours: tuple[Section, ...]
    theirs: tuple[Section, ...]
    counted: tuple[Counting, Counting]


def read_material(resume: Resume, job: JobPosting, tokenizer: Tokenizer) -> Material:
    """Read a resume and a posting, or know them from the message before."""
    place = (job.title, job.company, job.location)
    return _read(claims_of(resume), contacts_of(resume), job.description, place, tokenizer)


@lru_cache(maxsize=KEPT)
def _read(
    claims: tuple[Claim, ...],
    contacts: tuple[str, ...],
    description: str,
    place: tuple[str, str, str],
    tokenizer: Tokenizer,
) -> Material:
    title, company, location = place
    posting = harmless_data(description)
    parts = split_posting(posting)
    theirs = job_sections(title=title, company=company, location=location, parts=parts)
    counting = start_counting(theirs, tokenizer)  # mostly the longer text: it is encoded while the other one is read
    reading = read_claims(claims, contacts)
    asked, duties = requirement_lines(parts), responsibility_lines(parts)
    asked_marks = marks([text for text, _ in asked])
    ours = resume_sections(reading, _wanted(mark("\n".join((title, *duties[:DUTIES_WEIGHED]))), *asked_marks))
    return Material(
        reading=reading,
        posting=posting,
        asked=asked,
        asked_marks=asked_marks,
        duties=duties,
        ours=ours,
        theirs=theirs,
        counted=(start_counting(ours, tokenizer), counting),
    )


def _wanted(*about: Marks) -> Wanted:
    return Wanted(
        terms=frozenset().union(*(each.terms for each in about)),
        words=frozenset().union(*(each.words for each in about)),
    )


def facts_of(question: str, resume: Resume, job: JobPosting, material: Material) -> Facts:
    """The rows as facts, for a provider that reasons over them."""
    lines = material.reading.lines()
    return Facts(
        question=question,
        language=language_of(question),
        job_title=job.title,
        company=job.company,
        location=job.location,
        name=resume.full_name,
        headline=resume.headline,
        summary=resume.summary,
        requirements=find_requirements(
            material.asked, lines, asked_marks=material.asked_marks, line_marks=material.reading.marks
        ),
        responsibilities=material.duties,
        posting=tuple(line for line in material.posting.split("\n") if line),
        lines=lines,
    )
