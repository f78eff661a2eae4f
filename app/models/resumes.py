"""Resumes. `document` is what the user gave, whole; the other columns and rows are the same facts made queryable."""

from typing import Annotated, Any

from sqlalchemy import JSON, ForeignKey, Index, Select, String, Text, select, text
from sqlalchemy.orm import Mapped, defer, load_only, mapped_column, relationship, selectinload
from sqlalchemy.sql.base import ExecutableOption

from app.errors import NotFound
from app.extensions import Base, db
from app.models.columns import Created, IntKey, Owner, PublicId, Updated
from app.models.references import Reference, is_named

OfResume = Annotated[int, mapped_column(ForeignKey("resumes.id", ondelete="CASCADE"), index=True)]


class Resume(Base):
    """One resume of a user; at most one is the default.

    `document` is the JSON Resume file as it came, byte for byte equal once parsed; every write derives the columns and
    the rows below from it again, so the two cannot drift apart. `other` holds the sections that have no table, as
    `[{"kind": "certificates", "text": "AWS Solutions Architect, Amazon, 2021"}, …]`. `reading` is what the context
    knows of all that, with the key of what it was made from. `revised_at` is when the document was given: what it calls
    the present.
    """

    __tablename__ = "resumes"
    __table_args__ = (
        Index(
            "uq_resumes_default",
            "user_profile_id",
            unique=True,
            sqlite_where=text("is_default"),
            postgresql_where=text("is_default"),
        ),
    )

    id: Mapped[IntKey]
    uuid: Mapped[PublicId]
    user_profile_id: Mapped[Owner]
    title: Mapped[str] = mapped_column(String(200))
    is_default: Mapped[bool] = mapped_column(default=False)
    full_name: Mapped[str] = mapped_column(Text, default="")
    headline: Mapped[str] = mapped_column(Text, default="")
    email: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(Text, default="")
    url: Mapped[str] = mapped_column(Text, default="")
    location: Mapped[str] = mapped_column(Text, default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    other: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    document_hash: Mapped[str] = mapped_column(String(64))
    reading: Mapped[str | None] = mapped_column(Text)
    revised_at: Mapped[Created]
    created_at: Mapped[Created]
    updated_at: Mapped[Updated]

    work: Mapped[list["WorkHistory"]] = relationship(
        order_by="WorkHistory.position", cascade="all, delete-orphan", passive_deletes=True
    )
    education: Mapped[list["EducationHistory"]] = relationship(
        order_by="EducationHistory.position", cascade="all, delete-orphan", passive_deletes=True
    )
    projects: Mapped[list["Project"]] = relationship(
        order_by="Project.position", cascade="all, delete-orphan", passive_deletes=True
    )
    skills: Mapped[list["Skill"]] = relationship(
        order_by="Skill.position", cascade="all, delete-orphan", passive_deletes=True
    )


class WorkHistory(Base):
    """One job held. Dates stay as the file has them: YYYY, YYYY-MM or YYYY-MM-DD; no end means still there."""

    __tablename__ = "work_history"

    id: Mapped[IntKey]
    resume_id: Mapped[OfResume]
    position: Mapped[int]
    company: Mapped[str] = mapped_column(Text, default="")
    title: Mapped[str] = mapped_column(Text, default="")
    location: Mapped[str] = mapped_column(Text, default="")
    url: Mapped[str] = mapped_column(Text, default="")
    start_date: Mapped[str] = mapped_column(Text, default="")
    end_date: Mapped[str] = mapped_column(Text, default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    highlights: Mapped[list[str]] = mapped_column(JSON, default=list)


class EducationHistory(Base):
    """One course of study."""

    __tablename__ = "education_history"

    id: Mapped[IntKey]
    resume_id: Mapped[OfResume]
    position: Mapped[int]
    institution: Mapped[str] = mapped_column(Text, default="")
    degree: Mapped[str] = mapped_column(Text, default="")
    area: Mapped[str] = mapped_column(Text, default="")
    start_date: Mapped[str] = mapped_column(Text, default="")
    end_date: Mapped[str] = mapped_column(Text, default="")
    score: Mapped[str] = mapped_column(Text, default="")
    courses: Mapped[list[str]] = mapped_column(JSON, default=list)


class Project(Base):
    """One project."""

    __tablename__ = "projects"

    id: Mapped[IntKey]
    resume_id: Mapped[OfResume]
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text, default="")
    url: Mapped[str] = mapped_column(Text, default="")
    start_date: Mapped[str] = mapped_column(Text, default="")
    end_date: Mapped[str] = mapped_column(Text, default="")
    highlights: Mapped[list[str]] = mapped_column(JSON, default=list)
    keywords: Mapped[list[str]] = mapped_column(JSON, default=list)


class Skill(Base):
    """One named skill or group of skills."""

    __tablename__ = "skills"

    id: Mapped[IntKey]
    resume_id: Mapped[OfResume]
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Text, default="")
    level: Mapped[str] = mapped_column(Text, default="")
    keywords: Mapped[list[str]] = mapped_column(JSON, default=list)


TO_READ = (load_only(Resume.full_name, Resume.headline, Resume.summary, Resume.document_hash, Resume.reading),)
"""For a prompt, which needs the reading; the rest comes by itself in the rare case that it has to be made again."""
ITEMS = (
    selectinload(Resume.work),
    selectinload(Resume.education),
    selectinload(Resume.projects),
    selectinload(Resume.skills),
)


def get_owned_resume(user_id: int, reference: Reference, *options: ExecutableOption) -> Resume:
    """The user's resume, or `NotFound`; with `*ITEMS` all its rows, one query a table."""
    named = is_named(reference, Resume.id, Resume.uuid)
    row = db.session.scalar(select(Resume).where(named, Resume.user_profile_id == user_id).options(*options))
    if row is None:
        raise NotFound("Resume not found.")
    return row


def get_default_resume(user_id: int, *options: ExecutableOption) -> Resume:
    """The user's default resume, or `NotFound` with what to do."""
    mine = select(Resume).where(Resume.user_profile_id == user_id, Resume.is_default)
    row = db.session.scalar(mine.options(*options))
    if row is None:
        raise NotFound("There is no default resume. Store one first: POST /api/v1/resumes.")
    return row


def list_resumes(user_id: int) -> Select[Resume]:
    """The user's resumes without their documents, newest first."""
    mine = select(Resume).where(Resume.user_profile_id == user_id)
    without_text = mine.options(defer(Resume.document), defer(Resume.reading))
    return without_text.order_by(Resume.created_at.desc(), Resume.id.desc())
