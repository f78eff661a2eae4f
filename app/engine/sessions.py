"""Sessions of the resume chat: found, drafted, listed, put away."""

import uuid
from typing import Any

from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.orm import defer, joinedload

from app.errors import NotFound
from app.extensions import db
from app.models import ChatMessage, ChatSession, ChatTurn, JobPosting
from app.models.columns import now
from app.models.resumes import TO_READ

KIND = "resume_chat"

# Built once, since building a statement costs as much as running it.
_ACTIVE = select(ChatSession).where(
    ChatSession.user_profile_id == bindparam("user"), ChatSession.kind == KIND, ChatSession.is_active
)
_OWNED = _ACTIVE.where(ChatSession.id == bindparam("session"))
_TO_ASK = (joinedload(ChatSession.active_turn), defer(ChatSession.initial_context))
_WITH_MATERIAL = _OWNED.options(joinedload(ChatSession.job), joinedload(ChatSession.resume).options(*TO_READ), *_TO_ASK)
_FOR_JOB = _ACTIVE.where(ChatSession.job_id == bindparam("job")).options(*_TO_ASK)


def get_owned_session(user_id: int, session_id: uuid.UUID) -> ChatSession:
    """The user's active session, or `NotFound`: a deactivated one is gone, somebody else's never was."""
    return _found(db.session.scalar(_OWNED, {"user": user_id, "session": session_id}))


def get_owned_session_with_material(user_id: int, session_id: uuid.UUID) -> ChatSession:
    """The same with its posting, its resume and the turn that is running in it, in one query."""
    return _found(db.session.scalar(_WITH_MATERIAL, {"user": user_id, "session": session_id}))


def get_or_draft_for_job(user_id: int, job: JobPosting) -> ChatSession:
    """The active session for this posting, or a new one that is not stored before its first turn is."""
    row = db.session.scalar(_FOR_JOB, {"user": user_id, "job": job.id})
    if row is None:
        title = f"{job.title}, {job.company}" if job.company else job.title
        row = ChatSession(user_profile_id=user_id, kind=KIND, title=title[:200], job_id=job.id, created_at=now())
    return row


def _found(row: ChatSession | None) -> ChatSession:
    if row is None:
        raise NotFound("Chat session not found.")
    return row


def list_sessions(user_id: int) -> Select[ChatSession]:
    """The user's active resume chats with their postings, the latest first."""
    named = joinedload(ChatSession.job).options(defer(JobPosting.description), defer(JobPosting.reading))
    mine = select(ChatSession).where(
        ChatSession.user_profile_id == user_id, ChatSession.kind == KIND, ChatSession.is_active
    )
    return mine.options(named).order_by(ChatSession.updated_at.desc(), ChatSession.id)


def list_messages(session_id: uuid.UUID) -> Select[ChatMessage]:
    """A session's messages, oldest first."""
    return select(ChatMessage).where(ChatMessage.session_id == session_id).order_by(ChatMessage.number)


def get_latest_receipt(session_id: uuid.UUID) -> dict[str, Any] | None:
    """What the budget did for the session's latest turn."""
    return db.session.scalar(
        select(ChatTurn.receipt).where(ChatTurn.session_id == session_id).order_by(ChatTurn.created_at.desc()).limit(1)
    )


def get_receipt(session_id: uuid.UUID, turn_id: uuid.UUID) -> dict[str, Any]:
    """What the budget did for one turn of a session, or `NotFound`."""
    of_turn = select(ChatTurn.receipt).where(ChatTurn.session_id == session_id, ChatTurn.id == turn_id)
    receipt: dict[str, Any] | None = db.session.scalar(of_turn)
    if receipt is None:
        raise NotFound("Turn not found.")
    return receipt


def deactivate(user_id: int, session_id: uuid.UUID) -> None:
    """Put a session away: its rows stay, its id answers no more, and its posting can be started afresh."""
    session = get_owned_session(user_id, session_id)
    db.session.execute(
        update(ChatSession).where(ChatSession.id == session.id).values(is_active=False, updated_at=now())
    )
    db.session.commit()
