"""Storing resumes: from a document to its columns and rows, and which one of a user's is the default.

Whoever changes a user's resumes holds that user's row first. So two requests that both want a default are one after the
other, instead of one of them running into the unique index. What is returned is whole and detached: a deletion that
comes right after the commit cannot take it away from under the response.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from flask import current_app
from sqlalchemy import select, update

from app.context.readings import store_resume_reading
from app.errors import Conflict
from app.extensions import db
from app.formats.json_resume import read
from app.formats.resume import ImportReceipt, ParsedResume
from app.models.accounts import UserProfile
from app.models.columns import now
from app.models.references import Reference
from app.models.resumes import (
    ITEMS,
    EducationHistory,
    Project,
    Resume,
    Skill,
    WorkHistory,
    get_owned_resume,
    list_resumes,
)
from app.tokens import tokenizer_for

Document = Mapping[str, Any]
TITLE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class StoredResume:
    """A resume as it was stored, and how its document was read."""

    resume: Resume
    receipt: ImportReceipt


def create_resume(user_id: int, document: Document, *, title: str = "", make_default: bool = False) -> StoredResume:
    """Store a new resume; a user's first is the default. Raises `InvalidInput` for what is no resume."""
    parsed = read(document)
    resume = Resume(user_profile_id=user_id, title=title or _title_of(parsed))
    _fill(resume, parsed, document)
    _lock(user_id)
    if make_default:
        _clear_default(user_id)
    resume.is_default = make_default or not _has_default(user_id)
    db.session.add(resume)
    return StoredResume(_commit(resume), parsed.receipt)


def replace_resume(user_id: int, reference: Reference, document: Document) -> StoredResume:
    """Put another document in a resume's place; its id, its title and whether it is the default stay."""
    parsed = read(document)
    resume = _own_for_change(user_id, reference)
    _fill(resume, parsed, document)
    return StoredResume(_commit(resume), parsed.receipt)


def change_resume(
    user_id: int, reference: Reference, *, title: str | None = None, is_default: bool | None = None
) -> Resume:
    """Rename a resume, make it the default, or both; raise `Conflict` if it would leave the user without a default."""
    resume = _own_for_change(user_id, reference)
    if is_default is False and resume.is_default:
        raise Conflict("This is the default resume. Make another one the default instead.")
    if is_default and not resume.is_default:
        _clear_default(user_id)
        resume.is_default = True
    if title is not None:
        resume.title = title
    return _commit(resume)


def delete_resume(user_id: int, reference: Reference) -> int:
    """Delete a resume and return its id; the newest of those left takes the default's place."""
    resume = _own_for_change(user_id, reference)
    resume_id, was_default = resume.id, resume.is_default
    db.session.delete(resume)
    db.session.flush()
    if was_default and (heir := db.session.scalar(list_resumes(user_id).limit(1))):
        heir.is_default = True
    db.session.commit()
    return resume_id


def get_same_resume(user_id: int, document: Document) -> Resume | None:
    """The user's resume with this very document, if it is stored already."""
    same = select(Resume).where(Resume.user_profile_id == user_id, Resume.document_hash == _hash(document))
    return db.session.scalar(same.limit(1))


def _fill(resume: Resume, parsed: ParsedResume, document: Document) -> None:
    """Write everything that follows from a document; given once more, it is as old as it was."""
    is_revised = resume.document_hash != _hash(document)
    for name, value in _columns(parsed, document).items():
        setattr(resume, name, value)
    if is_revised:
        resume.revised_at = now()
    store_resume_reading(resume, tokenizer_for(current_app.config["CHAT_MODEL"]))


def _columns(parsed: ParsedResume, document: Document) -> dict[str, Any]:
    """Every column and row that follows from a document, and the document itself."""
    return {
        "full_name": parsed.full_name,
        "headline": parsed.headline,
        "email": parsed.email,
        "phone": parsed.phone,
        "url": parsed.url,
        "location": parsed.location,
        "summary": parsed.summary,
        "work": [WorkHistory(position=at, **_listed(each)) for at, each in enumerate(parsed.work)],
        "education": [EducationHistory(position=at, **_listed(each)) for at, each in enumerate(parsed.education)],
        "projects": [Project(position=at, **_listed(each)) for at, each in enumerate(parsed.projects)],
        "skills": [Skill(position=at, **_listed(each)) for at, each in enumerate(parsed.skills)],
        "other": [asdict(each) for each in parsed.other],
        "document": dict(document),
        "document_hash": _hash(document),
    }


def _listed(item: Any) -> dict[str, Any]:
    """A parsed item's fields as a row takes them: JSON has lists, not tuples."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(item).items()}


def _title_of(parsed: ParsedResume) -> str:
    return (parsed.headline or parsed.full_name or "Resume")[:TITLE_LENGTH]


def _hash(document: Document) -> str:
    """The same for documents that are equal, in whatever order their fields stand."""
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()


def _lock(user_id: int) -> None:
    """Hold the user's row until the commit; sessions and other rows of the user can still be added meanwhile.

    The row is fetched: on SQLite a result left unread keeps its connection in the past, where it can never write again.
    """
    db.session.scalar(select(UserProfile.id).where(UserProfile.id == user_id).with_for_update(key_share=True))


def _own_for_change(user_id: int, reference: Reference) -> Resume:
    _lock(user_id)
    return get_owned_resume(user_id, reference, *ITEMS)


def _has_default(user_id: int) -> bool:
    default = select(Resume.id).where(Resume.user_profile_id == user_id, Resume.is_default)
    return db.session.scalar(default) is not None


def _clear_default(user_id: int) -> None:
    db.session.execute(
        update(Resume).where(Resume.user_profile_id == user_id, Resume.is_default).values(is_default=False)
    )


def _commit(resume: Resume) -> Resume:
    db.session.flush()
    db.session.expunge(resume)
    db.session.commit()
    return resume
