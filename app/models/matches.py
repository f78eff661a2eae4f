"""How well a resume matches a posting, as it was last computed."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Select, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, db
from app.models.columns import Moment, Owner, UuidKey


class MatchAnalysis(Base):
    """The latest match of a resume and a posting, and the revisions of both that it was made from.

    A revision is the SHA-256 of what was read: a resume's document, a posting's description.
    """

    __tablename__ = "match_analyses"
    __table_args__ = (UniqueConstraint("resume_id", "job_id"),)

    id: Mapped[UuidKey]
    user_profile_id: Mapped[Owner]
    resume_id: Mapped[int] = mapped_column(ForeignKey("resumes.id", ondelete="CASCADE"))
    job_id: Mapped[int] = mapped_column(ForeignKey("job_postings.id", ondelete="CASCADE"), index=True)
    score: Mapped[int]
    score_version: Mapped[int]
    resume_revision: Mapped[str] = mapped_column(String(64))
    job_revision: Mapped[str] = mapped_column(String(64))
    result: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[Moment]


def get_match(*, resume_id: int, job_id: int) -> MatchAnalysis | None:
    """The match of this resume and this posting, if one was ever computed."""
    return db.session.scalar(
        select(MatchAnalysis).where(MatchAnalysis.resume_id == resume_id, MatchAnalysis.job_id == job_id)
    )


def list_matches(user_id: int) -> Select[MatchAnalysis]:
    """The user's matches, the latest first."""
    mine = select(MatchAnalysis).where(MatchAnalysis.user_profile_id == user_id)
    return mine.order_by(MatchAnalysis.created_at.desc(), MatchAnalysis.id)
