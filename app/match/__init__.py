"""How well a resume matches a posting: computed without a model from what is stored of both, kept, and looked up.

A match names the revisions of the two texts that it was made from, so that whoever reads it later knows whether it is
stale. There is one row for each resume and posting; a new match takes its place.
"""

import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import undefer

from app import offload
from app.context.readings import read_job, read_resume
from app.errors import InvalidInput, NotFound
from app.extensions import db
from app.match.results import result_of
from app.match.scoring import SCORE_VERSION
from app.models import JobPosting, MatchAnalysis, Resume
from app.models.columns import now
from app.models.jobs import get_owned_job
from app.models.matches import get_match, list_matches
from app.models.references import Reference
from app.models.resumes import TO_READ, get_default_resume, get_owned_resume
from app.tokens import tokenizer_for

__all__ = ["SCORE_VERSION", "StoredMatch", "compute_match", "fresh_match", "get_latest_match"]

TO_MATCH = (*TO_READ, undefer(Resume.uuid), undefer(Resume.revised_at))
NOTHING_ASKED = "This posting asks for nothing that a resume could show."
NONE_YET = "There is no match yet. Compute one first: POST /v1/ai/match."


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMatch:
    """A stored match: its result as JSON, whose it is, and whether it still speaks of the two as they are now.

    `created` is true where the pair had none before.
    """

    job_id: uuid.UUID
    resume_id: uuid.UUID
    result: Mapping[str, Any]
    resume_revision: str
    job_revision: str
    created_at: dt.datetime
    stale: bool = False
    created: bool = False


def compute_match(user_id: int, *, job: Reference, resume: Reference | None = None) -> StoredMatch:
    """Match a posting with a resume (else the default one) and store the result in the place of an earlier one.

    Raises `NotFound` for what is not the user's, `InvalidInput` for a posting that asks for nothing comparable.
    """
    posting = get_owned_job(user_id, job)
    own = get_default_resume(user_id, *TO_MATCH) if resume is None else get_owned_resume(user_id, resume, *TO_MATCH)
    tokenizer = tokenizer_for(current_app.config["CHAT_MODEL"])
    as_of = own.revised_at.astimezone(dt.UTC).date()
    readings = read_job(posting, tokenizer), read_resume(own, tokenizer)
    result = offload.run("encode", result_of, *readings, as_of=as_of)  # 0.4 s for the longest of both
    if result is None:
        raise InvalidInput(NOTHING_ASKED, fields={"job_id": [NOTHING_ASKED]})
    row, created = _store(user_id, own, posting, result)
    db.session.commit()
    return _stored(row, own.uuid, posting.uuid, created=created)


def get_latest_match(user_id: int, *, job: Reference | None = None, resume: Reference | None = None) -> StoredMatch:
    """The user's latest match, or that of the posting, the resume or the pair named; `NotFound` says what to do."""
    latest = list_matches(user_id)
    if job is not None:
        latest = latest.where(MatchAnalysis.job_id == get_owned_job(user_id, job).id)
    if resume is not None:
        latest = latest.where(MatchAnalysis.resume_id == get_owned_resume(user_id, resume, *TO_MATCH).id)
    row = db.session.scalar(latest.limit(1))
    if row is None:
        raise NotFound(NONE_YET)
    posting = get_owned_job(user_id, row.job_id)
    own = get_owned_resume(user_id, row.resume_id, *TO_MATCH)
    return _stored(row, own.uuid, posting.uuid, stale=not _is_fresh(row, own, posting))


def fresh_match(resume: Resume, job: JobPosting) -> MatchAnalysis | None:
    """The stored match of these two, if neither they nor the way to score have changed since."""
    row = get_match(resume_id=resume.id, job_id=job.id)
    return row if row is not None and _is_fresh(row, resume, job) else None


def _is_fresh(row: MatchAnalysis, resume: Resume, job: JobPosting) -> bool:
    made_from = (row.resume_revision, row.job_revision, row.score_version)
    return made_from == (resume.document_hash, _revision(job), SCORE_VERSION)


def _revision(job: JobPosting) -> str:
    return hashlib.sha256(job.description.encode()).hexdigest()


def _store(user_id: int, resume: Resume, job: JobPosting, result: Mapping[str, Any]) -> tuple[MatchAnalysis, bool]:
    """The row of a pair and whether it is new; of two that are stored at once, the second replaces the first."""
    values = {
        "user_profile_id": user_id,
        "score": result["score"],
        "score_version": SCORE_VERSION,
        "resume_revision": resume.document_hash,
        "job_revision": _revision(job),
        "result": result,
        "created_at": now(),
    }
    if row := _replaced(resume.id, job.id, values):
        return row, False
    row = MatchAnalysis(resume_id=resume.id, job_id=job.id, **values)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # somebody else stored one meanwhile, or deleted one of the two
        if other := _replaced(resume.id, job.id, values):
            return other, False
        raise NotFound("The resume or the posting was deleted.") from None
    return row, True


def _replaced(resume_id: int, job_id: int, values: Mapping[str, Any]) -> MatchAnalysis | None:
    pair = (MatchAnalysis.resume_id == resume_id, MatchAnalysis.job_id == job_id)
    change = update(MatchAnalysis).where(*pair).values(**values).returning(MatchAnalysis)
    return db.session.scalar(change, execution_options={"populate_existing": True, "synchronize_session": False})


def _stored(
    row: MatchAnalysis, resume_id: uuid.UUID, job_id: uuid.UUID, *, stale: bool = False, created: bool = False
) -> StoredMatch:
    return StoredMatch(
        job_id=job_id,
        resume_id=resume_id,
        result=row.result,
        resume_revision=row.resume_revision,
        job_revision=row.job_revision,
        created_at=row.created_at,
        stale=stale,
        created=created,
    )
