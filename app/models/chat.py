"""Sessions, their messages, and the turns that made them."""

import datetime as dt
import uuid
from typing import Any, Literal

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base, UTCDateTime
from app.models.columns import Created, Moment, Owner, Updated, UuidKey
from app.models.documents import CvDraft
from app.models.jobs import JobPosting
from app.models.resumes import Resume

ACTIVE_STATES = ("pending", "streaming")
_ACTIVE_TURN = text("state IN ('pending', 'streaming')")
_ACTIVE_RESUME_CHAT = text("is_active AND kind = 'resume_chat'")


def _of_session() -> ForeignKey:
    return ForeignKey("chat_sessions.id", ondelete="CASCADE")


class ChatSession(Base):
    """A conversation. A resume chat has at most one active session per user and posting."""

    __tablename__ = "chat_sessions"
    __table_args__ = (
        Index(
            "uq_chat_sessions_active_job",
            "user_profile_id",
            "job_id",
            unique=True,
            sqlite_where=_ACTIVE_RESUME_CHAT,
            postgresql_where=_ACTIVE_RESUME_CHAT,
        ),
    )

    id: Mapped[UuidKey]
    user_profile_id: Mapped[Owner]
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200), default="")
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job_postings.id", ondelete="SET NULL"), index=True)
    resume_id: Mapped[int | None] = mapped_column(ForeignKey("resumes.id", ondelete="SET NULL"), index=True)
    initial_context: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    message_count: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[Created]
    updated_at: Mapped[Updated]

    job: Mapped[JobPosting | None] = relationship(lazy="raise")
    resume: Mapped[Resume | None] = relationship(lazy="raise")
    cv: Mapped[CvDraft] = relationship(lazy="raise", passive_deletes=True)  # only of the kind `cv`
    active_turn: Mapped["ChatTurn | None"] = relationship(
        primaryjoin="and_(ChatTurn.session_id == ChatSession.id, ChatTurn.state.in_(('pending', 'streaming')))",
        viewonly=True,
        lazy="raise",
    )


class ChatTurn(Base):
    """One user message and its answer: `pending → streaming → complete | failed | cancelled`.

    Every change of `state` is one conditional UPDATE, and terminal states are final. While a turn is active its worker
    renews `lease_expires_at`; a turn whose lease ran out is ended as failed by the sweep. A turn whose history is the
    client's has no session. `about` is what its surface says besides the answer, `result` what came of a whole answer
    besides its text, `price` what that costs in credits. `idempotency_key` is the client's name for the request, and
    `request_hash` what that request was.
    """

    __tablename__ = "chat_turns"
    __table_args__ = (
        Index(
            "uq_chat_turns_active",
            "session_id",
            unique=True,
            sqlite_where=_ACTIVE_TURN,
            postgresql_where=_ACTIVE_TURN,
        ),
        Index(
            "ix_chat_turns_lease",
            "lease_expires_at",
            sqlite_where=_ACTIVE_TURN,
            postgresql_where=_ACTIVE_TURN,
        ),
        UniqueConstraint("user_profile_id", "idempotency_key"),
        CheckConstraint("state IN ('pending', 'streaming', 'complete', 'failed', 'cancelled')", name="state"),
    )

    id: Mapped[UuidKey]
    user_profile_id: Mapped[Owner]
    session_id: Mapped[uuid.UUID | None] = mapped_column(_of_session(), index=True)
    surface: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10), default="pending")
    answer_id: Mapped[uuid.UUID] = mapped_column(Uuid, default=uuid.uuid4)
    provider: Mapped[str] = mapped_column(String(20))
    model: Mapped[str] = mapped_column(String(200))
    receipt: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    about: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    price: Mapped[int] = mapped_column(default=0)
    idempotency_key: Mapped[str | None] = mapped_column(String(255))
    request_hash: Mapped[str | None] = mapped_column(String(64))
    prompt_tokens: Mapped[int] = mapped_column(default=0)
    completion_tokens: Mapped[int] = mapped_column(default=0)
    finish_reason: Mapped[str | None] = mapped_column(String(20))
    error_code: Mapped[str | None] = mapped_column(String(40))
    worker: Mapped[str] = mapped_column(String(80))
    lease_expires_at: Mapped[Moment]
    created_at: Mapped[Created]
    finished_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)


class ChatMessage(Base):
    """One message. `number` counts from 1 in its session, or in its turn where there is none.

    `tokens` is the content alone, counted once, when written. `status` of an answer is `complete`, `cancelled` or
    `failed`: what had arrived when a turn ended early is kept.
    """

    __tablename__ = "chat_messages"
    __table_args__ = (
        UniqueConstraint("session_id", "number"),
        CheckConstraint("role IN ('user', 'assistant')", name="role"),
    )

    id: Mapped[UuidKey]
    session_id: Mapped[uuid.UUID | None] = mapped_column(_of_session())
    turn_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("chat_turns.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    role: Mapped[Literal["user", "assistant"]] = mapped_column(String(10))
    content: Mapped[str] = mapped_column(Text)
    tokens: Mapped[int]
    status: Mapped[str] = mapped_column(String(10), default="complete")
    created_at: Mapped[Created]


class ChatSessionMetrics(Base):
    """What a session has used so far, one row a session."""

    __tablename__ = "chat_session_metrics"

    session_id: Mapped[uuid.UUID] = mapped_column(_of_session(), primary_key=True)
    total_messages: Mapped[int] = mapped_column(default=0)
    total_tokens_used: Mapped[int] = mapped_column(BigInteger, default=0)
    prompt_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    completion_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    failed_turns: Mapped[int] = mapped_column(default=0)
    cancelled_turns: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Created]
    updated_at: Mapped[Updated]
