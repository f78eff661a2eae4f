"""The match of a resume and a posting from their stored readings: a table of at least a hundred pairs, and its time."""

import datetime as dt
import gc
import time
from collections.abc import Iterator
from statistics import median

from app.context.readings import read_job, read_resume
from app.match.results import result_of
from app.models import JobPosting, Resume
from app.tokens import tokenizer_for
from benchmarks.context import MODEL, SAMPLES, resume_row, sample_documents, sample_postings, store_readings
from benchmarks.figures import Figure
from tests.builders import a_job, a_resume

PAIRS = 100
AS_OF = dt.date(2026, 11, 1)
WIDTH = 34
TRADES = ("Kafka", "Terraform", "Tableau", "Figma", "PyTorch", "nursing", "Salesforce", "WordPress", "SAP", "Rust")


def run() -> list[Figure]:
    """All figures of this kind; the table is printed before them."""
    pairs = list(_pairs())
    for resume, posting in pairs:
        store_readings(resume, posting)
    _match(*pairs[0])  # what a worker loads once
    gc.collect()
    gc.freeze()  # as a worker does once it has started
    timed = [(resume, posting, *_timed(resume, posting)) for resume, posting in pairs]
    gc.unfreeze()
    print(f"{'resume':<{WIDTH}}  {'posting':<{WIDTH}}  score     ms")
    for resume, posting, score, milliseconds in timed:
        shown = "-" if score is None else str(score)
        print(f"{_name(resume):<{WIDTH}}  {posting.title[:WIDTH]:<{WIDTH}}  {shown:>5}  {milliseconds:>5.1f}")
    times = [milliseconds for *_, milliseconds in timed]
    return [
        Figure(
            what=f"match of a resume and a posting: slowest of {len(times)} pairs", value=max(times), unit="ms", most=20
        ),
        Figure(what="match of a resume and a posting: median", value=median(times), unit="ms"),
    ]


def _pairs() -> Iterator[tuple[Resume, JobPosting]]:
    """Every sample resume with every sample posting; without the samples, as many made ones."""
    resumes, postings = [resume_row(document) for document in sample_documents()], list(sample_postings())
    for posting, file in zip(postings, sorted(SAMPLES.glob("jobs/*")), strict=False):
        posting.title = file.name  # which says more than the title that all of them are given
    pairs = [(resume, posting) for resume in resumes for posting in postings]
    yield from pairs
    for number in range(max(0, PAIRS - len(pairs))):
        yield _made(number)


def _made(number: int) -> tuple[Resume, JobPosting]:
    """A pair that no other number gives: as many jobs and requirements as its digits say, in one of the trades."""
    trades = [TRADES[(number + step) % len(TRADES)] for step in range(1 + number % 7)]
    work = [
        {
            "name": f"Shop {trade}",
            "position": f"{trade} specialist",
            "startDate": f"20{10 + at}",
            "highlights": [f"Ran {trade}"],
        }
        for at, trade in enumerate(trades[number % 3 :])
    ]
    asked = "\n".join(f"- {2 + at} years of {trade}" for at, trade in enumerate(trades))
    description = f"## Requirements\n{asked}\n## Nice to have\n- {TRADES[number % 5]}"
    given = a_job(title=f"Posting {number}", description=description)
    posting = JobPosting(title=given["title"], company=given["company"], location="", description=description)
    return resume_row(a_resume(work=work)), posting


def _timed(resume: Resume, posting: JobPosting) -> tuple[int | None, float]:
    """The score, and the milliseconds that it took: the median of three, since the machine has other things to do."""
    times = []
    for _ in range(3):
        started = time.perf_counter()
        score = _match(resume, posting)
        times.append(1000 * (time.perf_counter() - started))
    return score, median(times)


def _match(resume: Resume, posting: JobPosting) -> int | None:
    tokenizer = tokenizer_for(MODEL)
    result = result_of(read_job(posting, tokenizer), read_resume(resume, tokenizer), as_of=AS_OF)
    return None if result is None else result["score"]


def _name(resume: Resume) -> str:
    return (resume.headline or resume.full_name or "(empty)")[:WIDTH]
