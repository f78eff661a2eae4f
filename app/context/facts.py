"""The rows as facts, for a provider that reasons over them."""

from app.context.evidence import find_requirements
from app.context.fence import harmless_data
from app.context.job import PostingReading
from app.context.resume import ResumeReading
from app.models import JobPosting, Resume
from app.providers.base import Facts, Manner
from app.vocabulary import language_of


def facts_of(
    question: str,
    *,
    resume: Resume,
    job: JobPosting,
    ours: ResumeReading,
    theirs: PostingReading,
    manner: Manner = "tailor",
) -> Facts:
    """What the rows and their readings hold about a question, and in which manner it is to be answered."""
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
        manner=manner,
    )
