"""The rows as facts, for a provider that reasons over them."""

from collections.abc import Mapping
from typing import Any

from app.context.evidence import find_requirements
from app.context.fence import harmless_data
from app.context.job import PostingReading
from app.context.resume import ResumeReading
from app.models import JobPosting, Resume
from app.providers.base import Facts, Manner, MatchFact
from app.vocabulary import language_of


def match_of(result: Mapping[str, Any]) -> MatchFact:
    """A match's result (as stored) as a fact."""
    return MatchFact(
        score=result["score"],
        requirements={row["text"]: row["delta"] for row in result["requirements"] if row["delta"]},
        skills={row["keyword"]: row["delta"] for row in result["missing"] if row["delta"]},
    )


def facts_of(
    question: str,
    *,
    resume: Resume,
    job: JobPosting,
    ours: ResumeReading,
    theirs: PostingReading,
    match: MatchFact | None = None,
    manner: Manner = "tailor",
) -> Facts:
    """What the rows, their readings and their match hold about a question, and how it is to be answered."""
    lines = ours.lines()
    return Facts(
        question=question,
        language=language_of(question),
        job_title=job.title,
        company=job.company,
        location=job.location,
        name=resume.full_name,
        headline=resume.headline,
        summary=resume.summary,
        requirements=find_requirements(theirs.asked, lines, asked_marks=theirs.asked_marks, line_marks=ours.marks()),
        responsibilities=theirs.duties,
        posting=tuple(line for line in harmless_data(job.description).split("\n") if line),
        lines=lines,
        match=match,
        manner=manner,
    )
