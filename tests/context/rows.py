"""Unsaved rows, as the database would hold them."""

from pathlib import Path
from typing import Any

from app import resumes
from app.context.resume import ResumeReading, claims_of, contacts_of, resume_reading
from app.formats import json_resume
from app.formats.posting import read_posting
from app.models import JobPosting, Resume
from app.providers.base import Line
from app.tokens import tokenizer_for
from tests.builders import a_job, a_resume

SAMPLES = Path(__file__).parents[3] / "shared" / "data"


def resume_row(document: dict[str, Any] | None = None, **parts: Any) -> Resume:
    """A resume's row with its items, from a JSON Resume; `work=[]` and the like replace a section of the usual one."""
    document = document or a_resume(**parts)
    return Resume(title="Resume", **resumes._columns(json_resume.read(document), document))


def reading_of(row: Resume) -> ResumeReading:
    """A resume's row, read."""
    return resume_reading(claims_of(row), contacts_of(row), tokenizer_for("gpt-4o"))


def resume_lines(row: Resume) -> tuple[Line, ...]:
    """A resume's lines as facts."""
    return reading_of(row).lines()


def job_row(**parts: Any) -> JobPosting:
    """A posting's row."""
    posting = read_posting(a_job(**parts))
    return JobPosting(
        title=posting.title,
        company=posting.company,
        location=posting.location,
        url=posting.url,
        description=posting.description,
    )
