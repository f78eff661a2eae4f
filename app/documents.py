"""Documents: what becomes of a finalized CV or cover letter, with every version it ever had.

Whoever changes a user's documents holds that user's row first, as for resumes. So two requests at once get two slugs,
or two numbers, one after the other; the unique constraints are for whoever forgets it. A version is never changed.
What is returned is whole and detached: a deletion right after the commit cannot take it away from under the response.
"""

import hashlib
import json
import re
import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, cast

from sqlalchemy import func, select

from app import offload, resumes
from app.cv.data import CvData, Data, DocType, from_json, to_json
from app.engine.cv_sessions import complete, get_owned_cv_session
from app.errors import InvalidInput, NotFound
from app.extensions import db
from app.formats.cv_resume import to_json_resume
from app.formats.export import SLOW_FORMATS, TEMPLATES, Exported, Format, Template, export
from app.models.accounts import UserProfile
from app.models.columns import now
from app.models.documents import CvDraft, Document, DocumentVersion, get_owned_document
from app.models.references import Reference
from app.resumes import StoredResume

TITLE_LENGTH = 200
SLUG_LENGTH = 180  # characters, which leaves room for a number
UNTITLED = "document"
_WITHOUT_A_BASE = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
"""Letters that do not decompose into one of a to z and a mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """A document and one of its versions, the current one unless another was asked for."""

    document: Document
    version: DocumentVersion


def finalize(user_id: int, session_id: uuid.UUID, *, title: str | None, template_code: str) -> StoredDocument:
    """Make a document of a session's draft and complete the session; a second time makes its next version.

    Raises `NotFound` for no such session, `Conflict` while a message is being answered in it.
    """
    complete(get_owned_cv_session(user_id, session_id))
    # Read again: a message may have been answered since the session was found.
    draft = db.session.get_one(CvDraft, session_id, populate_existing=True)
    doc_type = cast("DocType", draft.doc_type)
    return create_or_add_version(
        user_id,
        session_id=session_id,
        doc_type=doc_type,
        title=title,
        template_code=template_code,
        data=from_json(doc_type, draft.data),
    )


def create_or_add_version(
    user_id: int,
    *,
    session_id: uuid.UUID | None,
    doc_type: DocType,
    title: str | None,
    template_code: str,
    data: Data,
) -> StoredDocument:
    """Store a session's document, or the next version of the one it has made before; commits the transaction.

    Every call makes a version, also one with the same content: that is what its caller asked for and can see. Without a
    `title` a document keeps its own, a new one is "My cv". A slug once given stays, whatever the title becomes.
    """
    check_template(template_code)
    _lock(user_id)
    document = _of_session(user_id, session_id)
    if document is None:
        title = title or f"My {doc_type}"
        document = Document(user_profile_id=user_id, session_id=session_id, doc_type=doc_type, current_version=0)
        document.slug = _free_slug(user_id, title)
        db.session.add(document)
    document.title = (title or document.title)[:TITLE_LENGTH]
    document.template_code = template_code
    return _add_version(document, to_json(data))


def get_document(user_id: int, reference: Reference, *, number: int | None = None) -> StoredDocument:
    """The user's document with its current version, or the one of that number; `NotFound` for either."""
    document = get_owned_document(user_id, reference)
    version = _version(document, document.current_version if number is None else number)
    return StoredDocument(document=document, version=version)


def with_versions(documents: Sequence[Document]) -> list[StoredDocument]:
    """The documents of a list, each with its current version, in one query."""
    current = (
        select(DocumentVersion)
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(Document.id.in_([row.id for row in documents]), DocumentVersion.number == Document.current_version)
    )
    versions = {version.document_id: version for version in db.session.scalars(current)}
    return [StoredDocument(document=row, version=versions[row.id]) for row in documents if row.id in versions]


def change_document(
    user_id: int, reference: Reference, *, title: str | None = None, template_code: str | None = None
) -> StoredDocument:
    """Rename a document, give it another template, or both; that makes no version."""
    if template_code is not None:
        check_template(template_code)
    document = _own_for_change(user_id, reference)
    document.title = title or document.title
    document.template_code = template_code or document.template_code
    return _commit(document, _version(document, document.current_version))


def restore_version(user_id: int, reference: Reference, number: int) -> StoredDocument:
    """Make a new version with the content of an old one."""
    document = _own_for_change(user_id, reference)
    old = _version(document, number)
    return _add_version(document, old.data, note=f"Restored from version {number}")


