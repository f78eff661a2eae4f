"""Postings."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.models.columns import Created, IntKey, Owner, PublicId, Updated
from app.models.references import Reference, get_owned


class JobPosting(Base):
    """One posting. `description` is plain text with one line a paragraph or bullet (`- `), headings marked `## `."""

    __tablename__ = "job_postings"

    id: Mapped[IntKey]
    uuid: Mapped[PublicId]
    user_profile_id: Mapped[Owner]
    title: Mapped[str] = mapped_column(String(300))
    company: Mapped[str] = mapped_column(String(300), default="")
    location: Mapped[str] = mapped_column(Text, default="")
    url: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Created]
    updated_at: Mapped[Updated]


def get_owned_job(user_id: int, reference: Reference) -> JobPosting:
    """The user's posting, or `NotFound`."""
    return get_owned(JobPosting, user_id, reference, what="Job")
