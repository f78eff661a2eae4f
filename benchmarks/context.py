"""Building the prompt: its time beside one encoding of its text, what of a posting survives, whether counts hold."""

import gc
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean, median

import tiktoken

from app import resumes
from app.context.prompt import BuiltPrompt, Limits, build_prompt
from app.context.readings import store_job_reading, store_resume_reading
from app.context.resume import claims_of
from app.formats import json_resume
from app.formats.posting import read_posting
from app.models import JobPosting, Resume
from app.tokens import tokenizer_for
from benchmarks.figures import Figure
from tests.builders import a_job, a_resume

SAMPLES = Path(__file__).parents[2] / "shared" / "data"
MODEL = "gpt-4.1-mini"
SYSTEM = "You help a person tailor a resume to a job posting, by facts that the resume holds."
RESUME_LENGTH, POSTING_LENGTH = 59_000, 200_000  # characters
ROUNDS = 15
ASKING = re.compile(
    r"^## (?:(?:key|basic|specialized experience|education|experience) )?(?:requirements|qualifications|skills)\b"
    r"|^## (?:the requirements|what we.re looking for|what we ask for|you.ll need to accomplish)"
    r"|^## (?:ce poste est fait pour vous si|pour occuper ce poste|nous vous évaluerons)",
    re.IGNORECASE,
)
PROCESS = re.compile(
    r"applications? (?:will|materials)|resumes do not|be scored|checks all the boxes|direct reports|partner departments"
    r"|peu importe leur|les différences|exactement aux exigences|obstacles|mesures d.adaptation|entrevues|à 4 employés"
    r"|ministères partenaires",
    re.IGNORECASE,
)
"""Under those headings too: how one applies, and that everybody may; no resume answers to it."""


def run() -> list[Figure]:
    """All figures of this kind."""
    documents, postings = list(sample_documents()), list(sample_postings())
    pairs = [(resume_row(document), posting) for document in documents for posting in postings]
    longest = max(documents, key=lambda document: len(json.dumps(document)))
    for pair in pairs:
        store_readings(*pair)
    kept = [_survival(resume_row(longest), posting) for posting in postings if _asked(posting)]
    return [
        *_times(documents, postings),
        Figure(
            what="postings whose requirements are in a 2,000-token context",
            value=mean(all_ for all_, _ in kept),
            least=1,
        ),
        Figure(what="  the same if the posting were cut after as many tokens", value=mean(cut for _, cut in kept)),
        *_counts(pairs),
    ]


def _times(documents: list[dict[str, object]], postings: list[JobPosting]) -> Iterator[Figure]:
    """From loaded rows to a finished prompt; no round has the texts of another, so nothing is warmed by its like."""
    _build(resume_row(a_resume()), postings[0], 8000)  # what a worker loads once
    gc.collect()
    gc.freeze()  # as a worker does once it has started
    rounds = [
        _round(_largest_resume(documents, number), _largest_posting(postings, number)) for number in range(ROUNDS)
    ]
    gc.unfreeze()
    encoding, writing, building, late = (1000 * median(times) for times in zip(*rounds, strict=True))
    yield Figure(what="largest prompt: one encode_ordinary over its text", value=encoding, unit="ms")
    yield Figure(what="largest prompt: built from its rows", value=building, unit="ms")
    yield Figure(what="largest prompt: built, over one encode_ordinary", value=building / encoding, most=2)
    yield Figure(what="  both texts read, once, when their rows are written", value=writing, unit="ms")
    yield Figure(what="  built from rows written for another encoding", value=late, unit="ms")


def _round(resume: Resume, posting: JobPosting) -> tuple[float, float, float, float]:
    """Seconds to encode both texts, to store their readings, to build the prompt with them, and without."""
    text = "\n".join((*(claim.shown for claim in claims_of(resume)), posting.description))
    encode = tiktoken.encoding_for_model(MODEL).encode_ordinary
    encoding = _seconds(lambda: encode(text))
    writing = _seconds(lambda: store_readings(resume, posting))
    building = _seconds(lambda: _build(resume, posting, 8000))
    resume.reading = posting.reading = None
    return encoding, writing, building, _seconds(lambda: _build(resume, posting, 8000))