def delete_document(user_id: int, reference: Reference) -> int:
    """Delete a document with all its versions, and return its id."""
    document = _own_for_change(user_id, reference)
    document_id = document.id
    db.session.delete(document)
    db.session.commit()
    return document_id


def export_document(
    user_id: int,
    reference: Reference,
    *,
    format: Format,  # noqa: A002  (the wire's name)
    template_code: Template | None = None,
    number: int | None = None,
) -> Exported:
    """Write a version as a file, with the document's own template unless another is named."""
    found = get_document(user_id, reference, number=number)
    document, data = found.document, content_of(found)
    template = template_code or cast("Template", document.template_code)
    db.session.rollback()  # files are written one after the other: none holds a connection while it waits
    kind: offload.Kind = "document" if format in SLOW_FORMATS else "encode"
    return offload.run(kind, export, data, format=format, template_code=template, title=document.title)


def make_resume(user_id: int, reference: Reference, *, make_default: bool) -> tuple[StoredResume, bool]:
    """Store a CV as a resume, and say whether it is a new one: the very same content is the same resume.

    Raises `InvalidInput` for a cover letter.
    """
    found = get_document(user_id, reference)
    data = content_of(found)
    if not isinstance(data, CvData):
        raise InvalidInput("A cover letter is no resume. Make one of a CV.")
    content, title = to_json_resume(data), found.document.title
    same = resumes.get_same_resume(user_id, content)
    if same is None:
        return resumes.create_resume(user_id, content, title=title, make_default=make_default), True
    stored = resumes.replace_resume(user_id, same.id, content)
    if make_default:
        stored = StoredResume(resumes.change_resume(user_id, same.id, is_default=True), stored.receipt)
    return stored, False


def content_of(stored: StoredDocument) -> Data:
    """The CV or the letter of a version."""
    return from_json(cast("DocType", stored.document.doc_type), stored.version.data)


def content_id(data: dict[str, Any]) -> str:
    """24 hex digits that are the same for the same content, however its fields are ordered."""
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:24]


def check_template(template_code: str) -> None:
    """Raise `InvalidInput`, with the templates there are, for any other."""
    if template_code not in TEMPLATES:
        raise InvalidInput(fields={"template_code": [f"Must be one of: {', '.join(TEMPLATES)}."]})


def slug_of(title: str) -> str:
    """A title in small letters, digits and hyphens; one in a script that has no such letters is "document"."""
    folded = unicodedata.normalize("NFKD", title.casefold().translate(_WITHOUT_A_BASE))
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", "-", plain)[:SLUG_LENGTH].strip("-") or UNTITLED


def _free_slug(user_id: int, title: str) -> str:
    slug = slug_of(title)
    alike = select(Document.slug).where(Document.user_profile_id == user_id, Document.slug.startswith(slug))
    taken = set(db.session.scalars(alike))
    if slug not in taken:
        return slug
    return next(numbered for number in count(2) if (numbered := f"{slug}-{number}") not in taken)


def _of_session(user_id: int, session_id: uuid.UUID | None) -> Document | None:
    if session_id is None:
        return None
    made = select(Document).where(Document.user_profile_id == user_id, Document.session_id == session_id)
    return db.session.scalar(made)


def _add_version(document: Document, data: dict[str, Any], *, note: str = "") -> StoredDocument:
    db.session.flush()
    numbers = select(func.max(DocumentVersion.number)).where(DocumentVersion.document_id == document.id)
    number = (db.session.scalar(numbers) or 0) + 1
    version = DocumentVersion(document_id=document.id, number=number, content_id=content_id(data), data=data, note=note)
    document.current_version, document.updated_at = number, now()
    db.session.add(version)
    return _commit(document, version)


def _version(document: Document, number: int) -> DocumentVersion:
    named = select(DocumentVersion).where(DocumentVersion.document_id == document.id, DocumentVersion.number == number)
    version = db.session.scalar(named)
    if version is None:
        raise NotFound("Version not found.")
    return version


def _lock(user_id: int) -> None:
    """Hold the user's row until the commit; sessions and other rows of the user can still be added meanwhile.

    The row is fetched: on SQLite a result left unread keeps its connection in the past, where it can never write again.
    """
    db.session.scalar(select(UserProfile.id).where(UserProfile.id == user_id).with_for_update(key_share=True))


def _own_for_change(user_id: int, reference: Reference) -> Document:
    _lock(user_id)
    return get_owned_document(user_id, reference)


def _commit(document: Document, version: DocumentVersion) -> StoredDocument:
    db.session.flush()
    db.session.expunge(document)
    db.session.expunge(version)
    db.session.commit()
    return StoredDocument(document=document, version=version)
