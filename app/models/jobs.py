"""Postings."""

from sqlalchemy import Select, String, Text, select
from sqlalchemy.orm import Mapped, defer, mapped_column

from app.errors import NotFound
from app.extensions import Base, db
from app.models.columns import Created, IntKey, Owner, PublicId, Updated
from app.models.references import Reference, is_named


class JobPosting(Base):
    """One posting. `description` is plain text with one line a paragraph or bullet (`- `), headings marked `## `.

    `reading` is what the context knows of the description, with the key of what it was made from.
    """

    __tablename__ = "job_postings"

    id: Mapped[IntKey]
    uuid: Mapped[PublicId]
    user_profile_id: Mapped[Owner]
    title: Mapped[str] = mapped_column(String(300))
    company: Mapped[str] = mapped_column(String(300), default="")
    location: Mapped[str] = mapped_column(Text, default="")
    url: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text)
    reading: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[Created]
    updated_at: Mapped[Updated]


def get_owned_job(user_id: int, reference: Reference) -> JobPosting:
    """The user's posting, or `NotFound`."""
    named = is_named(reference, JobPosting.id, JobPosting.uuid)
    row = db.session.scalar(select(JobPosting).where(named, JobPosting.user_profile_id == user_id))
    if row is None:
        raise NotFound("Posting not found.")
    return row


def list_jobs(user_id: int) -> Select[JobPosting]:
    """The user's postings without their descriptions, newest first."""
    mine = select(JobPosting).where(JobPosting.user_profile_id == user_id)
    without_text = mine.options(defer(JobPosting.description), defer(JobPosting.reading))
    return without_text.order_by(JobPosting.created_at.desc(), JobPosting.id.desc())
