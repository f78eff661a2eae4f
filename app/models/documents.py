"""CVs and cover letters: as they grow in a session, and as documents with versions."""

from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Select, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.errors import NotFound
from app.extensions import Base, db
from app.models.columns import Created, IntKey, Owner, PublicId, Updated
from app.models.references import Reference, is_named


class CvDraft(Base):
    """What a session of the CV builder has gathered, one row a session.

    `data` is the CV or the letter as the wire has it. `said` keeps, by the path of each text that was polished, the
    words in which the user had said it; `asked` are the topics that were asked for, in their order. `status` is
    `active`, or `completed` once it was finalized.
    """

    __tablename__ = "cv_drafts"

    session_id: Mapped[UUID] = mapped_column(ForeignKey("chat_sessions.id", ondelete="CASCADE"), primary_key=True)
    doc_type: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(10), default="active")
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    said: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    asked: Mapped[list[str]] = mapped_column(JSON, default=list)
    progress: Mapped[int] = mapped_column(default=0)


class Document(Base):
    """A finalized CV or cover letter. Its content is in its versions; `slug` is unique for a user.

    The id of a deleted one is never given again, on SQLite neither: what still names it must not find another.
    """

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("user_profile_id", "slug"), {"sqlite_autoincrement": True})

    id: Mapped[IntKey]
    uuid: Mapped[PublicId]
    user_profile_id: Mapped[Owner]
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("chat_sessions.id", ondelete="SET NULL"), unique=True)
    doc_type: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    slug: Mapped[str] = mapped_column(String(200))
    template_code: Mapped[str] = mapped_column(String(20))
    current_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[Created]
    updated_at: Mapped[Updated]


class DocumentVersion(Base):
    """One version of a document, never changed. `content_id` is 24 hex digits of the hash of its data."""

    __tablename__ = "document_versions"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: Mapped[IntKey]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    number: Mapped[int]
    content_id: Mapped[str] = mapped_column(String(24))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[Created]


def get_owned_document(user_id: int, reference: Reference) -> Document:
    """The user's document, or `NotFound`."""
    named = is_named(reference, Document.id, Document.uuid)
    row = db.session.scalar(select(Document).where(named, Document.user_profile_id == user_id))
    if row is None:
        raise NotFound("Document not found.")
    return row


def list_documents(user_id: int) -> Select[Document]:
    """The user's documents, the latest first."""
    mine = select(Document).where(Document.user_profile_id == user_id)
    return mine.order_by(Document.updated_at.desc(), Document.id.desc())


def list_versions(document_id: int) -> Select[DocumentVersion]:
    """A document's versions, the latest first."""
    of_document = select(DocumentVersion).where(DocumentVersion.document_id == document_id)
    return of_document.order_by(DocumentVersion.number.desc())
