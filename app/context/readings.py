"""Readings of resumes and postings: made when a row is written, kept in it, used by every prompt about it.

A reading is all that follows from one text alone: its harmless lines, their tokens, the skills and words that they
name. It is stored under a key that names the text, the encoding and how it was read. Where the key is another, because
the model or this code has changed, or because a row was written past this module, the reading is made again, in a
native thread; so what is stored can be late, but never wrong.
"""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from msgspec import json

from app import offload
from app.context.job import PostingReading, posting_reading
from app.context.resume import ResumeReading, claims_of, contacts_of, resume_reading
from app.models import JobPosting, Resume
from app.tokens import Tokenizer

VERSION = 3
"""To be raised by whoever changes how a text is made harmless, split or marked; a test knows when that is."""

T = TypeVar("T", PostingReading, ResumeReading)


def read_job(job: JobPosting, tokenizer: Tokenizer) -> PostingReading:
    """What is known of a posting's description."""
    key, make = _of_job(job, tokenizer)
    return _stored(job.reading, key, PostingReading) or offload.run("encode", make)


def read_resume(resume: Resume, tokenizer: Tokenizer) -> ResumeReading:
    """What is known of a resume; its rows are asked for only where that has to be made again."""
    stored = _stored(resume.reading, _resume_key(resume, tokenizer), ResumeReading)
    return stored or offload.run("encode", _resume_maker(resume, tokenizer))


def store_job_reading(job: JobPosting, tokenizer: Tokenizer) -> None:
    """Put the reading of its description into a posting's row; to be called after every change of it."""
    key, make = _of_job(job, tokenizer)
    job.reading = offload.run("encode", _written, key, make)


def store_resume_reading(resume: Resume, tokenizer: Tokenizer) -> None:
    """Put the reading into a resume's row; to be called after every change of its document."""
    key, make = _resume_key(resume, tokenizer), _resume_maker(resume, tokenizer)
    resume.reading = offload.run("encode", _written, key, make)


def _of_job(job: JobPosting, tokenizer: Tokenizer) -> tuple[str, Callable[[], PostingReading]]:
    description = job.description
    return _key(description.encode(), tokenizer), lambda: posting_reading(description, tokenizer)


def _resume_key(resume: Resume, tokenizer: Tokenizer) -> str:
    """The document stands for the rows: they are derived from it at every write, and only then."""
    return _key(resume.document_hash.encode(), tokenizer)


def _resume_maker(resume: Resume, tokenizer: Tokenizer) -> Callable[[], ResumeReading]:
    claims, contacts = claims_of(resume), contacts_of(resume)
    return lambda: resume_reading(claims, contacts, tokenizer)


def _key(source: bytes, tokenizer: Tokenizer) -> str:
    return f"{VERSION} {tokenizer.name} {hashlib.sha256(source).hexdigest()}\n"


def _written(key: str, make: Callable[[], PostingReading | ResumeReading]) -> str:
    return key + json.encode(make(), order="deterministic").decode()


def _stored(text: str | None, key: str, reading: type[T]) -> T | None:
    if text is None or not text.startswith(key):
        return None
    return json.decode(text[len(key) :], type=reading)