def store_readings(resume: Resume, posting: JobPosting) -> None:
    """Read both, as their rows are when they are written."""
    store_resume_reading(resume, tokenizer_for(MODEL))
    store_job_reading(posting, tokenizer_for(MODEL))


def _counts(pairs: list[tuple[Resume, JobPosting]]) -> Iterator[Figure]:
    encode = tiktoken.encoding_for_model(MODEL).encode_ordinary
    ratios = []
    for resume, posting in pairs:
        prompt = _build(resume, posting, 2000).prompt
        exact = 3 + sum(3 + len(encode(one.role)) + len(encode(one.content)) for one in prompt.messages)
        ratios.append(prompt.prompt_tokens / exact)
    yield Figure(
        what=f"tokens counted, over those of the request: least of {len(pairs)} pairs", value=min(ratios), least=1
    )
    yield Figure(what="tokens counted, over those of the request: most", value=max(ratios), most=1)


def _survival(resume: Resume, posting: JobPosting) -> tuple[bool, bool]:
    """Whether all that a posting asks for is in the context, and whether it were in as long a prefix."""
    built = _build(resume, posting, 2000)
    tokenizer = tokenizer_for(MODEL)
    prefix = tokenizer.truncate(posting.description, tokenizer.count(built.texts[1]))
    asked = _asked(posting)
    return all(line in built.texts[1] for line in asked), all(line in prefix for line in asked)


def _asked(posting: JobPosting) -> list[str]:
    """The lines below a posting's own headings of requirements; found here without the code that is measured."""
    asked, is_asking = [], False
    for line in posting.description.split("\n"):
        if line.startswith("## "):
            is_asking = ASKING.match(line) is not None
        elif is_asking and line and not PROCESS.search(line):
            asked.append(line)
    return asked


def _build(resume: Resume, posting: JobPosting, context_tokens: int) -> BuiltPrompt:
    return build_prompt(
        system=SYSTEM,
        resume=resume,
        job=posting,
        history=(),
        question="How can I tailor my resume for this role?",
        limits=Limits(MODEL, context_tokens, 1000),
        manner=None,
    )


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def sample_documents() -> Iterator[dict[str, object]]:
    """Every sample resume, and our own."""
    files = sorted([*SAMPLES.glob("resumes/[!_]*.json"), *SAMPLES.glob("resumes/legacy/*.json")])
    yield from (json.loads(file.read_text()) for file in files)
    yield a_resume()


def sample_postings() -> Iterator[JobPosting]:
    """Every sample posting, and our own."""
    texts = [file.read_text() for file in sorted(SAMPLES.glob("jobs/*"))]
    for read in [*(read_posting(text, title="Specialist", company="Agency") for text in texts), read_posting(a_job())]:
        yield JobPosting(title=read.title, company=read.company, location=read.location, description=read.description)


def resume_row(document: dict[str, object]) -> Resume:
    """A document's row, unsaved."""
    return Resume(title="", **resumes._columns(json_resume.read(document), document))


def _largest_resume(documents: list[dict[str, object]], number: int) -> Resume:
    """The items of all the samples, again and again."""
    whole = resume_row(a_resume(work=[], education=[], projects=[], skills=[]))
    whole.headline = f"Resume {number}"
    while sum(len(claim.shown) for claim in claims_of(whole)) < RESUME_LENGTH:
        for document in documents:
            one = resume_row(document)
            whole.other = [*whole.other, *one.other]
            for items in ("work", "education", "projects", "skills"):
                getattr(whole, items).extend(list(getattr(one, items)))
    return whole


def _largest_posting(postings: list[JobPosting], number: int) -> JobPosting:
    text = "\n".join((f"Posting {number}", *(posting.description for posting in postings)))
    return JobPosting(title="Specialist", company="Agency", location="", description=(text * 9)[:POSTING_LENGTH])
